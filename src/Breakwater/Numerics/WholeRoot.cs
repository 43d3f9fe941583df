using System.Numerics;

namespace Breakwater.Numerics;

/// <summary>Square roots of whole numbers, exact.</summary>
public static class WholeRoot
{
    private const int DoubleBits = 52; // below 2^52 a double's root, rounded, is at most one from the whole root

    /// <summary>Greatest whole number whose square is not above <paramref name="value"/>.</summary>
    /// <param name="value">Radicand, a whole number; ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public static BigInteger Down(BigInteger value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        long bits = value.GetBitLength();
        if (bits <= DoubleBits)
        {
            long small = (long)Math.Sqrt((double)value);
            return small * small > value ? small - 1 : small;
        }

        // Newton's iteration from above falls until it reaches the root (Zimmermann 1999; Cohen 1993, algorithm 1.7.1).
        int shift = (int)((bits - DoubleBits + 1) / 2);
        BigInteger root = (Down(value >> (2 * shift)) + 1) << shift;
        while (true)
        {
            BigInteger next = (root + (value / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }
}
