using Breakwater.Forecasts;
using Breakwater.Numerics;

namespace Breakwater.Tests.Forecasts;

/// <summary>Tails: fits recover the law a sample was made from, and agree with the bands of crypto-empirical.</summary>
public sealed class TailFitTests
{
    private const double EmpiricalTolerance = 0.15; // crypto-empirical.json, "tails and jumps": 15 % relative

    [Theory]
    [InlineData(2.5, 1.0)]
    [InlineData(4.0, 0.03)]
    [InlineData(12.0, 250.0)]
    public void Student_recovers_degrees_and_scale(double degrees, double scale)
    {
        const int Count = 20_000;
        double[] sample =
            [.. Enumerable.Range(0, Count).Select(i => scale * StudentT.Quantile((i + 0.5) / Count, degrees))];
        StudentFit fit = StudentFit.Of(sample);
        Assert.Equal(1.0, fit.Degrees / degrees, 0.01);
        Assert.Equal(1.0, fit.Scale / scale, 0.01);
    }

    [Theory]
    [InlineData(0.3, 2.0)]
    [InlineData(0.05, 0.01)]
    [InlineData(-0.2, 1.0)]
    public void Pareto_recovers_shape_and_scale(double shape, double scale)
    {
        const int Count = 20_000;
        double[] sample = [.. Enumerable.Range(0, Count)
            .Select(i => scale * (Math.Pow(1.0 - (i + 0.5) / Count, -shape) - 1.0) / shape)];
        GeneralisedPareto fit = GeneralisedPareto.Over(sample, 0.9);
        // Above a threshold u the law keeps its shape, and its scale is σ + ξ·u.
        Assert.Equal(shape, fit.Shape, 0.02);
        Assert.Equal(1.0, fit.Scale / (scale + shape * fit.Threshold), 0.02);
        Assert.Equal(2_000, fit.Count);
    }

    [Theory]
    [InlineData("perp_btcusdt_1h.csv.gz", 2.6)]
    [InlineData("perp_ethusdt_1h.csv.gz", 2.9)]
    public void Hourly_residuals_have_the_degrees_of_the_methodology(string file, double degrees)
    {
        double[] returns = RecordedHistory.Returns(RecordedHistory.Hourly(file, "2024-04-18T00:00:00Z"));
        double[] residuals = Residuals(returns);
        Assert.InRange(
            StudentFit.Of(residuals).Degrees, (1 - EmpiricalTolerance) * degrees, (1 + EmpiricalTolerance) * degrees);
    }

    [Theory]
    [InlineData("perp_btcusdt_1h.csv.gz", 0.303)]
    [InlineData("perp_ethusdt_1h.csv.gz", 0.29)]
    public void Daily_losses_have_the_tail_of_the_methodology(string file, double shape)
    {
        // Days that do not overlap, from the first close on. The estimate's own standard error is (1 + ξ)/√110 = 0.12,
        // and
        // other hours of the day give 0.16 to 0.30: the band says that this is the sample of the reference, no more.
        double[] returns = RecordedHistory.Returns(
            [.. RecordedHistory.Hourly(file, "2024-04-18T08:00:00Z").Where((_, index) => index % 24 == 0)]);
        double[] losses = [.. returns.Select(own => -own)];
        double fitted = GeneralisedPareto.Over(losses, 0.93).Shape;
        Assert.InRange(fitted, (1 - EmpiricalTolerance) * shape, (1 + EmpiricalTolerance) * shape);
    }

    // The blend of METHODOLOGY 3.2 as shipped: 0.5·EWMA(12 h) + 0.3·EWMA(96 h) + 0.2·EWMA(720 h).
    private static double[] Residuals(double[] returns)
    {
        const int WarmUp = 720;
        double start = returns.Take(WarmUp).Sum(own => own * own) / WarmUp;
        double[] variance = new double[returns.Length];
        foreach ((double halfLife, double weight) in (ReadOnlySpan<(double, double)>)[(12, 0.5), (96, 0.3), (720, 0.2)])
        {
            double[] own = new double[returns.Length];
            Ewma.Variance(returns, Ewma.DecayOf(halfLife), start, own);
            for (int i = 0; i < own.Length; i++) variance[i] += weight * own[i];
        }

        return [.. Enumerable.Range(WarmUp, returns.Length - WarmUp).Select(
            i => returns[i] / Math.Sqrt(variance[i - 1]))];
    }
}
