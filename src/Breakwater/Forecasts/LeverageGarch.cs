using Breakwater.Numerics;

namespace Breakwater.Forecasts;

/// <summary>GJR-GARCH with Student's t of unit variance: h_t = ω + (α + γ·1{e &lt; 0})·e²_{t−1} + β·h_{t−1}; γ = 0 is
/// GARCH-t.</summary>
/// <remarks>For verification of the volatility filter (METHODOLOGY 3.2). Sources: Glosten, Jagannathan, Runkle (1993),
/// J.
/// Finance 48, 1779–1801; Bollerslev (1987), Rev. Econ. Stat. 69, 542–547. Before the first return h is the sample
/// variance.</remarks>
/// <param name="Mu">μ, unit of a return.</param>
/// <param name="Omega">ω, squared unit of a return; &gt; 0.</param>
/// <param name="Alpha">α ≥ 0.</param>
/// <param name="Gamma">γ: what a fall adds to α; α + γ ≥ 0.</param>
/// <param name="Beta">β ≥ 0; α + γ/2 + β &lt; 1.</param>
/// <param name="Degrees">ν &gt; 2.</param>
/// <param name="LogLikelihood">Of the returns it was fitted to, natural logarithm.</param>
public readonly record struct LeverageGarch(
    double Mu, double Omega, double Alpha, double Gamma, double Beta, double Degrees, double LogLikelihood)
{
    private const int EvaluationsMax = 6_000;
    private const int Restarts = 3; // a simplex may stall: it begins anew where it stopped
    private const double Tolerance = 1e-9; // of the log-likelihood
    private const double PersistenceStart = 0.97;
    private const double ShockShareStart = 0.08;
    private const double DegreesStart = 5d;
    private const int CountMinimum = 50;

    /// <summary>Fits by maximum likelihood.</summary>
    /// <param name="returns">[n] returns; finite, n ≥ 50, not all equal; not modified.</param>
    /// <param name="hasLeverage">Whether γ is estimated, or 0.</param>
    public static LeverageGarch Fit(ReadOnlySpan<double> returns, bool hasLeverage)
    {
        Require.AllFinite(returns);
        ArgumentOutOfRangeException.ThrowIfLessThan(returns.Length, CountMinimum);
        double[] sample = returns.ToArray();
        (double mean, double variance) = Moments(sample);
        Require.Positive(variance);
        double deviation = Math.Sqrt(variance);
        // Free arguments: μ, ln ω, logit of persistence, logit of the shocks' share in it, atanh of leverage, ln(ν −
        // 2).
        double[] at =
        [
            mean, DeterministicMath.Log((1d - PersistenceStart) * variance), Logit(PersistenceStart),
            Logit(ShockShareStart), 0d, DeterministicMath.Log(DegreesStart - 2d),
        ];
        double[] steps = [0.05 * deviation, 0.5, 0.5, 0.5, hasLeverage ? 0.3 : 1e-300, 0.5];
        for (int restart = 0; restart < Restarts; restart++)
        {
            (at, _) = NelderMead.Minimise(
                free => -Of(free, hasLeverage, sample, variance).LogLikelihood, at, steps, EvaluationsMax, Tolerance);
        }

        return Of(at, hasLeverage, sample, variance);
    }

    private static LeverageGarch Of(double[] free, bool hasLeverage, double[] returns, double variance)
    {
        double persistence = Logistic(free[2]);
        double shock = persistence * Logistic(free[3]); // α + γ/2
        double lean = hasLeverage ? DeterministicMath.Tanh(free[4]) : 0d;
        LeverageGarch model = new(
            free[0], DeterministicMath.Exp(free[1]), shock * (1d - lean), 2d * shock * lean, persistence - shock,
            2d + DeterministicMath.Exp(free[5]), 0d);
        return model with { LogLikelihood = model.Likelihood(returns, variance) };
    }

    private double Likelihood(double[] returns, double start)
    {
        double constant = GammaFunctions.LogGamma(0.5 * (Degrees + 1d)) - GammaFunctions.LogGamma(0.5 * Degrees)
            - (0.5 * DeterministicMath.Log(Math.PI * (Degrees - 2d)));
        double variance = start;
        double sum = 0d;
        foreach (double value in returns)
        {
            double shock = value - Mu;
            double square = shock * shock;
            sum += constant - (0.5 * DeterministicMath.Log(variance))
                - (0.5 * (Degrees + 1d) * DeterministicMath.Log1p(square / (variance * (Degrees - 2d))));
            variance = Omega + ((Alpha + (shock < 0d ? Gamma : 0d)) * square) + (Beta * variance);
        }

        return double.IsFinite(sum) ? sum : double.NegativeInfinity;
    }

    private static (double Mean, double Variance) Moments(double[] sample)
    {
        double mean = 0d;
        foreach (double value in sample) mean += value / sample.Length;
        double variance = 0d;
        foreach (double value in sample) variance += (value - mean) * (value - mean) / sample.Length;
        return (mean, variance);
    }

    private static double Logistic(double x) => 1d / (1d + DeterministicMath.Exp(-x));

    private static double Logit(double p) => DeterministicMath.Log(p / (1d - p));
}
