using System.CommandLine;
using Breakwater.Cli.Drills;
using Breakwater.Cli.Loads;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;

namespace Breakwater.Cli.Verbs;

/// <summary><c>drill restart</c>, <c>kill</c>, <c>reports</c> and <c>soak</c>: what must hold when
/// things go wrong, or go on, tried for real.</summary>
internal static class DrillVerb
{
    private const long EventsShipped = 10_000_000; // those of RELIABILITY P2
    private const long IntervalShipped = 100_000; // that of serve
    private const int CommandsShipped = 100_000; // those of issue 5
    private const int CommandsMax = int.MaxValue;
    private const int ClientsShipped = 64;
    private const int ClientsMin = 2;
    private const int ClientsMax = 999;
    private const int MinutesShipped = 10; // those of issue 5
    private const int MinutesMax = 10_080; // a week
    private const int RateShipped = 50;
    private const int RateMax = 100_000; // that of load
    private const int StreamsShipped = 8;
    private const int PopulationCount = 210; // that of ./run
    private const long EventsMax = int.MaxValue;

    private static readonly LoadMix SoakMix = LoadMix.Of(
        (LoadKind.WhatIf, 2), (LoadKind.Margin, 4), (LoadKind.Status, 1), (LoadKind.Command, 3));

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "drill", "Tries what must hold when a server is killed, restarted or kept busy, and says what it found.",
            "drill restart --events 2000");
        verb.Subcommands.Add(Restart());
        verb.Subcommands.Add(Kill());
        verb.Subcommands.Add(Reports());
        verb.Subcommands.Add(Soak());
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
        Option<long> events = NumberOption.Count("--events", "Events of the journal", EventsShipped, EventsMax);
        Option<long> interval = NumberOption.Count(
            "--snapshot-events", "Events from snapshot to snapshot", IntervalShipped, EventsMax);
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

    private static VerbCommand Kill()
    {
        VerbCommand verb = new(
            "kill",
            "Kills a server of its own in the middle of a burst of commands, starts it again, sends what was not "
            + "acknowledged, and holds log, clients' journals and states against each other.",
            "drill kill --commands 2000");
        Option<string?> folder = FolderOption();
        Option<string> market = MarketOption();
        Option<int> commands = NumberOption.Count("--commands", "Commands in all", CommandsShipped, CommandsMax);
        Option<int> clients = NumberOption.Count(
            "--clients", "Clients that send at once", ClientsShipped, ClientsMin, ClientsMax);
        verb.Options.Add(folder);
        verb.Options.Add(market);
        verb.Options.Add(commands);
        verb.Options.Add(clients);
        verb.Does((shell, parse) => OnMarket(shell, parse.GetRequiredValue(market), files =>
            InFolder(shell, parse.GetValue(folder), own =>
            {
                KillRequest request = new(
                    own, files, parse.GetValue(commands), parse.GetValue(clients));
                Result<KillResult> drill =
                    KillDrill.RunAsync(request, shell.Error.WriteLine).GetAwaiter().GetResult();
                if (!drill.IsAccepted) return Refusals.Print(shell, drill.Failures);
                KillReport.Write(shell, drill.Value);
                return drill.Value.IsProven ? ExitCode.Done : ExitCode.CheckFailed;
            })));
        return verb;
    }

    private static VerbCommand Reports()
    {
        VerbCommand verb = new(
            "reports",
            "Asks for the margins of a book by the command, by a server, and by a server that has replayed its journal "
            + "on another number of threads, and compares them byte for byte.",
            "drill reports");
        Option<string?> folder = FolderOption();
        Option<string> market = MarketOption();
        verb.Options.Add(folder);
        verb.Options.Add(market);
        verb.Does((shell, parse) => OnMarket(shell, parse.GetRequiredValue(market), files =>
            InFolder(shell, parse.GetValue(folder), own =>
            {
                Result<ReportsResult> drill = ReportsDrill.RunAsync(own, files).GetAwaiter().GetResult();
                if (!drill.IsAccepted) return Refusals.Print(shell, drill.Failures);
                ReportsResult.Write(shell, drill.Value);
                return drill.Value.IsEqual ? ExitCode.Done : ExitCode.CheckFailed;
            })));
        return verb;
    }

    private static VerbCommand Soak()
    {
        VerbCommand verb = new(
            "soak",
            "Runs the demonstration for minutes with clients that read, write and follow the stream; memory, handles, "
            + "queue and latencies by minute. Ends with 1 if memory grows, a request fails or a follower is cut off.",
            "drill soak --minutes 1");
        Option<string?> folder = FolderOption();
        Option<string> market = MarketOption();
        Option<int> minutes = NumberOption.Count("--minutes", "How long, minutes", MinutesShipped, MinutesMax);
        Option<int> rate = NumberOption.Count("--rate", "Requests per second", RateShipped, RateMax);
        Option<int> streams = NumberOption.Count(
            "--streams", "Followers of the stream", StreamsShipped, ClientsMax);
        foreach (Option option in (Option[])[folder, market, minutes, rate, streams]) verb.Options.Add(option);
        verb.Does((shell, parse) => OnMarket(shell, parse.GetRequiredValue(market), files =>
            InFolder(shell, parse.GetValue(folder), own =>
            {
                SoakRequest request = new(
                    own, files, parse.GetValue(minutes), TimeSpan.FromMinutes(1), PopulationCount,
                    parse.GetValue(rate), parse.GetValue(streams), SoakMix);
                SoakResult drill = SoakDrill.RunAsync(request, shell.Error.WriteLine).GetAwaiter().GetResult();
                SoakReport.Write(shell, drill);
                return drill.HasHeld ? ExitCode.Done : ExitCode.CheckFailed;
            })));
        return verb;
    }

    private static int OnMarket(Shell shell, string folder, Func<string, int> drill) => SampleMarket.IsIn(folder)
        ? drill(folder)
        : Refusals.Print(
            shell, [new Failure(FailureReason.Missing, "the sample market is not in the folder", folder)]);

    private static int InFolder(Shell shell, string? folder, Func<string, int> drill)
    {
        // Two drills of one process do not meet.
        string own = Path.Combine(folder ?? Path.GetTempPath(), $"breakwater-drill-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(own);
            return drill(own);
        }
        catch (IOException exception)
        {
            return Refusals.Print(shell, [new Failure(FailureReason.Unreadable, exception.Message, own)]);
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException
            or TimeoutException or InvalidOperationException)
        {
            shell.Error.WriteLine($"it did not hold: the server does not answer ({silent.Message})");
            return ExitCode.CheckFailed;
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

    private static Option<string> MarketOption() => new("--market")
    {
        Description = "Folder of the sample market.",
        HelpName = "DIR",
        DefaultValueFactory = _ => SampleMarket.Folder,
    };
}
