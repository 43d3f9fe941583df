using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Margin;

/// <summary>What imperfections of the inputs cost an account (METHODOLOGY 2.4): each is taken away alone, and the
/// account is margined again from the same arrays.</summary>
/// <remarks>Everything that a substitute charges crosses the fixed-point line as a term, so that nothing is revalued.
/// </remarks>
public static class FindingCosts
{
    private const long AmpleVolumeMicroUsd = 1_000_000_000_000_000_000; // a trillion dollars a day

    /// <summary>The findings, in the same order; those that cost the account something say how much.</summary>
    /// <param name="findings">Findings of any stage.</param>
    /// <param name="subaccount">The account.</param>
    /// <param name="arrays">The arrays its margin was computed from.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <param name="margin">Its margin.</param>
    /// <param name="context">Multipliers, memory and what the protocol holds; default: none.</param>
    public static ImmutableArray<Finding> Of(
        IEnumerable<Finding> findings,
        Subaccount subaccount,
        RiskArrays arrays,
        RiskParameters parameters,
        MarginReport margin,
        MarginContext? context = null) =>
        Of(findings, subaccount, arrays, parameters, margin, context ?? MarginContext.Neutral, basis: null);

    /// <summary>The same where many accounts are asked about.</summary>
    /// <param name="findings">As above.</param>
    /// <param name="subaccount">Likewise.</param>
    /// <param name="arrays">Likewise.</param>
    /// <param name="parameters">Likewise.</param>
    /// <param name="margin">Likewise.</param>
    /// <param name="context">Likewise.</param>
    /// <param name="basis">Basis of the arrays' scenario sets; <c>null</c>: it is made where it is needed.</param>
    internal static ImmutableArray<Finding> Of(
        IEnumerable<Finding> findings,
        Subaccount subaccount,
        RiskArrays arrays,
        RiskParameters parameters,
        MarginReport margin,
        MarginContext context,
        CoreBasis? basis)
    {
        return [.. findings.Select(Priced)];

        Finding Priced(Finding finding)
        {
            if (finding.Charge == ChargingRule.None || !IsRead(finding, subaccount, parameters)
                || Without(finding, arrays) is not { } known)
            {
                return finding;
            }

            (Money equity, Money maintenance) = PortfolioMargin.Reassess(
                subaccount, known, arrays, margin, parameters, context, basis);
            Money cost = equity - maintenance - (margin.Equity - margin.MaintenanceMargin);
            return cost == Money.Zero ? finding : finding with { CostMicroUsd = checked((long)cost.MicroDollars) };
        }
    }

    // Whether the margin of an account reads the term that a finding is about: a row or an asset that it holds, orders,
    // is paid in or is moved by. Of all others the cost is nothing, and most findings are about others.
    private static bool IsRead(Finding finding, Subaccount subaccount, RiskParameters parameters)
    {
        foreach (Position own in subaccount.Positions)
        {
            if (own.Instrument.Name == finding.Subject || IsOf(own.Instrument.Underlying)) return true;
        }

        foreach (CollateralBalance own in subaccount.Collateral)
        {
            if (IsOf(own.Asset)) return true;
        }

        return subaccount.Orders.Any(own => own.Instrument.Name == finding.Subject || IsOf(own.Instrument.Underlying));

        bool IsOf(AssetId asset) =>
            asset.Name == finding.Subject || parameters.MovedBy(asset)?.Name == finding.Subject;
    }

    // The arrays as if the input had been known and harmless; null where nothing of them is about it.
    private static RiskArrays? Without(Finding finding, RiskArrays arrays) => finding.Charge switch
    {
        ChargingRule.None => null,
        ChargingRule.UnknownFunding => arrays.Rows.Any(row => row.Instrument.Name == finding.Subject)
            ? arrays.With(
                row => row.Instrument.Name == finding.Subject
                    ? row with { FundingMaintenance = default, FundingInitial = default }
                    : row,
                static terms => terms)
            : null,
        _ => arrays.Assets.Any(terms => terms.Asset.Name == finding.Subject)
            ? arrays.With(
                static row => row,
                terms => terms.Asset.Name == finding.Subject ? Without(finding.Charge, terms) : terms)
            : null,
    };

    private static AssetTerms Without(ChargingRule charge, AssetTerms terms) => charge switch
    {
        ChargingRule.VolumeFloor => terms with
        {
            Liquidity = terms.Liquidity is { } known ? known with { VolumeDailyMicroUsd = AmpleVolumeMicroUsd } : null,
        },
        ChargingRule.WholeBuffer => terms with { CalmnessNano = 0 },
        ChargingRule.CalmHaircut => terms with { Collateral = terms.Collateral with { DrawdownNano = 0 } },
        _ => throw new System.Diagnostics.UnreachableException(charge.ToString()),
    };
}
