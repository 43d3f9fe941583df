using System.Globalization;
using System.Numerics;

namespace Breakwater.Cli.Conformance;

/// <summary>A rational number without rounding: reference values exceed doubles, so they are compared as fractions.
/// </summary>
internal readonly record struct ExactNumber : IComparable<ExactNumber>
{
    private const int ExponentMax = 5_000;
    private const int MantissaBits = 52;

    private readonly BigInteger _numerator;
    private readonly BigInteger _denominator;

    private ExactNumber(BigInteger numerator, BigInteger denominator)
    {
        _numerator = numerator;
        _denominator = denominator;
    }

    /// <summary>Whether the value is zero.</summary>
    public bool IsZero => _numerator.IsZero;

    /// <summary>The magnitude.</summary>
    public ExactNumber Magnitude => new(BigInteger.Abs(_numerator), _denominator);

    /// <summary>An integer.</summary>
    public static ExactNumber Of(BigInteger value) => new(value, BigInteger.One);

    /// <summary>The exact value of a finite double.</summary>
    public static ExactNumber Of(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> MantissaBits) & 0x7FF);
        long mantissa = bits & ((1L << MantissaBits) - 1);
        mantissa = exponent == 0 ? mantissa : mantissa | (1L << MantissaBits);
        int shift = Math.Max(exponent, 1) - 1075;
        BigInteger signed = bits < 0 ? -mantissa : mantissa;
        return shift >= 0 ? new(signed << shift, BigInteger.One) : new(signed, BigInteger.One << -shift);
    }

    /// <summary>10 to a power.</summary>
    public static ExactNumber PowerOfTen(int exponent) => exponent >= 0
        ? new(BigInteger.Pow(10, exponent), BigInteger.One)
        : new(BigInteger.One, BigInteger.Pow(10, -exponent));

    /// <summary>Reads a decimal such as <c>-1.5e-3</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">Its exact value.</param>
    /// <param name="lastDigitExponent">Power of ten of the last digit written.</param>
    public static bool TryParse(string text, out ExactNumber value, out int lastDigitExponent)
    {
        value = default;
        lastDigitExponent = 0;
        int exponentAt = text.IndexOfAny(['e', 'E']);
        string digits = exponentAt < 0 ? text : text[..exponentAt];
        int exponent = 0;
        if (exponentAt >= 0 && !int.TryParse(
                text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return false;
        }

        int point = digits.IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : digits.Length - point - 1;
        if (Math.Abs((long)exponent) > ExponentMax || digits.Length > ExponentMax
            || !BigInteger.TryParse(
                point < 0 ? digits : digits.Remove(point, 1),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out BigInteger whole))
        {
            return false;
        }

        lastDigitExponent = exponent - decimals;
        value = Of(whole) * PowerOfTen(lastDigitExponent);
        return true;
    }

    /// <summary>The double nearest to the value; within one unit in the last place for subnormals.</summary>
    public double ToDouble()
    {
        if (_numerator.IsZero)
        {
            return 0.0;
        }

        int shift = (int)(BigInteger.Abs(_numerator).GetBitLength() - _denominator.GetBitLength());
        int scale = 64 - shift;
        BigInteger quotient = scale >= 0
            ? (_numerator << scale) / _denominator
            : _numerator / (_denominator << -scale);
        return Math.ScaleB((double)quotient, -scale);
    }

    /// <inheritdoc/>
    public int CompareTo(ExactNumber other) =>
        (_numerator * other._denominator).CompareTo(other._numerator * _denominator);

    /// <summary>The greater of two.</summary>
    public static ExactNumber Max(ExactNumber left, ExactNumber right) => left > right ? left : right;

    /// <summary>Difference.</summary>
    public static ExactNumber operator -(ExactNumber left, ExactNumber right) => new(
        (left._numerator * right._denominator) - (right._numerator * left._denominator),
        left._denominator * right._denominator);

    /// <summary>Product.</summary>
    public static ExactNumber operator *(ExactNumber left, ExactNumber right) =>
        new(left._numerator * right._numerator, left._denominator * right._denominator);

    /// <summary>Quotient by a number that is not zero.</summary>
    public static ExactNumber operator /(ExactNumber left, ExactNumber right) => new(
        left._numerator * right._denominator * right._numerator.Sign,
        left._denominator * BigInteger.Abs(right._numerator));

    /// <summary>Order.</summary>
    public static bool operator >(ExactNumber left, ExactNumber right) => left.CompareTo(right) > 0;

    /// <summary>Order.</summary>
    public static bool operator <(ExactNumber left, ExactNumber right) => left.CompareTo(right) < 0;

    /// <summary>Order.</summary>
    public static bool operator >=(ExactNumber left, ExactNumber right) => left.CompareTo(right) >= 0;

    /// <summary>Order.</summary>
    public static bool operator <=(ExactNumber left, ExactNumber right) => left.CompareTo(right) <= 0;
}
