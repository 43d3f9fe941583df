using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Engine;

/// <summary>A tick: the market is valued, then every account is margined, then memory steps.</summary>
internal static class Tick
{
    private const double MillisecondsPerSecond = 1_000d;

    internal static RiskState Of(RiskState state, RiskEvent.ClockTick tick, BookKeeper keeper, List<Effect> effects)
    {
        RiskState observed = Observed(state, tick.At);
        Result<MarketValuation> valued = keeper.Value(GroundOf(observed, tick.At), observed.Valuation);
        if (!valued.IsAccepted)
        {
            effects.Add(new Effect.MarketUnusable(valued.Failures));
            return observed with { Modes = Standing(observed, null, MarketMode.Halted, effects) };
        }

        MarketValuation valuation = valued.Value;
        effects.Add(new Effect.MarketValued(valuation.Market.At, valuation.Redone));
        ImmutableSortedDictionary<AssetId, HaircutStanding> haircuts =
            HaircutStanding.Ticked(observed.Haircuts, valuation);
        RiskState after = observed with
        {
            Valuation = valuation,
            InForce = HaircutStanding.InForce(valuation, haircuts),
            Haircuts = haircuts,
            LastGood = Remembered(observed.LastGood, valuation.Surfaces),
            Held = observed.IsHolding ? valuation.Scenarios : null,
            Modes = Standing(
                observed, valuation.Surfaces,
                MarketModes.OfAge(
                    tick.At.MillisecondsSince(valuation.Market.At) / MillisecondsPerSecond, state.Parameters.Surfaces),
                effects),
            HasSettledSince = false,
        };
        keeper.Refresh(after.Ledger, after.InForce);
        return after with { Accounts = Standings(after, keeper, effects) };
    }

    /// <summary>What the market of an instant is derived from.</summary>
    internal static MarketGround GroundOf(RiskState state, Timestamp at)
    {
        long epoch = ScenarioSeed.EpochOf(at);
        return new MarketGround(
            new MarketObservations(
                at,
                [
                    .. state.Observed.Where(own => IsGoverned(state, own.Key)).Select(static own => own.Value.Seen),
                ]),
            state.Parameters,
            Instruments(state, at))
        {
            Beacon = state.Beacons.GetValueOrDefault(epoch, ScenarioSeed.NoBeacon),
            BeaconBefore = state.Beacons.GetValueOrDefault(epoch - 1, ScenarioSeed.NoBeacon),
            LastGood = state.LastGood,
            Scenarios = state.Held,
        };
    }

    // Everything that can be held: listed derivatives, and spot of every admitted asset.
    private static ImmutableSortedSet<Instrument> Instruments(RiskState state, Timestamp at)
    {
        ImmutableSortedSet<Instrument>.Builder instruments = ImmutableSortedSet.CreateBuilder<Instrument>();
        foreach (InstrumentBook page in state.Ledger.Instruments.Values)
        {
            if (!(page.Terms.Expiry <= at)) instruments.Add(page.Terms.Instrument);
        }

        foreach (AssetBook book in state.Ledger.Assets.Values)
        {
            if (book.Asset != AssetId.Numeraire) instruments.Add(new Spot(book.Asset));
        }

        foreach (AssetId asset in state.Observed.Keys)
        {
            if (state.Parameters.Find(asset) is not null) instruments.Add(new Spot(asset));
        }

        return instruments.ToImmutable();
    }

    private static bool IsGoverned(RiskState state, AssetId asset) =>
        state.Parameters.Find(asset) is not null || state.Parameters.FindCollateral(asset) is not null;

    // Of an asset that nothing was seen of since the last tick the same object, so that its stages are not redone.
    private static RiskState Observed(RiskState state, Timestamp at)
    {
        ImmutableSortedDictionary<AssetId, AssetGround> markets = state.Markets;
        ImmutableSortedDictionary<AssetId, (AssetGround Ground, UnderlyingObservations Seen)> observed = state.Observed;
        foreach ((AssetId asset, AssetGround ground) in state.Markets)
        {
            AssetGround live = ground.Until(at);
            if (!ReferenceEquals(live, ground)) markets = markets.SetItem(asset, live);
            if (!observed.TryGetValue(asset, out (AssetGround Ground, UnderlyingObservations Seen) known)
                || !ReferenceEquals(known.Ground, live))
            {
                observed = observed.SetItem(asset, (live, live.Observations()));
            }
        }

        return state with { Markets = markets, Observed = observed };
    }

