using System.Collections.Immutable;
using System.Threading.Channels;
using Breakwater.Adapters.Files;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Server.Loop;

namespace Breakwater.Server.Replay;

/// <summary>Feeds recorded time into the engine as it passes: closes, flow and indices when they became known, funding
/// rates and marks of futures at their very times, chains when they were recorded, and restated between their
/// recordings.</summary>
internal sealed class RecordedReplay
{
    private const string Source = "replay";

    private readonly MarketObservations _whole;
    private readonly ImmutableSortedDictionary<Timestamp, ImmutableArray<UnderlyingObservations>> _chains;
    private readonly RecordedMarks _marks;

    private RecordedReplay(
        MarketObservations whole,
        ImmutableSortedDictionary<Timestamp, ImmutableArray<UnderlyingObservations>> chains, RecordedMarks marks,
        Timestamp from, Timestamp to)
    {
        _whole = whole;
        _chains = chains;
        _marks = marks;
        From = from;
        To = to;
    }

    /// <summary>Where recorded time begins.</summary>
    internal Timestamp From { get; }

    /// <summary>Where it ends.</summary>
    internal Timestamp To { get; }

    /// <summary>The chains recorded not after the beginning, newest of each underlying.</summary>
    internal ImmutableArray<UnderlyingObservations> FirstChains => ChainsAt(From);

    /// <summary>Reads the files, whole.</summary>
    /// <param name="files">The files.</param>
    /// <param name="from">Where recorded time begins.</param>
    /// <param name="to">Where it ends.</param>
    internal static Result<RecordedReplay> Read(MarketFileSelection files, Timestamp from, Timestamp to)
    {
        if (from > to)
        {
            return Result<RecordedReplay>.Refused(new Failure(
                FailureReason.OutOfRange, "recorded time would end before it begins: --from and --to", Value: $"{to}",
                Limit: $"≥ {from}"));
        }

        Result<MarketObservations> whole = MarketFiles.Read(files, to);
        if (!whole.IsAccepted) return Result<RecordedReplay>.Refused(whole.Failures);
        Result<RecordedMarks> marks = RecordedMarks.Read(files, whole.Value);
        if (!marks.IsAccepted) return Result<RecordedReplay>.Refused(marks.Failures);
        Timestamp[] times =
        [
            .. whole.Value.Underlyings.SelectMany(own => own.EarlierIndexes.Select(static point => point.At)
                .Concat(own.Chain is { } chain ? [chain.At] : [])).Distinct().Order(),
        ];
        ImmutableSortedDictionary<Timestamp, ImmutableArray<UnderlyingObservations>>.Builder chains =
            ImmutableSortedDictionary.CreateBuilder<Timestamp, ImmutableArray<UnderlyingObservations>>();
        foreach (Timestamp at in times)
        {
            Result<MarketObservations> then = MarketFiles.Read(files with { Trades = [], Histories = [] }, at);
            if (then.IsAccepted)
            {
                chains[at] = [.. then.Value.Underlyings.Where(static own => own.Chain is not null)];
            }
        }

        return chains.Keys.FirstOrDefault(from) > from || chains.Count == 0
            ? Result<RecordedReplay>.Refused(new Failure(
                FailureReason.Missing, "no chain is recorded before the replay begins", Value: $"{from}"))
            : Result<RecordedReplay>.Accepted(new RecordedReplay(
                whole.Value, chains.ToImmutable(), marks.Value, from, to));
    }

