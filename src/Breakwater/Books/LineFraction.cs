using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Books;

/// <summary>A governed decimal as whole ÷ 10^k, ready to multiply amounts with.</summary>
internal readonly struct LineFraction
{
    private const int DecimalsMax = 9; // a unit below 2^30
    private const decimal ValueMax = 16m;

    private LineFraction(long whole, WholeDivisor unit) => (Whole, Unit) = (whole, unit);

    /// <summary>Numerator; in [0, 2^32).</summary>
    internal long Whole { get; }

    /// <summary>10^k.</summary>
    internal WholeDivisor Unit { get; }

    /// <summary>The fraction.</summary>
    /// <param name="value">A decimal, dimensionless.</param>
    /// <param name="fraction">The fraction; invalid where refused.</param>
    /// <returns>Whether it is not negative and within the limits.</returns>
    internal static bool TryOf(decimal value, out LineFraction fraction)
    {
        (Int128 whole, int decimals) = DecimalParts.Of(value);
        bool isHere = value is >= 0m and <= ValueMax && whole < LineLimits.NanoMax && decimals <= DecimalsMax;
        fraction = isHere
            ? new LineFraction((long)whole, new WholeDivisor((ulong)DecimalParts.PowerOfTen(decimals)))
            : new LineFraction(0, new WholeDivisor(1));
        return isHere;
    }

    /// <summary>amount × fraction, rounded down.</summary>
    /// <param name="amount">Amount, any unit; below 2^95.</param>
    internal UInt128 Down(UInt128 amount) => Unit.Down(unchecked(amount * (ulong)Whole));

    /// <summary>amount × fraction, rounded up.</summary>
    /// <param name="amount">Amount, micro-dollars; in [0, 2^59).</param>
    internal long Up(long amount) => (long)Unit.Up(unchecked(Math.BigMul((ulong)amount, (ulong)Whole)));

    /// <summary>Whether left ÷ right is below the fraction, exactly.</summary>
    /// <param name="left">Amount, micro-dollars; in [0, 2^60).</param>
    /// <param name="right">Amount, micro-dollars; in [0, 2^60).</param>
    internal bool IsAbove(long left, long right) =>
        Math.BigMul((ulong)left, Unit.Value) < Math.BigMul((ulong)right, (ulong)Whole);
}
