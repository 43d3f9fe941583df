using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Breakwater.Adapters.Files;
using Breakwater.Cli.Benchmarks;
using Breakwater.Cli.Benchmarks.SideBySide;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;

namespace Breakwater.Cli.Verbs;

/// <summary><c>benchmark</c>: times the workloads of PERFORMANCE 1 and prints their checksums.</summary>
internal static class BenchmarkVerb
{
    private const int RoundsMax = 1_000;
    private const int RoundsShipped = 11;
    private static readonly string Names = string.Join(',', BenchmarkCatalogue.All.Select(entry => entry.Name));

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "benchmark",
            "Times the workloads of PERFORMANCE with their checksums: "
            + string.Join("; ", BenchmarkCatalogue.All.Select(entry => $"{entry.Name}: {entry.Description}")) + ".",
            "benchmark --only W2a --rounds 1");
        Option<string?> workload = new("--workload")
        {
            Description = "Folder of the peers' workload; the same numbers are drawn from a fixed seed without it.",
            HelpName = "DIR",
        };
        Option<ImmutableArray<BenchmarkEntry>> only = new("--only")
        {
            Description = $"Workloads to run, of {Names}; all by default.",
            HelpName = "W1,…",
            CustomParser = ParseNames,
        };
        Option<int> rounds = NumberOption.Count(
            "--rounds", "Rounds of which the median counts; with 1 nothing is warmed up", RoundsShipped, RoundsMax);
        Option<int> threads = ThreadsOption.Create("Threads that share the work; rates are of one thread's CPU time, "
            + "or of wall-clock time with several");
        threads.DefaultValueFactory = _ => 1;
        Option<string?> compare = new("--compare")
        {
            Description = "Times nothing: joins recorded rounds of this verb and of its peers, as bench/side-by-side "
                + "leaves them in a folder, and prints the bars.",
            HelpName = "DIR",
        };
        verb.Options.Add(workload);
        verb.Options.Add(compare);
        verb.Options.Add(only);
        verb.Options.Add(rounds);
        verb.Options.Add(threads);
        verb.Does((shell, parse) => parse.GetValue(compare) is { } folder
            ? Compare(shell, folder)
            : Run(
                shell, parse.GetValue(workload), Chosen(parse.GetValue(only)), parse.GetValue(rounds),
                parse.GetValue(threads)));
        return verb;
    }

    private static int Compare(Shell shell, string folder)
    {
        Result<ImmutableArray<RecordedRound>> rounds = RecordedRound.Load(folder);
        if (!rounds.IsAccepted) return Refusals.Print(shell, rounds.Failures);
        return SideBySideReport.Write(shell, rounds.Value) ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static ImmutableArray<BenchmarkEntry> Chosen(ImmutableArray<BenchmarkEntry> asked) =>
        asked.IsDefault ? BenchmarkCatalogue.All : asked;

    private static int Run(
        Shell shell, string? folder, ImmutableArray<BenchmarkEntry> entries, int rounds, int threads)
    {
        Lazy<Workload> workload = new(WorkloadGenerator.Draw);
        if (folder is not null)
        {
            Result<Workload> read = WorkloadFiles.Load(folder);
            if (!read.IsAccepted) return Refusals.Print(shell, read.Failures);
            workload = new Lazy<Workload>(read.Value);
        }

        BenchmarkSetting setting = new(workload, threads, rounds);
        ImmutableArray<BenchmarkResult>.Builder results = ImmutableArray.CreateBuilder<BenchmarkResult>();
        using (Progress progress = new(shell))
        {
            foreach (BenchmarkEntry entry in entries)
            {
                progress.Step($"benchmark: {entry.Name}");
                results.AddRange(entry.Run(setting));
            }
        }

        BenchmarkReport.Write(shell, Machine.Here(), results.ToImmutable());
        return ExitCode.Done;
    }

    private static ImmutableArray<BenchmarkEntry> ParseNames(ArgumentResult argument)
    {
        ImmutableArray<BenchmarkEntry>.Builder entries = ImmutableArray.CreateBuilder<BenchmarkEntry>();
        foreach (string name in argument.Tokens[0].Value.Split(','))
        {
            BenchmarkEntry? entry = BenchmarkCatalogue.Find(name);
            if (entry is null) argument.AddError($"--only: '{name}' is none of {Names}");
            else entries.Add(entry);
        }

        return entries.ToImmutable();
    }
}
