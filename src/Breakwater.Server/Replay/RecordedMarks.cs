using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Server.Replay;

/// <summary>Recorded marks of futures, and the times at which they and funding rates became known: what is paid by the
/// hour needs the rate of the hour, however long the steps of a replay are.</summary>
internal sealed class RecordedMarks
{
    private readonly ImmutableArray<(AssetId Asset, ImmutableArray<FuturesObservation> Marks)> _futures;
    private readonly ImmutableArray<Timestamp> _times;

    private RecordedMarks(
        ImmutableArray<(AssetId Asset, ImmutableArray<FuturesObservation> Marks)> futures,
        ImmutableArray<Timestamp> times)
    {
        _futures = futures;
        _times = times;
    }

    /// <summary>Reads the marks.</summary>
    /// <param name="files">The files.</param>
    /// <param name="whole">What they hold up to the end of the replay.</param>
    internal static Result<RecordedMarks> Read(MarketFileSelection files, MarketObservations whole)
    {
        ImmutableArray<(AssetId, ImmutableArray<FuturesObservation>)>.Builder futures =
            ImmutableArray.CreateBuilder<(AssetId, ImmutableArray<FuturesObservation>)>();
        SortedSet<Timestamp> times =
            [.. whole.Underlyings.SelectMany(static own => own.Funding).SelectMany(static own => own.Points)
                .Select(static own => own.At)];
        foreach (AssetId asset in files.Futures.Select(static own => own.Asset).Distinct().Order())
        {
            Result<ImmutableArray<FuturesObservation>> marks = MarketFiles.ReadFutures(files, asset, whole.AtRequested);
            if (!marks.IsAccepted) return Result<RecordedMarks>.Refused(marks.Failures);
            futures.Add((asset, marks.Value));
            times.UnionWith(marks.Value.Select(static own => own.At));
        }

        return Result<RecordedMarks>.Accepted(new RecordedMarks(futures.ToImmutable(), [.. times]));
    }

    /// <summary>Times at which marks or funding rates became known, in order.</summary>
    /// <param name="after">All lie after it.</param>
    /// <param name="before">All lie before it.</param>
    internal IEnumerable<Timestamp> TimesBetween(Timestamp after, Timestamp before) =>
        _times.SkipWhile(own => own <= after).TakeWhile(own => own < before);

    /// <summary>Marks that became known: all after an instant, or the newest alone where nothing is known yet.
    /// </summary>
    /// <param name="after">Marks up to it are known already; <c>null</c>: none is.</param>
    /// <param name="now">Engine time of the events; later marks do not enter.</param>
    internal IEnumerable<RiskEvent> Events(Timestamp? after, Timestamp now)
    {
        foreach ((AssetId asset, ImmutableArray<FuturesObservation> marks) in _futures)
        {
            IEnumerable<FuturesObservation> known = marks.TakeWhile(own => own.At <= now);
            foreach (FuturesObservation own in after is { } old ? known.Where(own => own.At > old) : known.TakeLast(1))
            {
                yield return new RiskEvent.FuturesSeen(now, asset, own);
            }
        }
    }
}
