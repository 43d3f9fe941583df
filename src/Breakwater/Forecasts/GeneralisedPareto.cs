using Breakwater.Numerics;

namespace Breakwater.Forecasts;

/// <summary>Generalised Pareto law of what exceeds a high threshold: P(Y &gt; y) = (1 + ξ·y/σ)^(−1/ξ) (METHODOLOGY
/// 3.4, GPD ξ).</summary>
/// <param name="Shape">ξ; positive for heavy tails, ≥ −0.5.</param>
/// <param name="Scale">σ, in the unit of the sample; &gt; 0.</param>
/// <param name="Threshold">What is exceeded, in the unit of the sample.</param>
/// <param name="Count">Number of exceedances.</param>
public readonly record struct GeneralisedPareto(double Shape, double Scale, double Threshold, int Count)
{
    private const int CountMinimum = 10;
    private const double ShapeMinimum = -0.5; // below, maximum likelihood is not regular (Smith 1985)
    private const int Steps = 4_000; // of the profile's only argument
    private const double ArgumentMaximum = 50d; // ξ/σ times the mean excess; heavier tails have no mean to speak of

    /// <summary>Fits the exceedances of a sample over one of its quantiles by maximum likelihood.</summary>
    /// <param name="losses">Losses, positive when bad; finite; not modified.</param>
    /// <param name="quantile">Level of the threshold, in (0, 1): 0.93 takes the greatest 7 %.</param>
    /// <remarks>Profile likelihood in θ = ξ/σ: ξ(θ) = mean ln(1 + θ·y), so one argument is searched (Grimshaw 1993,
    /// Technometrics 35, 185–191).</remarks>
    /// <exception cref="ArgumentException">Fewer than ten losses exceed the threshold.</exception>
    public static GeneralisedPareto Over(ReadOnlySpan<double> losses, double quantile)
    {
        Require.InRange(quantile, 0d, 1d);
        double[] sorted = losses.ToArray();
        Array.Sort(sorted);
        int first = (int)Math.Ceiling(quantile * sorted.Length);
        if (sorted.Length - first < CountMinimum)
        {
            throw new ArgumentException($"{sorted.Length - first} exceedances, at least {CountMinimum} wanted");
        }

        double threshold = sorted[first - 1];
        double[] excesses = [.. sorted[first..].Select(loss => loss - threshold)];
        (double shape, double scale) = Fit(excesses);
        return new GeneralisedPareto(shape, scale, threshold, excesses.Length);
    }

    private static (double Shape, double Scale) Fit(ReadOnlySpan<double> excesses)
    {
        double mean = 0d;
        foreach (double excess in excesses) mean += excess / excesses.Length;
        Require.Positive(mean);
        double low = -(1d - 1e-9) / excesses[^1]; // 1 + θ·y stays positive
        double high = ArgumentMaximum / mean;
        (double Value, double Argument) best = (double.NegativeInfinity, 0d);
        for (int step = 0; step <= Steps; step++)
        {
            // Dense where tails are ordinary, wide where they are not: cubic spacing around zero.
            double at = -1d + (2d * step / Steps);
            double argument = at * at * at * (at < 0d ? -low : high);
            double value = Profile(excesses, argument, mean);
            if (value > best.Value) best = (value, argument);
        }

        double shape = Shapes(excesses, best.Argument);
        return best.Argument == 0d ? (0d, mean) : (shape, shape / best.Argument);
    }

    // Log-likelihood per exceedance; −∞ where the shape is out of bounds.
    private static double Profile(ReadOnlySpan<double> excesses, double argument, double mean)
    {
        if (argument == 0d) return -DeterministicMath.Log(mean) - 1d; // the exponential law
        double shape = Shapes(excesses, argument);
        return shape < ShapeMinimum || shape / argument <= 0d
            ? double.NegativeInfinity
            : -DeterministicMath.Log(shape / argument) - shape - 1d;
    }

    private static double Shapes(ReadOnlySpan<double> excesses, double argument)
    {
        double sum = 0d;
        foreach (double excess in excesses) sum += DeterministicMath.Log1p(argument * excess);
        return sum / excesses.Length;
    }
}
