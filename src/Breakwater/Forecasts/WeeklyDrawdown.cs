using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>MDD_7d of METHODOLOGY 5: quantile of the greatest fall from a peak within seven days.</summary>
internal static class WeeklyDrawdown
{
    private const int Hours = 7 * 24;

    /// <summary>Order statistic ⌈level·n⌉ of the drawdowns of the windows that end at the closes of the past, fraction;
    /// 0 without closes.</summary>
    /// <param name="history">Hourly closes.</param>
    /// <param name="at">The instant; later closes are not read.</param>
    /// <param name="parameters">Level and window.</param>
    internal static double Quantile(FilteredHistory history, Timestamp at, HaircutParameters parameters)
    {
        long last = at.UnixMilliseconds / Timestamp.HourMilliseconds;
        long first = last - (long)(parameters.WindowYears * Timestamp.YearMilliseconds / Timestamp.HourMilliseconds);
        double[] logs = [.. LogDrawdowns(history, first, last)];
        if (logs.Length == 0)
        {
            return 0d;
        }

        Array.Sort(logs);
        int index = (int)Math.Ceiling(parameters.DrawdownLevel * logs.Length) - 1;
        return 1d - DeterministicMath.Exp(-logs[Math.Clamp(index, 0, logs.Length - 1)]);
    }

    // A queue of two stacks: each close enters and leaves once, whatever the window holds.
    private static List<double> LogDrawdowns(FilteredHistory history, long first, long last)
    {
        List<double> drawdowns = [];
        Span[] front = new Span[history.Hours.Length];
        int frontFrom = 0;
        int frontTo = 0;
        Span back = Span.Empty;
        int oldest = 0;
        for (int close = 0; close < history.Hours.Length && history.Hours[close] <= last; close++)
        {
            back = back.Then(Span.Of(history.LogPrices[close]));
            while (history.Hours[oldest] <= history.Hours[close] - Hours)
            {
                if (frontFrom == frontTo)
                {
                    (frontFrom, frontTo) = (oldest, close + 1);
                    Span suffix = Span.Empty;
                    for (int index = close; index >= oldest; index--)
                    {
                        suffix = Span.Of(history.LogPrices[index]).Then(suffix);
                        front[index] = suffix;
                    }

                    back = Span.Empty;
                }

                oldest++;
                frontFrom++;
            }

            if (history.Hours[close] >= first)
            {
                drawdowns.Add((frontFrom < frontTo ? front[frontFrom].Then(back) : back).Drawdown);
            }
        }

        return drawdowns;
    }

    // Highest, lowest and greatest fall of a stretch of log prices; stretches join associatively.
    private readonly record struct Span(double High, double Low, double Drawdown)
    {
        internal static Span Empty { get; } = new(double.NegativeInfinity, double.PositiveInfinity, 0d);

        internal static Span Of(double log) => new(log, log, 0d);

        internal Span Then(Span later) => new(
            Math.Max(High, later.High),
            Math.Min(Low, later.Low),
            Math.Max(Math.Max(Drawdown, later.Drawdown), High - later.Low));
    }
}
