using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>Removes the hour-of-week pattern of hourly variance before filtering (METHODOLOGY 3.2; off as shipped).
/// </summary>
internal static class HourOfWeek
{
    private const int Slots = 168;

    /// <summary>Squared returns per hour, each divided by the pattern known before it: [point], entry 0 is 0.</summary>
    /// <remarks>
    /// Causal: the factor of a slot is the weighted mean of its earlier squared returns over that of all slots, with
    /// the parameter's half-life in weeks, pulled to one by the parameter's share. Bridges span many slots and are
    /// left as they are.
    /// </remarks>
    public static double[] SquaredHourly(ImmutableArray<FilterPoint> points, VolatilityParameters parameters)
    {
        double[] squared = new double[points.Length];
        double[] slots = new double[Slots];
        double decay = Ewma.DecayOf(Math.Max(1d, parameters.HourOfWeekHalfLifeDays / 7d));
        for (int index = 1; index < points.Length; index++)
        {
            double raw = points[index].SquaredHourlySince(points[index - 1]);
            squared[index] = raw;
            if (parameters.HourOfWeekShareFraction > 0d && points[index].IsHourly && points[index - 1].IsHourly
                && points[index].UnixMilliseconds - points[index - 1].UnixMilliseconds == Timestamp.HourMilliseconds)
            {
                int slot = (int)(points[index].UnixMilliseconds / Timestamp.HourMilliseconds % Slots);
                squared[index] = raw / Factor(slots, slot, parameters.HourOfWeekShareFraction);
                slots[slot] = slots[slot] > 0d ? Ewma.Step(slots[slot], decay, raw) : raw;
            }
        }

        return squared;
    }

    private static double Factor(double[] slots, int slot, double share)
    {
        double sum = 0d;
        int known = 0;
        foreach (double value in slots)
        {
            sum += value;
            known += value > 0d ? 1 : 0;
        }

        // Before every slot has been seen there is no pattern to remove.
        double factor = known == Slots ? slots[slot] * Slots / sum : 1d;
        Check.That(factor > 0d, "the variance of a slot of the week is not positive");
        return 1d + (share * (factor - 1d));
    }
}
