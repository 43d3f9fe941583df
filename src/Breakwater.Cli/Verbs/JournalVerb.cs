using System.Collections.Immutable;
using System.CommandLine;
using Breakwater.Adapters.Storage;
using Breakwater.Cli.Benchmarks;
using Breakwater.Cli.Reports;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;

namespace Breakwater.Cli.Verbs;

/// <summary><c>journal verify</c>, <c>stats</c>, <c>backup</c>, <c>history</c>, <c>replay</c> and <c>benchmark</c>.
/// </summary>
internal static class JournalVerb
{
    private const long EventsShipped = 10_000_000; // those of RELIABILITY P2
    private const long EventsMax = 1_000_000_000;
    private const long PayloadBytesShipped = 128;

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "journal", "Verifies, describes, copies, replays and times the log of events that a server keeps.",
            "journal verify samples/journal");
        verb.Subcommands.Add(Verify());
        verb.Subcommands.Add(Stats());
        verb.Subcommands.Add(Backup());
        verb.Subcommands.Add(JournalHistoryVerb.Create());
        verb.Subcommands.Add(JournalReplayVerb.Create());
        verb.Subcommands.Add(Benchmark());
        return verb;
    }

    private static VerbCommand Verify()
    {
        VerbCommand verb = new(
            "verify",
            "Reads a journal whole and checks every byte of it, also while a server writes it; damage ends with 1.",
            "journal verify samples/journal");
        Argument<string> folder = Folder();
        verb.Arguments.Add(folder);
        verb.Does((shell, parse) => Report(shell, parse.GetRequiredValue(folder), JournalTables.WriteVerdict));
        return verb;
    }

    private static VerbCommand Stats()
    {
        VerbCommand verb = new(
            "stats", "Counts what a journal holds: records by kind, times, snapshots, size.",
            "journal stats samples/journal");
        Argument<string> folder = Folder();
        verb.Arguments.Add(folder);
        verb.Does((shell, parse) => Report(shell, parse.GetRequiredValue(folder), JournalTables.WriteStats));
        return verb;
    }

    private static VerbCommand Backup()
    {
        VerbCommand verb = new(
            "backup",
            "Copies a journal, also while a server writes it: every record up to one, and the snapshots they cover.",
            "journal backup samples/journal copy-of-journal");
        Argument<string> folder = Folder();
        Argument<string> target = new("TO") { Description = "Folder of the copy: new, or empty." };
        verb.Arguments.Add(folder);
        verb.Arguments.Add(target);
        verb.Does((shell, parse) => Copy(shell, parse.GetRequiredValue(folder), parse.GetRequiredValue(target)));
        return verb;
    }

    private static VerbCommand Benchmark()
    {
        VerbCommand verb = new(
            "benchmark",
            "Times a journal: durable events a second with 1, 8 and 64 writers, replay, and restart.",
            "journal benchmark --events 2000");
        Option<string?> folder = new("--in")
        {
            Description = "Folder on the disk to be timed; a new one inside it is used and deleted. The system's "
                + "folder for temporary files without it.",
            HelpName = "DIR",
        };
        Option<long> events = NumberOption.Count(
            "--events", "Events of the log that is replayed and opened again", EventsShipped, EventsMax);
        Option<long> payload = NumberOption.Count(
            "--payload", "Payload of an event, bytes", PayloadBytesShipped, JournalEntry.PayloadBytesMax);
        verb.Options.Add(folder);
        verb.Options.Add(events);
        verb.Options.Add(payload);
        verb.Does((shell, parse) => Time(
            shell, parse.GetValue(folder) ?? Path.GetTempPath(), parse.GetValue(events), (int)parse.GetValue(payload)));
        return verb;
    }

    private static int Time(Shell shell, string folder, long events, int payloadBytes)
    {
        try
        {
            ImmutableArray<BenchmarkResult> results;
            using (Progress progress = new(shell))
            {
                results = JournalBenchmark.Run(folder, events, payloadBytes, progress);
            }

            BenchmarkReport.Write(shell, Machine.Here(), results);
            return ExitCode.Done;
        }
        catch (DiskException exception)
        {
            return Refusals.Print(shell, [Refused(folder, exception)]);
        }
    }

    private static int Copy(Shell shell, string folder, string target)
    {
        string at = folder;
        try
        {
            FolderDisk from = FolderDisk.At(folder);
            at = target;
            Result<JournalReport> copied = JournalBackup.Run(from, FolderDisk.AtOrNew(target));
            return copied.IsAccepted
                ? Print(shell, copied.Value, JournalTables.WriteVerdict)
                : Refusals.Print(shell, copied.Failures);
        }
        catch (DiskException exception)
        {
            return Refusals.Print(shell, [Refused(at, exception)]);
        }
    }

    private static Argument<string> Folder() => new("DIR") { Description = "Folder of the journal." };

    private static int Report(Shell shell, string folder, Action<TextWriter, JournalReport> write)
    {
        JournalReport? report;
        try
        {
            report = JournalInspection.Of(FolderDisk.At(folder));
        }
        catch (DiskException exception)
        {
            return Refusals.Print(shell, [Refused(folder, exception)]);
        }

        if (report is null)
        {
            return Refusals.Print(
                shell, [new Failure(FailureReason.Missing, "the folder holds no journal", folder)]);
        }

        return Print(shell, report, write);
    }

    private static int Print(Shell shell, JournalReport report, Action<TextWriter, JournalReport> write)
    {
        if (shell.IsJson) JsonOutput.Write(shell.Output, json => JournalJson.Write(json, report));
        else write(shell.Output, report);
        return report.Damage.IsEmpty && report.UnusableSnapshots.IsEmpty ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static Failure Refused(string folder, DiskException exception) => new(
        exception.Failure == DiskFailure.Missing ? FailureReason.Missing : FailureReason.Unreadable,
        exception.Message,
        folder);
}
