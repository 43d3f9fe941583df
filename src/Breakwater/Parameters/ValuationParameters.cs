using System.Collections.Immutable;

namespace Breakwater.Parameters;

/// <summary>Constants of valuation: discounting and the settlement average (METHODOLOGY 1.1, 1.3).</summary>
public sealed record ValuationParameters
{
    private static readonly ParameterField RateField = new(
        "valuation.rateUsdAnnual", "fraction per year", -0.05m, 0.25m, "0.02 / 7 d",
        "Rate at which options settled in USDC are discounted; 0 as shipped (METHODOLOGY 1.1).");

    private static readonly ParameterField WindowField = new(
        "valuation.settlementWindowSeconds", "seconds", 60m, 7200m, "fixed",
        "Time before expiry over which the settlement price is averaged (METHODOLOGY 1.3).");

    private static readonly ParameterField FixingCountField = new(
        "valuation.settlementFixingCount", "count", 1m, 7200m, "fixed",
        "Index fixings averaged in the settlement window (METHODOLOGY 1.3).");

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } = [RateField, WindowField, FixingCountField];

    internal ValuationParameters(ParameterValues values)
    {
        RateUsdAnnual = values[RateField];
        SettlementWindowSeconds = values.Whole(WindowField);
        SettlementFixingCount = values.Whole(FixingCountField);
    }

    /// <summary>Rate of discounting in USD, continuously compounded, per year.</summary>
    public double RateUsdAnnual { get; }

    /// <summary>Length of the settlement window, seconds.</summary>
    public int SettlementWindowSeconds { get; }

    /// <summary>Number of fixings in the settlement window.</summary>
    public int SettlementFixingCount { get; }
}
