using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Prices of the ledger: whole numbers of 10⁻¹² of the unit in which an instrument is quoted.</summary>
/// <remarks>Twelve decimals hold every tick of the venues and keep the rounding of an average far below a least unit of
/// any token. Both limits lie inside those of the margin (<c>MarginAdmission</c>), so that what the ledger holds can be
/// margined.</remarks>
public static class PicoPrice
{
    /// <summary>Decimals of a price.</summary>
    public const int Decimals = 12;

    /// <summary>Least price that is believed, in its quoted unit.</summary>
    public const decimal Minimum = 0.000000001m;

    /// <summary>Greatest price that is believed, in its quoted unit.</summary>
    public const decimal Maximum = 1_000_000_000m;

    /// <summary>Whole number of 10⁻¹² of a price; <c>null</c> if it lies outside the limits or has more decimals.
    /// </summary>
    /// <param name="price">Price in its quoted unit.</param>
    public static Int128? Of(decimal price)
    {
        if (price is < Minimum or > Maximum)
        {
            return null;
        }

        return OfDecimals(price, Decimals);
    }

    /// <summary>value × 10^decimals if that is whole, without the search for trailing zeros where none is needed.
    /// </summary>
    /// <param name="value">Any decimal whose result fits 128 bits.</param>
    /// <param name="decimals">Decimals kept, in [0, 18].</param>
    internal static Int128? OfDecimals(decimal value, int decimals)
    {
        if (value.Scale <= decimals)
        {
            Span<int> bits = stackalloc int[4]; // low, middle, high, flags: layout of System.Decimal
            decimal.GetBits(value, bits);
            UInt128 magnitude = unchecked(
                ((UInt128)(uint)bits[2] << 64) | ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
            Int128 whole = (Int128)magnitude * DecimalParts.PowerOfTen(decimals - value.Scale);
            return bits[3] < 0 ? -whole : whole;
        }

        (Int128 parts, int own) = DecimalParts.Of(value);
        return own <= decimals ? parts * DecimalParts.PowerOfTen(decimals - own) : null;
    }

    /// <summary>The price as a decimal, exact.</summary>
    /// <param name="pico">Whole number of 10⁻¹², of magnitude below 2⁹⁶.</param>
    public static decimal ToDecimal(Int128 pico) => (decimal)pico / 1_000_000_000_000m;
}
