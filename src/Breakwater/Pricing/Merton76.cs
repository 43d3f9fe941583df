using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>Normal jumps in the logarithm of the price; <c>default</c> is no jumps.</summary>
/// <param name="IntensityAnnual">λ, jumps per year; λT ≤ 1000 and λT·E[e^J] ≤ 1000.</param>
/// <param name="MeanLog">Mean of the log jump; in [−10, 10].</param>
/// <param name="VolatilityLog">Standard deviation of the log jump; in [0, 5].</param>
public readonly record struct MertonJumps(double IntensityAnnual, double MeanLog, double VolatilityLog)
{
    private const double CountMeanMax = 1_000.0;

    /// <summary>E[e^J] − 1.</summary>
    internal double MeanExcess => DeterministicMath.Expm1(MeanLog + 0.5 * VolatilityLog * VolatilityLog);

    /// <summary>E[e^{zJ}] − 1; saturates where it would overflow.</summary>
    internal ComplexNumber Excess(ComplexNumber z)
    {
        ComplexNumber exponent = z * (MeanLog + 0.5 * VolatilityLog * VolatilityLog * z);
        return ComplexNumber.Expm1(new ComplexNumber(Math.Min(exponent.Real, 700.0), exponent.Imaginary));
    }

    internal void Check(double expiryYears)
    {
        Require.NonNegative(IntensityAnnual);
        double countMean = IntensityAnnual * expiryYears;
        Require.InRange(countMean, 0.0, CountMeanMax);
        Require.InRange(MeanLog, -10.0, 10.0);
        Require.InRange(VolatilityLog, 0.0, 5.0);
        double tiltedCountMean = countMean * (1.0 + MeanExcess);
        Require.InRange(tiltedCountMean, 0.0, CountMeanMax);
    }
}

/// <summary>
/// Diffusion with lognormal jumps. Source: Merton (1976), J. Financial Economics 3, 125–144, equation 16: Black values
/// mixed over the Poisson number of jumps; all terms are positive.
/// </summary>
public static class Merton76
{
    private const double RemainderFraction = 1e-16; // of the sum so far
    private const int TermMax = 20_000;
    private const double LogRatioMax = 450.0; // e^±450 lies in the domain of Black-76

    /// <summary>Price of a European option.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="spot">Spot price, money per unit of underlying; in [1e-20, 1e20].</param>
    /// <param name="strike">Strike, same unit; in [1e-20, 1e20].</param>
    /// <param name="rateAnnual">r, continuous, per year; |r|·T ≤ 50.</param>
    /// <param name="yieldAnnual">q, continuous, per year; |q|·T ≤ 50.</param>
    /// <param name="expiryYears">T, years; in [0, 1e4].</param>
    /// <param name="diffusionVolatilityAnnual">σ of the diffusion, per √year; in [0, 1e4].</param>
    /// <param name="jumps">The jump law; its drift is compensated.</param>
    /// <returns>Money per unit of underlying; relative error about 1e-12 while λT ≤ 100.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static double Value(
        OptionRight right,
        double spot,
        double strike,
        double rateAnnual,
        double yieldAnnual,
        double expiryYears,
        double diffusionVolatilityAnnual,
        MertonJumps jumps)
    {
        SpotModel market = SpotModel.Of(spot, strike, rateAnnual, yieldAnnual, expiryYears);
        Require.InRange(diffusionVolatilityAnnual, 0.0, SpotModel.VolatilityMax);
        jumps.Check(expiryYears);
        double variance = diffusionVolatilityAnnual * diffusionVolatilityAnnual * expiryYears;
        // The option out of the money is summed and intrinsic added, so that the time value keeps its digits.
        OptionRight summed = strike >= market.Forward ? OptionRight.Call : OptionRight.Put;
        double sum = Mixture(summed, market.Forward, strike, variance, jumps, jumps.IntensityAnnual * expiryYears);
        return market.Discount * (Black76.Payoff(right, market.Forward, strike) + sum);
    }

    /// <summary>Jumps that carry a share of the total variance and have E[e^J] = 1.</summary>
    /// <param name="totalVolatilityAnnual">Total volatility, per √year; &gt; 0.</param>
    /// <param name="intensityAnnual">λ, jumps per year; &gt; 0.</param>
    /// <param name="jumpVarianceShare">Share g of the variance due to jumps; in [0, 1].</param>
    /// <returns>Diffusion volatility σ√(1 − g) and jumps of standard deviation σ√(g/λ).</returns>
    /// <remarks>Source: Haug (1998), Option Pricing Formulas, p. 9.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static (double DiffusionVolatilityAnnual, MertonJumps Jumps) FromVarianceShare(
        double totalVolatilityAnnual,
        double intensityAnnual,
        double jumpVarianceShare)
    {
        Require.Positive(totalVolatilityAnnual);
        Require.Positive(intensityAnnual);
        Require.InRange(jumpVarianceShare, 0.0, 1.0);
        double jumpVolatility = totalVolatilityAnnual * Math.Sqrt(jumpVarianceShare / intensityAnnual);
        MertonJumps jumps = new(intensityAnnual, -0.5 * jumpVolatility * jumpVolatility, jumpVolatility);
        return (totalVolatilityAnnual * Math.Sqrt(1.0 - jumpVarianceShare), jumps);
    }

    /// <summary>Σ_n e^{−λT}(λT)ⁿ/n! · Black(F_n, K, σ²T + nδ²), F_n = F·e^{−λTκ}(1 + κ)ⁿ, undiscounted.</summary>
    /// <remarks>Terms are in units of F_n (call) or K (put), in logarithms, so that none overflows.</remarks>
    private static double Mixture(
        OptionRight right,
        double forward,
        double strike,
        double variance,
        MertonJumps jumps,
        double countMean)
    {
        if (countMean == 0.0) return Black76.Value(right, forward, strike, variance);
        bool isCall = right == OptionRight.Call;
        double drift = countMean * jumps.MeanExcess;
        double logRatio = NormalisedBlack.LogMoneyness(forward, strike) + (isCall ? -drift : drift);
        double logGrowth = jumps.MeanLog + 0.5 * jumps.VolatilityLog * jumps.VolatilityLog;
        double logMean = DeterministicMath.Log(countMean);
        double logProbability = -countMean;
        double pastMode = 2.0 * (isCall ? countMean * (1.0 + jumps.MeanExcess) : countMean);
        double sum = 0.0;
        for (int n = 0; n < TermMax; n++)
        {
            // F_n/K of a call, K/F_n of a put: the option on the first struck at the second, per unit of bound.
            double logGain = logRatio + (isCall ? n : -n) * logGrowth;
            double unit = DeterministicMath.Exp(Math.Clamp(-logGain, -LogRatioMax, LogRatioMax));
            double logBound = logProbability + (isCall ? n * logGrowth - countMean * jumps.MeanExcess : 0.0);
            double bound = DeterministicMath.Exp(logBound);
            double totalVariance = variance + n * jumps.VolatilityLog * jumps.VolatilityLog;
            sum += bound * Black76.Value(OptionRight.Call, 1.0, unit, totalVariance);
            // Beyond twice the mode each bound is at most half of the one before it.
            if (n > pastMode && bound <= Math.Max(RemainderFraction * sum, double.Epsilon)) break;
            logProbability += logMean - DeterministicMath.Log(n + 1.0);
        }

        return (isCall ? forward : strike) * sum;
    }
}
