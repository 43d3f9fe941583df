using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;

namespace Breakwater.Scenarios;

/// <summary>Recorded hours of one underlying in a window, by hour: no search, no invented price.</summary>
/// <remarks>An hour without a close has variance 0, which no recorded hour has.</remarks>
internal sealed class HourlyPanel
{
    private readonly double[] _logPrices;
    private readonly double[] _variances;
    private readonly double[] _logIndex;
    private readonly bool[] _hasIndex;

    private HourlyPanel(long firstHour, int count)
    {
        FirstHour = firstHour;
        _logPrices = new double[count];
        _variances = new double[count];
        _logIndex = new double[count];
        _hasIndex = new bool[count];
    }

    /// <summary>Unix hour of index 0.</summary>
    public long FirstHour { get; }

    /// <summary>Hours in the window.</summary>
    public int Count => _variances.Length;

    /// <summary>Lays a history and a volatility index on the hours of a window.</summary>
    public static HourlyPanel Of(
        FilteredHistory history, ImmutableArray<PricePoint> volatilityIndex, long firstHour, int count)
    {
        HourlyPanel panel = new(firstHour, count);
        for (int index = 0; index < history.Hours.Length; index++)
        {
            long hour = history.Hours[index] - firstHour;
            if (hour >= 0 && hour < count)
            {
                panel._logPrices[hour] = history.LogPrices[index];
                panel._variances[hour] = history.VarianceHourly[index];
            }
        }

        foreach (PricePoint point in volatilityIndex)
        {
            long hour = (point.At.UnixMilliseconds / Timestamp.HourMilliseconds) - firstHour;
            bool isOnTheHour = point.At.UnixMilliseconds % Timestamp.HourMilliseconds == 0;
            if (isOnTheHour && hour >= 0 && hour < count)
            {
                panel._logIndex[hour] = DeterministicMath.Log(point.Value);
                panel._hasIndex[hour] = true;
            }
        }

        return panel;
    }

    /// <summary>Whether the return over some hours from an hour is recorded.</summary>
    public bool HasReturn(int hour, int hours) =>
        hour >= 0 && hour + hours < Count && _variances[hour] > 0d && _variances[hour + hours] > 0d;

    /// <summary>Log return over some hours from an hour; it must be recorded.</summary>
    public double Return(int hour, int hours) => _logPrices[hour + hours] - _logPrices[hour];

    /// <summary>That return in units of what the filter expected at its start: z of METHODOLOGY 3.3.</summary>
    public double Standardised(int hour, int hours) =>
        Return(hour, hours) / Math.Sqrt(_variances[hour] * hours);

    /// <summary>Whether the change of the volatility index over some hours from an hour is recorded.</summary>
    public bool HasIndexChange(int hour, int hours) =>
        hour >= 0 && hour + hours < Count && _hasIndex[hour] && _hasIndex[hour + hours];

    /// <summary>Log change of the volatility index; it must be recorded.</summary>
    public double IndexChange(int hour, int hours) => _logIndex[hour + hours] - _logIndex[hour];

    /// <summary>First recorded hour; <see cref="Count"/> if there is none.</summary>
    public int FirstRecorded()
    {
        int hour = 0;
        while (hour < Count && _variances[hour] <= 0d)
        {
            hour++;
        }

        return hour;
    }
}
