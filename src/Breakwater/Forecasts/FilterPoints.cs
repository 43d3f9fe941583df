using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;

namespace Breakwater.Forecasts;

/// <summary>One price the filter sees.</summary>
/// <param name="UnixMilliseconds">When it was known.</param>
/// <param name="LogPrice">Natural logarithm of the price in USD.</param>
/// <param name="IsHourly">Whether it is an hourly close, not a bridge.</param>
internal readonly record struct FilterPoint(long UnixMilliseconds, double LogPrice, bool IsHourly)
{
    /// <summary>Hours since an earlier point; &gt; 0.</summary>
    public double HoursSince(FilterPoint earlier) =>
        (UnixMilliseconds - earlier.UnixMilliseconds) / (double)Timestamp.HourMilliseconds;

    /// <summary>Squared return since an earlier point, per hour between them.</summary>
    public double SquaredHourlySince(FilterPoint earlier)
    {
        double move = LogPrice - earlier.LogPrice;
        return move * move / HoursSince(earlier);
    }
}

/// <summary>Merges hourly closes with what bridges their holes.</summary>
internal static class FilterPoints
{
    /// <summary>Points in strictly rising time up to and including <paramref name="last"/>.</summary>
    /// <remarks>Daily closes are used alone where no hourly history exists.</remarks>
    public static ImmutableArray<FilterPoint> Of(PriceHistory prices, PricePoint last)
    {
        ImmutableArray<PricePoint> bridges = prices.Hourly.Length < 2 ? prices.Daily : prices.Bridging;
        ImmutableArray<FilterPoint>.Builder points =
            ImmutableArray.CreateBuilder<FilterPoint>(prices.Hourly.Length + bridges.Length + 1);
        int bridge = 0;
        foreach (PricePoint close in prices.Hourly)
        {
            for (; bridge < bridges.Length && bridges[bridge].At < close.At; bridge++)
            {
                Add(points, bridges[bridge], last.At, isHourly: false);
            }

            Add(points, close, last.At, isHourly: true);
        }

        for (; bridge < bridges.Length; bridge++)
        {
            Add(points, bridges[bridge], last.At, isHourly: false);
        }

        if (points.Count > 0 && last.At.UnixMilliseconds - points[^1].UnixMilliseconds >= Timestamp.HourMilliseconds)
        {
            Add(points, last, last.At, isHourly: false);
        }

        return points.ToImmutable();
    }

    private static void Add(
        ImmutableArray<FilterPoint>.Builder points, PricePoint point, Timestamp until, bool isHourly)
    {
        bool isNew = points.Count == 0 || point.At.UnixMilliseconds > points[^1].UnixMilliseconds;
        if (isNew && point.At <= until)
        {
            points.Add(new FilterPoint(point.At.UnixMilliseconds, DeterministicMath.Log(point.Value), isHourly));
        }
    }
}
