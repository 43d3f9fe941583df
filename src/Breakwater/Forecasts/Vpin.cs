using System.Collections.Immutable;
using Breakwater.Numerics;

namespace Breakwater.Forecasts;

/// <summary>Volume that was traded, split by the side that took liquidity.</summary>
/// <param name="Buys">Units bought by takers; in [0, <paramref name="Quantity"/>].</param>
/// <param name="Quantity">Units traded; finite, ≥ 0.</param>
public readonly record struct SplitVolume(double Buys, double Quantity);

/// <summary>Volume-synchronised probability of informed trading: how one-sided the last volume was.</summary>
/// <remarks>Source: Easley, López de Prado and O'Hara (2012), Flow toxicity and liquidity in a high-frequency world,
/// Review of Financial Studies 25(5), 1457–1493.</remarks>
public static class Vpin
{
    /// <summary>Share of a bar's volume that bulk classification counts as bought: Φ(ΔP/σ_ΔP).</summary>
    /// <param name="priceChange">Change of the price over the bar, price units; finite.</param>
    /// <param name="deviation">Standard deviation of such changes, same unit; ≥ 0. At 0 the sign decides, and no
    /// change is half and half.</param>
    /// <returns>Fraction in [0, 1]; ½ at no change.</returns>
    public static double BuyShare(double priceChange, double deviation)
    {
        Require.Finite(priceChange);
        Require.NonNegative(deviation);
        return deviation > 0d
            ? NormalDistribution.Cdf(priceChange / deviation)
            : 0.5 * (1 + Math.Sign(priceChange));
    }

    /// <summary>VPIN at the end of every bar: mean |V^B − V^S|/V over the volume buckets completed until
    /// then.</summary>
    /// <param name="bars">[n] volume by bar in time; a bar is spread over the buckets it fills in proportion.</param>
    /// <param name="bucketQuantity">V: size of a volume bucket, units of underlying; &gt; 0.</param>
    /// <param name="bucketCount">Buckets averaged, the newest ones; ≥ 1.</param>
    /// <param name="bucketCountMinimum">Completed buckets below which there is no value yet; ≥ 1.</param>
    /// <returns>[n] values in [0, 1]; −1 where there is no value yet.</returns>
    public static ImmutableArray<double> Path(
        ReadOnlySpan<SplitVolume> bars, double bucketQuantity, int bucketCount, int bucketCountMinimum)
    {
        Require.Positive(bucketQuantity);
        ArgumentOutOfRangeException.ThrowIfLessThan(bucketCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bucketCountMinimum, 1);
        double[] newest = new double[bucketCount];
        long completed = 0;
        double filled = 0d;
        double signed = 0d;
        double[] path = new double[bars.Length];
        for (int bar = 0; bar < bars.Length; bar++)
        {
            double left = bars[bar].Quantity;
            double tilt = left > 0d ? ((2d * bars[bar].Buys) - left) / left : 0d;

            // A bar larger than all the buckets that count fills each of them alike.
            left = Math.Min(left, bucketQuantity * (bucketCount + 1));
            while (filled + left >= bucketQuantity)
            {
                double part = bucketQuantity - filled;
                newest[completed % bucketCount] = Math.Abs(signed + (part * tilt)) / bucketQuantity;
                completed++;
                left = Math.Max(0d, left - part);
                filled = 0d;
                signed = 0d;
            }

            filled += left;
            signed += left * tilt;
            path[bar] = completed < bucketCountMinimum ? -1d : Mean(newest, completed);
        }

        return [.. path];
    }

    private static double Mean(double[] newest, long completed)
    {
        int count = (int)Math.Min(completed, newest.Length);
        double sum = 0d;
        for (int bucket = 0; bucket < count; bucket++)
        {
            sum += newest[bucket];
        }

        return Math.Min(1d, sum / count);
    }
}
