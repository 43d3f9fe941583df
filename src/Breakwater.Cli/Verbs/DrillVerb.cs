using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Breakwater.Cli.Drills;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;

namespace Breakwater.Cli.Verbs;

/// <summary><c>drill restart</c>: what must hold when things go wrong, tried for real.</summary>
internal static class DrillVerb
{
    private const long EventsShipped = 10_000_000; // those of RELIABILITY P2
    private const long IntervalShipped = 100_000; // that of serve
    private const long EventsMax = int.MaxValue;

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "drill", "Tries what must hold when a server is killed, restarted or kept busy, and says what it found.",
            "drill restart --events 2000");
        verb.Subcommands.Add(Restart());
        return verb;
    }

    private static VerbCommand Restart()
    {
        VerbCommand verb = new(
            "restart",
            "Writes a journal of events of the engine, rebuilds its state from the first record, restarts from the "
            + "newest snapshot, and compares the states and the times with RELIABILITY P2.",
            "drill restart --events 2000");
        Option<string?> folder = FolderOption();
        Option<long> events = Count("--events", "Events of the journal", EventsShipped);
        Option<long> interval = Count("--snapshot-events", "Events from snapshot to snapshot", IntervalShipped);
        verb.Options.Add(folder);
        verb.Options.Add(events);
        verb.Options.Add(interval);
        verb.Does((shell, parse) => InFolder(shell, parse.GetValue(folder), own =>
        {
            Result<RestartResult> drill = RestartDrill.Run(
                own, parse.GetValue(events), parse.GetValue(interval), shell.Error.WriteLine);
            if (!drill.IsAccepted) return Refusals.Print(shell, drill.Failures);
            RestartReport.Write(shell, drill.Value);
            return drill.Value is { IsOneState: true, IsInTime: true } ? ExitCode.Done : ExitCode.CheckFailed;
        }));
        return verb;
    }

    private static int InFolder(Shell shell, string? folder, Func<string, int> drill)
    {
        string own = Path.Combine(folder ?? Path.GetTempPath(), $"breakwater-drill-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(own);
            return drill(own);
        }
        catch (IOException exception)
        {
            return Refusals.Print(shell, [new Failure(FailureReason.Unreadable, exception.Message, own)]);
        }
        finally
        {
            if (Directory.Exists(own)) Directory.Delete(own, recursive: true);
        }
    }

    private static Option<string?> FolderOption() => new("--in")
    {
        Description = "Folder on the disk to be used; a new one inside it is made and deleted. The system's folder for "
            + "temporary files without it.",
        HelpName = "DIR",
    };

    private static Option<long> Count(string name, string description, long shipped) => new(name)
    {
        Description = $"{description}, 1 to {EventsMax.ToString("#,0", CultureInfo.InvariantCulture)}.",
        HelpName = "N",
        DefaultValueFactory = _ => shipped,
        CustomParser = argument => Parse(argument, name, shipped),
    };

    private static long Parse(ArgumentResult argument, string name, long shipped)
    {
        string text = argument.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && count is >= 1 and <= EventsMax)
        {
            return count;
        }

        argument.AddError($"{name}: '{text}' is no number from 1 to {EventsMax}");
        return shipped;
    }
}
