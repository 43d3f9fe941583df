using System.Globalization;
using System.Numerics;
using Breakwater.Margin;
using Breakwater.Numerics;

namespace Breakwater.Cli.Reports;

/// <summary>Numbers as people read them: grouped thousands, cents, signs.</summary>
internal static class Display
{
    /// <summary>Dollars with cents, half away from zero; the JSON report holds all six decimals.</summary>
    public static string Usd(Money money)
    {
        const long MicroPerCent = 10_000;
        BigInteger cents = BigInteger.Divide(
            BigInteger.Abs((BigInteger)money.MicroDollars) + MicroPerCent / 2, MicroPerCent);
        BigInteger dollars = BigInteger.DivRem(cents, 100, out BigInteger rest);
        string sign = money.MicroDollars < 0 && !cents.IsZero ? "-" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{dollars:N0}.{(int)rest:00}");
    }

    /// <summary>The same with a plus where it grows.</summary>
    public static string Signed(Money money) => (money > Money.Zero ? "+" : string.Empty) + Usd(money);

    /// <summary>A ratio with four decimals; a dash where there is none.</summary>
    public static string Ratio(FixedDecimal? ratio) => ratio is { } known ? Number(known, "N4") : "–";

    /// <summary>A decimal in a .NET number format.</summary>
    public static string Number(FixedDecimal value, string format)
    {
        double number = (double)value.Units / Math.Pow(10.0, value.Decimals);
        return number.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A fraction as percent with one decimal and its sign.</summary>
    public static string Percent(double fraction) =>
        (100.0 * fraction).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    /// <summary>A part of a haircut as percent with up to three decimals.</summary>
    /// <param name="nano">Fraction, units of 1e-9.</param>
    public static string Haircut(long nano) => (nano / 10_000_000m).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A balance by asset, chain and bridge.</summary>
    public static string Collateral(CollateralLine line) =>
        line.Chain.Length == 0 ? $"{line.Asset}" : $"{line.Asset} on {line.Chain} ({line.Bridge})";
}
