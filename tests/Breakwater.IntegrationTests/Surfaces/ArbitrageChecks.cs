using Breakwater.Instruments;
using Breakwater.Pricing;
using Breakwater.Surfaces;

namespace Breakwater.IntegrationTests.Surfaces;

/// <summary>Arbitrage looked for anew: in total variance from w alone, and in prices of the surface as it is used.
/// </summary>
/// <remarks>Shares no code with the certificate: derivatives are differences, prices are Black-76.</remarks>
internal static class ArbitrageChecks
{
    private const int WidePoints = 401; // the issue, METHODOLOGY 2.2
    private const int WingPoints = 301; // METHODOLOGY 2.2, |k| ≤ 3
    private const double WideReach = 10.0; // units of √w(0)
    private const double WingReach = 3.0;
    private const double RelativeStep = 1e-3; // of σ: differences of an SVI slice are good to 1e-6 of their scale
    private const double DifferenceTolerance = 1e-5; // of g, of order one; the step's truncation and rounding
    private const double CalendarTolerance = 1e-12; // relative: rounding of w
    private const double PriceRounding = 1e-13; // of the forward: rounding of a few prices and their slopes

    /// <summary>Every violation of one surface, in words; empty if there is none.</summary>
    public static IEnumerable<string> Violations(VolatilitySurface surface)
    {
        for (int i = 0; i < surface.Slices.Length; i++)
        {
            SurfaceSlice slice = surface.Slices[i];
            string name = $"{surface.Underlying} {surface.At} {slice.Expiry}";
            if (slice.Svi.B * (1.0 + Math.Abs(slice.Svi.Rho)) >= 2.0) yield return $"{name}: a wing of slope 2";
            foreach (double k in Points(slice.Svi))
            {
                if (LeastG(slice.Svi, k) < -DifferenceTolerance) yield return $"{name}: butterfly at k = {k}";
                if (i == 0) continue;
                double before = surface.Svi[i - 1].TotalVariance(k);
                if (slice.Svi.TotalVariance(k) < before * (1.0 - CalendarTolerance))
                {
                    yield return $"{name}: calendar at k = {k}";
                }
            }
        }

        foreach (string violation in PriceViolations(surface)) yield return violation;
    }

    private static IEnumerable<double> Points(SviParameters slice)
    {
        double reach = WideReach * Math.Sqrt(slice.TotalVariance(0.0));
        return Grid(reach, WidePoints).Concat(Grid(WingReach, WingPoints));
    }

    private static IEnumerable<double> Grid(double reach, int count) =>
        Enumerable.Range(0, count).Select(i => reach * (2.0 * i / (count - 1) - 1.0));

    // Gatheral and Jacquier (2014), eq. 2.1, with fourth-order differences of w (Fornberg, 1988, table 1).
    private static double LeastG(SviParameters slice, double k)
    {
        double h = RelativeStep * slice.Sigma;
        double w = slice.TotalVariance(k);
        double near = slice.TotalVariance(k + h) - slice.TotalVariance(k - h);
        double far = slice.TotalVariance(k + 2 * h) - slice.TotalVariance(k - 2 * h);
        double w1 = (8 * near - far) / (12 * h);
        double w2 = (16 * (slice.TotalVariance(k + h) + slice.TotalVariance(k - h))
            - (slice.TotalVariance(k + 2 * h) + slice.TotalVariance(k - 2 * h)) - 30 * w) / (12 * h * h);
        double straight = 1 - k * w1 / (2 * w);
        return straight * straight - w1 * w1 / 4 * (1 / w + 0.25) + w2 / 2;
    }

    // Calls of the surface as evaluated (running maximum, interpolated, extrapolated) per unit of forward, at equal k:
    // convex and falling in strike, rising in expiry.
    private static IEnumerable<string> PriceViolations(VolatilitySurface surface)
    {
        double[] years = [.. Expiries(surface)];
        double[] strikes = [.. Grid(WingReach, WidePoints).Select(k => Math.Exp(k))];
        double[] before = new double[strikes.Length];
        foreach (double expiry in years)
        {
            double[] calls = [.. strikes.Select(strike => Black76.Value(
                OptionRight.Call, 1.0, strike, SurfaceEvaluation.TotalVariance(surface, Math.Log(strike), expiry)))];
            string name = $"{surface.Underlying} {surface.At} T = {expiry:0.0000}";
            for (int i = 0; i < calls.Length; i++)
            {
                if (calls[i] < before[i] - PriceRounding) yield return $"{name}: cheaper later at {strikes[i]}";
                if (i > 0 && calls[i] > calls[i - 1] + PriceRounding) yield return $"{name}: a call rises in strike";
                if (i == 0 || i == calls.Length - 1) continue;
                double share = (strikes[i] - strikes[i - 1]) / (strikes[i + 1] - strikes[i - 1]);
                double chord = calls[i - 1] + share * (calls[i + 1] - calls[i - 1]);
                if (calls[i] > chord + PriceRounding) yield return $"{name}: not convex at {strikes[i]}";
            }

            before = calls;
        }
    }

    // Before the first expiry, at each, at the quarter points between, and twice beyond the last.
    private static IEnumerable<double> Expiries(VolatilitySurface surface)
    {
        double before = 0.0;
        foreach (double years in surface.SliceYears)
        {
            for (int quarter = 1; quarter <= 4; quarter++) yield return before + 0.25 * quarter * (years - before);
            before = years;
        }

        yield return 1.25 * before;
        yield return 2.0 * before;
    }
}
