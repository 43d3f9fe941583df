using Breakwater.Numerics;

namespace Breakwater.Scenarios;

/// <summary>Shrinks a sample covariance towards a scaled identity.</summary>
/// <remarks>
/// Σ* = (1 − δ)·S + δ·μ·I with μ = tr S ÷ p, d² = ‖S − μI‖², b² = Σ_t w_t²·‖x_t x_tᵀ − S‖², δ = min(b², d²) ÷ d².
/// For equal weights 1/n this is Ledoit and Wolf (2004), J. Multivariate Analysis 88, 365–411, lemma 3.4; with others
/// the variance of a weighted mean stands where theirs is.
/// </remarks>
public static class LedoitWolf
{
    /// <summary>Covariance of equally weighted observations, divided by n.</summary>
    /// <param name="observations">[n, p] row-major; finite; not modified.</param>
    /// <param name="dimension">p ≥ 1.</param>
    /// <param name="isCentred">Whether the mean is known to be zero; otherwise the sample mean is taken off.</param>
    /// <param name="covariance">[p, p] row-major, filled; symmetric to the last bit.</param>
    /// <returns>δ in [0, 1].</returns>
    /// <exception cref="ArgumentException">No observation, or a length that is no multiple of p.</exception>
    public static double Shrink(
        ReadOnlySpan<double> observations, int dimension, Centring isCentred, Span<double> covariance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        int count = observations.Length / dimension;
        Require.Count(observations.Length, count * dimension);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double[] centred = observations.ToArray();
        if (isCentred == Centring.SampleMean)
        {
            Centre(centred, dimension);
        }

        double[] weights = new double[count];
        Array.Fill(weights, 1d / count);
        return ShrinkWeighted(centred, weights, dimension, covariance);
    }

    /// <summary>Covariance of weighted observations of zero mean.</summary>
    /// <param name="observations">[n, p] row-major; finite; not modified.</param>
    /// <param name="weights">[n] weights that sum to one; ≥ 0; not modified.</param>
    /// <param name="dimension">p ≥ 1.</param>
    /// <param name="covariance">[p, p] row-major, filled; symmetric to the last bit.</param>
    /// <returns>δ in [0, 1].</returns>
    public static double ShrinkWeighted(
        ReadOnlySpan<double> observations, ReadOnlySpan<double> weights, int dimension, Span<double> covariance)
    {
        Require.AllFinite(observations);
        Require.Count(observations.Length, weights.Length * dimension);
        Require.Count(covariance.Length, dimension * dimension);
        Sample(observations, weights, dimension, covariance);
        double mean = 0d;
        for (int row = 0; row < dimension; row++)
        {
            mean += covariance[(row * dimension) + row] / dimension;
        }

        double distance = 0d;
        for (int cell = 0; cell < covariance.Length; cell++)
        {
            double gap = covariance[cell] - (cell / dimension == cell % dimension ? mean : 0d);
            distance += gap * gap;
        }

        double noise = Noise(observations, weights, dimension, covariance);
        double shrinkage = distance > 0d ? Math.Min(noise, distance) / distance : 0d;
        for (int cell = 0; cell < covariance.Length; cell++)
        {
            double target = cell / dimension == cell % dimension ? mean : 0d;
            covariance[cell] = ((1d - shrinkage) * covariance[cell]) + (shrinkage * target);
        }

        return shrinkage;
    }

    private static void Sample(
        ReadOnlySpan<double> observations, ReadOnlySpan<double> weights, int dimension, Span<double> covariance)
    {
        covariance.Clear();
        for (int time = 0; time < weights.Length; time++)
        {
            ReadOnlySpan<double> row = observations.Slice(time * dimension, dimension);
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    covariance[(i * dimension) + j] += weights[time] * (row[i] * row[j]);
                }
            }
        }

        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < i; j++)
            {
                covariance[(j * dimension) + i] = covariance[(i * dimension) + j];
            }
        }
    }

    private static double Noise(
        ReadOnlySpan<double> observations, ReadOnlySpan<double> weights, int dimension, ReadOnlySpan<double> sample)
    {
        double noise = 0d;
        for (int time = 0; time < weights.Length; time++)
        {
            ReadOnlySpan<double> row = observations.Slice(time * dimension, dimension);
            double gap = 0d;
            for (int cell = 0; cell < sample.Length; cell++)
            {
                double difference = (row[cell / dimension] * row[cell % dimension]) - sample[cell];
                gap += difference * difference;
            }

            noise += weights[time] * weights[time] * gap;
        }

        return noise;
    }

    private static void Centre(double[] observations, int dimension)
    {
        int count = observations.Length / dimension;
        for (int column = 0; column < dimension; column++)
        {
            double mean = 0d;
            for (int time = 0; time < count; time++)
            {
                mean += observations[(time * dimension) + column] / count;
            }

            for (int time = 0; time < count; time++)
            {
                observations[(time * dimension) + column] -= mean;
            }
        }
    }
}

/// <summary>What is taken off observations before their covariance.</summary>
public enum Centring
{
    /// <summary>Nothing: the mean is known to be zero.</summary>
    KnownZeroMean,

    /// <summary>The sample mean.</summary>
    SampleMean,
}
