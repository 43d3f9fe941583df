using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Attestation;
using Breakwater.Explanation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Revaluation;

namespace Breakwater.Engine;

/// <summary>The margin of an account where the market has moved, every scenario of everything it holds revalued.
/// </summary>
/// <param name="Report">The report.</param>
/// <param name="Market">The market after the moves.</param>
/// <param name="Subaccount">What is held, with the prices at which it was entered.</param>
public sealed record MovedReport(AttestationReport Report, ExplainedMarket Market, Subaccount Subaccount)
{
    /// <summary>The report, or why the account cannot be margined there.</summary>
    /// <remarks>What was entered at the mark was entered at the mark of now: it gains and loses as the market moves.
    /// Findings are those of the inputs, which do not move; what a surface that is not fresh costs is told of now only.
    /// </remarks>
    /// <param name="market">The market of now.</param>
    /// <param name="findings">What its stages before the risk arrays found.</param>
    /// <param name="subaccount">What is held; margined in the market of now.</param>
    /// <param name="arrays">Risk arrays of now with a row for everything held.</param>
    /// <param name="shifts">The moves.</param>
    public static Result<MovedReport> Of(
        ExplainedMarket market,
        ImmutableArray<Finding> findings,
        Subaccount subaccount,
        RiskArrays arrays,
        ImmutableArray<MarketShift> shifts)
    {
        Subaccount held = PinnedBook.Entered(subaccount, arrays);
        ExplainedMarket moved = MovedMarket.Of(market, shifts);
        Result<RiskArrays> revalued = FullRevaluation.TryRun(
            [.. BookInstruments.Of(held), .. held.Orders.Select(static own => own.Instrument)],
            moved.Market, moved.Forecast, moved.Surfaces, moved.Scenarios, moved.Parameters);
        if (!revalued.IsAccepted) return Result<MovedReport>.Refused(revalued.Failures);
        ImmutableArray<Failure> refusals = MarginAdmission.Check(held, revalued.Value, moved.Parameters);
        if (!refusals.IsEmpty) return Result<MovedReport>.Refused(refusals);
        MarginReport margin = PortfolioMargin.Assess(held, revalued.Value, moved.Parameters, moved.Context);
        ImmutableArray<Finding> priced = FindingCosts.Of(
            [.. margin.Findings, .. findings], held, revalued.Value, moved.Parameters, margin, moved.Context);
        AttestationReport report = ReportAssembly.Build(
            moved.Market, moved.Parameters, moved.Scenarios, held, margin with { Findings = priced }, []);
        return Result<MovedReport>.Accepted(new MovedReport(report, moved, held));
    }
}
