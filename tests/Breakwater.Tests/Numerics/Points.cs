namespace Breakwater.Tests.Numerics;

/// <summary>Reproducible generated inputs (splitmix64, Steele, Lea and Flood 2014), the same on every run.</summary>
internal static class Points
{
    /// <summary>Uniform doubles in [low, high).</summary>
    internal static IEnumerable<double> Uniform(int count, double low, double high, ulong seed = 1)
    {
        for (int i = 0; i < count; i++)
        {
            yield return low + ((high - low) * (Next(ref seed) >> 11) * (1.0 / 9007199254740992.0));
        }
    }

    /// <summary>Doubles of both signs with binary exponents spread evenly in [exponentLow, exponentHigh).</summary>
    internal static IEnumerable<double> Doubles(int count, int exponentLow, int exponentHigh, ulong seed = 1)
    {
        for (int i = 0; i < count; i++)
        {
            double mantissa = 1.0 + ((Next(ref seed) >> 12) * (1.0 / 4503599627370496.0));
            int exponent = exponentLow + (int)(Next(ref seed) % (ulong)(exponentHigh - exponentLow));
            yield return Math.ScaleB((Next(ref seed) & 1) == 0 ? mantissa : -mantissa, exponent);
        }
    }

    /// <summary>Uniform 64-bit words.</summary>
    internal static IEnumerable<ulong> Words(int count, ulong seed = 1)
    {
        for (int i = 0; i < count; i++) yield return Next(ref seed);
    }

    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
