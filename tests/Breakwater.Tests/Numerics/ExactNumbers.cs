using System.Numerics;

namespace Breakwater.Tests.Numerics;

/// <summary>Fixed-point arithmetic on BigInteger, the obvious implementation that fast ones are measured
/// against.</summary>
internal static class ExactNumbers
{
    /// <summary>Fraction bits of the fixed-point numbers.</summary>
    internal const int Bits = 200;

    internal static readonly BigInteger One = BigInteger.One << Bits;

    /// <summary>ln 2 = 2·artanh(1/3).</summary>
    internal static readonly BigInteger Ln2 = 2 * Artanh(One, 3 * One);

    /// <summary>A finite double times 2^1074, an integer.</summary>
    internal static BigInteger TimesTwoTo1074(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int field = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = field == 0 ? bits & 0xFFFFFFFFFFFFF : (bits & 0xFFFFFFFFFFFFF) | (1L << 52);
        BigInteger magnitude = mantissa << Math.Max(field - 1, 0);
        return bits < 0 ? -magnitude : magnitude;
    }

    /// <summary>A double as fixed point; bits below 2^−200 are lost.</summary>
    internal static BigInteger Fixed(double value) => TimesTwoTo1074(value) >> (1074 - Bits);

    /// <summary>e^x = mantissa·2^exponent with mantissa in fixed point, x = hi + lo in fixed point.</summary>
    internal static (BigInteger Mantissa, int Exponent) Exp(BigInteger x)
    {
        int exponent = (int)BigInteger.Divide(x, Ln2);
        BigInteger r = x - (exponent * Ln2);
        BigInteger sum = One;
        BigInteger term = One;
        for (int n = 1; !term.IsZero && n < 80; n++)
        {
            term = ((term * r) >> Bits) / n;
            sum += term;
        }

        return (sum, exponent);
    }

    /// <summary>ln of a positive double, fixed point.</summary>
    internal static BigInteger Log(double x) => LogOfInteger(TimesTwoTo1074(x)) - (1074 * Ln2);

    /// <summary>ln of a positive fixed-point number, fixed point.</summary>
    internal static BigInteger LogFixed(BigInteger x) => LogOfInteger(x) - (Bits * Ln2);

    private static BigInteger LogOfInteger(BigInteger scaled)
    {
        int exponent = (int)scaled.GetBitLength() - 1;
        BigInteger mantissa = exponent > Bits ? scaled >> (exponent - Bits) : scaled << (Bits - exponent);
        if (mantissa > One + (One >> 1))
        {
            mantissa >>= 1;
            exponent++;
        }

        return (2 * Artanh(mantissa - One, mantissa + One)) + (exponent * Ln2);
    }

    /// <summary>|value − mantissa·2^exponent| in units of the last place of value (of the result's binade).</summary>
    internal static double Ulps(double value, BigInteger mantissa, int exponent)
    {
        // Both as multiples of 2^(exponent − Bits): value·2^(Bits − exponent).
        int shift = Bits - exponent - 1074;
        BigInteger scaled = TimesTwoTo1074(value);
        BigInteger atScale = shift >= 0 ? scaled << shift : scaled >> -shift;
        double unit = Math.ScaleB(1.0, Math.Max(-1074, ILogB(value) - 52));
        double difference = (double)BigInteger.Abs(atScale - mantissa);
        return difference * Math.ScaleB(1.0, exponent - Bits) / unit;
    }

    private static int ILogB(double value) => value == 0.0 ? -1074 : Math.ILogB(value);

    private static BigInteger Artanh(BigInteger numerator, BigInteger denominator)
    {
        BigInteger t = (numerator << Bits) / denominator;
        BigInteger square = (t * t) >> Bits;
        BigInteger sum = BigInteger.Zero;
        for (int n = 1; !t.IsZero && n < 400; n += 2)
        {
            sum += t / n;
            t = (t * square) >> Bits;
        }

        return sum;
    }
}
