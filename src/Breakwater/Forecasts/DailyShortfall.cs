using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>e of METHODOLOGY 5: expected shortfall of an asset over 24 h by filtered historical simulation.</summary>
internal static class DailyShortfall
{
    private const int Hours = 24;

    /// <summary>Standardised returns below which the empirical tail is too short: 30 days of hours.</summary>
    private const int CountMinimum = 720;

    /// <summary>ES 97.5 % of a Student t with 3 degrees of freedom and unit variance:
    /// f(q)/0.025·(3 + q²)/2/√3 with q = 3.1824 (McNeil, Frey, Embrechts 2005, example 2.19).</summary>
    private const double ShortHistoryDeviations = 2.91;

    /// <summary>Mean loss at and beyond the level, fraction of the value; in [0, 1].</summary>
    /// <remarks>Standardised returns z_s = R_{s→s+24 h} ÷ (σ̂_s·√24) of the window, recentred to zero mean, times the
    /// volatility now (METHODOLOGY 3.3). Only returns that ended by <paramref name="at"/> enter.</remarks>
    /// <param name="history">Closes with filtered variances.</param>
    /// <param name="deviationHourly">σ̂ now with its floor, log per √hour; &gt; 0.</param>
    /// <param name="at">The instant.</param>
    /// <param name="parameters">Window and level.</param>
    internal static double Fraction(
        FilteredHistory history, double deviationHourly, Timestamp at, RiskParameters parameters)
    {
        Require.Positive(deviationHourly);
        double[] standardised = Standardised(history, at, parameters.Haircuts.WindowYears);
        double scale = deviationHourly * Math.Sqrt(Hours);
        if (standardised.Length < CountMinimum)
        {
            return 1d - DeterministicMath.Exp(-ShortHistoryDeviations * scale);
        }

        Array.Sort(standardised);
        double tail = (1d - parameters.Margin.ExpectedShortfallLevelThousandths / 1000d) * standardised.Length;
        int whole = (int)Math.Floor(tail);
        double sum = 0d;
        for (int index = 0; index <= whole && index < standardised.Length; index++)
        {
            double weight = index < whole ? 1d : tail - whole;
            sum += weight * (1d - DeterministicMath.Exp(standardised[index] * scale));
        }

        return Math.Clamp(sum / tail, 0d, 1d);
    }

    private static double[] Standardised(FilteredHistory history, Timestamp at, double windowYears)
    {
        long last = at.UnixMilliseconds / Timestamp.HourMilliseconds;
        long first = last - (long)(windowYears * Timestamp.YearMilliseconds / Timestamp.HourMilliseconds);
        double[] values = new double[history.Hours.Length];
        int count = 0;
        double sum = 0d;
        int end = 0;
        for (int start = 0; start < history.Hours.Length; start++)
        {
            while (end < history.Hours.Length && history.Hours[end] < history.Hours[start] + Hours)
            {
                end++;
            }

            if (end == history.Hours.Length || history.Hours[end] > last)
            {
                break;
            }

            if (history.Hours[start] >= first && history.Hours[end] == history.Hours[start] + Hours)
            {
                values[count] = (history.LogPrices[end] - history.LogPrices[start])
                    / Math.Sqrt(history.VarianceHourly[start] * Hours);
                sum += values[count++];
            }
        }

        double[] recentred = values[..count];
        for (int index = 0; index < count; index++)
        {
            recentred[index] -= sum / count;
        }

        return recentred;
    }
}
