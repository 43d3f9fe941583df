using System.Collections.Immutable;
using System.Globalization;

namespace Breakwater.Cli.Benchmarks.SideBySide;

/// <summary>One checksum of the product beside those of the peers.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Name">The checksum.</param>
/// <param name="Own">What the product printed; every round must print the same.</param>
/// <param name="Others">What peers and the product without its widest vectors printed, each text once.</param>
/// <param name="Allowance">How far a quantised one may lie off: one micro-dollar per lot and entry; 0 else.</param>
/// <param name="IsAgreed">Whether they agree.</param>
internal sealed record ChecksumAgreement(
    string Workload, string Name, string Own, ImmutableArray<string> Others, double Allowance, bool IsAgreed)
{
    /// <summary>Suffix of the figure that states how far a quantised checksum may lie off.</summary>
    public const string AllowanceSuffix = "Allowance";

    /// <summary>Every checksum of the rounds.</summary>
    /// <param name="rounds">The rounds; at least one.</param>
    public static ImmutableArray<ChecksumAgreement> Of(ImmutableArray<RecordedRound> rounds) =>
    [
        .. rounds[0].Own.Results
            .SelectMany(result => result.Checksums.Select(sum => (Result: result, sum.Name)))
            .DistinctBy(own => (own.Result.Workload, own.Name))
            .Select(own => Of(rounds, own.Result, own.Name)),
    ];

    private static ChecksumAgreement Of(ImmutableArray<RecordedRound> rounds, BenchmarkResult first, string name)
    {
        ImmutableArray<string> own = Distinct(
            rounds.SelectMany(round => new[] { round.Own, round.Narrow }.OfType<OwnOutput>())
                .SelectMany(output => output.Results)
                .Where(result => result.Workload == first.Workload)
                .SelectMany(result => result.Checksums), name);
        ImmutableArray<string> peers = Distinct(
            rounds.SelectMany(round => round.Peers).SelectMany(peer => peer.Checksums), name);
        double allowance = first.Figures.FirstOrDefault(figure => figure.Name == name + AllowanceSuffix).Value;
        bool isAgreed = own.Length == 1 && peers.All(peer => IsNear(own[0], peer, allowance));
        return new ChecksumAgreement(first.Workload, name, own[0], [.. own.Skip(1), .. peers], allowance, isAgreed);
    }

    private static ImmutableArray<string> Distinct(IEnumerable<(string Name, string Value)> sums, string name) =>
        [.. sums.Where(sum => sum.Name == name).Select(sum => sum.Value).Distinct()];

    // Equal in every digit that both print; or, where entries are rounded, no further off than rounding can move it.
    private static bool IsNear(string own, string peer, double allowance)
    {
        decimal left = decimal.Parse(own, NumberStyles.Float, CultureInfo.InvariantCulture);
        decimal right = decimal.Parse(peer, NumberStyles.Float, CultureInfo.InvariantCulture);
        int digits = Math.Min(left.Scale, right.Scale);
        return Math.Round(left, digits) == Math.Round(right, digits)
            || (double)Math.Abs(left - right) <= allowance;
    }
}
