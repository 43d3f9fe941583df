using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Margin;

/// <summary>An exact decimal number: units ÷ 10^decimals. Its <c>default</c> is zero.</summary>
/// <param name="Units">Signed whole number of least units.</param>
/// <param name="Decimals">Decimals; in [0, 28].</param>
public readonly record struct FixedDecimal(Int128 Units, int Decimals)
{
    /// <summary>An exact decimal with no superfluous decimals.</summary>
    /// <param name="value">The number to hold exactly, in its own unit.</param>
    public static FixedDecimal Of(decimal value)
    {
        (Int128 whole, int decimals) = DecimalParts.Of(value);
        return new FixedDecimal(whole, decimals);
    }

    /// <summary>The same number with no superfluous decimals.</summary>
    public FixedDecimal Shortest()
    {
        (Int128 units, int decimals) = (Units, Decimals);
        while (decimals > 0 && units % 10 == 0)
        {
            units /= 10;
            decimals--;
        }

        return new FixedDecimal(units, decimals);
    }

    /// <summary>Digits with exactly <see cref="Decimals"/> decimals, a point, no grouping: <c>-0.020000</c>.</summary>
    public override string ToString()
    {
        string digits = Int128.Abs(Units).ToString(CultureInfo.InvariantCulture).PadLeft(Decimals + 1, '0');
        string sign = Units < 0 ? "-" : string.Empty;
        return Decimals == 0 ? sign + digits : $"{sign}{digits[..^Decimals]}.{digits[^Decimals..]}";
    }
}
