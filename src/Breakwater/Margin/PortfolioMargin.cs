using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>The requirement of one subaccount, explained: integers only (METHODOLOGY 4, ARCHITECTURE 5).</summary>
public static class PortfolioMargin
{
    /// <summary>Assesses a subaccount.</summary>
    /// <param name="subaccount">Positions and collateral, in any order and split in any way (M6).</param>
    /// <param name="arrays">Risk arrays with a row for every instrument and for spot of every collateral asset.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <returns>The report; 0 ≤ MM ≤ target ≤ IM (M1), lines sum to the margins.</returns>
    /// <exception cref="ArgumentException"><see cref="MarginAdmission.Check"/> refuses the subaccount.</exception>
    public static MarginReport Assess(Subaccount subaccount, RiskArrays arrays, RiskParameters parameters)
    {
        Subaccount netted = SubaccountNetting.Net(subaccount);
        ImmutableArray<Failure> refusals = MarginAdmission.Check(netted, arrays, parameters);
        if (!refusals.IsEmpty)
        {
            throw new ArgumentException(refusals[0].Message, nameof(subaccount));
        }

        ImmutableArray<Exposure> exposures = ExposuresOf(netted, arrays, parameters);
        CoreEstimate maintenance = CoreEstimate.Of(
            ScenarioLosses.Of(exposures, arrays, MarginHorizon.Maintenance), parameters.Margin);
        CoreEstimate initial = CoreEstimate.Of(
            ScenarioLosses.Of(exposures, arrays, MarginHorizon.Initial), parameters.Margin);
        ImmutableArray<MarginLine> lines = MarginLines.Of(
            netted, arrays, parameters.Margin, maintenance.Requirement.Amount, initial.Requirement.Amount);
        Int128[] parts = new Int128[exposures.Length];
        maintenance.Attribute(parts);
        return Compose(
            netted, arrays, parameters, exposures, maintenance.Requirement, initial.Requirement, lines, parts);
    }

    /// <summary>Exposures of a netted subaccount: positions, then collateral.</summary>
    internal static ImmutableArray<Exposure> ExposuresOf(
        Subaccount netted, RiskArrays arrays, RiskParameters parameters) =>
    [
        .. netted.Positions.Select(position => PositionExposure.Of(position, arrays, parameters)),
        .. netted.Collateral.Select(balance => CollateralExposure.Of(balance, arrays, parameters)),
    ];

    private static MarginReport Compose(
        Subaccount netted,
        RiskArrays arrays,
        RiskParameters parameters,
        ImmutableArray<Exposure> exposures,
        CoreRequirement maintenanceCore,
        CoreRequirement initialCore,
        ImmutableArray<MarginLine> lines,
        ReadOnlySpan<Int128> parts)
    {
        Money collateral = ValueOf(exposures[netted.Positions.Length..]);
        Money equity = ValueOf(exposures);
        Money maintenance = Total(lines, static line => line.Maintenance);
        Money initial = Total(lines, static line => line.Initial);
        return new MarginReport(
            netted.Id,
            equity,
            collateral,
            Money.FromMicroDollars(
                exposures.Aggregate(Int128.Zero, static (sum, exposure) => sum + exposure.Unrealised)),
            initial,
            MarginLines.TimesUp(maintenance, parameters.Margin.TargetToMaintenance),
            maintenance,
            StageRule.Ratio(equity, maintenance),
            StageRule.Of(equity, initial, maintenance, parameters.Margin),
            maintenanceCore,
            initialCore,
            lines,
            ReportLines.OfPositions(netted, arrays, exposures, parts),
            ReportLines.OfCollateral(netted, arrays, parameters, exposures, parts),
            SensitivityLines.Of(netted, exposures, arrays),
            MarginFindings.Of(arrays, maintenanceCore, initialCore));
    }

    private static Money ValueOf(ImmutableArray<Exposure> exposures) =>
        Money.FromMicroDollars(exposures.Aggregate(Int128.Zero, static (sum, exposure) => sum + exposure.Value));

    private static Money Total(ImmutableArray<MarginLine> lines, Func<MarginLine, Money> side) =>
        lines.Aggregate(Money.Zero, (sum, line) => sum + side(line));
}
