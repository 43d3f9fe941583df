using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Engine;

/// <summary>Everything that the engine knows after some events: ground state, memory, and what was derived last.
/// </summary>
/// <remarks>Immutable and shared: a reader of an old state is never disturbed. Equal histories of events have equal
/// states, whose digests are equal (<see cref="RiskStateEncoding"/>, RELIABILITY P3).</remarks>
public sealed record RiskState
{
    private RiskState(RiskParameters parameters)
    {
        Parameters = parameters;
    }

    /// <summary>Events taken in so far.</summary>
    public long Sequence { get; internal init; }

    /// <summary>Engine time: that of the last event.</summary>
    public Timestamp At { get; internal init; }

    /// <summary>Governed constants in force.</summary>
    public RiskParameters Parameters { get; internal init; }

    /// <summary>Who holds what.</summary>
    public Ledger Ledger { get; internal init; } = Ledger.Empty;

    /// <summary>Decided commands.</summary>
    public CommandLog Commands { get; internal init; } = CommandLog.Empty;

    /// <summary>Where each subaccount stands, by name.</summary>
    public AccountStandings Accounts { get; internal init; } = AccountStandings.Empty;

    /// <summary>What may be done in each market.</summary>
    public ImmutableSortedDictionary<AssetId, MarketStanding> Modes { get; internal init; } =
        ImmutableSortedDictionary<AssetId, MarketStanding>.Empty;

    /// <summary>What the sources of indices allow, where that is not everything.</summary>
    public ImmutableSortedDictionary<AssetId, MarketMode> IndexModes { get; internal init; } =
        ImmutableSortedDictionary<AssetId, MarketMode>.Empty;

    /// <summary>Haircuts of collateral assets in effect (METHODOLOGY 5).</summary>
    public ImmutableSortedDictionary<AssetId, HaircutStanding> Haircuts { get; internal init; } =
        ImmutableSortedDictionary<AssetId, HaircutStanding>.Empty;

    /// <summary>The newest valuation, as a single run would make it; <c>null</c> before the first tick that could value
    /// a market.</summary>
    public MarketValuation? Valuation { get; internal init; }

    /// <summary>The same with haircuts in effect: what decisions are made by.</summary>
    public MarketValuation? InForce { get; internal init; }

    /// <summary>Whether scenario sets are held.</summary>
    public bool IsHolding { get; internal init; }

    internal ImmutableSortedDictionary<AssetId, AssetGround> Markets { get; init; } =
        ImmutableSortedDictionary<AssetId, AssetGround>.Empty;

    /// <summary>What was observed at the last tick, by asset: the same object where nothing was seen since.</summary>
    internal ImmutableSortedDictionary<AssetId, (AssetGround Ground, UnderlyingObservations Seen)> Observed
    {
        get; init;
    }
        = ImmutableSortedDictionary<AssetId, (AssetGround Ground, UnderlyingObservations Seen)>.Empty;

    /// <summary>Beacons by day; the newest two.</summary>
    internal ImmutableSortedDictionary<long, ImmutableArray<byte>> Beacons { get; init; } =
        ImmutableSortedDictionary<long, ImmutableArray<byte>>.Empty;

    /// <summary>Next expiry of a listed instrument of each underlying.</summary>
    internal ImmutableSortedDictionary<AssetId, Timestamp> Expiries { get; init; } =
        ImmutableSortedDictionary<AssetId, Timestamp>.Empty;

    /// <summary>Fixings of the next expiry of each underlying, from the opening of its window on.</summary>
    internal ImmutableSortedDictionary<AssetId, SettlementWindow> Windows { get; init; } =
        ImmutableSortedDictionary<AssetId, SettlementWindow>.Empty;

    /// <summary>Whether lots have changed since standings were worked out: an expiry was settled.</summary>
    internal bool HasSettledSince { get; init; }

    /// <summary>When the engine itself has something to post: the next whole hour, the next settlement.</summary>
    internal Timestamp DueAt { get; init; }

    /// <summary>The last surfaces that were fresh.</summary>
    internal SurfaceSet? LastGood { get; init; }

    /// <summary>Scenario sets that are held; <c>null</c> where they are designed.</summary>
    internal ScenarioSets? Held { get; init; }

    /// <summary>A state before any event.</summary>
    /// <param name="parameters">Governed constants of the first version; a replay has to be given the same.</param>
    public static RiskState Start(RiskParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new RiskState(parameters);
    }

    /// <summary>Standing of a subaccount; <c>null</c> if it was never margined.</summary>
    /// <param name="account">Its name.</param>
    public AccountStanding? StandingOf(string account) => Accounts.Find(account);

    /// <summary>What may be done in a market; halted while nothing is known of it.</summary>
    /// <param name="asset">The underlying.</param>
    public MarketMode ModeOf(AssetId asset) => Modes.GetValueOrDefault(asset)?.Mode ?? MarketMode.Halted;
}

/// <summary>Mode of a market with its memory: worse at once, better after several good ticks (RELIABILITY 2.5).
/// </summary>
/// <param name="Mode">What may be done.</param>
/// <param name="GoodTicks">Ticks in a row at which a better mode would have held.</param>
public sealed record MarketStanding(MarketMode Mode, int GoodTicks)
{
    /// <summary>Good ticks in a row that a better mode needs.</summary>
    public const int TicksToLeave = 3;

    /// <summary>The standing after a tick.</summary>
    /// <param name="now">What the surface of the tick admits.</param>
    internal MarketStanding Ticked(MarketMode now) =>
        now >= Mode ? new MarketStanding(now, 0)
        : GoodTicks + 1 >= TicksToLeave ? new MarketStanding(now, 0)
        : this with { GoodTicks = GoodTicks + 1 };
}

