using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>How the volatility of now stands against its own past (METHODOLOGY 4.7).</summary>
internal static class Regime
{
    private const double YearHours = (double)Timestamp.YearMilliseconds / Timestamp.HourMilliseconds;

    // Fewer hours do not know what is calm; a year is what METHODOLOGY 3.3 asks of a history before it is used alone.
    private const double YearsMinimum = 1d;

    /// <summary>1 up to the calm quantile of σ̂ over its window, 0 from the stressed one, linear between.</summary>
    /// <param name="market">The underlying and the instant.</param>
    /// <param name="history">Its filtered hours.</param>
    /// <param name="varianceHourly">σ̂² now, per hour; ≥ 0.</param>
    /// <param name="parameters">Window and quantiles.</param>
    /// <returns>In [0, 1]; 1 where nothing is recorded, so that doubt holds the buffer; a finding where less
    /// than a year is known.</returns>
    public static (double Calmness, Finding? Finding) Calmness(
        UnderlyingMarket market, FilteredHistory history, double varianceHourly, AddOnParameters parameters)
    {
        long newest = market.At.UnixMilliseconds / Timestamp.HourMilliseconds;
        int first = FirstFrom(history.Hours, newest - (long)(parameters.BufferWindowYears * YearHours));
        double[] past = history.VarianceHourly.AsSpan()[first..].ToArray();
        double years = past.Length / YearHours;
        Finding? finding = years >= YearsMinimum ? null : new Finding(
            FindingKind.ImpreciseEstimate, market.Asset.Name, FormattableString.Invariant(
                $"{years:0.00} years of hours say what is calm, {parameters.BufferWindowYears:0} wanted: ")
                + (past.Length == 0 ? "the whole buffer is held" : "they are used alone"))
        {
            Charge = past.Length == 0 ? ChargingRule.WholeBuffer : ChargingRule.None,
        };
        if (past.Length == 0)
        {
            return (1d, finding);
        }

        Array.Sort(past);
        double calm = Math.Sqrt(Quantile(past, parameters.BufferCalmQuantile));
        double stressed = Math.Sqrt(Quantile(past, parameters.BufferStressQuantile));
        double now = Math.Sqrt(varianceHourly);
        double calmness = stressed > calm
            ? Math.Clamp((stressed - now) / (stressed - calm), 0d, 1d)
            : now <= calm ? 1d : 0d;
        return (calmness, finding);
    }

    /// <summary>Size of the newest move of at most an hour in the deviations expected before it.</summary>
    /// <param name="history">Filtered hours.</param>
    /// <param name="index">The price now.</param>
    /// <returns>≥ 0; the greater of the last whole hour's and of what the index moved since the last close.</returns>
    public static double ShockDeviations(FilteredHistory history, PricePoint index)
    {
        int last = history.Hours.Length - 1;
        if (last < 0 || index.At.UnixMilliseconds - (history.Hours[last] * Timestamp.HourMilliseconds)
            > Timestamp.HourMilliseconds)
        {
            return 0d;
        }

        double move = Math.Abs(DeterministicMath.Log(index.Value) - history.LogPrices[last])
            / Math.Sqrt(history.VarianceHourly[last]);
        return last > 0 && history.Hours[last - 1] == history.Hours[last] - 1
            ? Math.Max(
                move,
                Math.Abs(history.LogPrices[last] - history.LogPrices[last - 1])
                    / Math.Sqrt(history.VarianceHourly[last - 1]))
            : move;
    }

    private static int FirstFrom(ImmutableArray<long> hours, long from)
    {
        int place = hours.BinarySearch(from);
        return place >= 0 ? place : ~place;
    }

    // Type 7 of Hyndman and Fan (1996), The American Statistician 50, 361–365: linear between order statistics.
    private static double Quantile(double[] sorted, double share)
    {
        double place = (sorted.Length - 1) * share;
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
