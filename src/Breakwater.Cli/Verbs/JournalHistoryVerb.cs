using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Breakwater.Adapters.Storage;
using Breakwater.Adapters.Storage.Projections;
using Breakwater.Cli.Terminal;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Server;
using Breakwater.Server.History;
using Breakwater.Server.Loop;
using Microsoft.Data.Sqlite;

namespace Breakwater.Cli.Verbs;

/// <summary><c>journal history</c>: makes the history of margins again, from the first record.</summary>
internal static class JournalHistoryVerb
{
    private const int KeptDaysShipped = 30;
    private const int KeptDaysMax = 36_500;

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "history",
            "Makes the history of margins again that a server keeps beside its journal, from the first record on; the "
            + "server must not run.",
            "journal history samples/journal --out history.db");
        Argument<string> folder = new("FOLDER") { Description = "Folder of a journal." };
        Option<string?> output = new("--out")
        {
            Description = "File it is written to; without it the one that the server reads, in the folder.",
            HelpName = "FILE",
        };
        Option<int> days = NumberOption.Count(
            "--days", "Days of margins that are kept, as serve --history-days says", KeptDaysShipped, KeptDaysMax);
        Option<int> threads = ThreadsOption.Create("Threads that replay; every number of them gives the same bits");
        verb.Arguments.Add(folder);
        verb.Options.Add(output);
        verb.Options.Add(days);
        verb.Options.Add(threads);
        verb.Does((shell, parse) =>
        {
            string at = parse.GetRequiredValue(folder);
            return Run(
                shell, at, parse.GetValue(output) ?? Path.Combine(at, ServeRun.HistoryName),
                new HistoryOptions { KeptDays = parse.GetValue(days) }, parse.GetValue(threads));
        });
        return verb;
    }

    private static int Run(Shell shell, string folder, string path, HistoryOptions options, int threadCount)
    {
        try
        {
            Result<Journal> journal = Journal.Open(FolderDisk.At(folder), JournalOptions.Default);
            if (!journal.IsAccepted) return Refusals.Print(shell, journal.Failures);
            using Journal opened = journal.Value;
            long begun = Stopwatch.GetTimestamp();
            AccountHistory history = new(options, new RiskEngine(threadCount, Recovery.Threads(threadCount)));
            using ProjectionHost host = ProjectionHost.Open(path, [history], opened);
            long count = host.Rebuild();
            Tell(shell, path, count, history.RowCount, Stopwatch.GetElapsedTime(begun));
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is IOException or SqliteException or InvalidDataException)
        {
            return Refusals.Print(shell, [new Failure(FailureReason.Unreadable, exception.Message, folder)]);
        }
    }

    private static void Tell(Shell shell, string path, long recordCount, long rowCount, TimeSpan elapsed)
    {
        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() =>
            {
                json.WriteString("file", path);
                json.WriteNumber("records", recordCount);
                json.WriteNumber("rows", rowCount);
                json.WriteNumber("seconds", elapsed.TotalSeconds);
            }));
            return;
        }

        shell.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: {rowCount} rows of {recordCount} records in {elapsed.TotalSeconds:0.0} s"));
    }
}
