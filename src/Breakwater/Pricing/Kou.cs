using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>Double-exponential jumps in the logarithm of the price.</summary>
/// <param name="IntensityAnnual">λ, jumps per year; ≥ 0.</param>
/// <param name="UpProbability">Probability that a jump is upwards; in [0, 1].</param>
/// <param name="UpRate">η₁, reciprocal of the mean upward log jump; &gt; 1.</param>
/// <param name="DownRate">η₂, reciprocal of the mean downward log jump; &gt; 0.</param>
public readonly record struct KouJumps(double IntensityAnnual, double UpProbability, double UpRate, double DownRate)
{
    /// <summary>E[e^{zJ}] − 1.</summary>
    internal ComplexNumber Excess(ComplexNumber z) =>
        UpProbability * z / (UpRate - z) - (1.0 - UpProbability) * z / (DownRate + z);

    internal void Check()
    {
        Require.InRange(IntensityAnnual, 0.0, 1e6);
        Require.InRange(UpProbability, 0.0, 1.0);
        Require.InRange(UpRate, 1.0 + 1e-6, 1e6);
        Require.InRange(DownRate, 1e-6, 1e6);
    }
}

/// <summary>
/// Diffusion with double-exponential jumps. Source: Kou (2002), Management Science 48(8), 1086–1101; priced by
/// <see cref="ContourInversion"/>.
/// </summary>
public static class Kou
{
    /// <summary>Price of a European option.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="spot">Spot price, money per unit of underlying; in [1e-20, 1e20].</param>
    /// <param name="strike">Strike, same unit; in [1e-20, 1e20].</param>
    /// <param name="rateAnnual">r, continuous, per year; |r|·T ≤ 50.</param>
    /// <param name="yieldAnnual">q, continuous, per year; |q|·T ≤ 50.</param>
    /// <param name="expiryYears">T, years; in [0, 1e4].</param>
    /// <param name="diffusionVolatilityAnnual">σ of the diffusion, per √year; in [1e-6, 1e4].</param>
    /// <param name="jumps">The jump law; its drift is compensated.</param>
    /// <returns>Relative error below 1e-10 of the value out of the money, with an estimate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or not a number.</exception>
    public static ModelPrice Price(
        OptionRight right,
        double spot,
        double strike,
        double rateAnnual,
        double yieldAnnual,
        double expiryYears,
        double diffusionVolatilityAnnual,
        KouJumps jumps)
    {
        SpotModel market = SpotModel.Of(spot, strike, rateAnnual, yieldAnnual, expiryYears);
        Require.InRange(diffusionVolatilityAnnual, 1e-6, SpotModel.VolatilityMax);
        jumps.Check();
        if (expiryYears == 0.0) return new ModelPrice(Black76.Payoff(right, spot, strike), 0.0);
        double halfVariance = 0.5 * diffusionVolatilityAnnual * diffusionVolatilityAnnual * expiryYears;
        double intensity = jumps.IntensityAnnual * expiryYears;
        double compensator = jumps.Excess(1.0).Real;
        MomentModel model = new(
            z => halfVariance * z * (z - 1.0),
            z => intensity * (jumps.Excess(z) - compensator * z),
            -jumps.DownRate,
            jumps.UpRate,
            double.PositiveInfinity);
        return ContourInversion.Price(right, market, strike, model);
    }
}
