namespace Breakwater.Numerics;

/// <summary>A whole number of 256 bits: products of a few money amounts, compared and divided exactly.</summary>
/// <remarks>Schoolbook arithmetic on words of 64 bits. Source: Knuth (1997), The Art of Computer Programming 2, 4.3.1.
/// </remarks>
/// <param name="High">Upper 128 bits.</param>
/// <param name="Low">Lower 128 bits.</param>
internal readonly record struct WideWhole(UInt128 High, UInt128 Low)
{
    private const int WordBits = 64;
    private const double TwoTo128 = 340282366920938463463374607431768211456.0;

    /// <summary>left × right, exact.</summary>
    /// <param name="left">First factor, a whole number.</param>
    /// <param name="right">Second factor, a whole number.</param>
    internal static WideWhole Product(UInt128 left, UInt128 right)
    {
        unchecked // words of multi-word arithmetic wrap on purpose
        {
            (ulong a1, ulong a0) = ((ulong)(left >> WordBits), (ulong)left);
            (ulong b1, ulong b0) = ((ulong)(right >> WordBits), (ulong)right);
            ulong w1 = Math.BigMul(a0, b0, out ulong w0);
            UInt128 cross = Word(a1, b0) + w1;
            UInt128 other = Word(a0, b1) + (ulong)cross;
            UInt128 high = Word(a1, b1) + (ulong)(cross >> WordBits) + (ulong)(other >> WordBits);
            return new WideWhole(high, new UInt128((ulong)other, w0));
        }
    }

    /// <summary>This × factor; the caller knows that it is below 2^256.</summary>
    /// <param name="factor">Factor, a whole number.</param>
    internal WideWhole Times(UInt128 factor)
    {
        WideWhole low = Product(Low, factor);
        return unchecked(new WideWhole(low.High + (High * factor), low.Low));
    }

    /// <summary>This − other, for other not above this.</summary>
    internal WideWhole Less(in WideWhole other) => unchecked(
        new WideWhole(High - other.High - (Low < other.Low ? 1UL : 0UL), Low - other.Low));

    /// <summary>Whether this is above another.</summary>
    internal bool IsAbove(in WideWhole other) => High > other.High || (High == other.High && Low > other.Low);

    /// <summary>A double within a relative 2^-51.</summary>
    internal double ToDouble() => ((double)High * TwoTo128) + (double)Low;

    /// <summary>floor(this ÷ divisor), where it is below 2^100.</summary>
    /// <param name="divisor">Divisor, a whole number; &gt; 0.</param>
    internal UInt128 DivideDown(UInt128 divisor) => Divide(divisor).Quotient;

    /// <summary>ceiling(this ÷ divisor), where it is below 2^100.</summary>
    /// <param name="divisor">Divisor, a whole number; &gt; 0.</param>
    internal UInt128 DivideUp(UInt128 divisor)
    {
        (UInt128 quotient, bool isExact) = Divide(divisor);
        return isExact ? quotient : quotient + 1;
    }

    // A double's estimate, corrected by the exact rest: each step leaves 2^-49 of the error, the last is checked in
    // whole numbers.
    private (UInt128 Quotient, bool IsExact) Divide(UInt128 divisor)
    {
        double unit = (double)divisor;
        UInt128 quotient = (UInt128)(ToDouble() / unit);
        while (true)
        {
            WideWhole product = Product(quotient, divisor);
            if (product.IsAbove(this))
            {
                quotient -= (UInt128)(product.Less(this).ToDouble() / unit) + 1;
                continue;
            }

            WideWhole rest = Less(product);
            if (rest.High == 0 && rest.Low < divisor)
            {
                return (quotient, rest.Low == 0);
            }

            quotient += UInt128.Max(1, (UInt128)(rest.ToDouble() / unit));
        }
    }

    private static UInt128 Word(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return new UInt128(high, low);
    }
}
