using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Explanation;

namespace Breakwater.Adapters.Reports;

/// <summary>A probability of liquidation before and after, as reported: six decimals.</summary>
/// <param name="Hours">Horizon, hours.</param>
/// <param name="Before">Probability before, fraction.</param>
/// <param name="After">Probability after, fraction.</param>
internal sealed record LiquidationChange(int Hours, decimal Before, decimal After)
{
    private const int Decimals = 6;

    /// <summary>After less before, exactly as both are reported.</summary>
    public decimal Change => After - Before;

    /// <summary>Member of a report's JSON (INTERFACES 4).</summary>
    public string Member => MemberOf(Hours);

    /// <summary>By rising horizon; empty where nobody asked for an explanation.</summary>
    public static ImmutableArray<LiquidationChange> Of(MarginView before, MarginView after) =>
        before.Explanation is { } was && after.Explanation is { } becomes
            ?
            [
                .. was.Liquidation.Probabilities.Zip(becomes.Liquidation.Probabilities, (old, then) =>
                    new LiquidationChange(old.Hours, Reported(old.Probability), Reported(then.Probability))),
            ]
            : [];

    /// <summary>A probability as it is reported.</summary>
    /// <param name="probability">In [0, 1].</param>
    public static decimal Reported(double probability) => Math.Round((decimal)probability, Decimals);

    /// <summary>A probability, or a change of one, with six decimals, as JSON holds fractions.</summary>
    /// <param name="value">The number.</param>
    public static string Exact(decimal value) => value.ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>Member of a report's JSON for a horizon.</summary>
    /// <param name="hours">Horizon, hours.</param>
    public static string MemberOf(int hours) => $"probability{Horizon(hours, string.Empty)}";

    /// <summary>A horizon as people read it.</summary>
    /// <param name="hours">Horizon, hours.</param>
    /// <param name="space">Between number and unit.</param>
    public static string Horizon(int hours, string space) =>
        hours < LiquidationProbability.HorizonHours[^1] ? $"{hours}{space}h" : $"{hours / 24}{space}d";
}
