using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Benchmarks.SideBySide;

/// <summary>The bars of PERFORMANCE 1 over recorded rounds: a table, or a document.</summary>
internal static class SideBySideReport
{
    private const double MilliPerOne = 1e3;

    /// <summary>Writes times, bars and checksums.</summary>
    /// <param name="shell">Where and how.</param>
    /// <param name="rounds">The rounds; at least one.</param>
    /// <returns>Whether every checksum agrees.</returns>
    public static bool Write(Shell shell, ImmutableArray<RecordedRound> rounds)
    {
        ImmutableArray<ChecksumAgreement> sums = ChecksumAgreement.Of(rounds);
        ImmutableArray<(Bar Bar, Spread Spread)> bars =
        [
            .. Bar.All.Select(bar => (bar, Spread.Of(rounds.Select(bar.Measure))))
                .Where(own => own.Item2 is not null).Select(own => (own.bar, own.Item2!)),
        ];
        if (shell.IsJson) WriteJson(shell.Output, rounds.Length, bars, sums);
        else WriteTables(shell.Output, rounds, bars, sums);
        return sums.All(sum => sum.IsAgreed);
    }

    private static void WriteTables(
        TextWriter output,
        ImmutableArray<RecordedRound> rounds,
        ImmutableArray<(Bar Bar, Spread Spread)> bars,
        ImmutableArray<ChecksumAgreement> sums)
    {
        output.WriteLine($"medians over rounds, of which there are {rounds.Length}; ratios are taken inside a round");
        TextTable times = new("workload", "program", ">threads", ">CPU, ms", ">wall, ms");
        foreach (PeerTime peer in rounds[0].Peers.SelectMany(own => own.Times).OrderBy(own => own.Workload))
        {
            Spread? spread = Spread.Of(rounds.Select(round => round.SecondsOf(peer.Workload, peer.Way)));
            times.Row(peer.Workload, peer.Way, "1", Milliseconds(spread), string.Empty);
        }

        foreach (BenchmarkResult own in rounds[0].Own.Results)
        {
            IEnumerable<BenchmarkResult?> all =
                [.. rounds.Select(round => round.Own.Find(own.Workload, own.Variant))];
            times.Row(
                own.Workload,
                $"Breakwater: {own.Variant}",
                own.Threads.ToString(CultureInfo.InvariantCulture),
                Milliseconds(Spread.Of(all.Select(result => result?.Time.CpuSeconds))),
                Milliseconds(Spread.Of(all.Select(result => result?.Time.WallSeconds))));
        }

        times.Write(output);
        TextTable table = new("workload", "against", ">figure", ">least", ">greatest", "unit", ">bar", "verdict");
        foreach ((Bar bar, Spread spread) in bars)
        {
            table.Row(
                bar.Workload, bar.Against, Number(spread.Median), Number(spread.Least), Number(spread.Greatest),
                bar.Unit, LimitOf(bar), Verdict(bar.IsMetBy(spread.Median)));
        }

        table.Write(output);
        TextTable checks = new("workload", "checksum", ">Breakwater", ">others", ">may lie off", "verdict");
        foreach (ChecksumAgreement sum in sums)
        {
            checks.Row(
                sum.Workload, sum.Name, sum.Own, string.Join(' ', sum.Others),
                sum.Allowance > 0.0 ? Number(sum.Allowance) : string.Empty,
                sum.IsAgreed ? sum.Others.IsEmpty ? "alone" : "agree" : "DISAGREE");
        }

        checks.Write(output);
    }

    private static void WriteJson(
        TextWriter output,
        int rounds,
        ImmutableArray<(Bar Bar, Spread Spread)> bars,
        ImmutableArray<ChecksumAgreement> sums) => JsonOutput.Write(output, json => json.Object(() =>
        {
            json.WriteNumber("rounds", rounds);
            json.Objects("bars", bars, own =>
            {
                json.WriteString("workload", own.Bar.Workload);
                json.WriteString("against", own.Bar.Against);
                json.WriteNumber("median", own.Spread.Median);
                json.WriteNumber("least", own.Spread.Least);
                json.WriteNumber("greatest", own.Spread.Greatest);
                json.WriteString("unit", own.Bar.Unit);
                json.WriteString("bar", LimitOf(own.Bar));
                if (own.Bar.IsMetBy(own.Spread.Median) is { } isMet) json.WriteBoolean("isMet", isMet);
            });
            json.Objects("checksums", sums, sum =>
            {
                json.WriteString("workload", sum.Workload);
                json.WriteString("name", sum.Name);
                json.WriteString("own", sum.Own);
                json.WriteString("others", string.Join(' ', sum.Others));
                json.WriteNumber("allowance", sum.Allowance);
                json.WriteBoolean("isAgreed", sum.IsAgreed);
            });
        }));

    private static string LimitOf(Bar bar) =>
        double.IsNaN(bar.Limit) ? string.Empty : (bar.IsAtLeast ? ">= " : "<= ") + Number(bar.Limit);

    private static string Verdict(bool? isMet) => isMet switch { true => "met", false => "MISSED", _ => "-" };

    private static string Milliseconds(Spread? seconds) =>
        seconds is null ? string.Empty : Number(MilliPerOne * seconds.Median);

    private static string Number(double value) => value.ToString(
        Math.Abs(value) >= 100.0 ? "#,0" : Math.Abs(value) >= 10.0 ? "0.0" : "0.###", CultureInfo.InvariantCulture);
}
