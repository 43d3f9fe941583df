using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>Medians of the last hours: aggregated prices of pegged assets carry single prints that are no price.
/// </summary>
internal static class RunningMedian
{
    /// <summary>Hourly closes, each replaced by the median of the last <paramref name="hours"/> hours.</summary>
    /// <param name="prices">Prices; points between hourly closes are left out.</param>
    /// <param name="hours">Length of the window, hours; ≥ 1.</param>
    /// <param name="at">Points after it are not read.</param>
    internal static PriceHistory Of(PriceHistory prices, int hours, Timestamp at) =>
        Smooth([.. prices.Hourly.Where(point => point.At <= at)], hours);

    /// <summary>Likewise of the ratio of two prices, at hours that both have.</summary>
    /// <param name="prices">Prices above.</param>
    /// <param name="pegPrices">Prices below.</param>
    /// <param name="hours">Length of the window, hours; ≥ 1.</param>
    /// <param name="at">Points after it are not read.</param>
    internal static PriceHistory OfRatio(PriceHistory prices, PriceHistory pegPrices, int hours, Timestamp at)
    {
        ImmutableArray<PricePoint>.Builder ratios = ImmutableArray.CreateBuilder<PricePoint>();
        int other = 0;
        foreach (PricePoint point in prices.Hourly.Where(point => point.At <= at))
        {
            while (other < pegPrices.Hourly.Length && pegPrices.Hourly[other].At < point.At)
            {
                other++;
            }

            if (other < pegPrices.Hourly.Length && pegPrices.Hourly[other].At == point.At)
            {
                ratios.Add(point with { Value = point.Value / pegPrices.Hourly[other].Value });
            }
        }

        return Smooth(ratios.ToImmutable(), hours);
    }

    private static PriceHistory Smooth(ImmutableArray<PricePoint> points, int hours)
    {
        ImmutableArray<PricePoint>.Builder medians = ImmutableArray.CreateBuilder<PricePoint>(points.Length);
        int first = 0;
        for (int index = 0; index < points.Length; index++)
        {
            while (points[index].At.MillisecondsSince(points[first].At) >= hours * Timestamp.HourMilliseconds)
            {
                first++;
            }

            double[] window = [.. points.AsSpan(first, index + 1 - first).ToArray().Select(static own => own.Value)];
            medians.Add(points[index] with { Value = SampleMedian.Of(window) });
        }

        ImmutableArray<PricePoint> smooth = medians.ToImmutable();
        return new PriceHistory(
            smooth, [], [.. smooth.Where(point => point.At.UnixMilliseconds % Timestamp.DayMilliseconds == 0)]);
    }
}

/// <summary>Where a pegged price stands and how it moves around its peg.</summary>
internal static class PegStatistics
{
    private const int AgeHoursMaximum = 24; // SnapshotAssembly: a price older than 24 h is none

    /// <summary>The peg now.</summary>
    /// <param name="asset">The asset, for findings.</param>
    /// <param name="ratios">Medians of price ÷ peg.</param>
    /// <param name="at">The instant.</param>
    /// <param name="parameters">The filter.</param>
    /// <param name="findings">Takes a missing or old ratio.</param>
    internal static PegForecast Of(
        AssetId asset,
        PriceHistory ratios,
        Timestamp at,
        RiskParameters parameters,
        ImmutableArray<Finding>.Builder findings)
    {
        if (ratios.Hourly.IsEmpty)
        {
            findings.Add(new Finding(
                FindingKind.MissingInput, asset.Name, "no hourly price of it and its peg at once: the peg is unknown"));
            return PegForecast.None;
        }

        PricePoint last = ratios.Hourly[^1];
        if (at.MillisecondsSince(last.At) > AgeHoursMaximum * Timestamp.HourMilliseconds)
        {
            findings.Add(new Finding(
                FindingKind.StaleInput, asset.Name, $"its price against its peg is of {last.At}"));
        }

        (_, double variance) = VolatilityFilter.Run(ratios, last, parameters.Volatility);
        return new PegForecast(last.Value, Math.Sqrt(variance));
    }
}
