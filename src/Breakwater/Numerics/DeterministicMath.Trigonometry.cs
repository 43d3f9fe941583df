namespace Breakwater.Numerics;

/// <content>Trigonometry: reduction by π/2 in three parts (Cody and Waite 1980), Taylor polynomials.</content>
public static partial class DeterministicMath
{
    /// <summary>Largest |x| that <see cref="Sin"/> and <see cref="Cos"/> accept, radians.</summary>
    public const double AngleMax = 1e9;

    private const double TwoOverPi = 0.6366197723675814;
    private const double HalfPiHigh = 1.5707963267948966; // π/2 in three doubles, 160 bits
    private const double HalfPiMiddle = 6.123233995736766e-17;
    private const double HalfPiLow = -1.4973849048591698e-33;
    private const double TanEighthPi = 0.41421356237309503; // tan(π/8) = √2 − 1

    /// <summary>Sine.</summary>
    /// <param name="x">Radians, |x| ≤ 1e9.</param>
    /// <remarks>Error below 1 ulp for |x| ≤ 1e6, also near multiples of π.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">NaN, infinite or |x| above 1e9.</exception>
    public static double Sin(double x) => SinShifted(x, 0);

    /// <summary>Cosine.</summary>
    /// <param name="x">Radians, |x| ≤ 1e9.</param>
    /// <remarks>Error below 1 ulp for |x| ≤ 1e6, also near odd multiples of π/2.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">NaN, infinite or |x| above 1e9.</exception>
    public static double Cos(double x) => SinShifted(x, 1);

    /// <summary>Angle of the point (x, y) from the positive x axis, in [−π, π].</summary>
    /// <param name="y">Ordinate, finite.</param>
    /// <param name="x">Abscissa, finite.</param>
    /// <returns>Radians; signed zeros as in IEEE 754 atan2.</returns>
    /// <remarks>Error below 3 ulp.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or infinite.</exception>
    public static double Atan2(double y, double x)
    {
        Require.Finite(y);
        Require.Finite(x);
        double opposite = Math.Abs(y);
        double adjacent = Math.Abs(x);
        double larger = Math.Max(opposite, adjacent);
        double angle = larger == 0.0 ? 0.0 : AcuteAngle(Math.Min(opposite, adjacent), larger);
        if (opposite > adjacent) angle = HalfPiHigh - (angle - HalfPiMiddle);
        if (double.IsNegative(x)) angle = (2.0 * HalfPiHigh) - (angle - (2.0 * HalfPiMiddle));
        return Math.CopySign(angle, y);
    }

    /// <summary>sin(x + quarterTurns·π/2).</summary>
    /// <param name="x">Angle, radians; |x| ≤ AngleMax.</param>
    /// <param name="quarterTurns">Shift in quarter turns: 0 gives the sine, 1 the cosine.</param>
    private static double SinShifted(double x, int quarterTurns)
    {
        Require.InRange(x, -AngleMax, AngleMax);
        double k = Math.FusedMultiplyAdd(x, TwoOverPi, LaneBits.RoundingShift) - LaneBits.RoundingShift;
        // As in exp, the first fused step is exact; the product with the middle part is carried with its error.
        double rest = Math.FusedMultiplyAdd(-k, HalfPiHigh, x);
        double middle = k * HalfPiMiddle;
        double r = rest - middle;
        double middleLow = Math.FusedMultiplyAdd(k, HalfPiMiddle, -middle) + (k * HalfPiLow);
        double rLow = rest - r - middle - middleLow;
        int quadrant = ((int)((long)k & 3) + quarterTurns) & 3;
        double value = (quadrant & 1) == 0 ? SinReduced(r, rLow) : CosReduced(r, rLow);
        return quadrant >= 2 ? -value : value;
    }

    /// <summary>sin(r + rLow), |r| ≤ π/4: Taylor to r¹⁷, truncation below 1e-19.</summary>
    /// <param name="r">Leading part of the reduced angle, radians; |r| ≤ π/4.</param>
    /// <param name="rLow">Trailing part of the angle, radians.</param>
    private static double SinReduced(double r, double rLow)
    {
        double z = r * r;
        double p = Math.FusedMultiplyAdd(z, 1.0 / 355687428096000.0, -1.0 / 1307674368000.0);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 6227020800.0);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 39916800.0);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 362880.0);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 5040.0);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 120.0);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 6.0);
        return r + Math.FusedMultiplyAdd(r * z, p, rLow * Math.FusedMultiplyAdd(-0.5, z, 1.0));
    }

    /// <summary>cos(r + rLow), |r| ≤ π/4: Taylor to r¹⁶, truncation below 3e-18.</summary>
    /// <param name="r">Leading part of the reduced angle, radians; |r| ≤ π/4.</param>
    /// <param name="rLow">Trailing part of the angle, radians.</param>
    private static double CosReduced(double r, double rLow)
    {
        double z = r * r;
        double p = Math.FusedMultiplyAdd(z, 1.0 / 20922789888000.0, -1.0 / 87178291200.0);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 479001600.0);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 3628800.0);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 40320.0);
        p = Math.FusedMultiplyAdd(p, z, -1.0 / 720.0);
        p = Math.FusedMultiplyAdd(p, z, 1.0 / 24.0);
        double half = 0.5 * z;
        double head = 1.0 - half;
        return head + (1.0 - head - half + Math.FusedMultiplyAdd(z * z, p, -(r * rLow)));
    }

    /// <summary>atan(smaller/larger) in [0, π/4]; above π/8 through the angle that is left to π/4.</summary>
    /// <param name="smaller">The shorter leg; in [0, larger].</param>
    /// <param name="larger">The longer leg, in the same unit; &gt; 0.</param>
    private static double AcuteAngle(double smaller, double larger)
    {
        if (smaller <= TanEighthPi * larger) return SmallAngle(smaller / larger);
        // A quarter of a huge number is exact and keeps the sum finite.
        double scale = larger > 1e300 ? 0.25 : 1.0;
        double left = SmallAngle(((smaller * scale) - (larger * scale)) / ((smaller * scale) + (larger * scale)));
        return (0.5 * HalfPiHigh) + (left + (0.5 * HalfPiMiddle));
    }

    /// <summary>atan t for |t| ≤ tan(π/8): own Chebyshev fit of (atan t/t − 1)/t² in t², error below 1e-17.</summary>
    /// <param name="t">Tangent of the angle, dimensionless; |t| ≤ tan(π/8).</param>
    private static double SmallAngle(double t)
    {
        double u = t * t;
        double p = Math.FusedMultiplyAdd(u, -0.019175404711104935, 0.03923044778479309);
        p = Math.FusedMultiplyAdd(p, u, -0.050854078345894844);
        p = Math.FusedMultiplyAdd(p, u, 0.05858140904866328);
        p = Math.FusedMultiplyAdd(p, u, -0.06664510525508936);
        p = Math.FusedMultiplyAdd(p, u, 0.07692183125376892);
        p = Math.FusedMultiplyAdd(p, u, -0.0909090457530649);
        p = Math.FusedMultiplyAdd(p, u, 0.11111111015187018);
        p = Math.FusedMultiplyAdd(p, u, -0.14285714284665682);
        p = Math.FusedMultiplyAdd(p, u, 0.19999999999995516);
        p = Math.FusedMultiplyAdd(p, u, -0.3333333333333333);
        return Math.FusedMultiplyAdd(t * u, p, t);
    }
}
