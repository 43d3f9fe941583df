namespace Breakwater.Revaluation;

/// <summary>Per-lot amounts across the fixed-point line, besides entries; the rounding is in the name.</summary>
internal static class MicroUsd
{
    private const double PerUsd = 1e6; // METHODOLOGY 0

    /// <summary>Greatest whole number of micro-dollars that is not above the amount.</summary>
    /// <exception cref="OverflowException">2⁵³ micro-dollars or more, or not a number.</exception>
    /// <param name="usd">Amount, USD; finite.</param>
    internal static long Down(double usd)
    {
        double scaled = usd * PerUsd;
        double whole = Math.Floor(scaled);
        // The product may have been rounded up to a whole number from just below it.
        if (whole == scaled && Math.FusedMultiplyAdd(usd, PerUsd, -scaled) < 0.0) whole -= 1.0;
        return Math.Abs(whole) < RiskArrays.EntryLimit
            ? (long)whole
            : throw new OverflowException($"{usd:R} USD per lot is not below 2^53 micro-dollars");
    }

    /// <summary>Least whole number of micro-dollars that is not below the amount.</summary>
    /// <exception cref="OverflowException">2⁵³ micro-dollars or more, or not a number.</exception>
    /// <param name="usd">Amount, USD; finite.</param>
    internal static long Up(double usd) => -Down(-usd);

    /// <summary>Nearest whole number of micro-dollars, ties to even.</summary>
    /// <exception cref="OverflowException">2⁵³ micro-dollars or more, or not a number.</exception>
    /// <param name="usd">Amount, USD; finite.</param>
    internal static long Nearest(double usd)
    {
        double whole = Math.Round(usd * PerUsd, MidpointRounding.ToEven);
        return Math.Abs(whole) < RiskArrays.EntryLimit
            ? (long)whole
            : throw new OverflowException($"{usd:R} USD is not below 2^53 micro-dollars");
    }
}
