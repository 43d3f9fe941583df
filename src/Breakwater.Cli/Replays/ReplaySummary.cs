using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;

namespace Breakwater.Cli.Replays;

/// <summary>How procyclical one path of margins is (METHODOLOGY 9.2), as a share of the notional.</summary>
/// <param name="Name">Under which rules.</param>
/// <param name="Mean">Average of margin ÷ notional.</param>
/// <param name="Least">Smallest.</param>
/// <param name="Greatest">Greatest.</param>
/// <param name="RiseDay">Largest ratio of margin ÷ notional to that of 24 h before.</param>
/// <param name="RiseDayAt">When.</param>
/// <param name="RiseFiveDays">The same over five days.</param>
/// <param name="RiseHourUsd">Largest ratio of the margin itself to that of the instant before.</param>
/// <param name="RiseDayUsd">Largest ratio of the margin itself to that of 24 h before.</param>
/// <param name="DeviationLog">Standard deviation of the logarithm of margin ÷ notional.</param>
internal sealed record PathSummary(
    string Name, double Mean, double Least, double Greatest, double RiseDay, Timestamp RiseDayAt, double RiseFiveDays,
    double RiseHourUsd, double RiseDayUsd, double DeviationLog)
{
    /// <summary>Greatest ÷ smallest.</summary>
    public double PeakToTrough => Greatest / Least;

    /// <summary>Summary of a path.</summary>
    /// <param name="name">Under which rules.</param>
    /// <param name="marks">Instants.</param>
    /// <param name="amount">Margin of an instant, USD; &gt; 0.</param>
    public static PathSummary Of(string name, ImmutableArray<ReplayMark> marks, Func<ReplayMark, double> amount)
    {
        double[] usd = [.. marks.Select(amount)];
        double[] rates = [.. marks.Select((mark, index) => usd[index] / mark.Step.NotionalUsd)];
        (double riseDay, int dayIndex) = LargestRise(marks, rates, Timestamp.DayMilliseconds);
        double[] logs = [.. rates.Select(rate => Math.Log(rate))];
        double mean = logs.Average();
        return new PathSummary(
            name, rates.Average(), rates.Min(), rates.Max(), riseDay, marks[dayIndex].Step.At,
            LargestRise(marks, rates, 5 * Timestamp.DayMilliseconds).Ratio,
            Enumerable.Range(1, usd.Length - 1).Select(index => usd[index] / usd[index - 1]).Append(1d).Max(),
            LargestRise(marks, usd, Timestamp.DayMilliseconds).Ratio,
            Math.Sqrt(logs.Average(own => (own - mean) * (own - mean))));
    }

    // Ratio to the newest instant at least so long before.
    private static (double Ratio, int Index) LargestRise(
        ImmutableArray<ReplayMark> marks, double[] values, long milliseconds)
    {
        (double Ratio, int Index) largest = (1d, 0);
        int earlier = 0;
        for (int index = 0; index < values.Length; index++)
        {
            while (marks[index].Step.At.MillisecondsSince(marks[earlier + 1 < index ? earlier + 1 : index].Step.At)
                >= milliseconds)
            {
                earlier++;
            }

            bool isFar = marks[index].Step.At.MillisecondsSince(marks[earlier].Step.At) >= milliseconds;
            if (isFar && values[index] / values[earlier] > largest.Ratio)
            {
                largest = (values[index] / values[earlier], index);
            }
        }

        return largest;
    }
}

/// <summary>A replay in a few numbers.</summary>
/// <param name="Paths">Maintenance margin under each set of rules: none, floor and buffer, and the speed limit too.
/// </param>
/// <param name="OverrideCount">Instants at which the speed limit was lifted.</param>
/// <param name="HeldBackCount">Instants at which less was in effect than was computed.</param>
/// <param name="HeldBackMean">Average of the share of the computed margin that was not yet in effect, over all
/// instants.</param>
/// <param name="HeldBackMost">Greatest such share.</param>
internal sealed record ReplaySummary(
    ImmutableArray<PathSummary> Paths, int OverrideCount, int HeldBackCount, double HeldBackMean, double HeldBackMost)
{
    /// <summary>Average extra margin of each path against the first, a fraction.</summary>
    public double CostOf(PathSummary path) => (path.Mean / Paths[0].Mean) - 1d;

    /// <summary>Summary of a run whose portfolio always has a margin; else <c>null</c>.</summary>
    public static ReplaySummary? Of(ReplayRun run)
    {
        ImmutableArray<ReplayMark> marks = run.Marks;
        if (marks.Any(mark => mark.Step.NotionalUsd <= 0d || Usd(mark.Step.Plain) <= 0d || Usd(mark.InEffect) <= 0d))
        {
            return null;
        }

        double[] held = [.. marks.Select(mark => 1d - Math.Min(1d, Usd(mark.InEffect) / Usd(mark.Step.Computed)))];
        return new ReplaySummary(
            [
                PathSummary.Of("no rules", marks, mark => Usd(mark.Step.Plain)),
                PathSummary.Of("floor and buffer", marks, mark => Usd(mark.Step.Computed)),
                PathSummary.Of("and speed limit", marks, mark => Usd(mark.InEffect)),
            ],
            marks.Count(mark => mark.Mode == SpeedMode.Override),
            held.Count(share => share > 0d), held.Average(), held.Max());
    }

    private static double Usd(Requirement requirement) => Usd(requirement.Maintenance);

    private static double Usd(Money money) => (double)money.MicroDollars / Money.MicroDollarsPerDollar;
}
