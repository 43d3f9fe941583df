using System.Collections.Immutable;
using Breakwater.Margin;
using Breakwater.Numerics;

namespace Breakwater.Adapters.Reports;

/// <summary>One total of a margin report.</summary>
/// <param name="Name">As people read it; indented where it is part of the one above.</param>
/// <param name="Member">Its member in JSON (INTERFACES 4); <c>null</c> where other members make it.</param>
/// <param name="Read">Reads it.</param>
internal sealed record MarginTotal(string Name, string? Member, Func<MarginReport, Money> Read);

/// <summary>The totals of a margin report, in the order in which they are shown.</summary>
internal static class MarginTotals
{
    /// <summary>All of them, USD.</summary>
    public static ImmutableArray<MarginTotal> All { get; } =
    [
        new("equity", "equity", margin => margin.Equity),
        new("  collateral after haircut", "collateralValue", margin => margin.CollateralValue),
        new("  unrealised P&L", "unrealisedPnl", margin => margin.UnrealisedPnl),
        new("  option value", null, margin => margin.Equity - margin.CollateralValue - margin.UnrealisedPnl),
        new("initial margin", "initialMargin", margin => margin.InitialMargin),
        new("target margin", "targetMargin", margin => margin.TargetMargin),
        new("maintenance margin", "maintenanceMargin", margin => margin.MaintenanceMargin),
        new("excess over initial", "excess", margin => margin.Excess),
        new("  gains in thin markets", "thinGains", margin => margin.ThinGains),
        new("withdrawable", "withdrawable", WithdrawalRule.Free),
    ];
}
