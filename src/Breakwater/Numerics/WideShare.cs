namespace Breakwater.Numerics;

/// <summary>left × right ÷ divisor of whole numbers, exact before the one rounding that the name states.</summary>
internal static class WideShare
{
    /// <summary>Results stay below 2¹⁰⁰: 1.3e24 USD in micro-dollars, a thousand billion coins of 18 decimals.
    /// </summary>
    private static readonly UInt128 Limit = UInt128.One << 100;

    /// <summary>floor(left × right ÷ divisor).</summary>
    /// <param name="left">First factor, a whole number.</param>
    /// <param name="right">Second factor, a whole number.</param>
    /// <param name="divisor">Divisor, a whole number; &gt; 0.</param>
    /// <returns><c>null</c> if it is 2¹⁰⁰ or more.</returns>
    internal static UInt128? Down(UInt128 left, UInt128 right, UInt128 divisor) =>
        TrySmall(left, right, out UInt128 product) ? Bounded(product / divisor)
        : Fits(left, right, divisor, out WideWhole wide) ? wide.DivideDown(divisor)
        : null;

    /// <summary>ceiling(left × right ÷ divisor).</summary>
    /// <param name="left">First factor, a whole number.</param>
    /// <param name="right">Second factor, a whole number.</param>
    /// <param name="divisor">Divisor, a whole number; &gt; 0.</param>
    /// <returns><c>null</c> if it is 2¹⁰⁰ or more.</returns>
    internal static UInt128? Up(UInt128 left, UInt128 right, UInt128 divisor)
    {
        if (TrySmall(left, right, out UInt128 product))
        {
            (UInt128 quotient, UInt128 rest) = UInt128.DivRem(product, divisor);
            return Bounded(rest == 0 ? quotient : quotient + 1);
        }

        return Fits(left, right, divisor, out WideWhole wide) ? Bounded(wide.DivideUp(divisor)) : null;
    }

    private static UInt128? Bounded(UInt128 value) => value < Limit ? value : null;

    // Most amounts are of one word each, and their product of two.
    private static bool TrySmall(UInt128 left, UInt128 right, out UInt128 product)
    {
        bool isSmall = left <= ulong.MaxValue && right <= ulong.MaxValue;
        product = isSmall ? left * right : 0;
        return isSmall;
    }

    private static bool Fits(UInt128 left, UInt128 right, UInt128 divisor, out WideWhole product)
    {
        product = WideWhole.Product(left, right);
        return WideWhole.Product(divisor, Limit).IsAbove(product);
    }
}
