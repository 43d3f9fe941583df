using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Explanation;

/// <summary>Points at which the value of a book is worked out: log return of spot, shock of volatility, hours ahead.
/// </summary>
/// <remarks>Between them values are linear in price, in volatility and in time: monotone, and exact for what is linear.
/// </remarks>
/// <param name="Levels">Shocks of volatility, rising; one entry where the book has no option.</param>
/// <param name="Hours">Hours ahead, rising from 0.</param>
internal sealed record FieldAxes(ImmutableArray<double> Levels, ImmutableArray<int> Hours)
{
    // Steps of one percent where most paths are; the error of a chord is Γ·S²·1e-4/8 there. Beyond, steps of five
    // percent as far as a week of the most volatile asset goes.
    private const double InnerStep = 0.01;
    private const int InnerCount = 30;
    private const double OuterStep = 0.05;
    private const int LowerCount = 44;
    private const int UpperCount = 34;
    private const double InnerEdge = InnerStep * InnerCount;

    private static readonly ImmutableArray<double> OptionLevels = [-0.7, -0.4, -0.2, 0.0, 0.2, 0.5, 1.0, 2.0, 4.0];
    private static readonly ImmutableArray<int> UsualHours =
        [0, 1, 2, 4, 8, 12, 16, 20, 24, 36, 48, 60, 72, 96, 120, 144, 168];

    /// <summary>Number of prices.</summary>
    internal const int SpotCount = LowerCount + (2 * InnerCount) + UpperCount + 1;

    /// <summary>[spot] price ÷ price now of every point.</summary>
    internal static ImmutableArray<double> Ratios { get; } =
        [.. Enumerable.Range(0, SpotCount).Select(index => DeterministicMath.Exp(LogReturn(index)))];

    /// <summary>Axes for instruments over some hours; hours at which something settles, and shortly before, are
    /// points.</summary>
    /// <param name="instruments">What is held.</param>
    /// <param name="at">Now.</param>
    /// <param name="hours">Hours of the longest path; ≥ 1.</param>
    internal static FieldAxes Of(IEnumerable<Instrument> instruments, Timestamp at, int hours)
    {
        Instrument[] held = [.. instruments];
        SortedSet<int> points = [0, hours];
        points.UnionWith(UsualHours.Where(hour => hour < hours));
        for (int hour = UsualHours[^1]; hour < hours; hour += UsualHours[^1]) points.Add(hour);
        foreach (Instrument instrument in held)
        {
            int settled = SettlesAt(instrument, at);
            points.UnionWith(new[] { settled - 4, settled - 1, settled }.Where(hour => hour > 0 && hour < hours));
        }

        bool hasOption = held.Any(instrument => instrument is VanillaOption);
        return new FieldAxes(hasOption ? OptionLevels : [0.0], [.. points]);
    }

    /// <summary>First whole hour at which an instrument has settled; far beyond every path for one that never does.
    /// </summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="at">Now.</param>
    internal static int SettlesAt(Instrument instrument, Timestamp at)
    {
        Timestamp? expiry = instrument switch
        {
            VanillaOption option => option.Expiry,
            DatedFuture future => future.Expiry,
            _ => null,
        };
        return expiry is { } then
            ? (int)((then.UnixMilliseconds - at.UnixMilliseconds + Timestamp.HourMilliseconds - 1)
                / Timestamp.HourMilliseconds)
            : int.MaxValue;
    }

    /// <summary>Log return of a point.</summary>
    /// <param name="index">Index of the price.</param>
    internal static double LogReturn(int index) => index < LowerCount
        ? -InnerEdge - ((LowerCount - index) * OuterStep)
        : index <= LowerCount + (2 * InnerCount)
            ? (index - LowerCount - InnerCount) * InnerStep
            : InnerEdge + ((index - LowerCount - (2 * InnerCount)) * OuterStep);

    /// <summary>Point at or below a log return, so that the next one exists; prices beyond the ends are taken on along
    /// the last chord.</summary>
    /// <param name="logReturn">Log return of spot.</param>
    internal static int IndexOf(double logReturn)
    {
        double place = logReturn < -InnerEdge ? LowerCount + ((logReturn + InnerEdge) / OuterStep)
            : logReturn < InnerEdge ? LowerCount + InnerCount + (logReturn / InnerStep)
            : LowerCount + (2 * InnerCount) + ((logReturn - InnerEdge) / OuterStep);
        return (int)Math.Clamp(Math.Floor(place), 0.0, SpotCount - 2.0);
    }
}
