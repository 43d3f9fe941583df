using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Engine;

/// <summary>Lengthens the series of an asset: points follow each other in time, and none is of the future.</summary>
internal static class SeriesGround
{
    internal static Result<AssetGround> Extended(AssetGround ground, RiskEvent.ClosesSeen seen)
    {
        ImmutableArray<PriceSeries> known =
            seen.Kind == SeriesKind.Price ? ground.Prices : ground.VolatilityIndices;
        PriceSeries more = seen.Series;
        int index = known.IndexOf(
            known.FirstOrDefault(own => own.Source == more.Source && own.BarMilliseconds == more.BarMilliseconds)!);
        bool isWhole = more.BarMilliseconds > 0 && (more.Bars.IsEmpty || more.Bars.Length == more.Closes.Length)
            && more.Closes.All(static point => point.Value > 0d);
        bool isOrdered = IsOrdered(
            more.Closes, static point => point.At, seen.At, index < 0 ? null : known[index].Closes[^1].At);
        if (!isWhole || more.Closes.IsEmpty) return Malformed(ground, more.Source);
        if (!isOrdered) return OutOfOrder(ground, more.Source);
        ImmutableArray<PriceSeries> after = index < 0
            ? known.Add(more)
            : known.SetItem(index, Joined(known[index], more));
        return Result<AssetGround>.Accepted(
            seen.Kind == SeriesKind.Price ? ground with { Prices = after } : ground with { VolatilityIndices = after });
    }

    internal static Result<AssetGround> Extended(AssetGround ground, RiskEvent.FundingSeen seen)
    {
        FundingSeries more = seen.Series;
        int index = IndexOf(ground.Funding, own => own.Source == more.Source);
        if (more.Points.IsEmpty) return Malformed(ground, more.Source);
        bool isOrdered = IsOrdered(
            more.Points, static point => point.At, seen.At, index < 0 ? null : ground.Funding[index].Points[^1].At);
        if (!isOrdered) return OutOfOrder(ground, more.Source);
        return Result<AssetGround>.Accepted(ground with
        {
            Funding = index < 0
                ? ground.Funding.Add(more)
                : ground.Funding.SetItem(
                    index, more with { Points = Newest(ground.Funding[index].Points.AddRange(more.Points)) }),
        });
    }

    internal static Result<AssetGround> Extended(AssetGround ground, RiskEvent.DepthSeen seen)
    {
        DepthSeries more = seen.Series;
        int index = IndexOf(ground.Depths, own => own.Source == more.Source);
        bool isWhole = !more.Samples.IsEmpty && more.SuspectCount >= 0
            && more.Samples.All(static own => IsProfile(own.Bids) && IsProfile(own.Asks));
        if (!isWhole) return Malformed(ground, more.Source);
        bool isOrdered = IsOrdered(
            more.Samples, static own => own.At, seen.At, index < 0 ? null : ground.Depths[index].Samples[^1].At);
        if (!isOrdered) return OutOfOrder(ground, more.Source);
        return Result<AssetGround>.Accepted(ground with
        {
            Depths = index < 0
                ? ground.Depths.Add(more)
                : ground.Depths.SetItem(index, new DepthSeries(
                    more.Source, Newest(ground.Depths[index].Samples.AddRange(more.Samples)),
                    ground.Depths[index].SuspectCount + more.SuspectCount)),
        });
    }

    internal static Result<AssetGround> Extended(AssetGround ground, RiskEvent.FlowSeen seen)
    {
        FlowBarSeries more = seen.Series;
        int index = IndexOf(
            ground.Flow, own => own.Source == more.Source && own.BarMilliseconds == more.BarMilliseconds);
        bool isWhole = !more.Bars.IsEmpty && more.BarMilliseconds > 0
            && more.Bars.All(static bar =>
                bar.CloseUsd > 0d && bar.BuyQuantity >= 0d && bar.Quantity >= bar.BuyQuantity);
        if (!isWhole) return Malformed(ground, more.Source);
        bool isOrdered = IsOrdered(
            more.Bars, static bar => bar.At, seen.At, index < 0 ? null : ground.Flow[index].Bars[^1].At);
        if (!isOrdered) return OutOfOrder(ground, more.Source);
        return Result<AssetGround>.Accepted(ground with
        {
            Flow = index < 0
                ? ground.Flow.Add(more)
                : ground.Flow.SetItem(
                    index, more with { Bars = Newest(ground.Flow[index].Bars.AddRange(more.Bars)) }),
        });
    }

    // Details stay only while every bar has them.
    private static PriceSeries Joined(PriceSeries known, PriceSeries more) => more with
    {
        Closes = known.Closes.AddRange(more.Closes),
        Bars = known.Bars.Length == known.Closes.Length && more.Bars.Length == more.Closes.Length
            ? known.Bars.AddRange(more.Bars)
            : [],
    };

    private static bool IsProfile(ImmutableArray<DepthLevel> levels)
    {
        for (int index = 0; index < levels.Length; index++)
        {
            bool isInside = levels[index].DistanceFraction > 0d && levels[index].CumulativeUsd >= 0d
                && (index == 0 || (levels[index].DistanceFraction > levels[index - 1].DistanceFraction
                    && levels[index].CumulativeUsd >= levels[index - 1].CumulativeUsd));
            if (!isInside) return false;
        }

        return true;
    }

    private static bool IsOrdered<T>(
        ImmutableArray<T> points, Func<T, Timestamp> timeOf, Timestamp now, Timestamp? before)
    {
        foreach (T point in points)
        {
            Timestamp at = timeOf(point);
            if (at <= before || at > now) return false;
            before = at;
        }

        return true;
    }

    private static int IndexOf<T>(ImmutableArray<T> series, Func<T, bool> isIt)
    {
        for (int index = 0; index < series.Length; index++)
        {
            if (isIt(series[index])) return index;
        }

        return -1;
    }

    private static ImmutableArray<T> Newest<T>(ImmutableArray<T> points) =>
        points.Length <= 2 * AssetGround.PointsKept ? points : points[^AssetGround.PointsKept..];

    private static Result<AssetGround> Malformed(AssetGround ground, string source) => ground.Refused(
        FailureReason.Malformed, "a series is empty, or a value of it is outside its domain", source);

    private static Result<AssetGround> OutOfOrder(AssetGround ground, string source) => ground.Refused(
        FailureReason.OutOfOrder, "points follow those that are known and are not of the future", source);
}
