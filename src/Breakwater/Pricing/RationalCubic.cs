namespace Breakwater.Pricing;

/// <summary>
/// Interpolation by a cubic over a quadratic with one shape parameter r, which here also matches the second derivative
/// at one end. Source: Delbourgo and Gregory (1985), SIAM J. Sci. Stat. Comput. 6, 967–976, equations 2.1–2.4.
/// </summary>
internal static class RationalCubic
{
    private const double ShapeMin = -0.999; // r > −1 keeps the denominator positive

    /// <summary>
    /// Value at x of the interpolant through both ends and slopes, its second derivative given on the left.
    /// </summary>
    internal static double MatchingLeft(
        double x, double x0, double x1, double y0, double y1, double slope0, double slope1, double curvature0)
    {
        double width = x1 - x0;
        double secant = (y1 - y0) / width;
        double shape = (0.5 * width * curvature0 + (slope1 - slope0)) / (secant - slope0);
        return Evaluate(x, x0, width, y0, y1, slope0, slope1, Clip(shape, secant, slope0, slope1));
    }

    /// <summary>As <see cref="MatchingLeft"/>, its second derivative given on the right.</summary>
    internal static double MatchingRight(
        double x, double x0, double x1, double y0, double y1, double slope0, double slope1, double curvature1)
    {
        double width = x1 - x0;
        double secant = (y1 - y0) / width;
        double shape = (0.5 * width * curvature1 + (slope1 - slope0)) / (slope1 - secant);
        return Evaluate(x, x0, width, y0, y1, slope0, slope1, Clip(shape, secant, slope0, slope1));
    }

    /// <summary>
    /// r ≥ (slope0 + slope1)/secant makes the interpolant of increasing data increasing (their eq. 2.16).
    /// </summary>
    private static double Clip(double shape, double secant, double slope0, double slope1)
    {
        double monotone = Math.Max(ShapeMin, (slope0 + slope1) / secant);
        return shape > monotone ? shape : monotone;
    }

    private static double Evaluate(
        double x, double x0, double width, double y0, double y1, double slope0, double slope1, double shape)
    {
        double t = (x - x0) / width;
        double u = 1.0 - t;
        double secant = (y1 - y0) / width;
        double linear = Math.FusedMultiplyAdd(t, y1 - y0, y0);
        // The same rational function as line plus correction, which survives an arbitrarily large r.
        double correction = width * t * u * ((slope0 - secant) * u + (secant - slope1) * t);
        return linear + correction / (1.0 + (shape - 3.0) * t * u);
    }
}
