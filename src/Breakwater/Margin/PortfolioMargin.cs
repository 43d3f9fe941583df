using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Margin.AddOns;
using Breakwater.Margin.Tails;
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
    /// <param name="context">Multipliers, memory and what the protocol holds; default: none.</param>
    public static MarginReport Assess(
        Subaccount subaccount, RiskArrays arrays, RiskParameters parameters, MarginContext? context = null) =>
        AssessOn(
            subaccount, arrays, parameters, context ?? MarginContext.Neutral,
            CoreBasis.Of(arrays.Scenarios, parameters.Margin));

    /// <summary>The same for many accounts in one market.</summary>
    /// <param name="subaccount">As above.</param>
    /// <param name="arrays">Likewise.</param>
    /// <param name="parameters">Likewise.</param>
    /// <param name="given">Multipliers, memory and what the protocol holds.</param>
    /// <param name="basis">Basis of the arrays' scenario sets.</param>
    internal static MarginReport AssessOn(
        Subaccount subaccount, RiskArrays arrays, RiskParameters parameters, MarginContext given, CoreBasis basis)
    {
        Subaccount netted = SubaccountNetting.Net(subaccount);
        ImmutableArray<Failure> refusals = MarginAdmission.Check(netted, arrays, parameters);
        if (!refusals.IsEmpty)
        {
            throw new ArgumentException(refusals[0].Message, nameof(subaccount));
        }

        MarginAccount account = MarginAccount.Of(netted, arrays, parameters, given.Protocol, basis);
        using AccountLosses maintenanceLosses = new(account, MarginHorizon.Maintenance);
        using AccountLosses initialLosses = new(account, MarginHorizon.Initial);
        CoreEstimate maintenance = CoreEstimate.Of(maintenanceLosses.Whole, basis.Maintenance);
        CoreEstimate initial = CoreEstimate.Of(initialLosses.Whole, basis.Initial);
        MarginSide atMaintenance = SideOf(
            account, given, MarginHorizon.Maintenance, maintenanceLosses, maintenance.Requirement.Amount);
        MarginSide atInitial = SideOf(
            account, given, MarginHorizon.Initial, initialLosses, initial.Requirement.Amount);
        Int128[] parts = new Int128[account.Exposures.Length];
        maintenance.Attribute(parts);
        return Compose(
            account, given, maintenance.Requirement, initial.Requirement, atMaintenance, atInitial, parts);
    }

    /// <summary>Equity and maintenance margin of the report that <see cref="Assess"/> writes, without the rest of it: a
    /// third of the work, for explanations that ask often.</summary>
    /// <param name="subaccount">Admitted: <see cref="Assess"/> accepted it.</param>
    /// <param name="arrays">Risk arrays; their initial horizon is not read.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <param name="context">Multipliers and memory.</param>
    /// <param name="basis">Basis of the arrays' scenario sets, for who asks often.</param>
    internal static (Money Equity, Money Maintenance) AssessMaintenance(
        Subaccount subaccount, RiskArrays arrays, RiskParameters parameters, MarginContext context,
        CoreBasis? basis = null)
    {
        MarginAccount account = MarginAccount.Of(
            SubaccountNetting.Net(subaccount), arrays, parameters, context.Protocol, basis);
        using AccountLosses losses = new(account, MarginHorizon.Maintenance);
        MarginSide side = SideOf(account, context, MarginHorizon.Maintenance, losses, losses.Amount());
        return (
            ValueOf(account.Exposures),
            side.Total.MultiplyUp(context.InEffectNano, MarginContext.InEffectOne));
    }

    /// <summary>Equity and maintenance margin of a report from arrays with other terms: as above, and where no loss
    /// reads what is another, its core is kept.</summary>
    /// <param name="subaccount">Admitted.</param>
    /// <param name="arrays">The arrays of the report with other terms; entries are the same.</param>
    /// <param name="before">Those of the report.</param>
    /// <param name="report">The report.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <param name="context">Multipliers and memory.</param>
    /// <param name="basis">Basis of the arrays' scenario sets, for who asks often.</param>
    internal static (Money Equity, Money Maintenance) Reassess(
        Subaccount subaccount, RiskArrays arrays, RiskArrays before, MarginReport report, RiskParameters parameters,
        MarginContext context, CoreBasis? basis = null)
    {
        Subaccount netted = SubaccountNetting.Net(subaccount);
        MarginAccount account = MarginAccount.Of(netted, arrays, parameters, context.Protocol);
        ImmutableArray<AssetId> assets = account.Underlyings;
        if (!account.LosesLike(MarginAccount.Of(netted, before, parameters, context.Protocol))
            || assets.Any(asset => !report.Underlyings.Any(line => line.Underlying == asset)))
        {
            return AssessMaintenance(subaccount, arrays, parameters, context, basis);
        }

        UnderlyingCores cores = new(
            assets,
            [.. assets.Select(asset => report.Underlyings.First(line => line.Underlying == asset).CoreMaintenance)]);
        MarginSide side = MarginSide.Of(
            account, context, MarginHorizon.Maintenance, report.CoreMaintenance.Amount, cores);
        return (
            ValueOf(account.Exposures),
            side.Total.MultiplyUp(context.InEffectNano, MarginContext.InEffectOne));
    }

    /// <summary>Totals of the report that <see cref="Assess"/> writes, without what explains them: for accounts of a
    /// book that no sweep holds.</summary>
    /// <param name="netted">Admitted and in canonical form.</param>
    /// <param name="arrays">Risk arrays.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <param name="context">Multipliers and memory.</param>
    /// <returns>The totals, and whether liquidation is likely (<see cref="LiquidationLikelihood"/>).</returns>
    internal static (Money Equity, Money Initial, Money Maintenance, bool IsLikely) AssessTotals(
        Subaccount netted, RiskArrays arrays, RiskParameters parameters, MarginContext context)
    {
        MarginAccount account = MarginAccount.Of(netted, arrays, parameters, context.Protocol);
        using AccountLosses maintenanceLosses = new(account, MarginHorizon.Maintenance);
        using AccountLosses initialLosses = new(account, MarginHorizon.Initial);
        MarginSide atMaintenance = SideOf(
            account, context, MarginHorizon.Maintenance, maintenanceLosses, maintenanceLosses.Amount());
        MarginSide atInitial = SideOf(
            account, context, MarginHorizon.Initial, initialLosses, initialLosses.Amount());
        ImmutableArray<MarginLine> lines = MarginLines.Of(account, context, atMaintenance, atInitial);
        (Money equity, Money maintenance) =
            (ValueOf(account.Exposures), Total(lines, static line => line.Maintenance));
        return (
            equity, Total(lines, static line => line.Initial), maintenance,
            LiquidationLikelihood.IsHigh(initialLosses.Whole, equity, maintenance));
    }

    /// <summary>Equity of a netted subaccount; entries of the arrays are not read.</summary>
    /// <param name="netted">The subaccount.</param>
    /// <param name="arrays">Marks of what it holds.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <param name="protocol">What the protocol holds of collateral assets.</param>
    internal static Money EquityOf(
        Subaccount netted, RiskArrays arrays, RiskParameters parameters, ProtocolHoldings protocol) =>
        ValueOf(ExposuresOf(netted, arrays, parameters, protocol));

    /// <summary>Exposures of a netted subaccount: positions, then collateral.</summary>
    internal static ImmutableArray<Exposure> ExposuresOf(
        Subaccount netted, RiskArrays arrays, RiskParameters parameters, ProtocolHoldings protocol) =>
        MarginAccount.Of(netted, arrays, parameters, protocol).Exposures;

    private static MarginReport Compose(
        MarginAccount account,
        MarginContext context,
        CoreRequirement maintenanceCore,
        CoreRequirement initialCore,
        MarginSide atMaintenance,
        MarginSide atInitial,
        ReadOnlySpan<Int128> parts)
    {
        (Subaccount netted, RiskArrays arrays, RiskParameters parameters) =
            (account.Netted, account.Arrays, account.Parameters);
        ImmutableArray<MarginLine> lines = MarginLines.Of(account, context, atMaintenance, atInitial);
        Money equity = ValueOf(account.Exposures);
        Money maintenance = Total(lines, static line => line.Maintenance);
        Money initial = Total(lines, static line => line.Initial);
        return new MarginReport(
            netted.Id,
            equity,
            ValueOf(account.Exposures[netted.Positions.Length..]),
            Money.FromMicroDollars(
                account.Exposures.Aggregate(Int128.Zero, static (sum, exposure) => sum + exposure.Unrealised)),
            initial,
            MarginLines.TimesUp(maintenance, parameters.Margin.TargetToMaintenance),
            maintenance,
            StageRule.Ratio(equity, maintenance),
            StageRule.Of(equity, initial, maintenance, parameters.Margin),
            maintenanceCore,
            initialCore,
            lines,
            ReportLines.OfPositions(netted, arrays, account.Exposures, parts),
            ReportLines.OfCollateral(account, parts),
            SensitivityLines.Of(netted, account.Exposures, arrays),
            MarginFindings.Of(account, maintenanceCore, initialCore))
        {
            LineParts = AddOnReport.Parts(atMaintenance, atInitial),
            Underlyings = AddOnReport.Underlyings(account, atMaintenance, atInitial),
            Multipliers = AddOnReport.Multipliers(context, atMaintenance, atInitial),
            ThinGains = WithdrawalRule.ThinGainsOf(account, atMaintenance),
            Orders = [.. netted.Orders.Select(order => AddOnReport.OrderOf(order, arrays, parameters))],
        };
    }

    private static MarginSide SideOf(
        MarginAccount account, MarginContext context, MarginHorizon horizon, AccountLosses losses, Money core) =>
        MarginSide.Of(account, context, horizon, core, losses.Cores(core));

    private static Money ValueOf(ImmutableArray<Exposure> exposures) =>
        Money.FromMicroDollars(exposures.Aggregate(Int128.Zero, static (sum, exposure) => sum + exposure.Value));

    private static Money Total(ImmutableArray<MarginLine> lines, Func<MarginLine, Money> side) =>
        lines.Aggregate(Money.Zero, (sum, line) => sum + side(line));
}
