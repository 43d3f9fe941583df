namespace Breakwater.Numerics;

/// <summary>
/// A complex number whose functions use only <see cref="DeterministicMath"/>; <c>default</c> is zero.
/// </summary>
/// <param name="Real">Real part.</param>
/// <param name="Imaginary">Imaginary part.</param>
/// <remarks>Products and quotients square the parts: magnitudes between 1e-150 and 1e150 do not overflow.</remarks>
public readonly record struct ComplexNumber(double Real, double Imaginary)
{
    /// <summary>1.</summary>
    public static ComplexNumber One => new(1.0, 0.0);

    /// <summary>Real² + Imaginary².</summary>
    public double SquaredMagnitude => (Real * Real) + (Imaginary * Imaginary);

    /// <summary>A real number as a complex one.</summary>
    /// <param name="value">Any double.</param>
    public static implicit operator ComplexNumber(double value) => FromDouble(value);

    /// <summary>Sum.</summary>
    /// <param name="left">First term.</param>
    /// <param name="right">Second term.</param>
    public static ComplexNumber operator +(ComplexNumber left, ComplexNumber right) =>
        new(left.Real + right.Real, left.Imaginary + right.Imaginary);

    /// <summary>Difference.</summary>
    /// <param name="left">Minuend.</param>
    /// <param name="right">Subtrahend.</param>
    public static ComplexNumber operator -(ComplexNumber left, ComplexNumber right) =>
        new(left.Real - right.Real, left.Imaginary - right.Imaginary);

    /// <summary>Opposite.</summary>
    /// <param name="value">Any number.</param>
    public static ComplexNumber operator -(ComplexNumber value) => new(-value.Real, -value.Imaginary);

    /// <summary>Product.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    public static ComplexNumber operator *(ComplexNumber left, ComplexNumber right) => new(
        (left.Real * right.Real) - (left.Imaginary * right.Imaginary),
        (left.Real * right.Imaginary) + (left.Imaginary * right.Real));

    /// <summary>Quotient; a zero divisor gives no number.</summary>
    /// <param name="left">Dividend.</param>
    /// <param name="right">Divisor.</param>
    public static ComplexNumber operator /(ComplexNumber left, ComplexNumber right)
    {
        double square = right.SquaredMagnitude;
        return new ComplexNumber(
            ((left.Real * right.Real) + (left.Imaginary * right.Imaginary)) / square,
            ((left.Imaginary * right.Real) - (left.Real * right.Imaginary)) / square);
    }

    /// <summary>A real number as a complex one.</summary>
    /// <param name="value">Any double.</param>
    /// <returns>The number with imaginary part zero.</returns>
    public static ComplexNumber FromDouble(double value) => new(value, 0.0);

    /// <summary>e^z.</summary>
    /// <param name="z">Real part below 709.</param>
    /// <returns>Relative error of a few ulp, plus that of the argument's parts.</returns>
    public static ComplexNumber Exp(ComplexNumber z)
    {
        double radius = DeterministicMath.Exp(z.Real);
        return new ComplexNumber(
            radius * DeterministicMath.Cos(z.Imaginary),
            radius * DeterministicMath.Sin(z.Imaginary));
    }

    /// <summary>e^z − 1 without cancellation near zero.</summary>
    /// <param name="z">Real part below 709.</param>
    /// <returns>Parts (e^x − 1)·cos y − 2 sin²(y/2) and e^x·sin y.</returns>
    public static ComplexNumber Expm1(ComplexNumber z)
    {
        double halfSine = DeterministicMath.Sin(0.5 * z.Imaginary);
        double growth = DeterministicMath.Expm1(z.Real);
        return new ComplexNumber(
            (growth * DeterministicMath.Cos(z.Imaginary)) - (2.0 * halfSine * halfSine),
            (growth + 1.0) * DeterministicMath.Sin(z.Imaginary));
    }

    /// <summary>Principal ln(1 + z), imaginary part in (−π, π], without cancellation near zero.</summary>
    /// <param name="z">Not −1.</param>
    /// <returns>Real part ½·ln(1 + 2x + x² + y²).</returns>
    public static ComplexNumber Log1p(ComplexNumber z)
    {
        double excess = (z.Real * (2.0 + z.Real)) + (z.Imaginary * z.Imaginary);
        return new ComplexNumber(
            0.5 * DeterministicMath.Log1p(excess),
            DeterministicMath.Atan2(z.Imaginary, 1.0 + z.Real));
    }

    /// <summary>Principal square root: real part ≥ 0.</summary>
    /// <param name="z">Any number.</param>
    /// <returns>The root, the smaller part through the larger, so that nothing cancels.</returns>
    public static ComplexNumber Sqrt(ComplexNumber z)
    {
        double magnitude = Math.Sqrt(z.SquaredMagnitude);
        double larger = Math.Sqrt(0.5 * (Math.Abs(z.Real) + magnitude));
        if (!(larger > 0.0)) return default;
        double smaller = 0.5 * Math.Abs(z.Imaginary) / larger;
        double imaginary = z.Real >= 0.0 ? smaller : larger;
        return new ComplexNumber(
            z.Real >= 0.0 ? larger : smaller,
            z.Imaginary < 0.0 ? -imaginary : imaginary);
    }
}
