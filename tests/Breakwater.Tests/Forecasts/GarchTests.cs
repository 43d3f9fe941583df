using System.Globalization;
using Breakwater.Forecasts;

namespace Breakwater.Tests.Forecasts;

/// <summary>GARCH(1,1) against the benchmark and against differences of itself.</summary>
public sealed class GarchTests
{
    private const double LikelihoodTolerance = 1e-3; // the reference file's own
    private const double BenchmarkTolerance = 1e-5; // relative; the benchmark prints six figures

    [Fact]
    public void Estimate_agrees_with_the_benchmark_of_McCullough_and_Renfro_1999()
    {
        GarchFit fit = GarchFit.Of(Series());
        Assert.True(fit.HasConverged);
        Assert.Equal(1d, fit.Parameters.Mu / -0.00619041, BenchmarkTolerance);
        Assert.Equal(1d, fit.Parameters.Omega / 0.0107613, BenchmarkTolerance);
        Assert.Equal(1d, fit.Parameters.Alpha / 0.153134, BenchmarkTolerance);
        Assert.Equal(1d, fit.Parameters.Beta / 0.805974, BenchmarkTolerance);
        Assert.Equal(-1106.60788, fit.Likelihood.Value, LikelihoodTolerance);
    }

    [Fact]
    public void Derivatives_agree_with_central_differences()
    {
        double[] returns = [.. Enumerable.Range(0, 60).Select(step => 0.1 + (step * 37 % 19 - 9) * 0.07)];
        double[] at = [0.05, 0.02, 0.15, 0.7];
        const double Step = 1e-5;
        const double Tolerance = 1e-6; // relative to 1 + |value|
        GarchLikelihood centre = GarchLikelihood.Of(Parameters(at), returns);
        for (int i = 0; i < GarchLikelihood.Dimension; i++)
        {
            double[] high = [.. at];
            double[] low = [.. at];
            high[i] += Step;
            low[i] -= Step;
            GarchLikelihood above = GarchLikelihood.Of(Parameters(high), returns);
            GarchLikelihood below = GarchLikelihood.Of(Parameters(low), returns);
            Agree((above.Value - below.Value) / (2d * Step), centre.Gradient[i]);
            for (int j = 0; j < GarchLikelihood.Dimension; j++)
            {
                Agree(
                    (above.Gradient[j] - below.Gradient[j]) / (2d * Step),
                    centre.Hessian[(i * GarchLikelihood.Dimension) + j]);
            }
        }

        static void Agree(double difference, double exact) =>
            Assert.Equal(0d, (difference - exact) / (1d + Math.Abs(exact)), Tolerance);
    }

    [Fact]
    public void Parameters_without_a_stationary_variance_are_refused() =>
        Assert.Throws<ArgumentException>(() => GarchLikelihood.Of(new(0d, 0.1, 0.5, 0.5), [0.1, 0.2]));

    private static GarchParameters Parameters(double[] at) => new(at[0], at[1], at[2], at[3]);

    private static double[] Series() =>
        [.. File.ReadLines(SharedFolder.Require("reference/data/dmgbp.csv"))
            .Skip(1).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
}
