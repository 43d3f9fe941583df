using Breakwater.Adapters.Files;
using Breakwater.Adapters.Storage;
using Breakwater.Cli.Benchmarks;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Server.Loop;

namespace Breakwater.Cli.Drills;

/// <summary>A server's journal that was opened and applied again, as a restart does.</summary>
/// <param name="Recovery">What it gave.</param>
/// <param name="Digest">Digest of the state it ended in.</param>
/// <param name="Time">Time from opening the folder to the last event applied.</param>
internal sealed record JournalReplay(Recovery Recovery, Digest Digest, RoundTime Time)
{
    private const string SegmentEnd = ".segment";
    private const double Never = 1e9;

    /// <summary>Opens a journal, applies it, and closes it.</summary>
    /// <param name="folder">Its folder; no server runs on it.</param>
    /// <param name="isFromFirst">Whether snapshots are left aside.</param>
    /// <param name="threads">Threads that work on a tick at once; ≥ 1.</param>
    /// <param name="told">Told how far it is.</param>
    /// <param name="snapshotEvents">Events after which a snapshot is kept on the way.</param>
    /// <exception cref="DiskException">The folder cannot be read.</exception>
    /// <exception cref="JournalDamagedException">A record is not what was written.</exception>
    public static Result<JournalReplay> Run(
        string folder, bool isFromFirst, int threads, Action<string> told, long snapshotEvents = long.MaxValue)
    {
        FolderDisk disk = FolderDisk.At(folder);
        if (!disk.List().Any(static name => name.EndsWith(SegmentEnd, StringComparison.Ordinal)))
        {
            return Result<JournalReplay>.Refused(
                new Failure(FailureReason.Missing, "the folder holds no journal", folder));
        }

        EngineOptions options = new()
        {
            ThreadCount = threads,
            Start = isFromFirst ? RecoveryStart.FirstRecord : RecoveryStart.NewestSnapshot,
            SnapshotEvents = snapshotEvents,
            SnapshotSeconds = Never,
        };
        Result<Recovery>? recovered = null;
        RoundTime time = RoundTime.Of(() => recovered = Recover(disk, options, told));
        return recovered is { IsAccepted: true } // set by the round
            ? Result<JournalReplay>.Accepted(new JournalReplay(
                recovered.Value, RiskStateEncoding.DigestOf(recovered.Value.State), time))
            : Result<JournalReplay>.Refused(recovered!.Failures);
    }

    private static Result<Recovery> Recover(FolderDisk disk, EngineOptions options, Action<string> told)
    {
        Result<Journal> opened = Journal.Open(disk, options.Journal);
        if (!opened.IsAccepted) return Result<Recovery>.Refused(opened.Failures);
        using Journal journal = opened.Value;
        SnapshotKeeper snapshots = new(journal, options, history: null, TimeProvider.System);
        Result<Recovery> recovered = Recovery.RunAsync(
            journal, options, snapshots, history: null, default, ParameterFile.LoadNewestShipped().Value, told)
            .GetAwaiter().GetResult();
        snapshots.EndAsync().GetAwaiter().GetResult();
        return recovered;
    }
}
