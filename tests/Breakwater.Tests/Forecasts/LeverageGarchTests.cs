using Breakwater.Forecasts;
using Breakwater.Numerics;

namespace Breakwater.Tests.Forecasts;

/// <summary>GARCH-t and GJR-t: daily bitcoin as crypto-empirical states it, and a simulated law recovered.</summary>
public sealed class LeverageGarchTests
{
    private const double EmpiricalTolerance = 0.03; // crypto-empirical.json, "GARCH"

    [Fact]
    public void Daily_bitcoin_has_the_coefficients_of_the_methodology()
    {
        double[] returns = DailyPercent();
        LeverageGarch plain = LeverageGarch.Fit(returns, hasLeverage: false);
        Assert.Equal(0.0632, plain.Alpha, EmpiricalTolerance);
        Assert.Equal(0.9368, plain.Beta, EmpiricalTolerance);
        Assert.Equal(1.0, plain.Alpha + plain.Beta, 0.01);
        Assert.InRange(plain.Degrees, 2.8, 3.8); // METHODOLOGY 3.2: ν of daily fits
        LeverageGarch leverage = LeverageGarch.Fit(returns, hasLeverage: true);
        Assert.Equal(-0.035, leverage.Gamma, EmpiricalTolerance);
        Assert.True(leverage.LogLikelihood >= plain.LogLikelihood - 1e-6);
    }

    [Fact]
    public void A_simulated_law_is_recovered()
    {
        const int Count = 20_000;
        Random random = new(3);
        (double omega, double alpha, double gamma, double beta, double degrees) = (0.02, 0.04, 0.06, 0.90, 6.0);
        double unit = Math.Sqrt((degrees - 2.0) / degrees);
        double variance = omega / (1.0 - alpha - 0.5 * gamma - beta);
        double[] returns = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            double shock = Math.Sqrt(variance) * unit * StudentT.Quantile(random.NextDouble(), degrees);
            returns[i] = 0.1 + shock;
            variance = omega + ((alpha + (shock < 0.0 ? gamma : 0.0)) * shock * shock) + (beta * variance);
        }

        LeverageGarch fit = LeverageGarch.Fit(returns, hasLeverage: true);
        Assert.Equal(alpha, fit.Alpha, 0.02);
        Assert.Equal(gamma, fit.Gamma, 0.03);
        Assert.Equal(beta, fit.Beta, 0.03);
        Assert.Equal(1.0, fit.Degrees / degrees, 0.15);
        Assert.Equal(0.1, fit.Mu, 0.02);
    }

    private static double[] DailyPercent() =>
    [
        .. RecordedHistory.Returns(
            RecordedHistory.Daily(RecordedHistory.Hourly("perp_btcusdt_1h.csv.gz", "2024-04-18T08:00:00Z")))
            .Select(own => 100.0 * own),
    ];
}
