using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Margin;

namespace Breakwater.Server.History;

/// <summary>What the engine posted by itself at an event: funding of hours, settlement of expiries.</summary>
/// <param name="Sequence">The event that brought the time.</param>
/// <param name="Before">The ledger before.</param>
/// <param name="Transitions">What was posted, in order.</param>
internal sealed record PostedWork(long Sequence, Ledger Before, ImmutableArray<LedgerTransition> Transitions)
    : IHistoryEntry
{
    /// <summary>What was posted at an event; <c>null</c> if nothing was.</summary>
    /// <param name="before">The state before it.</param>
    /// <param name="outcome">What followed.</param>
    internal static PostedWork? Of(RiskState before, RiskOutcome outcome)
    {
        ImmutableArray<LedgerTransition>.Builder posted = ImmutableArray.CreateBuilder<LedgerTransition>();
        foreach (Effect own in outcome.Effects)
        {
            if (own is Effect.Posted { Refusal: null } done) posted.Add(done.Transition);
        }

        return posted.Count > 0
            ? new PostedWork(outcome.State.Sequence, before.Ledger, posted.ToImmutable())
            : null;
    }

    /// <inheritdoc/>
    /// <remarks>Posts everything again, from the ledger before: what a subaccount paid stands in no transition.
    /// </remarks>
    public IEnumerable<(string Account, HistoryMark Mark)> Marks()
    {
        Ledger ledger = Before;
        foreach (LedgerTransition transition in Transitions)
        {
            Ledger after = LedgerPosting.Apply(ledger, transition).Value; // it was accepted on the same ledger
            foreach ((LedgerAccount? then, LedgerAccount? now) in after.Accounts.DifferencesFrom(ledger.Accounts))
            {
                if (then is null || now is null) continue; // nobody is opened or goes
                foreach (HistoryMark mark in Of(transition, ledger, then, now)) yield return (now.Id, mark);
            }

            ledger = after;
        }
    }

    private IEnumerable<HistoryMark> Of(
        LedgerTransition transition, Ledger ledger, LedgerAccount then, LedgerAccount now) => transition switch
        {
            LedgerTransition.FundingPayment own => Funded(own, ledger, then, now),
            LedgerTransition.Settlement own => Settled(own, ledger, then, now),
            _ => [], // the engine posts nothing else
        };

    private IEnumerable<HistoryMark> Funded(
        LedgerTransition.FundingPayment own, Ledger ledger, LedgerAccount then, LedgerAccount now)
    {
        AssetId asset = ledger.Find(own.Perpetual)!.Terms.SettlementAsset; // it is held
        Int128 received = now.CashOf(asset).Funding - then.CashOf(asset).Funding;
        if (received == 0) yield break;
        FixedDecimal quantity = new(received, ledger.Find(asset)!.Decimals); // where something is settled in it
        yield return Made(own.At, "funding", own.Perpetual, quantity, own.PriceUsd);
    }

    private IEnumerable<HistoryMark> Settled(
        LedgerTransition.Settlement own, Ledger ledger, LedgerAccount then, LedgerAccount now)
    {
        foreach (Holding held in then.Holdings)
        {
            if (now.HoldingOf(held.Instrument) is not null) continue;
            FixedDecimal lot = FixedDecimal.Of(ledger.Find(held.Instrument)!.Terms.LotQuantity); // it is held
            yield return Made(
                own.At, "settlement", held.Instrument, new FixedDecimal(-held.Lots * lot.Units, lot.Decimals),
                own.Average.PriceUsd);
        }
    }

    private HistoryMark Made(
        Timestamp at, string kind, Instrument instrument, FixedDecimal quantity, decimal price) => new(
        Sequence, at, kind, instrument.Name, quantity.Shortest().ToString(),
        FixedDecimal.Of(price).Shortest().ToString(), null);
}
