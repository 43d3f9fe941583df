using System.Collections.Immutable;

namespace Breakwater.Instruments;

/// <summary>Exact whole-number parts of a decimal.</summary>
public static class DecimalParts
{
    private const int ExponentMax = 38; // 10^38 < 2^127

    private static readonly ImmutableArray<Int128> PowersOfTen = Powers();

    /// <summary>value = whole ÷ 10^decimals with the least decimals, so that equal values have equal parts.</summary>
    /// <param name="value">Any decimal.</param>
    public static (Int128 Whole, int Decimals) Of(decimal value)
    {
        Span<int> bits = stackalloc int[4]; // low, middle, high, flags: layout of System.Decimal
        decimal.GetBits(value, bits);
        UInt128 magnitude = unchecked(((UInt128)(uint)bits[2] << 64) | ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        int decimals = (bits[3] >> 16) & 0xFF;
        Int128 whole = bits[3] < 0 ? -(Int128)magnitude : (Int128)magnitude;
        while (decimals > 0 && whole % 10 == 0)
        {
            whole /= 10;
            decimals--;
        }

        return (whole, decimals);
    }

    /// <summary>value × 10^decimals.</summary>
    /// <param name="value">A decimal with at most <paramref name="decimals"/> decimals.</param>
    /// <param name="decimals">Decimals kept; in [0, 28].</param>
    /// <exception cref="ArgumentException">The value has more decimals.</exception>
    /// <exception cref="OverflowException">The result exceeds 128 bits.</exception>
    public static Int128 Scaled(decimal value, int decimals)
    {
        (Int128 whole, int own) = Of(value);
        if (own > decimals)
        {
            throw new ArgumentException($"{value} has more than {decimals} decimals", nameof(value));
        }

        return whole * PowerOfTen(decimals - own);
    }

    /// <summary>10^exponent.</summary>
    /// <param name="exponent">In [0, 38].</param>
    public static Int128 PowerOfTen(int exponent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exponent, ExponentMax);
        return PowersOfTen[exponent];
    }

    private static ImmutableArray<Int128> Powers()
    {
        ImmutableArray<Int128>.Builder powers = ImmutableArray.CreateBuilder<Int128>(ExponentMax + 1);
        Int128 power = 1;
        powers.Add(power);
        while (powers.Count <= ExponentMax)
        {
            power *= 10;
            powers.Add(power);
        }

        return powers.MoveToImmutable();
    }
}
