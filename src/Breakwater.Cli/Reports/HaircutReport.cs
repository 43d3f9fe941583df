using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Breakwater.Cli.Terminal;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Cli.Reports;

/// <summary>The path of one asset's haircut.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="IsRevalued">Whether scenarios move it.</param>
/// <param name="Points">The path; may be empty.</param>
internal sealed record HaircutView(AssetId Asset, bool IsRevalued, ImmutableArray<HaircutPoint> Points)
{
    /// <summary>A rise of the haircut in effect that counts as one: a point.</summary>
    private const long RiseNano = BalanceHaircut.One / 100;

    /// <summary>First point whose haircut in effect is a point above the first one's; <c>null</c> if none.</summary>
    public HaircutPoint? Rise =>
        Points.FirstOrDefault(point => point.InEffectNano >= Points[0].InEffectNano + RiseNano);

    /// <summary>First point at which the peg is lost; <c>null</c> if none.</summary>
    public HaircutPoint? Depeg(HaircutParameters parameters) => Points.FirstOrDefault(point =>
        HaircutInEffect.IsDepegged((long)Math.Floor(point.PegRatio * BalanceHaircut.One), parameters));

    /// <summary>First point at which the price is a tenth below its highest of the path; <c>null</c> if none.</summary>
    public HaircutPoint? Fall
    {
        get
        {
            double high = 0d;
            foreach (HaircutPoint point in Points)
            {
                high = Math.Max(high, point.PriceUsd);
                if (point.PriceUsd <= 0.9 * high)
                {
                    return point;
                }
            }

            return null;
        }
    }

    /// <summary>Greatest rise of the haircut in effect within so many hours, nano.</summary>
    /// <param name="hours">Hours; &gt; 0.</param>
    public long Fastest(int hours)
    {
        long fastest = 0;
        int first = 0;
        for (int index = 0; index < Points.Length; index++)
        {
            while (Points[index].At.MillisecondsSince(Points[first].At) > hours * Timestamp.HourMilliseconds)
            {
                first++;
            }

            for (int before = first; before < index; before++)
            {
                fastest = Math.Max(fastest, Points[index].InEffectNano - Points[before].InEffectNano);
            }
        }

        return fastest;
    }
}

/// <summary>The report of the haircuts verb, for people and for machines.</summary>
internal static class HaircutReport
{
    /// <summary>Writes tables: what happened when, then every point.</summary>
    public static void Write(TextWriter output, ImmutableArray<HaircutView> views, RiskParameters parameters)
    {
        output.WriteLine($"parameters version {parameters.Version}");
        TextTable summary = new(
            "asset", "scenarios move it", ">first H, %", "peg −1 %", "price −10 %", "H +1 point", ">most H, %", "at",
            ">most in 1 h, points", ">most in 24 h, points");
        foreach (HaircutView view in views.Where(static view => !view.Points.IsEmpty))
        {
            HaircutPoint most = view.Points.MaxBy(static point => point.InEffectNano)!; // there are points
            summary.Row(
                view.Asset.Name, view.IsRevalued ? "yes" : "no", Percent(view.Points[0].InEffectNano),
                Time(view.Depeg(parameters.Haircuts)), Time(view.Fall), Time(view.Rise), Percent(most.InEffectNano),
                Time(most), Percent(view.Fastest(1)), Percent(view.Fastest(24)));
        }

        summary.Write(output);
        TextTable path = new(
            "asset", "time", ">price, USD", ">p ÷ peg", ">h_mkt, %", ">h_dd, %", ">h_peg, %", ">h_liq, %",
            ">H computed, %", ">H in effect, %");
        foreach ((AssetId asset, HaircutPoint point) in views.SelectMany(view =>
            view.Points.Select(point => (view.Asset, point))))
        {
            BalanceHaircut parts = point.Computed;
            path.Row(
                asset.Name, point.At.ToString(), Number(point.PriceUsd, "0.######"), Number(point.PegRatio, "0.0000"),
                Percent(parts.MarketNano), Percent(parts.DrawdownNano), Percent(parts.PegNano),
                Percent(parts.LiquidityNano), Percent(parts.TotalNano), Percent(point.InEffectNano));
        }

        path.Write(output);
    }

    /// <summary>Writes the members of the report.</summary>
    public static void Write(Utf8JsonWriter json, ImmutableArray<HaircutView> views, RiskParameters parameters)
    {
        json.WriteNumber("parameterVersion", parameters.Version);
        json.Objects("assets", views, view =>
        {
            json.WriteString("asset", view.Asset.Name);
            json.WriteBoolean("revalued", view.IsRevalued);
            json.WriteString("depeg", view.Depeg(parameters.Haircuts)?.At.ToString());
            json.WriteString("priceFall", view.Fall?.At.ToString());
            json.WriteString("rise", view.Rise?.At.ToString());
            json.Objects("points", view.Points, point =>
            {
                json.WriteString("at", point.At.ToString());
                json.WriteNumber("price", point.PriceUsd);
                json.WriteNumber("pegRatio", point.PegRatio);
                json.WriteNumber("market", Fraction(point.Computed.MarketNano));
                json.WriteNumber("drawdown", Fraction(point.Computed.DrawdownNano));
                json.WriteNumber("peg", Fraction(point.Computed.PegNano));
                json.WriteNumber("liquidity", Fraction(point.Computed.LiquidityNano));
                json.WriteNumber("computed", Fraction(point.Computed.TotalNano));
                json.WriteNumber("inEffect", Fraction(point.InEffectNano));
            });
        });
    }

    private static decimal Fraction(long nano) => (decimal)nano / BalanceHaircut.One;

    private static string Time(HaircutPoint? point) => point?.At.ToString()[..16] ?? "never";

    private static string Percent(long nano) => (100m * Fraction(nano)).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