    /// <summary>Feeds market and ticks, step by step; between steps engine time stands, so that everything of a step
    /// has one time. Where recorded time has ended engine time stands: ticks come, and nothing grows old.</summary>
    /// <param name="engine">The engine; its ticks are fed.</param>
    /// <param name="feeds">Standing of this feed.</param>
    /// <param name="speed">Seconds of recorded time per second; &gt; 0.</param>
    /// <param name="valued">What has to be done when the market is valued first, before recorded time passes.</param>
    /// <param name="cancel">Ends it.</param>
    internal async Task RunAsync(
        EngineHost engine, FeedBoard feeds, double speed, Func<CancellationToken, Task> valued,
        CancellationToken cancel)
    {
        Timestamp? known = null;
        try
        {
            bool isResumed = engine.View.Sequence > 0 && engine.View.At > From;
            Timestamp first = Earlier(isResumed ? engine.View.At : From, To);
            known = await StepAsync(engine, isResumed ? first : null, first, cancel).ConfigureAwait(false);
            await valued(cancel).ConfigureAwait(false);
            EngineClock recorded = new(first, speed, TimeProvider.System);
            using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(engine.Options.TickMilliseconds));
            while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false))
            {
                known = await StepAsync(engine, known, Earlier(recorded.Now, To), cancel).ConfigureAwait(false);
                feeds.Note(new FeedStanding(Source, known, known < To ? "Replaying" : "Ended"));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ChannelClosedException
            or EngineStoppedException)
        {
            feeds.Note(new FeedStanding(Source, known, "Stopped"));
        }
    }

    private async Task<Timestamp> StepAsync(
        EngineHost engine, Timestamp? known, Timestamp now, CancellationToken cancel)
    {
        if (known is null || known < To)
        {
            // Funding of an hour is paid by the rate that was known then: time stops wherever a rate became known.
            Timestamp? before = known;
            foreach (Timestamp stop in _marks.TimesBetween(known ?? now, now))
            {
                await TellAsync(engine, Series(before, stop), stop, cancel).ConfigureAwait(false);
                before = stop;
            }

            await TellAsync(engine, Series(before, now).Concat(Chains(known, now)), now, cancel)
                .ConfigureAwait(false);
        }

        await engine.SubmitAsync(static at => new RiskEvent.ClockTick(at), cancel).ConfigureAwait(false);
        return now;
    }

    private static async Task TellAsync(
        EngineHost engine, IEnumerable<RiskEvent> events, Timestamp now, CancellationToken cancel)
    {
        engine.Clock.GoOn(now, speed: 0d);
        foreach (RiskEvent happened in events)
        {
            await engine.SubmitAsync(at => happened with { At = at }, cancel).ConfigureAwait(false);
        }
    }

    private IEnumerable<RiskEvent> Series(Timestamp? known, Timestamp now) => _whole.Underlyings
        .SelectMany(own => MarketEvents.OfSeries(own, known, now)).Concat(_marks.Events(known, now));

    private IEnumerable<RiskEvent> Chains(Timestamp? known, Timestamp now)
    {
        foreach (UnderlyingObservations own in ChainsAt(now))
        {
            ChainObservation recorded = own.Chain!; // only those with a chain are kept
            bool isNew = known is null || recorded.At > known;
            double index = IndexOf(own.Asset, recorded, now);
            ChainObservation chain = isNew ? recorded : RestatedChain.Of(recorded, index, now);
            if (!chain.Rows.IsEmpty) yield return new RiskEvent.ChainSeen(now, own.Asset, chain);
        }
    }

    private ImmutableArray<UnderlyingObservations> ChainsAt(Timestamp now) =>
        _chains.Last(own => own.Key <= now).Value; // there is one before the beginning

    // The newest hourly close, moved by what lay between close and index when the chain was recorded.
    private double IndexOf(AssetId asset, ChainObservation recorded, Timestamp now)
    {
        double index = recorded.Rows.Select(static own => own.IndexUsd).OfType<double>().First();
        double? then = CloseAt(asset, recorded.At);
        double? close = CloseAt(asset, now);
        return then is { } before && close is { } after ? index * (after / before) : index;
    }

    private double? CloseAt(AssetId asset, Timestamp at)
    {
        PricePoint? newest = null;
        foreach (PriceSeries series in _whole.Underlyings.First(own => own.Asset == asset).Prices)
        {
            if (series.BarMilliseconds > Timestamp.HourMilliseconds) continue;
            foreach (PricePoint point in series.Closes)
            {
                if (point.At > at) break;
                if (newest is null || point.At >= newest.Value.At) newest = point;
            }
        }

        return newest?.Value;
    }

    private static Timestamp Earlier(Timestamp left, Timestamp right) => left < right ? left : right;
}
