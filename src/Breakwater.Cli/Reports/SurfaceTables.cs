using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Cli.Terminal;
using Breakwater.Markets;
using Breakwater.Surfaces;

namespace Breakwater.Cli.Reports;

/// <summary>The surface report for people: what a desk quotes and how well it is fitted; then the parameters.</summary>
internal static class SurfaceTables
{
    /// <summary>Writes the report.</summary>
    public static void Write(TextWriter output, SurfaceView view)
    {
        foreach (CalibratedSurface calibrated in view.Surfaces) WriteSurface(output, calibrated, view.ParameterVersion);
        WriteFindings(output, "Findings of the market", view.MarketFindings);
    }

    private static void WriteSurface(TextWriter output, CalibratedSurface calibrated, int parameterVersion)
    {
        VolatilitySurface surface = calibrated.Surface;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{surface.Underlying} at {surface.At}: {surface.State}, index {surface.Forwards.SpotUsd:N2} $"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"calibrated in {calibrated.Milliseconds:0.0} ms: raw quotes to certified surface, one thread, best of "
                + $"warm runs; "
                + $"parameters version {parameterVersion}"));
        output.WriteLine();
        SmileTable(calibrated).Write(output);
        output.WriteLine();
        ParameterTable(surface).Write(output);
        output.WriteLine();
        WriteFindings(output, $"Findings of the {surface.Underlying} surface", surface.Findings);
    }

    private static void WriteFindings(TextWriter output, string title, ImmutableArray<Finding> findings)
    {
        if (findings.IsEmpty) return;
        output.WriteLine(title);
        foreach (Finding finding in findings)
        {
            output.WriteLine($"  {finding.Kind}: {finding.Subject}: {finding.Message}");
        }

        output.WriteLine();
    }

    private static TextTable SmileTable(CalibratedSurface calibrated)
    {
        TextTable table = new(
            "expiry", ">days", ">forward, $", ">ATM, %", ">25Δ RR, pts", ">25Δ fly, pts",
            ">quotes", ">RMSE, pts", ">in spread, %", ">± 1 pt, %", "state", "arbitrage");
        for (int i = 0; i < calibrated.Surface.Slices.Length; i++)
        {
            SurfaceSlice slice = calibrated.Surface.Slices[i];
            SliceQuality quality = slice.Quality;
            (double atm, double reversal, double butterfly) = DeskQuotes(slice);
            bool hasQuotes = quality.QuoteCount > 0;
            table.Row(
                slice.Expiry.ToString()[..10], Fixed(DaysPerYear * slice.ExpiryYears, 2), Grouped(slice.ForwardUsd),
                Fixed(100.0 * atm, 2), Signed(100.0 * reversal), Signed(100.0 * butterfly),
                quality.QuoteCount.ToString(CultureInfo.InvariantCulture),
                hasQuotes ? Fixed(quality.RmseVolPoints, 2) : "–",
                hasQuotes ? Fixed(100.0 * quality.ShareInsideSpread, 0) : "–",
                hasQuotes ? Fixed(100.0 * quality.ShareWithinOnePoint, 0) : "–",
                slice.State.ToString(), calibrated.IsArbitrageFree(i) ? "none" : "FOUND");
        }

        return table;
    }

    private static TextTable ParameterTable(VolatilitySurface surface)
    {
        TextTable table = new(
            "SVI of", ">T, years", ">theta", ">psi", ">a", ">b", ">rho", ">m", ">sigma", ">least g");
        foreach (SurfaceSlice slice in surface.Slices)
        {
            SviParameters svi = slice.Svi;
            table.Row(
                slice.Expiry.ToString()[..10], Fixed(slice.ExpiryYears, 6), Fixed(svi.TotalVariance(0.0), 6),
                Fixed(2.0 * svi.B, 4), Fixed(svi.A, 6), Fixed(svi.B, 4), Fixed(svi.Rho, 4), Fixed(svi.M, 4),
                Fixed(svi.Sigma, 4), Fixed(Durrleman.Minimum(svi).Value, 3));
        }

        return table;
    }

    private const double DaysPerYear = 365.0;
    private const double QuarterDeltaD1 = 0.6744897501960817; // Φ(d1) = 0.75: a put of delta −0.25
    private const double DeltaReach = 10.0; // Units of √w(0); a quarter delta lies within two.
    private const int DeltaHalvings = 50;

    // What a desk quotes: at-the-money, 25-delta risk reversal (call − put) and butterfly, of undiscounted delta.
    private static (double Atm, double Reversal, double Butterfly) DeskQuotes(SurfaceSlice slice)
    {
        double atm = Math.Sqrt(slice.Svi.TotalVariance(0.0) / slice.ExpiryYears);
        double call = VolatilityAtD1(slice, -QuarterDeltaD1);
        double put = VolatilityAtD1(slice, QuarterDeltaD1);
        return (atm, call - put, 0.5 * (call + put) - atm);
    }

    // Without butterflies d1(k) = −k/√w + √w/2 falls in k (Fukasawa, 2012), so halving finds the strike of a delta.
    private static double VolatilityAtD1(SurfaceSlice slice, double target)
    {
        double high = DeltaReach * Math.Sqrt(slice.Svi.TotalVariance(0.0));
        double low = -high;
        for (int i = 0; i < DeltaHalvings; i++)
        {
            double k = 0.5 * (low + high);
            double deviation = Math.Sqrt(slice.Svi.TotalVariance(k));
            if (0.5 * deviation - k / deviation > target) low = k;
            else high = k;
        }

        return Math.Sqrt(slice.Svi.TotalVariance(0.5 * (low + high)) / slice.ExpiryYears);
    }

    private static string Fixed(double value, int digits) =>
        value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Grouped(double value) => value.ToString("N1", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
