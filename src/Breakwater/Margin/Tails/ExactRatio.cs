using System.Globalization;
using System.Numerics;

namespace Breakwater.Margin.Tails;

/// <summary>An exact fraction of whole numbers, in lowest terms; the unit is that of what it measures.</summary>
/// <remarks>The <c>default</c> value is invalid (0/0): it is made by <see cref="Of"/> alone.</remarks>
public readonly record struct ExactRatio
{
    private ExactRatio(Int128 numerator, Int128 denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    /// <summary>Numerator, signed.</summary>
    public Int128 Numerator { get; }

    /// <summary>Denominator; &gt; 0.</summary>
    public Int128 Denominator { get; }

    /// <summary>The fraction in lowest terms.</summary>
    /// <param name="numerator">Numerator, any sign.</param>
    /// <param name="denominator">Denominator; &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is not positive.</exception>
    public static ExactRatio Of(Int128 numerator, Int128 denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        Int128 divisor = Int128.Max(Int128.One, GreatestCommonDivisor(Int128.Abs(numerator), denominator));
        return new ExactRatio(numerator / divisor, denominator / divisor);
    }

    /// <summary>Smallest whole number that is not below the fraction.</summary>
    public Int128 Up => -WholeDivision.Down(-Numerator, Denominator);

    /// <summary>Greatest whole number that is not above the fraction.</summary>
    public Int128 Down => WholeDivision.Down(Numerator, Denominator);

    /// <summary>Whether this fraction is not above <paramref name="other"/>; exact for any size.</summary>
    public bool IsAtMost(ExactRatio other) =>
        (BigInteger)Numerator * other.Denominator <= (BigInteger)other.Numerator * Denominator;

    /// <summary>Nearest double, for display only.</summary>
    public double ToDouble() => (double)Numerator / (double)Denominator;

    /// <summary><c>439</c> or <c>878/3</c>.</summary>
    public override string ToString() => Denominator == 1
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    private static Int128 GreatestCommonDivisor(Int128 left, Int128 right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }
}

/// <summary>Division of whole numbers with its rounding in the name.</summary>
internal static class WholeDivision
{
    /// <summary>Quotient rounded towards −∞.</summary>
    /// <param name="numerator">Numerator, any sign.</param>
    /// <param name="denominator">Denominator; &gt; 0.</param>
    internal static Int128 Down(Int128 numerator, Int128 denominator)
    {
        Int128 quotient = numerator / denominator;
        return numerator < 0 && quotient * denominator != numerator ? quotient - 1 : quotient;
    }

    /// <summary>Quotient rounded towards +∞.</summary>
    /// <param name="numerator">Numerator, any sign.</param>
    /// <param name="denominator">Denominator; &gt; 0.</param>
    internal static Int128 Up(Int128 numerator, Int128 denominator) => -Down(-numerator, denominator);

    /// <summary>Quotient of large numbers rounded towards −∞, checked to fit 128 bits.</summary>
    /// <param name="numerator">Numerator, any sign.</param>
    /// <param name="denominator">Denominator; &gt; 0.</param>
    /// <exception cref="OverflowException">The quotient exceeds 128 bits.</exception>
    internal static Int128 Down(BigInteger numerator, BigInteger denominator)
    {
        BigInteger quotient = BigInteger.DivRem(numerator, denominator, out BigInteger remainder);
        return checked((Int128)(remainder.Sign < 0 ? quotient - 1 : quotient));
    }

    /// <summary>Quotient of large numbers rounded towards +∞, checked to fit 128 bits.</summary>
    /// <param name="numerator">Numerator, any sign.</param>
    /// <param name="denominator">Denominator; &gt; 0.</param>
    /// <exception cref="OverflowException">The quotient exceeds 128 bits.</exception>
    internal static Int128 Up(BigInteger numerator, BigInteger denominator) => -Down(-numerator, denominator);
}
