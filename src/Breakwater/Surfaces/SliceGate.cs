using Breakwater.Parameters;

namespace Breakwater.Surfaces;

/// <summary>Measures a slice against its quotes and the gates of METHODOLOGY 2.2.</summary>
internal static class SliceGate
{
    private const double VolPointsPerUnit = 100.0;
    private const double OnePoint = 0.01;
    private const double GatedYearsMinimum = 2.0 / 365.0; // METHODOLOGY 2.2: the RMSE gate is for T > 2 d
    private const double Rounding = 1e-12; // A fit on the very bid or ask is inside.

    internal static SliceQuality Judge(SliceQuotes slice, in SviParameters svi, SurfaceParameters parameters)
    {
        double squares = 0.0;
        int insideCount = 0;
        int nearCount = 0;
        foreach (SmileQuote quote in slice.Quotes)
        {
            double model = Math.Sqrt(svi.TotalVariance(quote.K) / slice.ExpiryYears);
            double miss = Math.Abs(model - quote.MidVolatility);
            squares += miss * miss;
            if (miss <= quote.HalfSpread + Rounding) insideCount++;
            if (miss <= quote.HalfSpread + OnePoint + Rounding) nearCount++;
        }

        double count = slice.Quotes.Length;
        double rmse = VolPointsPerUnit * Math.Sqrt(squares / count);
        double halfSpread = VolPointsPerUnit * MedianHalfSpread(slice);
        bool isClose = slice.ExpiryYears <= GatedYearsMinimum
            || rmse <= Math.Max(parameters.GateRmseVolPoints, halfSpread);
        return new SliceQuality(
            rmse, insideCount / count, nearCount / count, slice.Quotes.Length, halfSpread,
            isClose && nearCount / count >= parameters.GateShareWithinOnePoint);
    }

    private static double MedianHalfSpread(SliceQuotes slice)
    {
        double[] halves = [.. slice.Quotes.Select(quote => quote.HalfSpread).Order()];
        int middle = halves.Length / 2;
        return halves.Length % 2 == 1 ? halves[middle] : 0.5 * (halves[middle - 1] + halves[middle]);
    }
}
