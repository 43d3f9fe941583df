namespace Breakwater.Numerics;

/// <summary>The bivariate normal law.</summary>
/// <remarks>Sources: Drezner and Wesolowsky (1990), J. Statist. Comput. Simul. 35, 101–107, for the two integrals; Genz
/// (2004), Statistics and Computing 14, 251–260, for the expansion near |ρ| = 1 and the choice of 20 points.</remarks>
public static class BivariateNormal
{
    private const double SteepCorrelation = 0.925; // Genz (2004), section 2.2: where the second form takes over
    private const double BoundMax = 40.0; // Φ(−40) is zero, Φ(40) is one
    private const double SqrtTwoPi = 2.5066282746310002;
    private const double InverseTwoPi = 0.15915494309189535;
    private const double ExponentMin = -700.0; // exp of less cannot be seen in an absolute error of 1e-15

    // Gauss–Legendre nodes and weights, 20 points, positive half: Abramowitz and Stegun, table 25.4.
    private static ReadOnlySpan<double> Nodes =>
    [
        0.9931285991850949, 0.9639719272779138, 0.912234428251326, 0.8391169718222188, 0.7463319064601508,
        0.636053680726515, 0.5108670019508271, 0.37370608871541955, 0.22778585114164507, 0.07652652113349734,
    ];

    private static ReadOnlySpan<double> Weights =>
    [
        0.017614007139152118, 0.04060142980038694, 0.06267204833410907, 0.08327674157670475, 0.10193011981724044,
        0.11819453196151841, 0.13168863844917664, 0.14209610931838204, 0.14917298647260374, 0.15275338713072584,
    ];

    /// <summary>P(X ≤ a, Y ≤ b) of standard normal X and Y with correlation ρ.</summary>
    /// <param name="a">Finite.</param>
    /// <param name="b">Finite.</param>
    /// <param name="rho">Correlation, in [−1, 1]; the limits are exact.</param>
    /// <returns>In [max(0, Φ(a) + Φ(b) − 1), min(Φ(a), Φ(b))].</returns>
    /// <remarks>Absolute error below 1e-15 (BivariateNormalTests).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument outside its domain.</exception>
    public static double Cdf(double a, double b, double rho)
    {
        Require.Finite(a);
        Require.Finite(b);
        Require.InRange(rho, -1.0, 1.0);
        a = Math.Clamp(a, -BoundMax, BoundMax);
        b = Math.Clamp(b, -BoundMax, BoundMax);
        double probability = Math.Abs(rho) < SteepCorrelation ? Moderate(a, b, rho) : Steep(a, b, rho);
        double most = NormalDistribution.Cdf(Math.Min(a, b));
        return Math.Clamp(probability, Math.Min(Opposed(a, b), most), most);
    }

    /// <summary>Φ(a)Φ(b) + 1/2π·∫ exp(−(a² + b² − 2ab·sin θ)/(2cos² θ)) dθ over [0, arcsin ρ].</summary>
    /// <param name="a">First upper limit, standard deviations; finite.</param>
    /// <param name="b">Second upper limit, standard deviations; finite.</param>
    /// <param name="rho">Correlation, dimensionless; away from ±1.</param>
    private static double Moderate(double a, double b, double rho)
    {
        double angle = DeterministicMath.Atan2(rho, Math.Sqrt((1.0 - rho) * (1.0 + rho)));
        double squares = 0.5 * ((a * a) + (b * b));
        double sum = 0.0;
        for (int i = 0; i < Nodes.Length; i++)
        {
            double upper = AngleTerm(a * b, squares, 0.5 * angle * (1.0 + Nodes[i]));
            double lower = AngleTerm(a * b, squares, 0.5 * angle * (1.0 - Nodes[i]));
            sum += Weights[i] * (upper + lower);
        }

        return (NormalDistribution.Cdf(a) * NormalDistribution.Cdf(b)) + (0.5 * angle * InverseTwoPi * sum);
    }

    private static double AngleTerm(double product, double squares, double theta)
    {
        double sine = DeterministicMath.Sin(theta);
        return DeterministicMath.Exp(((product * sine) - squares) / ((1.0 - sine) * (1.0 + sine)));
    }

