using System.Collections.Immutable;

namespace Breakwater.Cli.Loads;

/// <summary>What became of all requests of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="DueCount">Requests that were due.</param>
/// <param name="Statuses">How many have which status, in order of status.</param>
/// <param name="LatenciesMs">Latencies of those that were sent, in rising order, milliseconds.</param>
internal sealed record LoadTally(
    LoadKind Kind, int DueCount, ImmutableArray<(int Status, int Count)> Statuses, ImmutableArray<double> LatenciesMs)
{
    private const int SuccessMin = 200;
    private const int SuccessMax = 299;
    private const int Conflict = 409;

    /// <summary>Shares of requests whose latency is told: p50, p90, p99, p99.9.</summary>
    internal static ImmutableArray<(string Name, double Share)> Quantiles { get; } =
        [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999)];

    /// <summary>What-if questions for more of a market that is restricted to less: the rule is their answer.</summary>
    internal int RefusedCount => Kind == LoadKind.WhatIf
        ? Statuses.Where(static own => own.Status == Conflict).Sum(static own => own.Count)
        : 0;

    /// <summary>Requests that got another answer than success or that refusal, or none.</summary>
    internal int FailedCount => Statuses.Where(static own => own.Status is < SuccessMin or > SuccessMax)
        .Sum(static own => own.Count) - RefusedCount;

    /// <summary>The tally of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="samples">Requests of every kind.</param>
    internal static LoadTally Of(LoadKind kind, IEnumerable<LoadSample> samples)
    {
        LoadSample[] own = [.. samples.Where(sample => sample.Kind == kind)];
        return new LoadTally(
            kind, own.Length,
            [
                .. own.GroupBy(static sample => sample.Status).OrderBy(static group => group.Key)
                    .Select(static group => (group.Key, group.Count())),
            ],
            [
                .. own.Where(static sample => sample.Status != LoadSample.NotSent)
                    .Select(static sample => sample.LatencyMs).Order(),
            ]);
    }

    /// <summary>The smallest latency that a share of the requests does not exceed, milliseconds; <c>null</c> if none
    /// was sent.</summary>
    /// <param name="share">In (0, 1]; 1 is the longest.</param>
    internal double? QuantileMs(double share) => LatenciesMs.IsEmpty
        ? null
        : LatenciesMs[Math.Clamp((int)Math.Ceiling(share * LatenciesMs.Length) - 1, 0, LatenciesMs.Length - 1)];
}
