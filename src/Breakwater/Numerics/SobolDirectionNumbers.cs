namespace Breakwater.Numerics;

/// <summary>
/// Primitive polynomials and initial direction numbers of the Sobol sequence, set new-joe-kuo-6.21201, dimensions 2 to
/// 1111 (all polynomials up to degree 13).
/// </summary>
/// <remarks>The figures are those of Joe and Kuo (2008), Constructing Sobol sequences with better two-dimensional
/// projections, SIAM J. Sci. Comput. 30, 2635–2654, as distributed by its authors. The encoding is our own.</remarks>
internal static class SobolDirectionNumbers
{
    /// <summary>Dimensions, counting the first, which needs no figures.</summary>
    internal const int DimensionCount = 1111;

    /// <summary>
    /// Base64 of the polynomials, dimension 2 first, as little-endian 16-bit integers: bit i is the coefficient of x^i.
    /// </summary>
    internal const string Polynomials =
        "AwAHAAsADQATABkAJQApAC8ANwA7AD0AQwBbAGEAZwBtAHMAgwCJAI8AkQCdAKcAqwC5AL8AwQDLANMA1QDlAO8A8QD3AP0AHQErAS0B" +
        "TQFfAWMBZQFpAXEBhwGNAakBwwHPAecB9QERAhsCIQItAjMCWQJfAmkCbwJ3An0ChwKVAqMCpQKvArcCvQLPAtEC2wL1AvkCEwMVAx8D" +
        "IwMxAzsDTwNbA2EDawNtA3MDfwOFA48DtQO5A8cDywPNA9UD2QPjA+kD+wMJBBsEJwQtBGUEbwSBBIsExQTXBOcE8wT/BA0FGQUjBTEF" +
        "PQVDBVcFawWFBY8FlwWhBccF5QX3BfsFEwYVBiUGNwZDBk8GWwZ5Bn8GiQa1BsEG0wbfBv0GFwcdByEHOQdHB00HVQdZB2MHfQeNB5MH" +
        "sQfbB/MH+QcFCBcIKwgtCEcIYwhlCHEIewiNCJUInwipCLEIzwjRCOEI5wjrCPUIDQkTCSUJKQk7CT0JRQlJCVEJWwlzCXUJfwmDCY8J" +
        "qwmtCbkJxwnZCeUJ9wkBCgcKEwoVCikKSQphCm0KeQp/CoUKkQqdCqcKqwqzCrUK1QrfCukK7wrxCvsKAwsJCxELMws/C0ELSwtZC18L" +
        "ZQtvC30LhwuLC5MLlQuvC7cLvQvJC9sL3QvnC+0LCwwNDBkMHwxXDGEMawxzDIUMiQyXDJsMnQyzDL8MxwzNDNMM1QzjDOkM9wwDDQ8N" +
        "HQ0nDS0NQQ1HDVUNWQ1jDW8NcQ2TDZ8NqQ27Db0NyQ3XDdsN4Q3nDfUNBQ4dDiEOJw4rDjMOOQ5HDksOVQ5fDnEOew59DoEOkw6fDqMO" +
        "uw7PDt0O8w75DgsPGQ8xDzcPXQ9rD20PdQ+DD5EPlw+bD6cPrQ+1D80P0w/lD+kPUxBpEHsQfRCZENEQ6xAHER8RIxE7EU8RVxFhEWsR" +
        "hRGzEdkR3xENEjcSPRJnEnMSfxK5EsESyxIPEx0TIRM5Ez8TTRNxE5kToxOpEwcUMRQ3FE8UXRRnFHUUpxStFNMUDxUdFU0VkxXFFdcV" +
        "3RXrFQkWRxZVFlkWpRa9FhUXGRdDF0UXdReJF60Xsxe/F8EXVxhdGJEYlxi5GO8YGxk1GUEZZRl7GYsZsRm9GckZzxnnGRsaKxozGmka" +
        "ixrRGuEa9RoLGxMbHxtXG5Ebpxu/G8Eb0xsFHBEcFxwnHE0chxyfHKUcuxzFHMkczxzzHAcdIx1DHVEdWx11HYUdiR0VHhkeLx5FHlEe" +
        "Zx5zHo8e4x4RHxsfJx9xH5kfux+9H8kfGyAnIDUgUyBlIG8giyCNIJ8gpSCvILsgvSDDIMkg4SDzIA0hFSEpIS8hOyFDIWchayF5IYkh" +
        "lyGdIb8hwSHHIc0h3yHjIfEh+yEZIiUiNyI9IkMiWyJdInkifyKJIpcimyKzIr8izSLvIvci+yIFIycjKyNHI1UjWSNvI3EjfSOHI40j" +
        "lSOjI6kjsSO3I7sj4SPtI/kjCyQTJB8kJSQpJD0kUSRXJGEkbSR/JIMkmySdJLUkvyTBJMckyyTjJAklFyUdJSElLSU5JVMlVSVjJXEl" +
        "dyWHJYsllSWZJZ8lryW9JcUlzyXXJeslAyYFJhEmLSY/JksmUyZZJmkmdyZ7JocmkyaZJrEmtya9JsMm6yb1JhMnKSc7J08nVyddJ2sn" +
        "cyd5J4MnkSehJ7knxyfLJ98n7yfxJwcoGSgfKCMoMSg7KD0oRShnKHUohSirKK0ovyjNKNUo3yjjKOko+ygJKQ8pESkbKSspNSk/KUEp" +
        "SylVKXcpfSmBKZMpnymvKbcpvSnDKdcp8yn1KQMqDyodKiEqMyo1Kk0qaSpvKnEqeyp9KqUqqSqxKsUq1yrbKusq8yoBKxUrIyslKy8r" +
        "NytDK0krbSt/K4UrlyubK60rsyvZK+Ur/SsPLCEsKywtLD8sQSxNLHEsiyyNLJUsoyyvLL0sxSzRLNcs4SznLOssDS0ZLSktLy03LTst" +
        "RS1bLWctdS2JLY8tpy2rLbUt4y3xLf0tBy4TLhUuKS5JLk8uWy5dLmEuay6PLpEuly6dLqsusy65Lt8u+y79LgUvCS8RLxcvPy9BL0sv" +
        "TS9ZL18vZS9pL5UvpS+vL7Evzy/dL+cv7S/1L/8vBzAVMBkwLzBJME8wZzB5MH8wkTChMLUwvzDBMNMw2TDlMO8wBTEPMTUxRzFNMV8x" +
        "YzFxMXsxozGpMbcxxTHJMdsx4THrMe0x8zH/MQkyDzIdMicyOTJLMlMyWTJlMoEykzKZMp8yqTK3MrsywzLXMtsy5zIHMxUzLzNRM10z" +
        "dTOXM5szqzO5M8EzxzPVM+Mz5TP3M/szCTQbNCc0QTRNNF80aTR3NHs0hzSTNJk0pTS9NMk02zTnNPk0DTUfNSU1MTU3NUU1TzVdNW01" +
        "czV/NZ01oTW5Nc011TXZNeM16TXvNQE2CzYfNiU2LzY7Nkk2UTZbNnM2dTaRNps2nTatNss20zbVNuM27zYFNw83GzchNy03OTdBN0c3" +
        "UzdxN3c3izeVN5k3ozfFN8830TfXN9034TfzNwM4BTgXOB04JzgzOEs4WThpOHE4ozixOLs4yTjPOOE48zj5OAE5BzkLORM5MTlPOWc5" +
        "bTmDOYU5lzmhOac5rTnLOc050znvOfc5/TkHOik6Lzo9OlE6XTphOmc6czp1Ook6uTq/Os060zrVOt865TrpOvs6ETsrOy07NTs/O1M7" +
        "WTtjO2U7bztxO3c7izuZO6U7qTu3O7s70TvnO/M7/zsNPBM8FTwfPCM8JTw7PE88XTxtPIM8jzydPKc8qzy5PMc86Tz7PP08Az0XPRs9" +
        "IT0tPTM9NT1BPU09ZT1pPX09gT2VPbE9tz3DPdE92z3nPes9+T0FPgk+Dz4bPis+Pz5BPlM+ZT5pPos+oz69PsU+1z7dPuE++T4NPxk/" +
        "Hz8lPzc/PT9DP0U/ST9RP1c/YT+DP4k/kT+rP7U/4z/3P/0/";

