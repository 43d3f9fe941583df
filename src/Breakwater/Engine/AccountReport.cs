using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Attestation;
using Breakwater.Collateral;
using Breakwater.Explanation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;

namespace Breakwater.Engine;

/// <summary>The explained margin of an account by the plain way, as the command <c>margin</c> makes it: the same inputs
/// give the same bytes.</summary>
public static class AccountReport
{
    /// <summary>The report, or why the account cannot be margined.</summary>
    /// <param name="valuation">The market, valued.</param>
    /// <param name="subaccount">What the account holds.</param>
    /// <param name="protocol">What all accounts hold together as collateral beyond its cap.</param>
    public static Result<AttestationReport> Of(
        MarketValuation valuation, Subaccount subaccount, ProtocolHoldings protocol) =>
        Of(ReportBasis.Of(valuation, protocol), subaccount);

    /// <summary>The same where many accounts are asked about.</summary>
    /// <param name="basis">The market, valued.</param>
    /// <param name="subaccount">What the account holds.</param>
    public static Result<AttestationReport> Of(ReportBasis basis, Subaccount subaccount)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(subaccount);
        (MarketValuation valuation, ExplainedMarket market) = (basis.Valuation, basis.Explained);
        ImmutableArray<Failure> refusals = Refusals(valuation, subaccount);
        if (!refusals.IsEmpty) return Result<AttestationReport>.Refused(refusals);
        MarginReport margin = PortfolioMargin.AssessOn(
            subaccount, valuation.Arrays, market.Parameters, market.Context, basis.Cores);
        ImmutableArray<Finding> findings = FindingCosts.Of(
            [.. margin.Findings, .. basis.Findings], subaccount, valuation.Arrays, market.Parameters,
            margin, market.Context, basis.Cores);
        return Result<AttestationReport>.Accepted(ReportAssembly.Build(
            valuation.Market, market.Parameters, basis.Inputs, subaccount,
            margin with { Findings = findings },
            SurfaceStateCosts.Of(basis.FreshMarkets, market, subaccount, margin)));
    }

    /// <summary>The losses that the cores of its report are made of, or why the account cannot be margined.</summary>
    /// <param name="valuation">The market, valued.</param>
    /// <param name="subaccount">What the account holds.</param>
    /// <param name="protocol">What all accounts hold together as collateral beyond its cap.</param>
    /// <param name="binCount">Bins; in [1, <see cref="LossDistribution.BinCountMax"/>].</param>
    /// <returns>Maintenance, then initial.</returns>
    public static Result<ImmutableArray<LossDistribution>> Distribution(
        MarketValuation valuation, Subaccount subaccount, ProtocolHoldings protocol, int binCount)
    {
        ArgumentNullException.ThrowIfNull(valuation);
        ArgumentNullException.ThrowIfNull(subaccount);
        ImmutableArray<Failure> refusals = Refusals(valuation, subaccount);
        return refusals.IsEmpty
            ? Result<ImmutableArray<LossDistribution>>.Accepted(
                LossDistribution.Of(subaccount, valuation.Arrays, Explained(valuation, protocol), binCount))
            : Result<ImmutableArray<LossDistribution>>.Refused(refusals);
    }

    /// <summary>The market as explanations take it.</summary>
    /// <param name="valuation">The market, valued.</param>
    /// <param name="protocol">What all accounts hold together as collateral beyond its cap.</param>
    public static ExplainedMarket Explained(MarketValuation valuation, ProtocolHoldings protocol)
    {
        ArgumentNullException.ThrowIfNull(valuation);
        return new ExplainedMarket(
            valuation.Market, valuation.Forecast, valuation.Surfaces, valuation.Scenarios, valuation.Ground.Parameters)
        {
            Context = MarginContext.Neutral with { Protocol = protocol },
        };
    }

    private static ImmutableArray<Failure> Refusals(MarketValuation valuation, Subaccount subaccount) =>
        Halted(valuation, subaccount) is { IsEmpty: false } halted
            ? halted
            : MarginAdmission.Check(subaccount, valuation.Arrays, valuation.Ground.Parameters);

    private static ImmutableArray<Failure> Halted(MarketValuation valuation, Subaccount subaccount) =>
    [
        .. subaccount.Positions.Select(own => own.Instrument).Concat(subaccount.Orders.Select(own => own.Instrument))
            .Where(instrument => instrument is not Spot).Select(instrument => instrument.Underlying)
            .Distinct().Order()
            .Where(asset => valuation.Surfaces.Find(asset) is { State: SurfaceState.Halted })
            .Select(asset => new Failure(
                FailureReason.Inconsistent, "the surface is halted: nothing can be margined on it",
                Value: asset.Name)),
    ];
}
