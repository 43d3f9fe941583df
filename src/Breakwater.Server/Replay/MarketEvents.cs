using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Server.Replay;

/// <summary>What files hold of a market, as events of the engine: an engine that takes them in values what the command
/// values from the files, bit for bit (ServedReportTests).</summary>
internal static class MarketEvents
{
    /// <summary>Everything that files hold of a market up to an instant: the earlier chains for their indices, the
    /// series, the newest chains.</summary>
    /// <param name="files">The files.</param>
    /// <param name="at">The instant.</param>
    internal static Result<ImmutableArray<RiskEvent>> OfInstant(MarketFileSelection files, Timestamp at)
    {
        Result<MarketObservations> whole = MarketFiles.Read(files, at);
        if (!whole.IsAccepted) return Result<ImmutableArray<RiskEvent>>.Refused(whole.Failures);
        ImmutableArray<RiskEvent>.Builder events = ImmutableArray.CreateBuilder<RiskEvent>();
        foreach (Timestamp then in whole.Value.Underlyings
            .SelectMany(static own => own.EarlierIndexes.Select(static point => point.At)).Distinct().Order())
        {
            Result<MarketObservations> earlier = MarketFiles.Read(files with { Trades = [], Histories = [] }, then);
            if (!earlier.IsAccepted) return Result<ImmutableArray<RiskEvent>>.Refused(earlier.Failures);
            foreach (UnderlyingObservations own in earlier.Value.Underlyings)
            {
                if (own.Chain is { } chain) events.Add(new RiskEvent.ChainSeen(chain.At, own.Asset, chain));
            }
        }

        foreach (UnderlyingObservations own in whole.Value.Underlyings)
        {
            events.AddRange(OfSeries(own, null, at));
            if (own.Futures is { } marks) events.Add(new RiskEvent.FuturesSeen(at, own.Asset, marks));
            if (own.Chain is { } chain) events.Add(new RiskEvent.ChainSeen(at, own.Asset, chain));
        }

        return Result<ImmutableArray<RiskEvent>>.Accepted([.. events.OrderBy(static own => own.At)]);
    }

    /// <summary>Events of series: every point that became known after one instant and not after another.</summary>
    /// <param name="seen">What the files hold of an asset.</param>
    /// <param name="after">Points up to it are known already; <c>null</c>: none is.</param>
    /// <param name="at">Engine time of the events; later points do not enter.</param>
    internal static IEnumerable<RiskEvent> OfSeries(UnderlyingObservations seen, Timestamp? after, Timestamp at)
    {
        foreach ((PriceSeries series, SeriesKind kind) in seen.Prices.Select(static own => (own, SeriesKind.Price))
            .Concat(seen.VolatilityIndices.Select(static own => (own, SeriesKind.VolatilityIndex))))
        {
            foreach ((int first, int count) in Parts(series.Closes, static own => own.At, after, at))
            {
                yield return new RiskEvent.ClosesSeen(at, seen.Asset, kind, series with
                {
                    Closes = series.Closes.Slice(first, count),
                    Bars = series.Bars.IsEmpty ? [] : series.Bars.Slice(first, count),
                });
            }
        }

        foreach (FundingSeries series in seen.Funding)
        {
            foreach ((int first, int count) in Parts(series.Points, static own => own.At, after, at))
            {
                yield return new RiskEvent.FundingSeen(
                    at, seen.Asset, series with { Points = series.Points.Slice(first, count) });
            }
        }

        foreach (DepthSeries series in seen.Depths)
        {
            foreach ((int first, int count) in Parts(series.Samples, static own => own.At, after, at))
            {
                yield return new RiskEvent.DepthSeen(
                    at, seen.Asset, series with { Samples = series.Samples.Slice(first, count) });
            }
        }

        foreach (FlowBarSeries series in seen.Flow.Bars)
        {
            foreach ((int first, int count) in Parts(series.Bars, static own => own.At, after, at))
            {
                yield return new RiskEvent.FlowSeen(
                    at, seen.Asset, series with { Bars = series.Bars.Slice(first, count) });
            }
        }
    }

    private static IEnumerable<(int First, int Count)> Parts<T>(
        ImmutableArray<T> points, Func<T, Timestamp> timeOf, Timestamp? after, Timestamp at)
    {
        int first = after is { } known ? CountUntil(points, timeOf, known) : 0;
        int end = CountUntil(points, timeOf, at);
        for (; first < end; first += RiskEventEncoding.PointsMax)
        {
            yield return (first, Math.Min(RiskEventEncoding.PointsMax, end - first));
        }
    }

    // Points rise in time.
    private static int CountUntil<T>(ImmutableArray<T> points, Func<T, Timestamp> timeOf, Timestamp at)
    {
        (int low, int high) = (0, points.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (timeOf(points[middle]) <= at) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
