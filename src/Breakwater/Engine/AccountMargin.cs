using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Engine;

/// <summary>What the margin of an account comes to, or why it cannot be margined.</summary>
/// <remarks>Computed, not in effect: what an account remembers is applied by whoever remembers (METHODOLOGY 4.7).
/// </remarks>
/// <param name="Equity">Equity; signed.</param>
/// <param name="Initial">Initial margin.</param>
/// <param name="Target">Target margin.</param>
/// <param name="Maintenance">Maintenance margin.</param>
/// <param name="Stage">Stage of the ladder by these numbers alone.</param>
/// <param name="Refusals">Why it cannot be margined; then all amounts are zero. Empty if it can.</param>
public sealed record AccountMargin(
    Money Equity,
    Money Initial,
    Money Target,
    Money Maintenance,
    MarginStage Stage,
    ImmutableArray<Failure> Refusals)
{
    /// <summary>Whether PL(24 h) is above the trigger of the stage Warning (METHODOLOGY 6.1, docs/adr/0104); not part
    /// of <see cref="Stage"/>.</summary>
    public bool IsLiquidationLikely { get; init; }

    /// <summary>Whether the amounts mean something.</summary>
    public bool IsKnown => Refusals.IsEmpty;

    /// <summary>Totals of a report, which says nothing about how likely liquidation is.</summary>
    /// <param name="report">The report.</param>
    public static AccountMargin Of(MarginReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new AccountMargin(
            report.Equity, report.InitialMargin, report.TargetMargin, report.MaintenanceMargin, report.Stage, []);
    }

    /// <summary>Margin of an admitted account by the plain way, without what explains it.</summary>
    internal static AccountMargin Of(
        Subaccount netted, RiskArrays arrays, RiskParameters parameters, MarginContext context)
    {
        (Money equity, Money initial, Money maintenance, bool isLikely) =
            PortfolioMargin.AssessTotals(netted, arrays, parameters, context);
        return new AccountMargin(
            equity, initial, MarginLines.TimesUp(maintenance, parameters.Margin.TargetToMaintenance), maintenance,
            StageRule.Of(equity, initial, maintenance, parameters.Margin), [])
        {
            IsLiquidationLikely = isLikely,
        };
    }

    /// <summary>An account that cannot be margined.</summary>
    /// <param name="refusals">Why; at least one.</param>
    public static AccountMargin Refused(ImmutableArray<Failure> refusals) => refusals.IsEmpty
        ? throw new ArgumentException("a refusal needs a reason", nameof(refusals))
        : new AccountMargin(Money.Zero, Money.Zero, Money.Zero, Money.Zero, MarginStage.Healthy, refusals);
}
