using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Surfaces;

/// <summary>What closing vega of one tenor costs (METHODOLOGY 4.4).</summary>
/// <param name="Until">Last expiry of the bucket.</param>
/// <param name="SpreadVolatility">Median bid–ask spread of the two-sided quotes, volatility (0.01 is a point), or its
/// governed floor where greater or where nothing is quoted.</param>
/// <param name="VolumeDailyUsd">Vega traded a day, USD per 1.00 of volatility, or its governed floor where greater;
/// &gt; 0.</param>
/// <param name="QuoteCount">Two-sided quotes behind the spread.</param>
public readonly record struct VegaBucket(
    Timestamp Until, double SpreadVolatility, double VolumeDailyUsd, int QuoteCount);

/// <summary>Measures spread and turnover of vega by tenor from a chain.</summary>
/// <remarks>A volume of one instrument counts at most as much as all others of its bucket together: one misprint must
/// not make a market look liquid.</remarks>
public static class VegaLiquidity
{
    private const double ShareMaximum = 0.5;

    /// <summary>Ends of the buckets, days; the last takes all later expiries too.</summary>
    public static ImmutableArray<int> BucketDays { get; } = [7, 30, 90, 180, 3650];

    /// <summary>Buckets by rising expiry, one for each of <see cref="BucketDays"/>.</summary>
    /// <param name="market">The market with its quotes.</param>
    /// <param name="surface">Its surface: volatility that vega is taken at.</param>
    /// <param name="parameters">Floors.</param>
    public static ImmutableArray<VegaBucket> Of(
        UnderlyingMarket market, VolatilitySurface surface, LiquidityParameters parameters)
    {
        List<double>[] spreads = [.. BucketDays.Select(_ => new List<double>())];
        List<double>[] volumes = [.. BucketDays.Select(_ => new List<double>())];
        RejectionTally ignored = new();
        foreach (OptionQuote quote in market.Quotes)
        {
            double years = quote.Option.Expiry.YearsSince(market.At);
            if (years <= 0d) continue;
            int bucket = BucketOf(quote.Option.Expiry, market.At);
            volumes[bucket].Add(VegaUsd(quote, surface, years) * quote.VolumeDaily);
            if (IsOutOfTheMoney(quote) && QuotedOption.Of(quote, years, ignored) is { BidVolatility: > 0d } quoted)
            {
                spreads[bucket].Add(quoted.AskVolatility - quoted.BidVolatility);
            }
        }

        return
        [
            .. BucketDays.Select((days, bucket) => new VegaBucket(
                market.At.AddMilliseconds(days * Timestamp.DayMilliseconds),
                Math.Max(
                    parameters.VegaSpreadFloor, spreads[bucket].Count > 0 ? SampleMedian.Of([.. spreads[bucket]]) : 0d),
                Math.Max(parameters.VegaVolumeFloorUsd, Turnover(volumes[bucket])),
                spreads[bucket].Count)),
        ];
    }

    /// <summary>Bucket of an expiry; those beyond the last belong to the last.</summary>
    /// <param name="expiry">Settlement time.</param>
    /// <param name="at">Instant of the market.</param>
    public static int BucketOf(Timestamp expiry, Timestamp at)
    {
        for (int bucket = 0; bucket < BucketDays.Length; bucket++)
        {
            if (expiry.MillisecondsSince(at) <= BucketDays[bucket] * Timestamp.DayMilliseconds) return bucket;
        }

        return BucketDays.Length - 1;
    }

    private static bool IsOutOfTheMoney(OptionQuote quote) =>
        quote.Option.Right == OptionRight.Call == ((double)quote.Option.StrikeUsd >= quote.ForwardUsd);

    // F·φ(d1)·√T: USD per 1.00 of volatility and unit of underlying (METHODOLOGY 1.2).
    private static double VegaUsd(OptionQuote quote, VolatilitySurface surface, double years)
    {
        double k = DeterministicMath.Log((double)quote.Option.StrikeUsd / quote.ForwardUsd);
        double deviation = SurfaceEvaluation.VolatilityAnnual(surface, k, years) * Math.Sqrt(years);
        double d1 = (-k / deviation) + (0.5 * deviation);
        return quote.ForwardUsd * NormalDistribution.Density(d1) * Math.Sqrt(years);
    }

    private static double Turnover(List<double> volumes)
    {
        double sum = volumes.Sum();
        double greatest = volumes.Count > 0 ? volumes.Max() : 0d;
        return Math.Min(sum, (sum - greatest) / (1d - ShareMaximum));
    }
}