    private static SurfaceSet Remembered(SurfaceSet? before, SurfaceSet now) => new(
    [
        .. now.Surfaces.Select(own => own.State == SurfaceState.Fresh ? own : before?.Find(own.Underlying))
            .OfType<VolatilitySurface>()
            .Concat(before?.Surfaces.Where(own => now.Find(own.Underlying) is null) ?? [])
            .OrderBy(static own => own.Underlying),
    ]);

    // A market is valued as of the newest that was seen of any: where nothing is seen any more its surfaces do not age,
    // and the time that has passed since says what may be done. An index in doubt restricts its market at once.
    private static ImmutableSortedDictionary<AssetId, MarketStanding> Standing(
        RiskState state, SurfaceSet? surfaces, MarketMode byAge, List<Effect> effects)
    {
        ImmutableSortedDictionary<AssetId, MarketStanding> modes = state.Modes;
        SortedSet<AssetId> assets = [.. modes.Keys, .. surfaces?.Surfaces.Select(static own => own.Underlying) ?? []];
        foreach (AssetId asset in assets)
        {
            MarketMode bySurface = MarketModes.Of(surfaces?.Find(asset));
            MarketMode byIndex = state.IndexModes.GetValueOrDefault(asset, MarketMode.Normal);
            MarketMode now = (MarketMode)Math.Max((int)byIndex, Math.Max((int)bySurface, (int)byAge));
            MarketStanding? before = modes.GetValueOrDefault(asset);
            MarketStanding after = before?.Ticked(now) ?? new MarketStanding(now, 0);
            if (before is not null && before.Mode != after.Mode)
            {
                effects.Add(new Effect.ModeChanged(asset, before.Mode, after.Mode));
            }

            modes = modes.SetItem(asset, after);
        }

        return modes;
    }

    private static AccountStandings Standings(RiskState state, BookKeeper keeper, List<Effect> effects)
    {
        SortedSet<AssetId> shocked = [.. state.Valuation!.Forecast.Underlyings // a tick has valued
            .Where(own => own.ShockDeviations > state.Parameters.AddOns.OverrideDeviations)
            .Select(static own => own.Asset)];
        AccountStandings before = state.Accounts.Covering(keeper.Roll.Names);
        StandingLeaf[] leaves = new StandingLeaf[before.Leaves.Length];
        keeper.Run(leaves.Length, unit => leaves[unit] = Ticked(before.Leaves[unit], state, keeper, shocked));
        for (int leaf = 0; leaf < leaves.Length; leaf++) Note(before.Leaves[leaf], leaves[leaf], effects);
        return before.Renewed(ImmutableCollectionsMarshal.AsImmutableArray(leaves));
    }

    private static StandingLeaf Ticked(
        StandingLeaf before, RiskState state, BookKeeper keeper, SortedSet<AssetId> shocked)
    {
        ImmutableArray<string> names = keeper.Roll.Names;
        AccountStanding[] after = new AccountStanding[before.Names.Length];
        int account = keeper.Roll.FirstFrom(before.Names[0]);
        for (int index = 0; index < after.Length; index++)
        {
            string name = before.Names[index];
            after[index] = before.Standings[index];
            if (account == names.Length || !string.Equals(names[account], name)) continue; // of no account
            SpeedMode mode = shocked.Count > 0 && Holds(state.Ledger.Find(name)!, shocked) // of the roll
                ? SpeedMode.Override
                : SpeedMode.Ordinary;
            after[index] = after[index].Ticked(keeper.Of(account), state.At, mode, state.Parameters);
            account++;
        }

        return before with { Standings = ImmutableCollectionsMarshal.AsImmutableArray(after) };
    }

    private static bool Holds(LedgerAccount account, SortedSet<AssetId> assets) =>
        account.Holdings.Any(own => assets.Contains(own.Instrument.Underlying));

    private static void Note(StandingLeaf before, StandingLeaf after, List<Effect> effects)
    {
        for (int index = 0; index < after.Names.Length; index++)
        {
            (AccountStanding was, AccountStanding now) = (before.Standings[index], after.Standings[index]);
            if (now.Stage != was.Stage)
            {
                effects.Add(new Effect.StageChanged(after.Names[index], was.Stage, now.Stage, now));
            }
        }
    }
}
