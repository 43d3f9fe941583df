using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Accounts.Ledgers;
using Breakwater.Attestation;
using Breakwater.Collateral;
using Breakwater.Explanation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Parameters;

namespace Breakwater.Engine;

/// <summary>What readers see of the engine: published after each batch, never changed, read by any thread
/// (ARCHITECTURE 6).</summary>
/// <param name="State">The state it is a view of.</param>
public sealed record RiskView(RiskState State)
{
    /// <summary>Events taken in.</summary>
    public long Sequence => State.Sequence;

    /// <summary>Engine time.</summary>
    public Timestamp At => State.At;

    /// <summary>Governed constants in force.</summary>
    public RiskParameters Parameters => State.Parameters;

    /// <summary>The newest valuation; <c>null</c> before the first.</summary>
    public MarketValuation? Valuation => State.Valuation;

    /// <summary>What all accounts hold together as collateral beyond its cap (METHODOLOGY 5), at the prices of the
    /// newest valuation.</summary>
    public ProtocolHoldings Protocol => Valuation is { } valuation ? HoldingsAt(valuation) : ProtocolHoldings.Neutral;

    /// <summary>The market as explanations take it; <c>null</c> before the first valuation.</summary>
    public ExplainedMarket? Explained =>
        Valuation is { } valuation ? AccountReport.Explained(valuation, Protocol) : null;

    /// <summary>What all accounts hold together as collateral beyond its cap, at the prices of a valuation.</summary>
    /// <param name="valuation">The newest, or one before.</param>
    public ProtocolHoldings HoldingsAt(MarketValuation valuation)
    {
        ArgumentNullException.ThrowIfNull(valuation);
        return BookKeeper.HoldingsOf(State.Ledger, valuation);
    }

    /// <summary>A subaccount as the margin takes it; <c>null</c> if there is none of the name.</summary>
    /// <param name="account">Its name.</param>
    public Subaccount? Find(string account) =>
        State.Ledger.Find(account) is { } known ? LedgerSubaccount.Of(known) : null;

    /// <summary>The explained margin of a subaccount by the plain way: what the command <c>margin</c> prints of the
    /// same portfolio in the same market and protocol, bit for bit.</summary>
    /// <remarks>Computed, not in effect: a report has no memory, so that anybody can recompute it. What is in effect
    /// says <see cref="RiskState.StandingOf"/>. Milliseconds to hundreds of them where a surface is not fresh.
    /// </remarks>
    /// <param name="account">Its name.</param>
    public Result<AttestationReport> Report(string account)
    {
        if (Find(account) is not { } subaccount)
        {
            return Result<AttestationReport>.Refused(
                new Failure(FailureReason.Unknown, "there is no such subaccount", Value: account));
        }

        return Valuation is { } valuation ? AccountReport.Of(valuation, subaccount, Protocol) : Unvalued();
    }

    /// <summary>The same after a change that nobody makes: what orders, deposits and withdrawals would lead to; what
    /// all accounts hold together stays.</summary>
    /// <param name="before">What is held.</param>
    /// <param name="change">What would change; trades are paid for at their prices.</param>
    /// <param name="basis">The valuation, the newest or one before, and what all accounts hold together.</param>
    /// <returns>The report, or why the change cannot be or may not be: a withdrawal has to leave initial margin (M11).
    /// </returns>
    public Result<AttestationReport> WhatIf(Subaccount before, SubaccountChange change, ReportBasis basis)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(basis);
        Result<Subaccount> after = Changed(basis.Valuation, before, change);
        if (!after.IsAccepted) return Result<AttestationReport>.Refused(after.Failures);
        Result<AttestationReport> report = AccountReport.Of(basis, after.Value);
        bool isWithdrawal = change.Collateral.Any(static own => own.Units < 0);
        return report.IsAccepted && isWithdrawal && WithdrawalRule.Check(report.Value.Margin) is { } refusal
            ? Result<AttestationReport>.Refused(refusal)
            : report;
    }

    /// <summary>The same where the market has moved after the change: what is held is revalued whole, so that it takes
    /// some tens to hundreds of milliseconds.</summary>
    /// <remarks>Whether the change may be is asked of the market of now, by <see cref="WhatIf"/>.</remarks>
    /// <param name="before">What is held.</param>
    /// <param name="change">What would change, at the prices of now.</param>
    /// <param name="shifts">How the market moves then.</param>
    /// <param name="basis">As above.</param>
    public Result<MovedReport> Moved(
        Subaccount before, SubaccountChange change, ImmutableArray<MarketShift> shifts, ReportBasis basis)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(basis);
        MarketValuation valuation = basis.Valuation;
        Result<Subaccount> after = Changed(valuation, before, change);
        return after.IsAccepted
            ? MovedReport.Of(basis.Explained, valuation.Findings, after.Value, valuation.Arrays, shifts)
            : Result<MovedReport>.Refused(after.Failures);
    }

    private Result<Subaccount> Changed(MarketValuation valuation, Subaccount before, SubaccountChange change)
    {
        ImmutableArray<Failure> strangers =
        [
            .. change.Orders.Concat(change.Resting).Where(own => valuation.Arrays.IndexOf(own.Instrument) < 0)
                .Select(static own => new Failure(
                    FailureReason.UnknownInstrument, $"{own.Instrument} has no market", Value: own.Instrument.Name)),
        ];
        return strangers.IsEmpty
            ? OrderPremium.Settle(change, before, valuation.Arrays, Parameters).Apply(before)
            : Result<Subaccount>.Refused(strangers);
    }

    private static Result<AttestationReport> Unvalued() => Result<AttestationReport>.Refused(
        new Failure(FailureReason.Missing, "no market is valued yet"));
}
