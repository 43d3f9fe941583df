using Breakwater.Instruments;
using Breakwater.Pricing;
using Breakwater.Surfaces;

namespace Breakwater.Tests.Surfaces;

/// <summary>Arbitrage looked for in prices: knows nothing of g.</summary>
internal static class CallPrices
{
    private const int StrikeCount = 401;
    private const double Reach = 2.5; // Log-moneyness.
    private const double Rounding = 1e-13; // Of the forward.

    /// <summary>Whether calls of one expiry fall in strike and are convex.</summary>
    public static bool AreConvex(SviParameters slice) => AreConvex(Calls(slice.TotalVariance));

    /// <summary>Whether calls at every expiry are convex in strike and no later one is cheaper at equal k.</summary>
    public static bool AreFreeOfArbitrage(VolatilitySurface surface)
    {
        double[] before = new double[StrikeCount];
        double last = 0.0;
        foreach (double years in surface.SliceYears.Append(1.5 * surface.SliceYears[^1]))
        {
            for (int quarter = 1; quarter <= 4; quarter++)
            {
                double expiry = last + 0.25 * quarter * (years - last);
                double[] calls = Calls(k => SurfaceEvaluation.TotalVariance(surface, k, expiry));
                if (!AreConvex(calls)) return false;
                if (calls.Zip(before).Any(pair => pair.First < pair.Second - Rounding)) return false;
                before = calls;
            }

            last = years;
        }

        return true;
    }

    private static double Strike(int i) => Math.Exp(Reach * (2.0 * i / (StrikeCount - 1) - 1.0));

    private static double[] Calls(Func<double, double> totalVariance) =>
    [
        .. Enumerable.Range(0, StrikeCount).Select(i =>
            Black76.Value(OptionRight.Call, 1.0, Strike(i), totalVariance(Math.Log(Strike(i))))),
    ];

    private static bool AreConvex(double[] calls)
    {
        for (int i = 1; i < calls.Length; i++)
        {
            if (calls[i] > calls[i - 1] + Rounding) return false;
            if (i == calls.Length - 1) continue;
            double share = (Strike(i) - Strike(i - 1)) / (Strike(i + 1) - Strike(i - 1));
            if (calls[i] > calls[i - 1] + share * (calls[i + 1] - calls[i - 1]) + Rounding) return false;
        }

        return true;
    }
}
