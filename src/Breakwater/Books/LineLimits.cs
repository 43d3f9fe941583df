using System.Runtime.CompilerServices;

namespace Breakwater.Books;

/// <summary>Sizes up to which the lines of a book are computed in 128 bits; what is larger takes the plain path.
/// </summary>
/// <remarks>They leave room for every product and sum of <see cref="LineSheet"/>: see each use.</remarks>
internal static class LineLimits
{
    /// <summary>Lots of a holding: below 2^44.</summary>
    internal const long LotsMax = 1L << 44;

    /// <summary>Holdings of an account: below 2^10, so that sums over them add 10 bits.</summary>
    internal const int HoldingsMax = 1 << 10;

    /// <summary>Bits of index × sensitivity of a lot, units of 1e-18 USD: 4.8 million dollars a lot.</summary>
    internal const int LotBits = 82;

    /// <summary>Micro-dollars of a lot: below 2^50, a billion dollars.</summary>
    internal const long LotMicroUsdMax = 1L << 50;

    /// <summary>Fractions and rates in units of 1e-9: below 2^32.</summary>
    internal const long NanoMax = 1L << 32;

    /// <summary>The short-option minimum, and the sum of all lines before it: below 2^56 micro-dollars, 72 billion
    /// dollars.</summary>
    internal const long LineMax = 1L << 56;

    /// <summary>Cores and lines that are rounded from sums: below 2^52, 4.5 billion dollars, so that their
    /// products with fractions of at most 16 have sums below 2^62.</summary>
    internal const long PartMax = 1L << 52;

    /// <summary>Equity and what it is made of: below 2^60 micro-dollars.</summary>
    internal const long EquityMax = 1L << 60;

    /// <summary>Vega of a tenor: below 2^53 micro-dollars per 1.00, so that it fits <see cref="SizeMax"/>.</summary>
    internal const long VegaMax = 1L << 53;

    /// <summary>Dollar sizes of an account, femto-dollars: below 2^83, so that their cubes fit 250 bits.</summary>
    internal static UInt128 SizeMax => UInt128.One << 83;

    /// <summary>Dollar sizes by expiry, femto-dollars: below 2^90.</summary>
    internal static UInt128 ExpiryMax => UInt128.One << 90;

    /// <summary>lots × amount, modulo 2^128: exact for what is within the limits.</summary>
    /// <param name="lots">Signed lots.</param>
    /// <param name="amount">Signed amount of one lot, any unit.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Int128 Product(long lots, Int128 amount)
    {
        unchecked
        {
            ulong amountLow = (ulong)amount;
            ulong high = Math.BigMul((ulong)lots, amountLow, out ulong low);
            high += ((ulong)lots * (ulong)(amount >> 64)) - ((ulong)(lots >> 63) & amountLow);
            return new Int128(high, low);
        }
    }

    /// <summary>Magnitude.</summary>
    /// <param name="value">Signed, not −2^127.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static UInt128 Magnitude(Int128 value) => unchecked((UInt128)(value < 0 ? -value : value));
}
