using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>Which objective the iteration uses.</summary>
internal enum ImpliedVolatilityRegion
{
    /// <summary>Below the tangent's foot: 1/ln of the value.</summary>
    Lower,

    /// <summary>Around the inflection: the value itself.</summary>
    Middle,

    /// <summary>Above the tangent's head: ln of the distance to the upper bound.</summary>
    Upper,
}

/// <summary>
/// Start of the inversion. The value c(s) has its inflection at s_c = √(2|x|), where d1 = 0; its tangent there meets
/// 0 at s_l and 1 at s_h. Between, s is a rational cubic of c on each side of the inflection; outside, a transformed
/// s is. Source: Jäckel (2015), section 4, restated for c = value/min(F, K).
/// </summary>
/// <param name="Region">Objective to iterate on.</param>
/// <param name="TotalDeviation">Initial s.</param>
internal readonly record struct ImpliedVolatilityGuess(ImpliedVolatilityRegion Region, double TotalDeviation)
{
    private const double DensityAtZero = 0.39894228040143268; // 1/√(2π)
    private const double Sqrt3 = 1.7320508075688772;
    private const double LnTwoPiOver3Sqrt3 = 0.18998885802143494; // ln(2π/(3√3))

    /// <summary>The start for value c = fraction in (0, 1) at x ≤ 0; complement = 1 − c.</summary>
    internal static ImpliedVolatilityGuess Of(double x, double fraction, double complement)
    {
        double centre = Math.Sqrt(-2.0 * x);
        double valueCentre = centre > 0.0 ? NormalisedBlack.Fraction(x, centre) : 0.0;
        if (fraction <= valueCentre)
        {
            double foot = centre - valueCentre / DensityAtZero;
            double valueFoot = foot > 0.0 ? NormalisedBlack.Fraction(x, foot) : 0.0;
            return fraction < valueFoot
                ? new(ImpliedVolatilityRegion.Lower, LowerTail(x, fraction, foot, valueFoot))
                : new(
                    ImpliedVolatilityRegion.Middle,
                    BelowInflection(x, fraction, foot, valueFoot, centre, valueCentre));
        }

        double head = centre + (1.0 - valueCentre) / DensityAtZero;
        double valueHead = NormalisedBlack.Fraction(x, head);
        return fraction <= valueHead
            ? new(ImpliedVolatilityRegion.Middle, AboveInflection(x, fraction, centre, valueCentre, head, valueHead))
            : new(ImpliedVolatilityRegion.Upper, UpperTail(x, complement, head));
    }

    /// <summary>
    /// g(c) = e^{−x/2}·2π|x|/(3√3)·Φ(x/(√3 s))³ has g(0) = 0, g'(0) = 1, and is inverted through Φ⁻¹.
    /// </summary>
    private static double LowerTail(double x, double fraction, double foot, double valueFoot)
    {
        double z = x / (Sqrt3 * foot);
        double density = NormalDistribution.Density(x / foot + 0.5 * foot);
        double scale = DeterministicMath.Log(-x) + LnTwoPiOver3Sqrt3 - 0.5 * x;
        double cdf = NormalDistribution.Cdf(z);
        double gFoot = DeterministicMath.Exp(scale + 3.0 * DeterministicMath.Log(cdf));
        // d ln g/ds = 3 φ(z)/Φ(z)·|z|/s, and its logarithmic derivative; dc/ds = φ(d1).
        double hazard = NormalDistribution.Density(z) / cdf;
        double logSlope = -3.0 * hazard * z / foot;
        double slope = gFoot * logSlope / density;
        double h = x / foot;
        double bend = logSlope + (z * z + hazard * z - 2.0) / foot - (h * h / foot - 0.25 * foot);
        double g = RationalCubic.MatchingRight(
            fraction, 0.0, valueFoot, 0.0, gFoot, 1.0, slope, slope * bend / density);
        double cubeRoot = DeterministicMath.Exp((DeterministicMath.Log(g) - scale) / 3.0);
        return x / (Sqrt3 * NormalDistribution.InverseCdf(cubeRoot));
    }

    private static double BelowInflection(
        double x, double fraction, double foot, double valueFoot, double centre, double valueCentre)
    {
        // At the foot of a vanishing interval the density is taken in the limit s → s_c.
        double density = foot > 0.0 ? NormalDistribution.Density(x / foot + 0.5 * foot) : DensityAtZero;
        return RationalCubic.MatchingRight(
            fraction, valueFoot, valueCentre, Math.Max(foot, 0.0), centre, 1.0 / density, 1.0 / DensityAtZero, 0.0);
    }

    private static double AboveInflection(
        double x, double fraction, double centre, double valueCentre, double head, double valueHead)
    {
        double density = NormalDistribution.Density(x / head + 0.5 * head);
        return RationalCubic.MatchingLeft(
            fraction, valueCentre, valueHead, centre, head, 1.0 / DensityAtZero, 1.0 / density, 0.0);
    }

    /// <summary>f = Φ(−s/2) as a function of the complement 1 − c, from 0 (f = 0) to its value at the head.</summary>
    private static double UpperTail(double x, double complement, double head)
    {
        double h = x / head;
        double t = 0.5 * head;
        double density = NormalDistribution.Density(h + t);
        double complementHead = density * NormalisedBlack.ComplementOverDensity(h, t);
        // df/d(1 − c) = ½φ(t)/φ(d1) = ½exp(½h² + ½x), tending to ½exp(½x) at the bound.
        double slope = 0.5 * DeterministicMath.Exp(0.5 * (h * h + x));
        double curvature = slope * (h * h / head) / density;
        double slopeAtBound = 0.5 * DeterministicMath.Exp(0.5 * x);
        double f = RationalCubic.MatchingRight(
            complement, 0.0, complementHead, 0.0, NormalDistribution.Cdf(-t), slopeAtBound, slope, curvature);
        return -2.0 * NormalDistribution.InverseCdf(f);
    }
}
