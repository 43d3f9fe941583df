using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Scenarios;

/// <summary>The past hours of block A: the same for both horizons, so that ids name dates (METHODOLOGY 3.3).</summary>
/// <param name="Panels">[underlying] recorded hours of the window.</param>
/// <param name="IsProxied">[underlying] whether the history is too short and a proxy stands in everywhere.</param>
/// <param name="Hours">[scenario] index of the hour a scenario starts at, rising.</param>
/// <param name="Shares">[scenario] share of the window it stands for; they sum to one.</param>
/// <param name="CandidateCount">Hours of the window that could be drawn.</param>
internal sealed record HistoricalSample(
    ImmutableArray<HourlyPanel> Panels,
    ImmutableArray<bool> IsProxied,
    ImmutableArray<int> Hours,
    ImmutableArray<double> Shares,
    int CandidateCount)
{
    private const int YearHours = 8760;

    // An underlying that misses more of the leader's hours than this is filled by its proxy where it is silent; below,
    // the hours are left out, which keeps every cross-section a recorded one.
    private const double MissingShareMaximum = 0.1;

    // The extremes take at most this share of the points, so that the body keeps some: with many underlyings the
    // fraction of the parameters is halved until they do; of so few hours that one is too many, none is extreme.
    private const double ExtremeShareMaximum = 0.75;

    /// <summary>Draws the hours.</summary>
    /// <param name="inputs">Histories and parameters.</param>
    /// <param name="horizons">Both horizons: an hour counts if it can be followed over each.</param>
    /// <param name="count">Number of scenarios.</param>
    /// <returns>Where no history has any hour: hours of which nothing is recorded, so that every factor is drawn.
    /// </returns>
    public static HistoricalSample Draw(
        ScenarioInputs inputs, ImmutableArray<HorizonInputs> horizons, int count)
    {
        ScenarioParameters parameters = inputs.Parameters.Scenarios;
        int window = (int)(parameters.HistoricalWindowYears * YearHours);
        long end = inputs.At.UnixMilliseconds / Timestamp.HourMilliseconds;
        ImmutableArray<HourlyPanel> panels = [.. inputs.Underlyings.Select(input =>
            HourlyPanel.Of(input.History, input.VolatilityIndex, end - window, window + 1))];
        ImmutableArray<bool> proxied = [.. inputs.Underlyings.Select((input, index) =>
            index != inputs.Leader && input.HistoryYears < parameters.HistoricalMinimumYears)];
        int[] candidates = Candidates(inputs, horizons, panels, proxied);
        if (candidates.Length == 0)
        {
            return Unrecorded(panels, count);
        }

        bool[] extreme = Extremes(horizons, panels, proxied, candidates, parameters.HistoricalExtremeFraction, count);
        (ImmutableArray<int> hours, ImmutableArray<double> shares) = Stratify(candidates, extreme, count);
        return new HistoricalSample(panels, proxied, hours, shares, candidates.Length);
    }

    private static HistoricalSample Unrecorded(ImmutableArray<HourlyPanel> panels, int count) => new(
        panels,
        [.. panels.Select(_ => true)],
        [.. Enumerable.Range(0, count)],
        [.. Enumerable.Repeat(1d / count, count)],
        0);

    private static int[] Candidates(
        ScenarioInputs inputs, ImmutableArray<HorizonInputs> horizons, ImmutableArray<HourlyPanel> panels,
        ImmutableArray<bool> proxied)
    {
        int[] hours = [.. Enumerable.Range(0, panels[inputs.Leader].Count)];
        int[] leader = Recorded(horizons, panels, inputs.Leader, hours, 0);
        int[] candidates = leader;
        for (int underlying = 0; underlying < panels.Length; underlying++)
        {
            if (underlying != inputs.Leader && !proxied[underlying])
            {
                int[] kept = Recorded(horizons, panels, underlying, candidates, panels[underlying].FirstRecorded());
                candidates = kept.Length >= (1d - MissingShareMaximum) * leader.Length ? kept : candidates;
            }
        }

        return candidates;
    }

    // Hours an underlying can be followed from over both horizons; hours before its first are left to its proxy.
    private static int[] Recorded(
        ImmutableArray<HorizonInputs> horizons, ImmutableArray<HourlyPanel> panels, int underlying, int[] hours,
        int first) =>
        Array.FindAll(hours, hour => hour < first
            || horizons.All(horizon => panels[underlying].HasReturn(hour, horizon.Hours[underlying])));

    private static bool[] Extremes(
        ImmutableArray<HorizonInputs> horizons, ImmutableArray<HourlyPanel> panels, ImmutableArray<bool> proxied,
        int[] candidates, double fraction, int count)
    {
        bool[] extreme = new bool[candidates.Length];
        for (double share = fraction; ; share /= 2d)
        {
            Array.Clear(extreme);
            for (int underlying = 0; underlying < panels.Length; underlying++)
            {
                if (!proxied[underlying])
                {
                    int[] hours = [.. horizons.Select(horizon => horizon.Hours[underlying])];
                    Mark(panels[underlying], hours, candidates, share, extreme);
                }
            }

            if (extreme.Count(mark => mark) <= ExtremeShareMaximum * Math.Min(count, candidates.Length))
            {
                return extreme;
            }

            if (share * candidates.Length <= 1d)
            {
                return new bool[candidates.Length];
            }
        }
    }

    // An hour is as extreme as the greater of its standardised returns over the two horizons.
    private static void Mark(HourlyPanel panel, int[] hours, int[] candidates, double share, bool[] extreme)
    {
        double[] sizes = new double[candidates.Length];
        for (int index = 0; index < candidates.Length; index++)
        {
            int hour = candidates[index];
            sizes[index] = hours.Max(
                length => panel.HasReturn(hour, length) ? Math.Abs(panel.Standardised(hour, length)) : 0d);
        }

        double[] sorted = [.. sizes];
        Array.Sort(sorted);
        int kept = (int)Math.Ceiling(share * candidates.Length);
        double threshold = sorted[Math.Max(0, candidates.Length - kept)];
        for (int index = 0; index < candidates.Length; index++)
        {
            extreme[index] |= sizes[index] >= threshold && sizes[index] > 0d;
        }
    }

    // Every extreme hour stands for itself; the others are cut into equal strata in time and stand for their stratum.
    private static (ImmutableArray<int> Hours, ImmutableArray<double> Shares) Stratify(
        int[] candidates, bool[] extreme, int count)
    {
        int[] rest = [.. candidates.Where((_, index) => !extreme[index])];
        int extremes = candidates.Length - rest.Length;
        int strata = count - extremes;
        Check.That(strata > 0 && rest.Length > 0, $"{extremes} extreme hours leave no room among {count}");
        List<(int Hour, double Share)> drawn = [];
        for (int index = 0; index < candidates.Length; index++)
        {
            if (extreme[index])
            {
                drawn.Add((candidates[index], 1d / candidates.Length));
            }
        }

        double share = (double)rest.Length / candidates.Length / strata;
        for (int stratum = 0; stratum < strata; stratum++)
        {
            drawn.Add((rest[(int)((2L * stratum + 1L) * rest.Length / (2L * strata))], share));
        }

        drawn.Sort((left, right) => left.Hour.CompareTo(right.Hour));
        return ([.. drawn.Select(entry => entry.Hour)], [.. drawn.Select(entry => entry.Share)]);
    }
}
