using System.Runtime.CompilerServices;

namespace Breakwater.Numerics;

/// <summary>
/// The standard normal law for any lane width. Tails are φ(a)·M(a) with Mills' ratio M; the centre is ½ + x·P(x²).
/// Coefficients: own Chebyshev fits in 50-digit arithmetic, converted to powers and rounded to double.
/// </summary>
/// <typeparam name="TLanes">Lane operations.</typeparam>
/// <typeparam name="TVector">One double or a vector of doubles.</typeparam>
internal static class NormalKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const double LnSqrtTwoPi = 0.9189385332046728; // ½·ln 2π rounded to double
    private const double LnSqrtTwoPiLow = -3.8782941580672414e-17; // ½·ln 2π − LnSqrtTwoPi
    private const double AbsoluteMax = 39.0; // Φ(−38.5) and φ(38.6) are below half the least subnormal
    private const double CentreLimit = 1.0; // where the two forms of Φ meet
    private const double MillsPole = 5.0; // t = (a − 5)/(a + 5) maps [0, ∞) to [−1, 1)

    /// <summary>Φ(x) for every double; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Cdf(TVector x)
    {
        TVector magnitude = TLanes.Abs(x);
        TVector a = Clamped(magnitude);
        TVector y = DensityReduced(a, out TVector exponent);
        TVector tail = ExponentialKernel<TLanes, TVector>.Scaled(TLanes.Multiply(y, MillsRatio(a)), exponent);
        TVector one = TLanes.Of(1.0);
        TVector outer = TLanes.SelectLess(TLanes.Of(0.0), x, TLanes.Subtract(one, tail), tail);
        TVector centre = TLanes.Fma(x, CentreSlope(TLanes.Multiply(a, a)), TLanes.Of(0.5));
        TVector result = TLanes.SelectLess(a, TLanes.Of(CentreLimit), centre, outer);
        return TLanes.SelectLess(magnitude, TLanes.Of(double.PositiveInfinity), result, Limit(x));
    }

    /// <summary>φ(x) for every double; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Density(TVector x)
    {
        TVector magnitude = TLanes.Abs(x);
        TVector y = DensityReduced(Clamped(magnitude), out TVector exponent);
        TVector infinity = TLanes.Of(double.PositiveInfinity);
        TVector beyond = TLanes.SelectLess(TLanes.Of(0.0), magnitude, TLanes.Of(0.0), x);
        TVector result = ExponentialKernel<TLanes, TVector>.Scaled(y, exponent);
        return TLanes.SelectLess(magnitude, infinity, result, beyond);
    }

    /// <summary>Mills' ratio M(a) = (1 − Φ(a))/φ(a), a ≥ 0: polynomial of degree 24 in t, divided by 1 + a.</summary>
    /// <remarks>Form: Shepherd and Laframboise (1981), Math. Comp. 36, 249–253. Error of the fit below 4e-17.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector MillsRatio(TVector a)
    {
        TVector pole = TLanes.Of(MillsPole);
        TVector t = TLanes.Divide(TLanes.Subtract(a, pole), TLanes.Add(a, pole));
        TVector square = TLanes.Multiply(t, t);
        TVector p = TLanes.Fma(MillsOdd(square), t, MillsEven(square));
        return TLanes.Divide(p, TLanes.Add(TLanes.Of(1.0), a));
    }

    /// <summary>(Φ(x) − ½)/x as a polynomial in u = x² ≤ 1; error below 2e-17 relative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector CentreSlope(TVector u)
    {
        TVector p = TLanes.Fma(u, TLanes.Of(-9.026109904565583e-11), TLanes.Of(2.2270765391721188e-09));
        p = TLanes.Fma(p, u, TLanes.Of(-4.117308931965184e-08));
        p = TLanes.Fma(p, u, TLanes.Of(6.659316904081042e-07));
        p = TLanes.Fma(p, u, TLanes.Of(-9.444639808676774e-06));
        p = TLanes.Fma(p, u, TLanes.Of(0.00011543468323083616));
        p = TLanes.Fma(p, u, TLanes.Of(-0.0011873282148079404));
        p = TLanes.Fma(p, u, TLanes.Of(0.009973557009983383));
        p = TLanes.Fma(p, u, TLanes.Of(-0.06649038006690386));
        p = TLanes.Fma(p, u, TLanes.Of(2.2653415955267638e-17)); // φ(0) − its rounding
        return TLanes.Add(p, TLanes.Of(0.39894228040143265)); // φ(0) rounded down
    }

    /// <summary>φ(a) = y·2^exponent, a in [0, 39], the square and ln √2π carried in two doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector DensityReduced(TVector a, out TVector exponent)
    {
        TVector minusHalf = TLanes.Of(-0.5);
        TVector halfA = TLanes.Multiply(a, minusHalf);
        TVector half = TLanes.Multiply(halfA, a);
        TVector halfLow = TLanes.Fma(halfA, a, TLanes.Subtract(TLanes.Of(0.0), half));
        TVector constant = TLanes.Of(-LnSqrtTwoPi);
        TVector sum = TLanes.Add(half, constant);
        TVector part = TLanes.Subtract(sum, half); // two-sum, Knuth: the error of the addition, exact
        TVector lost = TLanes.Add(
            TLanes.Subtract(half, TLanes.Subtract(sum, part)),
            TLanes.Subtract(constant, part));
        TVector low = TLanes.Add(lost, TLanes.Subtract(halfLow, TLanes.Of(LnSqrtTwoPiLow)));
        return ExponentialKernel<TLanes, TVector>.Reduced(sum, low, out exponent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Clamped(TVector magnitude)
    {
        TVector maximum = TLanes.Of(AbsoluteMax);
        return TLanes.SelectLess(magnitude, maximum, magnitude, maximum);
    }

    /// <summary>Φ at ±∞; NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Limit(TVector x)
    {
        TVector zero = TLanes.Of(0.0);
        return TLanes.SelectLess(zero, x, TLanes.Of(1.0), TLanes.SelectLess(x, zero, zero, x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector MillsEven(TVector square)
    {
        TVector p = TLanes.Fma(square, TLanes.Of(6.163047198655167e-11), TLanes.Of(-1.0770966817867951e-09));
        p = TLanes.Fma(p, square, TLanes.Of(1.006273629203449e-08));
        p = TLanes.Fma(p, square, TLanes.Of(-6.735246707235891e-08));
        p = TLanes.Fma(p, square, TLanes.Of(3.2194150125726876e-07));
        p = TLanes.Fma(p, square, TLanes.Of(-1.7721527238693433e-07));
        p = TLanes.Fma(p, square, TLanes.Of(-2.480546663097941e-05));
        p = TLanes.Fma(p, square, TLanes.Of(0.0004570438205116078));
        p = TLanes.Fma(p, square, TLanes.Of(-0.004201290311078416));
        p = TLanes.Fma(p, square, TLanes.Of(-0.03802659218771832));
        p = TLanes.Fma(p, square, TLanes.Of(-0.06617760077899582));
        p = TLanes.Fma(p, square, TLanes.Of(0.07778159886873558));
        return TLanes.Fma(p, square, TLanes.Of(1.1568486282918946));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector MillsOdd(TVector square)
    {
        TVector p = TLanes.Fma(square, TLanes.Of(-9.545215884456858e-10), TLanes.Of(1.1020770424653135e-08));
        p = TLanes.Fma(p, square, TLanes.Of(-7.755689282319666e-08));
        p = TLanes.Fma(p, square, TLanes.Of(4.919558007942762e-07));
        p = TLanes.Fma(p, square, TLanes.Of(-3.2772513658038686e-06));
        p = TLanes.Fma(p, square, TLanes.Of(2.270959149359291e-05));
        p = TLanes.Fma(p, square, TLanes.Of(-0.0001343742704194541));
        p = TLanes.Fma(p, square, TLanes.Of(1.9530636365484052e-05));
        p = TLanes.Fma(p, square, TLanes.Of(0.016348231281331425));
        p = TLanes.Fma(p, square, TLanes.Of(0.061505045840161206));
        p = TLanes.Fma(p, square, TLanes.Of(0.02507217930163978));
        return TLanes.Fma(p, square, TLanes.Of(-0.22948753825211318));
    }
}