    /// <summary>|ρ| near 1: the value at ±1 less the integral that is left between ρ and ±1.</summary>
    /// <param name="a">First upper limit, standard deviations.</param>
    /// <param name="b">Second upper limit, standard deviations.</param>
    /// <param name="rho">Correlation, dimensionless; near or at ±1.</param>
    private static double Steep(double a, double b, double rho)
    {
        // In terms of P(X > h, Y > k) with h = −a, k = −b; for ρ < 0 of k's mirror image.
        double k = rho < 0.0 ? b : -b;
        double rest = Math.Abs(rho) < 1.0 ? SteepRest(-a, k, (1.0 - rho) * (1.0 + rho)) : 0.0;
        return rho > 0.0
            ? NormalDistribution.Cdf(Math.Min(a, b)) - rest
            : Opposed(a, b) + rest;
    }

    /// <summary>P at ρ = −1: P(X ≤ a, −X ≤ b) = Φ(a) − Φ(−b) where positive, subtracted in the shorter tails.</summary>
    /// <param name="a">First upper limit, standard deviations.</param>
    /// <param name="b">Second upper limit, standard deviations.</param>
    private static double Opposed(double a, double b)
    {
        if (a <= -b) return 0.0;
        return a < 0.0
            ? NormalDistribution.Cdf(a) - NormalDistribution.Cdf(-b)
            : NormalDistribution.Cdf(b) - NormalDistribution.Cdf(-a);
    }

    /// <summary>
    /// 1/2π·∫ over [0, √(1 − ρ²)] of exp(−(h − k)²/2x²)·exp(−hk/(1 + √(1 − x²)))/√(1 − x²) dx: the second factor's
    /// expansion to x⁴ in closed form, the remainder by quadrature (Genz 2004, equations 6 to 8).
    /// </summary>
    /// <param name="h">First lower limit, standard deviations.</param>
    /// <param name="k">Second lower limit, mirrored for ρ &lt; 0, standard deviations.</param>
    /// <param name="range">1 − ρ², dimensionless; &gt; 0.</param>
    private static double SteepRest(double h, double k, double range)
    {
        double product = h * k;
        double gap = Math.Abs(h - k);
        double root = Math.Sqrt(range);
        double c = (4.0 - product) / 8.0;
        double d = (12.0 - product) / 16.0;
        double square = gap * gap;
        double bell = Exponential(-0.5 * ((square / range) + product));
        double closed = root * bell * (1.0 - (c * (square - range) * (1.0 - (d * square / 5.0)) / 3.0)
            + (c * d * range * range / 5.0));
        // Where hk < −100 the gap exceeds 20 and Φ is zero, while the exponential might overflow.
        double growth = product < -100.0 ? 0.0 : Exponential(-0.5 * product);
        double step = growth * SqrtTwoPi * NormalDistribution.Cdf(-gap / root) * gap;
        closed -= step * (1.0 - (c * square * (1.0 - (d * square / 5.0)) / 3.0));
        double sum = 0.0;
        for (int i = 0; i < Nodes.Length; i++)
        {
            double upper = SteepTerm(product, square, c, d, 0.5 * root * (1.0 + Nodes[i]));
            double lower = SteepTerm(product, square, c, d, 0.5 * root * (1.0 - Nodes[i]));
            sum += Weights[i] * (upper + lower);
        }

        return InverseTwoPi * (closed + (0.5 * root * sum));
    }

    private static double SteepTerm(double product, double square, double c, double d, double x)
    {
        double z = x * x;
        double cosine = Math.Sqrt(1.0 - z);
        double exponent = -0.5 * ((square / z) + product);
        if (exponent < ExponentMin) return 0.0;
        double factor = DeterministicMath.Exp(-0.5 * product * z / ((1.0 + cosine) * (1.0 + cosine))) / cosine;
        return DeterministicMath.Exp(exponent) * (factor - (1.0 + (c * z * (1.0 + (d * z)))));
    }

    private static double Exponential(double exponent) =>
        exponent < ExponentMin ? 0.0 : DeterministicMath.Exp(exponent);
}
