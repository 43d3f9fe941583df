namespace Breakwater.Numerics;

/// <summary>Student's t law with any real number of degrees of freedom.</summary>
/// <remarks>Source of the forms: Johnson, Kotz and Balakrishnan (1995), Continuous Univariate Distributions 2, chapter
/// 28. The law here has variance ν/(ν − 2), not one.</remarks>
public static class StudentT
{
    /// <summary>Largest number of degrees of freedom; beyond, the normal law differs by less than 1e-7.</summary>
    public const double DegreesMax = 1e6;

    /// <summary>Smallest number of degrees of freedom; below, quantiles leave the range of double.</summary>
    public const double DegreesMin = 0.1;

    private const double HalfLnPi = 0.5723649429247001; // ½·ln π
    private const double CentreProbability = 0.25; // |p − ½| below it is solved from the centre, else from the tail
    private const double NormalStartDegreesMin = 5.0; // from there the normal quantile is the better start
    private const double FarRatio = 1e9; // from t/ν = 1e9 on the slope of ln tail is ν to double: ν/t² < 1e-17
    private const int StepsMax = 100;
    private const double StepRelative = 2e-16;

    /// <summary>Density at t.</summary>
    /// <param name="t">Finite.</param>
    /// <param name="degrees">Degrees of freedom ν, in [0.1, 1e6].</param>
    /// <remarks>Relative error about 1e-15·(1 + |ln density|).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its domain.</exception>
    public static double Density(double t, double degrees)
    {
        RequireArguments(t, degrees);
        double logScale = GammaFunctions.LogGammaRatio(0.5 * degrees, 0.5) - HalfLnPi;
        double logShape = -0.5 * (degrees + 1.0) * LogOnePlusSquareOver(t, degrees);
        return DeterministicMath.Exp(logScale + logShape) / Math.Sqrt(degrees);
    }

    /// <summary>Probability of a value not above t.</summary>
    /// <param name="t">Finite.</param>
    /// <param name="degrees">Degrees of freedom ν, in [0.1, 1e6].</param>
    /// <returns>In [0, 1].</returns>
    /// <remarks>Relative error below 1e-13 for ν ≤ 300, also in the lower tail; in proportion to ν beyond,
    /// 3e-10 at ν = 1e6, where the continued fraction loses digits.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its domain.</exception>
    public static double Cdf(double t, double degrees)
    {
        RequireArguments(t, degrees);
        double magnitude = Math.Abs(t);
        if (IsCentral(magnitude, degrees)) return 0.5 + Math.CopySign(FromCentre(magnitude, degrees), t);
        double tail = Tail(magnitude, degrees);
        return t < 0.0 ? tail : 1.0 - tail;
    }

    /// <summary>t with Cdf(t) = p.</summary>
    /// <param name="p">Probability, in (0, 1).</param>
    /// <param name="degrees">Degrees of freedom ν, in [0.1, 1e6].</param>
    /// <remarks>Relative error below 1e-13 for ν in [1, 100] and p in [1e-10, 1 − 1e-6] (StudentTTests).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its domain.</exception>
    public static double Quantile(double p, double degrees)
    {
        Require.StrictlyBetween(p, 0.0, 1.0);
        RequireArguments(0.0, degrees);
        double fromHalf = Math.Abs(p - 0.5);
        double tail = p < 0.5 ? p : 1.0 - p;
        double magnitude = fromHalf < CentreProbability
            ? SolveCentre(fromHalf, degrees)
            : SolveTail(tail, degrees);
        return p < 0.5 ? -magnitude : magnitude;
    }

    /// <summary>Newton from zero on F(t) − ½, concave for t > 0: the iterates rise to the root from the left.</summary>
    /// <param name="fromHalf">F(t) − ½ to be reached, a probability.</param>
    /// <param name="degrees">Degrees of freedom ν, dimensionless; in [DegreesMin, DegreesMax].</param>
    private static double SolveCentre(double fromHalf, double degrees)
    {
        double t = 0.0;
        for (int step = 0; step < StepsMax; step++)
        {
            double reached = t == 0.0 ? 0.0 : FromCentreOrTail(t, degrees);
            double change = (fromHalf - reached) / Density(t, degrees);
            t += change;
            if (Math.Abs(change) <= StepRelative * t) break;
        }

        return t;
    }

    /// <summary>Newton for ln(1 − F) as a function of ln t, concave and falling: from the right it cannot
    /// fail.</summary>
    /// <param name="tail">1 − F(t) to be reached, a probability; &gt; 0.</param>
    /// <param name="degrees">Degrees of freedom ν, dimensionless; in [DegreesMin, DegreesMax].</param>
    private static double SolveTail(double tail, double degrees)
    {
        double t = TailStart(tail, degrees);
        double logTail = DeterministicMath.Log(tail);
        for (int step = 0; step < StepsMax; step++)
        {
            double reached = TailOrRest(t, degrees);
            // Far out the tail is a power of t and its slope ν, while the density may be below the range of double.
            double slope = t > FarRatio * degrees ? degrees : t * Density(t, degrees) / reached;
            double excess = reached > 0.5 * tail && reached < 2.0 * tail
                ? DeterministicMath.Log1p((reached - tail) / tail)
                : DeterministicMath.Log(reached) - logTail;
            double change = excess / slope;
            t *= DeterministicMath.Exp(change);
            if (Math.Abs(change) <= StepRelative) break;
        }

        return t;
    }

