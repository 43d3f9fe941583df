using System.Collections.Immutable;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Files;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Server.Loop;
using Breakwater.Server.Replay;

namespace Breakwater.Server.Live;

/// <summary>Live venues as events of the engine: feeds are heard as they come, and before each tick the engine is told
/// what has changed (docs/adr/0101).</summary>
internal sealed class LiveMarket
{
    private const long BehindMillisecondsMax = 100; // a twentieth of what a venue's clock may be ahead

    private readonly Lock _gate = new();
    private readonly SortedDictionary<AssetId, LiveAsset> _assets = [];
    private readonly Dictionary<string, (Timestamp? SeenAt, string State, string Message)> _feeds =
        new(StringComparer.Ordinal);

    private readonly ImmutableArray<IMarketFeed> _sources;
    private readonly ImmutableArray<UnderlyingObservations> _past;
    private readonly FeedLedger _ledger;

    private LiveMarket(
        LiveSelection selection, SortedDictionary<AssetId, IndexRules> rules, FeedLedger ledger,
        ImmutableArray<UnderlyingObservations> past)
    {
        _ledger = ledger;
        _past = past;
        _sources = selection.Feeds(ledger, TimeProvider.System);
        foreach ((AssetId asset, IndexRules own) in rules)
        {
            _assets.Add(asset, new LiveAsset(asset, new IndexBoard(asset, own, ledger)));
        }

        foreach (IMarketFeed own in _sources) _feeds[own.Source] = (null, nameof(FeedState.Connecting), string.Empty);
    }

    /// <summary>Prepares to listen.</summary>
    /// <param name="selection">To whom.</param>
    /// <param name="past">What is known from before: series, no chains.</param>
    /// <param name="ledger">Where it is counted.</param>
    /// <returns>The market, or why it cannot be: an underlying has fewer than three sources of its index.</returns>
    internal static Result<LiveMarket> Of(
        LiveSelection selection, ImmutableArray<UnderlyingObservations> past, FeedLedger ledger)
    {
        List<Failure> failures = [];
        SortedDictionary<AssetId, IndexRules> rules = [];
        foreach (AssetId asset in selection.Underlyings)
        {
            Result<IndexRules> own = selection.RulesOf(asset);
            failures.AddRange(own.Failures.Select(failure => failure with { Place = $"index of {asset}" }));
            if (own.IsAccepted) rules.Add(asset, own.Value);
        }

        return failures.Count > 0
            ? Result<LiveMarket>.Refused(failures)
            : Result<LiveMarket>.Accepted(new LiveMarket(selection, rules, ledger, past));
    }

    /// <summary>Reads series recorded up to now.</summary>
    /// <param name="files">The files; their chains are not read.</param>
    /// <param name="now">Now.</param>
    internal static Result<ImmutableArray<UnderlyingObservations>> Past(MarketFileSelection files, Timestamp now)
    {
        if (files.Histories.IsEmpty) return Result<ImmutableArray<UnderlyingObservations>>.Accepted([]);
        Result<MarketObservations> read = MarketFiles.Read(files with { Chains = [] }, now);
        return read.IsAccepted
            ? Result<ImmutableArray<UnderlyingObservations>>.Accepted(read.Value.Underlyings)
            : Result<ImmutableArray<UnderlyingObservations>>.Refused(read.Failures);
    }

    /// <summary>Listens, tells and ticks until it is ended.</summary>
    /// <param name="engine">The engine, whose ticks are fed.</param>
    /// <param name="feeds">Standing of the feeds.</param>
    /// <param name="ending">Ends it.</param>
    internal async Task RunAsync(EngineHost engine, FeedBoard feeds, CancellationToken ending)
    {
        feeds.Ledger = _ledger;
        KeepTime(engine);
        Timestamp? known = engine.View.Sequence > 0 ? engine.View.At : null;
        Task[] listening =
            [.. _sources.Select(own => Task.Run(() => ListenAsync(own, ending), CancellationToken.None))];
        try
        {
            foreach (UnderlyingObservations own in _past)
            {
                foreach (RiskEvent series in MarketEvents.OfSeries(own, known, engine.Clock.Now))
                {
                    await engine.SubmitAsync(at => series with { At = at }, ending).ConfigureAwait(false);
                }
            }

            using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(engine.Options.TickMilliseconds));
            while (await timer.WaitForNextTickAsync(ending).ConfigureAwait(false))
            {
                KeepTime(engine);
                await Task.WhenAll(Tell(engine.Clock.Now, feeds).Select(own => engine.SubmitAsync(own, ending)))
                    .ConfigureAwait(false);
                await engine.SubmitAsync(static at => new RiskEvent.ClockTick(at), ending).ConfigureAwait(false);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or EngineStoppedException
            or System.Threading.Channels.ChannelClosedException)
        {
            // The server stops, or the engine has: its own words say why.
        }

        await Task.WhenAll(listening).ConfigureAwait(false);
    }

    // Engine time began before the journal was read, and clocks are set while a server runs: it follows, and never goes
    // back.
    private static void KeepTime(EngineHost engine)
    {
        Timestamp now = Timestamp.FromUnixMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        if (now.MillisecondsSince(engine.Clock.Now) > BehindMillisecondsMax) engine.Clock.GoOn(now, speed: 1d);
    }

    private async Task ListenAsync(IMarketFeed feed, CancellationToken ending)
    {
        await foreach (FeedMessage message in feed.ReadAsync(ending).ConfigureAwait(false))
        {
            lock (_gate) Take(message);
        }
    }

    private void Take(FeedMessage message)
    {
        (Timestamp? seen, string state, string why) = _feeds[message.Stamp.Source];
        _feeds[message.Stamp.Source] = message is FeedMessage.StateChanged changed
            ? (seen, changed.State.ToString(), changed.Message)
            : (message.Stamp.ReceivedAt, state, why);
        if (AssetOf(message) is { } asset && _assets.TryGetValue(asset, out LiveAsset? own)) own.Take(message);
    }

    private ImmutableArray<Func<Timestamp, RiskEvent>> Tell(Timestamp now, FeedBoard feeds)
    {
        lock (_gate)
        {
            foreach ((string source, (Timestamp? seen, string state, string message)) in _feeds)
            {
                feeds.Note(new FeedStanding(source, seen, state)
                {
                    Message = message,
                    AcceptedCount = _ledger.AcceptedCount(source),
                });
            }

            ImmutableArray<Func<Timestamp, RiskEvent>> told =
                [.. _assets.Values.SelectMany(own => own.Tell(now))];
            feeds.Indices = [.. _assets.Values.Select(static own => own.Index).OfType<IndexPrice>()];
            return told;
        }
    }

    private static AssetId? AssetOf(FeedMessage message) => message switch
    {
        FeedMessage.InstrumentListed own => own.Instrument.Underlying,
        FeedMessage.QuoteChanged own => own.Instrument.Underlying,
        FeedMessage.BookSnapshot own => own.Instrument.Underlying,
        FeedMessage.BookChange own => own.Instrument.Underlying,
        FeedMessage.Traded own => own.Instrument.Underlying,
        FeedMessage.Gap own => own.Instrument.Underlying,
        FeedMessage.VolatilityIndexChanged own => own.Asset,
        FeedMessage.IndexStated own => own.Asset,
        FeedMessage.StateChanged => null,
        _ => throw new System.Diagnostics.UnreachableException(message.ToString()),
    };
}
