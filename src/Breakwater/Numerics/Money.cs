using System.Globalization;

namespace Breakwater.Numerics;

/// <summary>
/// An exact amount of USD as a whole number of micro-dollars (1e-6 USD) in 128 bits; <c>default</c> is zero.
/// All arithmetic is checked; every rounding is in the name: Up is towards +∞, Down is towards −∞.
/// </summary>
public readonly record struct Money : IComparable<Money>
{
    /// <summary>Micro-dollars in one dollar (METHODOLOGY 0).</summary>
    public const long MicroDollarsPerDollar = 1_000_000;

    private const int WholeDigitsMax = 33; // 2^127 micro-dollars are 1.7e32 dollars

    private Money(Int128 microDollars) => MicroDollars = microDollars;

    /// <summary>The amount in micro-dollars.</summary>
    public Int128 MicroDollars { get; }

    /// <summary>No money.</summary>
    public static Money Zero => default;

    /// <summary>An amount from its micro-dollars, exact.</summary>
    /// <param name="microDollars">Micro-dollars, any sign.</param>
    public static Money FromMicroDollars(Int128 microDollars) => new(microDollars);

    /// <summary>The least amount that is not below a double.</summary>
    /// <param name="usd">Dollars, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    /// <exception cref="OverflowException">Beyond 128 bits of micro-dollars, about ±1.7e32 USD.</exception>
    public static Money FromDoubleUp(double usd) => new(-FloorMicroDollars(-usd));

    /// <summary>The greatest amount that is not above a double.</summary>
    /// <param name="usd">Dollars, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    /// <exception cref="OverflowException">Beyond 128 bits of micro-dollars, about ±1.7e32 USD.</exception>
    public static Money FromDoubleDown(double usd) => new(FloorMicroDollars(usd));

    /// <summary>The amount times a fraction, rounded towards +∞.</summary>
    /// <param name="numerator">Numerator of the fraction, any sign.</param>
    /// <param name="denominator">Denominator, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Denominator not positive.</exception>
    /// <exception cref="OverflowException">The product of amount and numerator exceeds 128 bits.</exception>
    public Money MultiplyUp(Int128 numerator, Int128 denominator) =>
        new(-FloorDivide(-(MicroDollars * numerator), denominator));

    /// <summary>The amount times a fraction, rounded towards −∞.</summary>
    /// <param name="numerator">Numerator of the fraction, any sign.</param>
    /// <param name="denominator">Denominator, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Denominator not positive.</exception>
    /// <exception cref="OverflowException">The product of amount and numerator exceeds 128 bits.</exception>
    public Money MultiplyDown(Int128 numerator, Int128 denominator) =>
        new(FloorDivide(MicroDollars * numerator, denominator));

    /// <summary>Checked sum.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    public static Money operator +(Money left, Money right) => new(left.MicroDollars + right.MicroDollars);

    /// <summary>Checked difference.</summary>
    /// <param name="left">Amount to subtract from.</param>
    /// <param name="right">Amount to subtract.</param>
    public static Money operator -(Money left, Money right) => new(left.MicroDollars - right.MicroDollars);

    /// <summary>Checked negation.</summary>
    /// <param name="value">Amount.</param>
    public static Money operator -(Money value) => new(-value.MicroDollars);

    /// <summary>Whether the left amount is below the right one.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    public static bool operator <(Money left, Money right) => left.MicroDollars < right.MicroDollars;

    /// <summary>Whether the left amount is above the right one.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    public static bool operator >(Money left, Money right) => left.MicroDollars > right.MicroDollars;

    /// <summary>Whether the left amount is not above the right one.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    public static bool operator <=(Money left, Money right) => left.MicroDollars <= right.MicroDollars;

    /// <summary>Whether the left amount is not below the right one.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    public static bool operator >=(Money left, Money right) => left.MicroDollars >= right.MicroDollars;

    /// <summary>The larger of two amounts.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    public static Money Max(Money left, Money right) => left >= right ? left : right;

    /// <summary>The smaller of two amounts.</summary>
    /// <param name="left">First amount.</param>
    /// <param name="right">Second amount.</param>
    public static Money Min(Money left, Money right) => left <= right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(Money other) => MicroDollars.CompareTo(other.MicroDollars);

    /// <summary>Dollars with exactly six decimals, a point, no grouping: <c>-12.340000</c>.</summary>
    public override string ToString()
    {
        // The negation of −2^127 wraps to itself, whose bits read 2^127 as an unsigned number.
        UInt128 magnitude = unchecked((UInt128)(MicroDollars < 0 ? -MicroDollars : MicroDollars));
        (UInt128 whole, UInt128 micros) = UInt128.DivRem(magnitude, (UInt128)MicroDollarsPerDollar);
        string sign = MicroDollars < 0 ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}.{(long)micros:D6}");
    }

    /// <summary>Reads a strict decimal: optional minus, digits, then optionally a point and one to six
    /// digits.</summary>
    /// <param name="text">Dollars; no spaces, plus sign, exponent, grouping or superfluous leading zero.</param>
    /// <param name="money">The exact amount, or zero where the text is refused.</param>
    /// <returns>Whether the text is such a decimal and fits 128 bits of micro-dollars.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Money money)
    {
        money = default;
        bool negative = text.Length > 0 && text[0] == '-';
        ReadOnlySpan<char> digits = negative ? text[1..] : text;
        int point = digits.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? digits : digits[..point];
        ReadOnlySpan<char> fraction = point < 0 ? "0" : digits[(point + 1)..];
        if (!IsStrictWhole(whole) || !IsStrictFraction(fraction)) return false;
        Span<char> micros = stackalloc char[WholeDigitsMax + 7];
        int length = ComposeMicros(negative, whole, fraction, micros);
        const NumberStyles style = NumberStyles.AllowLeadingSign;
        if (!Int128.TryParse(micros[..length], style, CultureInfo.InvariantCulture, out Int128 value)) return false;
        money = new(value);
        return true;
    }

    private static bool IsStrictWhole(ReadOnlySpan<char> digits) =>
        digits.Length is >= 1 and <= WholeDigitsMax
        && !digits.ContainsAnyExceptInRange('0', '9')
        && (digits.Length == 1 || digits[0] != '0');

    private static bool IsStrictFraction(ReadOnlySpan<char> digits) =>
        digits.Length is >= 1 and <= 6 && !digits.ContainsAnyExceptInRange('0', '9');

    /// <summary>Writes sign, whole digits and six decimals without the point; returns the count of
    /// characters.</summary>
    private static int ComposeMicros(
        bool negative,
        ReadOnlySpan<char> whole,
        ReadOnlySpan<char> fraction,
        Span<char> micros)
    {
        int length = 0;
        if (negative) micros[length++] = '-';
        whole.CopyTo(micros[length..]);
        length += whole.Length;
        for (int i = 0; i < 6; i++) micros[length++] = i < fraction.Length ? fraction[i] : '0';
        return length;
    }

    private static Int128 FloorMicroDollars(double usd)
    {
        Require.Finite(usd);
        long bits = BitConverter.DoubleToInt64Bits(usd);
        int exponentField = (int)((bits >> 52) & 0x7FF);
        long fraction = bits & 0xF_FFFF_FFFF_FFFFL;
        // usd = ± mantissa · 2^exponent exactly (IEEE 754 binary64); 53 + 20 bits stay far below 127.
        Int128 mantissa = exponentField == 0 ? fraction : fraction | (1L << 52);
        int exponent = Math.Max(exponentField, 1) - 1075;
        Int128 product = (bits < 0 ? -mantissa : mantissa) * MicroDollarsPerDollar;
        if (exponent <= 0) return product >> Math.Min(-exponent, 126); // an arithmetic shift is a floor
        if (exponent > 60) throw new OverflowException($"2^{exponent} USD and more exceeds 128 bits of micro-dollars");
        return product * (Int128.One << exponent);
    }

    private static Int128 FloorDivide(Int128 numerator, Int128 denominator)
    {
        if (denominator <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(denominator), $"denominator {denominator} must be > 0");
        }

        (Int128 quotient, Int128 remainder) = Int128.DivRem(numerator, denominator);
        return remainder < 0 ? quotient - 1 : quotient;
    }
}
