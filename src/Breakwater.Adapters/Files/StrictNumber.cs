using System.Globalization;
using System.Text;

namespace Breakwater.Adapters.Files;

/// <summary>Reads numbers of one form only: <c>[+-]digits[.digits][e[+-]digits]</c>, ASCII, finite.</summary>
/// <remarks>
/// Refuses what a library parser would accept: hexadecimal, thousands, spaces, NaN, Infinity, a leading or trailing
/// point, digits of other scripts, and numbers too great for the type (RELIABILITY T-I1).
/// </remarks>
public static class StrictNumber
{
    /// <summary>Longest text of a number, characters.</summary>
    public const int LengthMax = 64;

    /// <summary>What is expected, in words for a refusal.</summary>
    public const string Form = "a finite decimal number such as -12.5 or 1e-4";

    /// <summary>Powers of ten that are exact in double precision.</summary>
    private static ReadOnlySpan<double> ExactPowers =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a double, correctly rounded.</summary>
    /// <param name="text">ASCII text of the number.</param>
    /// <param name="value">The number, finite; unusable if refused.</param>
    /// <returns>False if the text is not of the form or the value is not finite.</returns>
    public static bool TryDouble(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (!TryScan(text, out NumberScan scan))
        {
            return false;
        }

        if (scan.IsExactInDouble)
        {
            // A whole number below 2^53 times or over an exact power of ten rounds once: correctly (Clinger 1990).
            double magnitude = scan.Exponent < 0
                ? scan.Significand / ExactPowers[-scan.Exponent]
                : scan.Significand * ExactPowers[scan.Exponent];
            value = scan.IsNegative ? -magnitude : magnitude;
            return true;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    /// <inheritdoc cref="TryDouble(ReadOnlySpan{byte}, out double)"/>
    public static bool TryDouble(string? text, out double value)
    {
        value = 0;
        return TryAscii(text, out byte[] ascii) && TryDouble(ascii, out value);
    }

    /// <summary>Reads a decimal exactly.</summary>
    /// <param name="text">Text of the number.</param>
    /// <param name="value">The number; 0 if refused.</param>
    /// <returns>False if the text is not of the form or has no exact decimal value (28 digits).</returns>
    public static bool TryDecimal(string? text, out decimal value)
    {
        value = 0;
        return TryScaled(text, 28, out Int128 units, out int decimals) && TryCompose(units, decimals, out value);
    }

    /// <summary>Reads a quantity as a whole number of units of 10^−<paramref name="decimals"/>, exactly.</summary>
    /// <returns>False if the text is not of the form; <paramref name="isWhole"/> is false if it is no whole number of
    /// units or too great (over 36 digits).</returns>
    public static bool TryUnits(string? text, int decimals, out Int128 units, out bool isWhole)
    {
        isWhole = TryScaled(text, decimals, out Int128 significand, out int scale);
        units = significand;
        for (; isWhole && scale < decimals; scale++)
        {
            isWhole = Int128.Abs(units) <= Int128.MaxValue / 10;
            units = isWhole ? units * 10 : units;
        }

        return IsNumber(text);
    }

    /// <summary>Whether the text has the form of a number, whatever its size.</summary>
    public static bool IsNumber(string? text) => TryAscii(text, out byte[] ascii) && TryScan(ascii, out _);

    /// <summary>Whether the text has the form of a number, whatever its size.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text) => TryScan(text, out _);

    private static bool TryAscii(string? text, out byte[] ascii)
    {
        ascii = text is { Length: > 0 and <= LengthMax } && Ascii.IsValid(text) ? Encoding.ASCII.GetBytes(text) : [];
        return ascii.Length > 0;
    }

    private static bool TryScaled(string? text, int decimalsMax, out Int128 significand, out int decimals)
    {
        significand = 0;
        decimals = 0;
        if (!TryAscii(text, out byte[] ascii) || !TryScan(ascii, out NumberScan scan)
            || !TryDigits(ascii.AsSpan(0, scan.MantissaLength), out significand))
        {
            return false;
        }

        decimals = -scan.Exponent;
        for (; decimals > 0 && significand % 10 == 0 && significand != 0; decimals--)
        {
            significand /= 10;
        }

        for (; decimals < 0 && significand != 0; decimals++)
        {
            if (Int128.Abs(significand) > Int128.MaxValue / 10)
            {
                return false;
            }

            significand *= 10;
        }

        decimals = significand == 0 ? 0 : decimals;
        return decimals <= decimalsMax;
    }

    private static bool TryDigits(ReadOnlySpan<byte> mantissa, out Int128 value)
    {
        value = 0;
        foreach (byte character in mantissa)
        {
            if (!char.IsAsciiDigit((char)character))
            {
                continue;
            }

            // 36 significant digits are below 2^127.
            if (Int128.Abs(value) >= Int128.MaxValue / 100)
            {
                return false;
            }

            value = (value * 10) + (character - '0');
        }

        value = mantissa[0] == '-' ? -value : value;
        return true;
    }

    private static bool TryCompose(Int128 significand, int decimals, out decimal value)
    {
        UInt128 magnitude = (UInt128)Int128.Abs(significand);
        bool fits = magnitude < (UInt128.One << 96);
        value = !fits ? 0 : new decimal(
            unchecked((int)(uint)(magnitude & 0xFFFFFFFF)),
            unchecked((int)(uint)((magnitude >> 32) & 0xFFFFFFFF)),
            unchecked((int)(uint)(magnitude >> 64)),
            significand < 0,
            (byte)decimals);
        return fits;
    }

    private static bool TryScan(ReadOnlySpan<byte> text, out NumberScan scan)
    {
        scan = default;
        if (text.Length is 0 or > LengthMax)
        {
            return false;
        }

        int at = text[0] is (byte)'+' or (byte)'-' ? 1 : 0;
        ulong significand = 0;
        int wholeCount = Digits(text, ref at, ref significand);
        int fractionCount = 0;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            fractionCount = Digits(text, ref at, ref significand);
            if (fractionCount == 0)
            {
                return false;
            }
        }

        int mantissaLength = at;
        if (wholeCount == 0 || !TryExponent(text, ref at, out int exponent) || at != text.Length)
        {
            return false;
        }

        scan = new NumberScan(
            text[0] == '-', significand, wholeCount + fractionCount, exponent - fractionCount, mantissaLength);
        return true;
    }

    private static int Digits(ReadOnlySpan<byte> text, ref int at, ref ulong significand)
    {
        int start = at;
        for (; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
        {
            // Wraps beyond 19 digits; such numbers never take the exact path.
            significand = unchecked((significand * 10) + (ulong)(text[at] - '0'));
        }

        return at - start;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, ref int at, out int exponent)
    {
        exponent = 0;
        if (at == text.Length)
        {
            return true;
        }

        if (text[at] is not ((byte)'e' or (byte)'E'))
        {
            return false;
        }

        at++;
        bool isNegative = at < text.Length && text[at] == '-';
        at += at < text.Length && text[at] is (byte)'+' or (byte)'-' ? 1 : 0;
        ulong magnitude = 0;
        int count = Digits(text, ref at, ref magnitude);
        exponent = count is > 0 and <= 4 ? (isNegative ? -(int)magnitude : (int)magnitude) : 0;
        return count is > 0 and <= 4;
    }

    private readonly record struct NumberScan(
        bool IsNegative, ulong Significand, int DigitCount, int Exponent, int MantissaLength)
    {
        public bool IsExactInDouble => DigitCount <= 15 && Exponent is >= -22 and <= 22;
    }
}
