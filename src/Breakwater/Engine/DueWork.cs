using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Engine;

/// <summary>What the engine itself posts when its time has come, before the event that brings the time: funding of
/// whole hours, settlement of expiries.</summary>
/// <remarks>Funding of an hour is paid at its end to the state of before, so that nobody trades between the two. An
/// expiry is settled one fixing after it, when no fixing can come any more; missing fixings count at the last index
/// (docs/adr/0032). Without any price settlement waits and is tried again every minute.</remarks>
internal static class DueWork
{
    private const long RetryMilliseconds = 60_000;
    private const int HoursMax = 24 * 366; // an engine that slept longer begins anew
    private const double FundingHours = 8d;

    /// <summary>The state with everything posted that is due by an instant; its time is the instant.</summary>
    internal static RiskState Before(RiskState state, Timestamp now, List<Effect> effects)
    {
        if (now < state.DueAt) return state with { At = now };
        RiskState after = Funded(state, now, effects);
        after = Settled(after, now, effects);
        return Rescheduled(after with { At = now }, now);
    }

    /// <summary>Length of a settlement window, milliseconds, and its fixings: a whole number of milliseconds each.
    /// </summary>
    internal static (int Milliseconds, int FixingCount) WindowOf(RiskParameters parameters)
    {
        int fixings = Math.Max(1, parameters.Valuation.SettlementFixingCount);
        int step = Math.Max(1, parameters.Valuation.SettlementWindowSeconds * 1000 / fixings);
        return (step * fixings, fixings);
    }

    /// <summary>The state with the next expiries and due time of its ledger.</summary>
    internal static RiskState Rescheduled(RiskState state, Timestamp now)
    {
        ImmutableSortedDictionary<AssetId, Timestamp>.Builder expiries =
            ImmutableSortedDictionary.CreateBuilder<AssetId, Timestamp>();
        foreach (InstrumentBook page in state.Ledger.Instruments.Values)
        {
            AssetId underlying = page.Terms.Instrument.Underlying;
            if (page.Terms.Expiry is { } expiry
                && !(expiries.TryGetValue(underlying, out Timestamp known) && known <= expiry))
            {
                expiries[underlying] = expiry;
            }
        }

        long hour = now.UnixMilliseconds / Timestamp.HourMilliseconds;
        Timestamp due = Timestamp.FromUnixMilliseconds((hour + 1) * Timestamp.HourMilliseconds);
        long step = StepOf(state.Parameters);
        foreach (Timestamp expiry in expiries.Values)
        {
            Timestamp settles = expiry.AddMilliseconds(step);
            if (settles <= now) settles = now.AddMilliseconds(RetryMilliseconds);
            due = settles < due ? settles : due;
        }

        return state with { Expiries = expiries.ToImmutable(), DueAt = due };
    }

    private static long StepOf(RiskParameters parameters)
    {
        (int milliseconds, int fixings) = WindowOf(parameters);
        return milliseconds / fixings;
    }

    private static RiskState Funded(RiskState state, Timestamp now, List<Effect> effects)
    {
        if (state.Sequence <= 1) return state;
        long first = (state.At.UnixMilliseconds / Timestamp.HourMilliseconds) + 1;
        long last = now.UnixMilliseconds / Timestamp.HourMilliseconds;
        for (long hour = Math.Max(first, last - HoursMax + 1); hour <= last; hour++)
        {
            Timestamp end = Timestamp.FromUnixMilliseconds(hour * Timestamp.HourMilliseconds);
            foreach (InstrumentBook page in state.Ledger.Instruments.Values.ToArray())
            {
                if (page.Terms.Instrument is Perpetual perpetual && page.LongLots > 0)
                {
                    state = Funded(state, perpetual, end, effects);
                }
            }
        }

        return state;
    }

    private static RiskState Funded(RiskState state, Perpetual perpetual, Timestamp end, List<Effect> effects)
    {
        AssetGround? ground = state.Markets.GetValueOrDefault(perpetual.Underlying);
        double? price = ground?.Futures?.PerpetualMarkUsd ?? ground?.LastUsd;
        FundingPoint? newest = ground is null || ground.Funding.IsEmpty ? null : ground.Funding[^1].Points[^1];
        if (newest is not { } rate || price is not { } usd || LedgerPrice.Of(usd) is not { } notional) return state;
        double hourly = Math.Clamp(rate.Fraction8h / FundingHours, -1d, 1d);
        return Posted(
            state,
            new LedgerTransition.FundingPayment(end, perpetual, LedgerPrice.Rounded(hourly), notional), effects);
    }

    private static RiskState Settled(RiskState state, Timestamp now, List<Effect> effects)
    {
        long step = StepOf(state.Parameters);
        foreach ((AssetId underlying, Timestamp expiry) in state.Expiries)
        {
            if (expiry.AddMilliseconds(step) > now) continue;
            double? last = state.Markets.GetValueOrDefault(underlying)?.LastUsd;
            (int milliseconds, int fixings) = WindowOf(state.Parameters);
            SettlementWindow window = state.Windows.GetValueOrDefault(underlying) is { } open && open.Expiry == expiry
                ? open
                : SettlementWindow.Open(underlying, expiry, milliseconds, fixings);
            if (last is not { } usd || LedgerPrice.Of(usd) is not { } price) continue;
            Result<SettlementAverage> average = window.Close(price);
            if (!average.IsAccepted) continue;
            RiskState posted = Posted(
                state, new LedgerTransition.Settlement(now, underlying, expiry, average.Value), effects);
            state = posted with { Windows = posted.Windows.Remove(underlying), HasSettledSince = true };
        }

        return state;
    }

    private static RiskState Posted(RiskState state, LedgerTransition transition, List<Effect> effects)
    {
        Result<Ledger> ledger = LedgerPosting.Apply(state.Ledger, transition);
        effects.Add(new Effect.Posted(transition, ledger.IsAccepted ? null : ledger.Failures[0]));
        return ledger.IsAccepted ? state with { Ledger = ledger.Value } : state;
    }
}