    /// <summary>
    /// Base64 of a stream of bits, lowest bit of a byte first: per dimension and j = 1 … degree the odd number
    /// m_j &lt; 2^j without its last bit, j − 1 bits, lowest first.
    /// </summary>
    internal const string InitialNumbers =
        "A6WmkBI3CUCq+nEwripujI/IjVHp3z3zbUeUJ34lMC2mWEftHzap14QRbUjAZakT2VH1gu2xjiSiRWqh4YHvTfPYFBvK32D6/vsHS6uY" +
        "/LTrSPC1oJaHH3gKsgRmMpXjfAGy3OXIOXpv7g2hHgxHtnLYD5E0ivr3aqmqJqwcXdb3NYBNEIFwLoLViM8zy0cLfbQtlhw8r+XTUoPf" +
        "71NKdEP23O8U+s/GgJL5TitAVLXPl3RrcKdQCg0aCLJ3gP32gmqgLJDfGP/5QT7b+lEg9T87bp+Uh2RR69t6CIyBZtWB5wOIdCp6vgqu" +
        "fX+Mpj1dxWQgcHwlSfhheEKn0Ea4qTsvOywLZ50cY60/ipZW0LYSf0rIE3/IPA3wPOfEOgAAksje/KpjiHeyqcHrReISdt2oTR1KsZCB" +
        "d/qZQ141gzaZYpuzLTi+Zmvgf6dKWDq2zSXUS8pFSPG3cpbM7z80L6Ox8tlWynQHeO2eOw0RIoBbZR8on1KZ/0flTLFpM7jgU8kUwYln" +
        "4ke88Sb1gwWf7spOz+QT2EUE79z3glYXMhk5asDqvzJnQpXy3LfaTjyMh87wsJgammUtnsRs7ZyMfGZbApDcY3loXOqo4nVru06mUlWG" +
        "KjlzWw6N4yxhORfWlJ9gpxlqchP6ewTNfrj0EBB+uaZy7sEkengvcyRCcLqCO1Cs009vp3Xw5ywMwXdBufZBgjL+DbWxaP3dC3Q8YR3w" +
        "xVig8yZkbS+zSVmfONPCGymhBoAZgZZ3Z17jGKq2tlhRUfpYb+Wn1W9o3YYz4G9+yLuc3vo0qEQyx+UsYE+P05csBfmS0h+kli9rEgRm" +
        "ixeb5cu74VcJ3tXk/3U1pfWWY+pr8rXRCEDaTKVppl9z5G/XCqbOXpH43D565S+1YROOGPPZvTHewwmhzhtrpe7EG4MfZMuz1MhFF2KG" +
        "yRaZDcCHay/sbdoICbc1m6PVDofLBTaDH1M+otur4LGiZcYj0EEWecBqnGdBaoDPK/e6trMT/kW97w+M2ODoFwiYMRzK0OjYTMY9G8f4" +
        "Gs6eSsg2SjjF9NdzH1urPq7caXnfA21mLwtjaPuL0JAFat09qI5yp5eVzwyExrqrH4CVhNsQuNLKuyyxSRH7SzYyaX/KrwHxamgXi9mx" +
        "VQ1HiwjzEGsZ1m0AksztZEUn/TfODcRU3AEnV2/jb2q/Pwll5AEey/o45CqP/QaO9f+GYMEQ36GMSySVfN9UlCByP3nXyCzFgWP92dQy" +
        "N4zZE2dKs+CLGFYXVEYedemIBQim2GhYVAc3NW9dUSy9Vzco+QPUxItSrVJ6CckGFFFiB1pzAk5xoRxiuvhpXTthKe4sL9Nnrzf2ZlGR" +
        "L5PUynxXKjUGqB85u2DoSQFhvLzcDTS+oJgFa5Ih32kOtdhmkI0XZapgKviYbk0eA4x/LNVjvCNbdQONNEKEoiD3Y3uVjOtXYxh2N6Wb" +
        "8JW/spBEnZC3ScdhGet+P2wi2bs1jCZcPq9+a1T77utHqwGZ4C+Lyb6HIxb6le/HeZjTJ/Yxky1V/ubik9r4t9AKrihKdezTr7ZKskBW" +
        "xbYLwZbqikQjAc7M9Jtmx1BEt13+MOk/+idm9NXz/eexV9xUKd0sxnPfLaYWZWXkAVTIYAFQUEBqISYNUumV90ttRE3SJ7YxkCwBwyjt" +
        "rSfvtONc8T+agEhRL2TkvxKBvMiG7Dpgiuv0Z91s8nD5D/dylHUwBqbSs4Z0/+fGU4VMciHOQztmVyapEo4wHiZTnZ4/IWK6VKyr66EM" +
        "mhDm9Xox0ZZmBQMnZnAuHJkzoYX1suBH1KtX33/5Hux04ii4P1Sep6sQGAcfi+FPjSmiNQ6aHhEahBCu8SftOETAP/tFzjzyfhPLyXlQ" +
        "Xu9m0vKj3hl0pfKDE2GGwaK+lGcx3fqjtJx5JgJ22ao3PbNgnRaoWr4qnQ00lB9UXultRRNCCS+pzBvQvQkRyp/QUrUXhDBocxEDp0rf" +
        "RycUmkMqBAGBoOoG7DsYRXO1BEoGDkEmvqps5r5S5d49bCubfdsgt+Xhoo7YgaqDDuGvCBKNISpFAc7kIAGJtja0WVquLcfrmwrta16B" +
        "239lM/cao2xypqlnKiJDxZFXKJz9jVFrPd4AfiQSVU3XN7W6SQzt6EewYc3S8AbI1sXdp8aTBS1CuZ7t+9VAN/DXxwf40KH6BTOJhrD7" +
        "OYd3x+8Pcjmp8yk0spNuCE+IGY6PGn6daqm5w2qn7p4t2k+5+sARDCaD3edLWDAteOYzVXBc8xC+0lXX2eDnbmtqs+SVJ1qwMUfesLH1" +
        "UkIu180wpzEm4+Eyy+AzsmYOGLLYGdpSkOi5Sc6gUcnLGjF7Oyaw8NoxnOtPsvLLnPFJhnzlQsdmmnm3ZnOp14m5t3A8WncT3s/XVu/s" +
        "ImL7Fp1AOHf5COIDrlqIKfOPIY1ZRzzy+RUp5YAidUzJ8KkH2KiftRcu76okhExfNoVTQeWJboXlnjHTVBpdFaxxORPmCbyve7QSlea5" +
        "fQwfPnbKRYSUnShXODRlOC86D3W8TDfPg7hz1RcmF7rYF9ZBbm9YFXAdLU+zI88pdvY6lRgKfSc/XMVL+wc8hcDo5+psi7Yzu8Vt3q5Q" +
        "Iuh5H/Wk1gajXrvSGytNYoyYeElMBEhW5/8UMSM717/+dA0O+Fp5hvgPI+TkcE8DaXJgSeGmLebfnoVm+WxadfV7mb9IidE1Tx4CU9Bv" +
        "Mbc+ISY2NSwJ7YRaG0mMDniUeKAxV/xV17U53ssKqkRB9ELh+wPpKXYG2dnPCYAdwU2QXybGWfaQFUSFReUF+LxA1YC7yK+4ZNSi/yCD" +
        "fA9Xle5FSJoq8wBFSZfiU58d2guR9mdCCMKCNvFXB0krUz/20tafU3uZAOMb61o8LpEkhkMFcK/1YyqJJf6BA0SuMC31p2sxaI6Z3ES9" +
        "8npw37ynmhll+va6d2s3TerHvvt1YVzfHKiQmbP4eF0TdWhu5zTx1tWtpVJJqWDlxG9p0lCisSNwH7nLylAoCtz81jDtDVM+Rk6ShT0g" +
        "r4O9Z2nU0NTykomJdpJSvoz9i6wf+TT1IV+Tu9VmDg9IFPqiRJ+IkVxC2wHIX6hLuUUt+WC1yLqWZwbkNRO2ipVGqfReSJMGYWHA9oe5" +
        "xTPankVWt7aBi6HRBxvpR7xMCH2FbY8Z4z7UlwxoywVJNM2SJMn5FLUoSEi+wHe8tko00bFRiZ+hA7Ptax6fQQJjeGPpr1XjPjDYGXlK" +
        "vs2izrcvUjs1SmMS31afS9j5AH6huGrVjGB9qd+J+bKZCj7yKGV2WyOo4ol7C2tT2hf+YVMo9mQn/qKi3/ahI/JnZ/iczCYwpza1cZp6" +
        "/VAeifmL7tBunsZHlNaaHZ0WMdm9hHJda6303jedCfEknv7yDDGMLlKtgOuTLMXcmOyz0DhbIdJ696ST51VzMtR4dp1IFjwdF4AWvLGY" +
        "anfmKNSLyug59m7UX4BXiNTb46HSPVoZBZr+6sVt9ecFspc1bFddbc3m9pzGofOvJb1ZZ6NZdH14nqE55TtyjYP4IKfe6+WNxYVkDS3b" +
        "91etT2jejm7Cq/wn4VkZ3JK/+PX6ge3mT7asAYMu8MYdG7LvGpU3Ij4ulWvdsGS68S/q2p3cGWtX5cVQvMzxM6I/GLdrWRGkF5TDlDLn" +
        "zfrn3GedrGfiDj3uloeu1Lr9kvNw1ue8f+ky6mI8ZTpm/0wMK36U6ZRM87L+f+S6W+otwWm5dOiRlzx4l42eoIUTzHHFPzEMDTGvof3T" +
        "Cej14l0N4Z0NhYEp3pHKDtlJzxbiEOZypSX1L4IXbDZ/gYGPnWe2SpE9mHXKBLW5Ymy8xW/XdOpfKhLOsBqGx4XnQN0SoKfcBR2JxrU2" +
        "nCIVyAlA55uB9DwyyUo/UMpoUMjxwFYQrkMOuQXbACoGlgybgmpp0USAR4khXfF8ztHThVRUTaPT6IoFKqMrMgsB1ZtbYN3vjrL3iaOn" +
        "NWymHJ5Kmz7Qanm1qAvMFs2e/Mj9tgiIeIIKPXSTvK5QyFRoYnJUYgLEp9ScReNGCAHDM2AkU/gWiFApat2LEweFJzVJLbYl18T9wPUa" +
        "a2GCeVQs3G47oFprkBg1GDpuI7AE8Dzuli10hx9AYg4xc1DTtCzW1+l3pOqYaEF24Lz8tGxBeEunqeIZHqL9ajGaVDsE1TR+/rn5u+nW" +
        "w7zXiCcUaEdiOqsCy1oiB1aTlcc9MXu/gz9WAxVHewiEJ1IO3XuHRDIQFbL9C6+AwyBYlDHTMMibFZ1L14qrqlGEnVNiijqYYJHERp5P" +
        "fSJ214/81A1qfR1JwJTd9yfx4M7zMOjSo2WevvZ1eP8uZUIaqkrEUEebq4Rbrdb+C+MpoqwfSJXtDnllC15FCqPJUXLY/H+7xF+NEl5z" +
        "VlAGJQnxfHGGPl5HNIcoyODX7xxI2V91UaTSizLkcU9MpWbLMndpOlbDGN/BbmiN3jNOjquZvqNmPYYMymdxLjTECYGLAFHc4Xu0hzRw" +
        "lGV2dMv5JLIvuMkOlVgEmCxwYJ0tRR0JQ5GP/foEvuVop4cqnRWA8xjeHFNw6zwL94xzGtHTWPGc9ERn4WvJk4p7DyV9lBMXQ+wYX2eY" +
        "R1vfuAeNgQxZYf1SfYP628A9kKjbCeqZnwFjQtQvKlYiquJlMaJqlALbq1tHl4ISp6o9fZEXtFAvO1qNv/WUXud3Fx2JS+GzfiXPlpKl" +
        "H5S9gDnySC5MaubrNfSncg1icFRm0bYTyvk6DMay8ICtGPQHU58Tcl+rEMbKcVUL82S6EeQlBm8sm7fX8viFMfDELAA6ubc1LhpVifnr" +
        "T6QKmSSxQ+3TmBVZkJL6tLfK92FUDZKG2dZKWuzyWSL7A4VgFwgFIMONqH9wgRgz3pM2isSLKi2sKytSgJZ1cMvr5D6mp/3SbdV2yeXw" +
        "4HsATZcaXbDVpDO38A2dUM99XMOTCn0Va5hMHVRwHxP2Y+cF4xAFBukPYJK/dqju8sCMbI9aKOEGIikMGNfXk1IBDHqLls7aAweVvwkJ" +
        "Bkwid6PyMr/pgArxDERZgQjeuvupIp83zk3J1jBZzfMW0cctImpXUihQyf1pSZH86F+zorO3YqxHyHs7hXeAYbHIdOE8ZNvD6nTUtFCz" +
        "pmgBxWAPzgsdxlIPTi+QaudEOqjsQXZxfbcAnjSUc4INNM4eShtDEoaq/vONXTx0VuFpuWTSnHtZ65NYMO+G2sUyMTVUgWrj+Fjjdkow" +
        "9GBLq3sl8k61aUGZ/5bA3psgeqRZ7TIDO5Xrd1Oc+57pKBJvJBOwLOSfxJypiI9x0Qr3LZ6PyKfO4bjSl1AP20w3/LeNfGZB9dR+9EP7" +
        "rA95s+30UURRMkp7ZDp+OUzhegujaT8yfxPhUYcfoC//2JOS4k7qW1UUTULSq9kqJwPJJcZ/6VkV/qEz8lQz+acf7ngtVA0tUhh1FOPI" +
        "M+3vDuvdbBAwwMkH4E3sFrKUZw1csQhdNDCO4c+uCcOGm82O+9WUHReC7KuWZKdbR/sW3I2PO+xO+RhTb94jXlg97WFWIneTuamLH3Ae" +
        "0/9pgWs5zD/pHoIxfVCQ6K6AjPwdfzGUT4ArUd2usJKB6jjtG3eQ2meoY9GaD426MT7q38eGSS4ig2fjWsk15lYGnYYwK8VEEXeNknST" +
        "SAJVh9jjdljiJpQwpXrjDMfTOAOwLKj45SfNwBzuwlXWgEApLK3SXBIL9ShF6nRXVnabq8oFCbNmZnEeBI9OHqrs8TpFm4E7uDpY1654" +
        "41hLf5efDZ7VNg2qp1B+lT/bV9bHJS2/2wbKJfgXxzlwu8DWatWqqXPrudfCKnkybfK9gRz42fcHu6fgpiN3LOelXaXrE/yOSpRTBkh6" +
        "8BtHceLyk1+Lh+kYOSfpcBRgljwYlX0c0+GDLzm7ncxIflp/Tp9jnnbG14mNdrT4T1ZLee1SldhMT4Uo/d6uZuK8vi32eIvZbtBVHNn9" +
        "Tsr+AxwshMBYhuwEdy3DNbf8csh6YRJ/ynWm5vgv4z10GclFxUNoPS7Z8Vkbb9lyQbfABHJUZ6M94SLG98ZvfkaudN8swuFqGdi+AZft" +
        "CAH9006FVyOXwetT3Rkw9mNgK0YMQHNyDQCqCVGrK2taRnY8wWOQFa0ykt4uXZyR0kzNIRFSeyUEykXkwjGPp7MBBXPF4sKW05nk6QvE" +
        "+GH/GaP7PSBboZv0VsT1gwFagzxGdVHRK9TgAGJkqpA6pK0vTO4C9UG97F5aEkg9Evg9dveKr/rfEEQHZ1FIYdY1pJJPuFwsjmKlijgL" +
        "ypRuT9Rj3lEO7t6lNuMejP0uRpm1XZGMGd8nv8KTQvEZnx3x+QCj4+xGM4Pn0CN5CYwzJdxrLlFzFGIBJICWhK54dkB1dlWlBNSn9u3G" +
        "ihCgB/0Kl4S4cWiHVhJsa6vUtcuRUfL3TLG3IHrXJV4jxt7rmViA5otDOlOPp090MJU5piMg5a53LVgM4xl4hjiam7u9+fDsfff4XSTK" +
        "zfpgHbbSIhgazJeUKVdxPbsONjcbWLN75ihYqTcXtIxBdzgty28h+nRy8jUbB5g4fw8UmEnIJQCcUhvySPaqcQxRTK/8aObMq4Uk1xf1" +
        "hBCk6hjnDuxeDjQ2yk+OAOuKiyyvqUBoHpKJe9x8R8nCDBxJqP7ZnShsGz3uRlWqbmY1DMWMEfX3ozg/DuSYr/nwRKYihL5I+yKaCoSq" +
        "zby6t2LSzmwjGLSXLS2o4fx2V1TpnjLoqxd2htltrkOGXs4izhgUVgk79+a9C5M2SuAw1P8IwohpyHibJkYqFBySiZ8Ii6x4LjjKOxa3" +
        "8Y7R78BPHSBnX7fC9/jy+f9AnzBNRJH9bcJ8jmRH52u5gNnKOLA4KcQsuxVet7L0R7z9oqvwbBhbje2qLz+n3wHNxUPBcuAJkQoaIPhw" +
        "giiDBPdMiAipHXPNhB3YTAJr//oeYHLVDU/PaawilyEj30De/TO1NrrqI9US0X8v4BuS/g/igayCi3OwKc7Lk/196p/wB4Lixq3ZA+JG" +
        "uLjsQuGqNAiMK+cVWh6MSRmDw4Z0V9lMjTdXUIvcwjP15803U45uoc2QOlb2NLJRSelTHScSoCFkGEd6lv+JgKDG2AhIvRxG3THQTjmU" +
        "bptXlAi7G4RzNKtVmu3tEaogyo4xbvVl2T5S/VnSs1ktwQ/2GMksgAzrpCNVGWB3Ul20fFsbEcE7SypOhFmNRg+3LFb2LhhF83JUH1vV" +
        "OrzIOlOyFyNKgAWMMOmePtaF5f6SEjzCZ4SxHtm7E86LmLRPYbPOtLtRXYO2uP03vReO0xJFM7CStMOl3vu9KcUnwr/UFntfjcuTaqMp" +
        "aBqnNR1j5Ac19Pph3d4ac9GTV6lpIGP6CylIQFkdxJj1MPmEni1C4g6O6MkURbjSwm956MsErSIaFMYRtzPmZlZCh7698lXg3Q0mW01O" +
        "N/er50pM3Pqi9LMAWaAmqRz4CkpbC8xxfl/z/QtCgiDP5lFzv3kTuq32A5cL2tSHL8mf420HBWMO3j6v80dRFKPN5W2BQE0uaePZRfi/" +
        "+f+d5kW/pQEEU6qAh+FeUaAkJcP5t3gJP+/YyVg4ikcU4tUaY60hgSdJgtT3RcrrdntL/4cS8aTWs9tSy6sAJJEgdEIakOurU3elUCDI" +
        "h4ATcvZmgg0msIv6Nmhh9OAoQtGmUFx/U2ukjXJUJVq2bDlnTwIRIGERv1Oop+TEWY91D4n4zp2zC7JjYxiLKScwZB0sKe4SlUHJjR65" +
        "UM8LBWepqQy9A70Ud1I1i+H9Yk+etKB7wlCzUPh6mmpbbg2KcMB3986AOVu5SQfb0WkBG7kz8/fBZ4PkTPPDfo69RVWyPOhnbsjJFc+I" +
        "jTrH3sh/Muocx4rWrCAOJJ0My2enCyXLEswx97tCQW2whthN5hqIrxd50VofViKa1J9ppvJp2o4kuL685OiyBJgiziFXg4yROnl9s828" +
        "BqpYv++Srosv0dqWFpApGsZ2+bFMCRg/BSMzeWG7/VKwoFrcpnKTGpPD1xEYT9AFMXK3/WKaAc2jNzWgpW21e9Zcl2Hrlvz3LGPeCrQf" +
        "mHCQHBJXtDgS/jz3NwUTEb7AK3OPkFSRuk0fmm+kq/vDoknSiS+PdS2eN85UCu+AAAs8bY93yUV/I+pxUwBXDsueE+u05Ol2BFwNsTFO" +
        "sO6cQtxjqdk/xRiiJXPhF0X70Ml0wHwTNeoqzb7vzMOolvGg4AfCuS9dqTeYq0DrUhhTb9B9gzK63cKIBl37tU+ztd1L/rRNEYeH+8/E" +
        "ITsXB7snfh6lBNgKBq0o3LYYL3PbBKrp5fLUXHdrMclB1FdyqIl/sfweFPYSbtWJGFvoM4VpeM9YFNc/HmHeBaVh0O+anjaWtUCH6QZc" +
        "OoJwsamJZdUq4+oXABcjQtqSvPViNs3xqB8C2Dj2urVGdAA7TBdWqd/L4gEdWmtufNALvHdf3ukB2/I5lpBx4Q3AtP1n4oAnMEYu2Es8" +
        "/MIOpj036NrTr4Fl/fArcsjzJriyHjqAyMNWFNvv/WRwqDPpw3K5SQNdOJEo+6uEt3nmDsffjQLnbJKbeA2rFsPKQ+xxsMd172QqYRQK" +
        "GaELvOO4vKh9U3elxlYrOYbGCGbH2sJm1oON1mUF3NsmlYb/TQTNDFbBZjwQHnea9baK+5trSzHJu3FicWfAd9GtWfVDWg57b79UfPpA" +
        "ub7Fl3QgZV3Fs33O0svWD/K8vmsz0nkGwT+jg3XYkHxlhWPduxxdO9TKmssjd7Z+jBsaqTBlTbIkJXe6H9ogOunb/61c/XawQazLCxIN" +
        "XRzbyw5tGF8zkJfSOQmsTD4xRGaRCz5XtU21qrGgP+GQhs5Ihlqp6UFelxQnG7WRD3FHlK92ySJtKtHliky1PK0SJHLWCKn17fm1dFDS" +
        "PpGuTzVKi77Btv0/ecVw6keev4zlXPfRSMMX986Nvxn3n4fl/86QFY/f2dp8iT+CQbc5sGcNt+9uEi7rizag4IFaNoSLwIfLyPTlsjaU" +
        "dYZQenDOVm9aRjy9OBbQI0V7DIT56nmAvWV1MX6fn3kY+zlOIR4azV4ilrXh+ypwMtHH30kQM8XqWnBvRZadRMGfx4k1PngtbRCovcuv" +
        "HlvLVz8waPcgA+ypVipMiafulwpSksO9ncJQWw6SVY8+xiRrCKYIvAwKMs8Vl10pGwIgxkn+Ferbf3qBorl1Lwp+clYiLvSVpS4FCIvn" +
        "lS+2sosoReEUg4SboE8aDsmibtiYGetGldhvrCQM8a1/2ySXq8ab2ChJMD7do/HTB74gF2bAXVZlOtsmGI+q3p4V9O/AtqC5Bzc0Gtrd" +
        "fLt+iwE46dL39FFaZkjdpgi0ovVrJoTymMR1nFZGLCxdc4upzEOThHwatVUbQBjO+8e34hpoJf4wQcWTTQaHrTJWC1qG9h7vIE0+hylz" +
        "kgOutL+KejR/6Bmp88D03Inr51u52K57kYKsEhussx7jh8JkshMQqT/MMugWPOvXAgqxPuMJITBiv2BJt9ENeiUkWXm+NpJ3XuE3k5Iu" +
        "djgKdV5YxW99Wh0hczdc0CLvwsaLO6oJcOyC8KDsu0wYLaDNbsqL3/nQVzJ6XEkxYOKpI36w6yt+OZIDD90C321IcPK3usG6MtIHfMDx" +
        "1lq5YCQ0HNdCyVD1XyjFKXnQgRUlLbGv9kuvpdKzesueBzDkkIgzYAxA6IQ/g9yGoPNYGcJJmj+JxRla7QTVgDNhauHx2AeMtC2A96BQ" +
        "SH/8M5vDhp5qzDgAg8SEErfkRu1F1R09zTKkWKJN8ZQGXr9GaR7IfIxSVnlp+VIypWjo7IxoFHNZm5x+X8O3rEoVUWnqwHqQleqCiBp6" +
        "kiqp07ggj2k+GdyMqJlovxKykeWnlPhrgxOO7R97bC4P7B1xe1tzsDoMyClOX9yiCCvEojY1ceutcUgWIWcWM069BECRWcrVxSfXWkcj" +
        "x79pDWeSunheF3fAPtfSBDRzYEB2GvVwgk6rP8jq2cdvqVdRgfoC6rh3U3y6R6k3okOPAeX1p4FvnBOpH0dUv93Z9J4Bxrt+DK3PC0Z9" +
        "dp6Bx8PP4VKwJyID4+Bz7Wgi7A4uPnqFnRU5Gc7G7ZznYRTBdKRNiuICOhNsrsYFd7Du+9X+btSITgwbE8fmMw+X3QnwaD/uMZ3nd7hh" +
        "jRu89t2ISK1jfgNYrpgs4DF7HNLGQI6zpaRYHs48HldAEOwObUwpUXS4Y9Sydo29SX8nJCjq9z0oFQiInXTnaQ1XrO562NFMewS12iYJ" +
        "0mltpoTDjw+4LNpVb9vcT1W3JqysTMPgiHOugJbsVrCnhs9ofu2k3gNjaVFlMWumKyN1DBYHwMjpX1EwTM0Uz7ep098raSjqOAyIiABi" +
        "RCRwDf4olx1NsHVtSIIFtBohLH4u50kx1f73hc6wOEcjMtnbbrQvb86QeEJfca6jlBj+Sg+oUwATZoxiecZU5qwEFvwbCR2U2GLNZytD" +
        "6Rn24ZoLol2HqQSK9ljkvBICNBPP+Rb9e8TCMSiw0s75IbVb84TanzH6vydZvofgQQqzZzMtcq4eUqR2P6BqBGEHPujy2uqd/bmNudLm" +
        "YNOA0j7erEtK6bpUY5qkEsXTFbRwKUaHash7WqrSpfY9NN4tAgxhhTBSyRzcYaAHlnki4B2HqLOB+XD8hLPYMwVKWQaarV/VlXtesHeV" +
        "V6dEsNhrWIsl2bJd0BkoOQp+IjX8dxpx7IthavLKaIcdjTXQZtx7r8PaxYQoudLJjQanWwjT44VTbQJFqShHhPkhoiD358o7yjMhrruf" +
        "EDhAj9WCMEvI3phom1QmHWeQbeWuUWqFFBCIi62mTKY63zSUQDm4UhpvwXojvv1OHnnjRM23F7lApyFpK24Foe8xhJrUbreAGxO1WcwO" +
        "hgHI7WZXbkFLzyKybBMUI9BkXdvL3Ymfc6tGjCQKLPiG10eIiAW/YJiMlBAKC/SYh5tBQHUv865D+McyoBqM4mBHQ2u8UwhFcefFrAE4" +
        "ziXOHVoQgQ0Z6/Ll3Maf0vvjyoCq4iK3M6GfvLFjEt9AilTONgj00ICy/pUInfmbKBq69GkuhSpPGcTer93gPwovDUjNlwEKWcUN4QcH" +
        "pcpnq+DVUkYqxEdFxQHnXzjEzbsXrApydQSWaINoaBz59vjHchhGojnkekUXcppojhk/TqtM8CaGmnZ76Rbr3Bg82ti2JKf5bdytYDs1" +
        "d0R0zC8rTrLIrESGexVlC0qOwf5IWevn52fSRfDl1BWFBuC9lUu8Iz7t6LD5UFhPQ1JZxbA33RqhYyyGMh6L3Mp8XJ04dCUVwdPmNl1I" +
        "EnIEJVJvXTSddAYCXn/M7maAwJa7IVabG7hthbajA9ayQrHytnhWdGyy90V1LJcqxUomfkl0FkiZ3sCKCh2hmS0+dpfpdhSrKADE+Fco" +
        "l04EJ5VeZztry0s0FCYR58gBWzV0BSl9+0tX9pLgn224pblLKsV1L4jryVL9DnA1vn672xTZOKANF4LYVFZuVz/YtPP5Q8hOw8ShdtjK" +
        "+tWjQK1eHBQAZP36jAr/gbW40FxeOMdJFuz7OOeNbUgEA0ji09FuJoEs1S4mCeA7nPA9poyoQzGvA7oqeAVPj4d3OAK5+8NN5yJDubth" +
        "th22XDPPHjTtkF7f5xYmIlk0XtxTnDEYPTMxi2wRFNnEXccQDCTide8WjM4kYQ1ztCiN7UgEMoo4zGjaMXcP6PVGUb9yCO5yZflow5Y0" +
        "gMRIT3s+OfYcMeQUKNpdiRWAMlihnu+uisHyPP8D909UegNPXvS9fpP4m0uyvayKGgv9KiiZxMJ+PFNCVaTrCwBsY9kfszDJpKOd4Lyv" +
        "bOiOOkNh/N++Apg2K3biJMtNO3OfJbjwDo90yxFsEMXo3cZUanXrfHfxRloK9ubMOE4rHUY2PyBXpG+UWuiXlQVnRjoabbEnHCLmoaJy" +
        "upwxyrVQv7L7aoZIfTlAd6u82tidfMPSZk+sikgd6mYdvju/ZwqhVUDfXlKd89OyWA/9cU/DUsXQ/IGDOvcdZM9vf2Ng9KD9XHU/b7/a" +
        "5FXATskSS8IEmJSlP0ZDbIRW6tLsUpVEjQ17wcQI7m60Qh/W2d9uqQwy7/j1dv0vlF5/H5q7ckY5aF2RkKIlwoIN+Gzao6wqcpVcisC3" +
        "R4qILzf67FQz7Kls7f4jtdJnvVpTdiVH1BTobo8KpxaQ5jRyIHsq4EclsjMqrU44hK5/oIpr0MPSZ1mNsARYH8qYKiAOEZrIA6Z6EWT+" +
        "Ok4PRvpkrFQfezXFCbIQJ16BW5EtAw30AufR5s/oZkqM4B+PnpqNksN2/ZRRH8FGrp4hWwbB7fioQaXQVFlonEg3uDtVUl1SmKRDYB1W" +
        "Exmah4xPMKSdWiZTq4sB";
}
