using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>
/// What every closed form of the Black family is made of; the step function stands for zero variance.
/// </summary>
internal readonly record struct Black76Terms(
    double D1,
    double D2,
    double Density,
    double CdfD1,
    double CdfMinusD1,
    double CdfD2,
    double CdfMinusD2,
    double OutOfTheMoney)
{
    /// <summary>Terms at a positive total standard deviation s.</summary>
    internal static Black76Terms Of(double forward, double strike, double s)
    {
        double x = NormalisedBlack.LogMoneyness(forward, strike);
        double h = (forward >= strike ? -x : x) / s;
        double d1 = h + 0.5 * s;
        double d2 = h - 0.5 * s;
        return new Black76Terms(
            d1,
            d2,
            NormalDistribution.Density(d1),
            NormalDistribution.Cdf(d1),
            NormalDistribution.Cdf(-d1),
            NormalDistribution.Cdf(d2),
            NormalDistribution.Cdf(-d2),
            Math.Min(forward, strike) * NormalisedBlack.Fraction(x, s));
    }

    /// <summary>Terms of zero variance: Φ becomes 0, ½ (at F = K) or 1, φ becomes 0 (METHODOLOGY 1.2).</summary>
    internal static Black76Terms Step(double forward, double strike)
    {
        double above = forward > strike ? 1.0 : forward < strike ? 0.0 : 0.5;
        return new Black76Terms(0.0, 0.0, 0.0, above, 1.0 - above, above, 1.0 - above, 0.0);
    }
}