    /// <summary>
    /// Start of the search: the normal quantile widened to first order in 1/ν (Fisher and Cornish 1960), or for few
    /// degrees the leading term of the tail, 1 − F(t) ≈ Γ((ν+1)/2)/(Γ(ν/2)·√π)·ν^(ν/2−1)·t^−ν.
    /// </summary>
    /// <param name="tail">1 − F(t) to be reached, a probability; &gt; 0.</param>
    /// <param name="degrees">Degrees of freedom ν, dimensionless; in [DegreesMin, DegreesMax].</param>
    private static double TailStart(double tail, double degrees)
    {
        if (degrees >= NormalStartDegreesMin)
        {
            double z = -NormalDistribution.InverseCdf(tail);
            return z + (((z * z * z) + z) / (4.0 * degrees));
        }

        double logConstant = GammaFunctions.LogGammaRatio(0.5 * degrees, 0.5) - HalfLnPi
            + (((0.5 * degrees) - 1.0) * DeterministicMath.Log(degrees));
        return DeterministicMath.Exp((logConstant - DeterministicMath.Log(tail)) / degrees);
    }

    private static double FromCentreOrTail(double t, double degrees) =>
        IsCentral(t, degrees) ? FromCentre(t, degrees) : 0.5 - Tail(t, degrees);

    private static double TailOrRest(double t, double degrees) =>
        IsCentral(t, degrees) ? 0.5 - FromCentre(t, degrees) : Tail(t, degrees);

    /// <summary>Whether the form from the centre has the faster fraction, |t| about below 1.</summary>
    /// <param name="t">Upper limit, dimensionless; finite.</param>
    /// <param name="degrees">Degrees of freedom ν, dimensionless; in [DegreesMin, DegreesMax].</param>
    private static bool IsCentral(double t, double degrees) =>
        GammaFunctions.IsLowerFractionFast(0.5, 0.5 * degrees, t * t / (degrees + (t * t)));

    /// <summary>F(t) − ½ = ½·I_y(½, ν/2), y = t²/(ν + t²), t ≥ 0.</summary>
    /// <param name="t">Upper limit, dimensionless; ≥ 0.</param>
    /// <param name="degrees">Degrees of freedom ν, dimensionless; in [DegreesMin, DegreesMax].</param>
    private static double FromCentre(double t, double degrees)
    {
        if (t == 0.0) return 0.0;
        double sum = degrees + (t * t);
        double y = t * t / sum;
        if (y < 1e-300) return t * Density(0.0, degrees);
        return 0.5 * GammaFunctions.LowerBeta(0.5, 0.5 * degrees, y, degrees / sum);
    }

    /// <summary>1 − F(t) = ½·I_x(ν/2, ½), x = ν/(ν + t²), t &gt; 0.</summary>
    /// <param name="t">Lower limit, dimensionless; &gt; 0.</param>
    /// <param name="degrees">Degrees of freedom ν, dimensionless; in [DegreesMin, DegreesMax].</param>
    private static double Tail(double t, double degrees)
    {
        double ratio = t / Math.Sqrt(degrees);
        double x = 1.0 / (1.0 + (ratio * ratio));
        double y = 1.0 / (1.0 + (1.0 / (ratio * ratio)));
        return x < 1e-300 ? FarTail(ratio, degrees) : 0.5 * GammaFunctions.LowerBeta(0.5 * degrees, 0.5, x, y);
    }

    /// <summary>The leading term of the tail, exact to double where t²/ν exceeds 1e300.</summary>
    /// <param name="ratio">t/√ν, dimensionless; above 1e150.</param>
    /// <param name="degrees">Degrees of freedom ν, dimensionless; in [DegreesMin, DegreesMax].</param>
    private static double FarTail(double ratio, double degrees)
    {
        double logConstant =
            GammaFunctions.LogGammaRatio(0.5 * degrees, 0.5) - HalfLnPi - DeterministicMath.Log(degrees);
        return DeterministicMath.Exp(logConstant - (degrees * DeterministicMath.Log(ratio)));
    }

    /// <summary>ln(1 + t²/ν), also where t² overflows.</summary>
    /// <param name="t">Argument, dimensionless; finite.</param>
    /// <param name="degrees">Degrees of freedom ν, dimensionless; in [DegreesMin, DegreesMax].</param>
    private static double LogOnePlusSquareOver(double t, double degrees)
    {
        double ratio = Math.Abs(t) / Math.Sqrt(degrees);
        return ratio > 1e100 ? 2.0 * DeterministicMath.Log(ratio) : DeterministicMath.Log1p(t * t / degrees);
    }

    private static void RequireArguments(double t, double degrees)
    {
        Require.Finite(t);
        Require.InRange(degrees, DegreesMin, DegreesMax);
    }
}
