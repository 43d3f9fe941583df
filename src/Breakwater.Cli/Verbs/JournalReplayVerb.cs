using System.CommandLine;
using System.Globalization;
using Breakwater.Cli.Drills;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;

namespace Breakwater.Cli.Verbs;

/// <summary><c>journal replay</c>: brings the state of a server's journal back as a restart does, and says what it is.
/// </summary>
internal static class JournalReplayVerb
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "Folder of the journal." };

    private static readonly Option<bool> FromFirst = new("--from-first-record")
    {
        Description = "Uses no snapshot: every record is applied again.",
    };

    private static readonly Option<int> Threads = ThreadsOption.Create(
        "Threads that work on a tick at once; every number of them gives the same bits");

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "replay",
            "Applies a server's journal again, as a restart does, and says the digest of the state: equal journals, "
            + "equal digests. The server must not run on it.",
            "journal replay data --from-first-record");
        verb.Arguments.Add(Folder);
        verb.Options.Add(FromFirst);
        verb.Options.Add(Threads);
        verb.Does((shell, parse) => Run(
            shell, parse.GetRequiredValue(Folder), parse.GetValue(FromFirst), parse.GetValue(Threads)));
        return verb;
    }

    private static int Run(Shell shell, string folder, bool isFromFirst, int threads)
    {
        try
        {
            Result<JournalReplay> replay = JournalReplay.Run(folder, isFromFirst, threads, shell.Error.WriteLine);
            if (!replay.IsAccepted) return Refusals.Print(shell, replay.Failures);
            if (shell.IsJson) WriteJson(shell.Output, replay.Value);
            else Write(shell.Output, replay.Value);
            return ExitCode.Done;
        }
        catch (IOException exception)
        {
            return Refusals.Print(shell, [new Failure(FailureReason.Unreadable, exception.Message, folder)]);
        }
    }

    private static void Write(TextWriter output, JournalReplay replay)
    {
        TextTable table = new("replay", string.Empty);
        table.Row("events", Count(replay.Recovery.State.Sequence));
        table.Row("of them in the snapshot it began with", Count(replay.Recovery.SnapshotSequence));
        table.Row("applied again", Count(replay.Recovery.ReplayedCount));
        table.Row("engine time", replay.Recovery.State.At.ToString());
        table.Row("state", replay.Digest.ToString());
        table.Row("wall, s", Seconds(replay.Time.WallSeconds));
        table.Row("CPU, s", Seconds(replay.Time.CpuSeconds));
        table.Write(output);
    }

    private static void WriteJson(TextWriter output, JournalReplay replay) =>
        JsonOutput.Write(output, json => json.Object(() =>
        {
            json.WriteNumber("events", replay.Recovery.State.Sequence);
            json.WriteNumber("snapshotSequence", replay.Recovery.SnapshotSequence);
            json.WriteNumber("replayedEvents", replay.Recovery.ReplayedCount);
            json.WriteString("at", replay.Recovery.State.At.ToString());
            json.WriteString("state", replay.Digest.ToString());
            json.WriteNumber("wallSeconds", replay.Time.WallSeconds);
            json.WriteNumber("cpuSeconds", replay.Time.CpuSeconds);
        }));

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);
}
