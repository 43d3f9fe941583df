using System.Collections.Immutable;
using System.Threading.Channels;
using Breakwater.Adapters.Storage;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Server.History;
using Microsoft.Data.Sqlite;

namespace Breakwater.Server.Loop;

/// <summary>The engine at work: a journal, one loop that writes, and a view that anybody may read (ARCHITECTURE 6).
/// </summary>
/// <remarks>An event is acknowledged when it is durable and applied. A full queue refuses; nothing is dropped in
/// silence. A journal that stops, and a defect, end the loop before anything of theirs is published.</remarks>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly Journal _journal;
    private readonly Channel<Submission> _queue;
    private readonly EngineLoop _loop;
    private readonly CancellationTokenSource _stopping = new();
    private Task<bool> _running = Task.FromResult(true);
    private Task _ticking = Task.CompletedTask;

    private EngineHost(
        Journal journal, EngineOptions options, EngineClock clock, SnapshotKeeper snapshots, Recovery recovery,
        HistoryRecorder? history)
    {
        History = history;
        _journal = journal;
        Options = options;
        Clock = clock;
        Recovery = recovery;
        _queue = Channel.CreateBounded<Submission>(new BoundedChannelOptions(options.QueuedCountMax)
        {
            SingleReader = true,
        });
        Snapshots = snapshots;
        _loop = new EngineLoop(journal, recovery.Engine, clock, Health, options, Snapshots, history, recovery.State);
    }

    /// <summary>Its limits.</summary>
    public EngineOptions Options { get; }

    /// <summary>Its time.</summary>
    public EngineClock Clock { get; }

    /// <summary>What the journal gave at the start.</summary>
    public Recovery Recovery { get; }

    /// <summary>Counts.</summary>
    public EngineHealth Health { get; } = new();

    /// <summary>How the journal is doing.</summary>
    public JournalStatus Journal => _journal.Status;

    /// <summary>Snapshots of the state.</summary>
    public SnapshotKeeper Snapshots { get; }

    /// <summary>The history of margins; <c>null</c> if none is kept.</summary>
    public HistoryRecorder? History { get; }

    /// <summary>Events that wait.</summary>
    public int QueuedCount => _queue.Reader.Count;

    /// <summary>The newest view; immutable.</summary>
    public RiskView View => _loop.View;

    /// <summary>Opens journal and engine, and brings the state back; the loop does not run yet.</summary>
    /// <param name="disk">Folder of the journal.</param>
    /// <param name="options">Limits.</param>
    /// <param name="parameters">Governed constants that an empty journal begins with.</param>
    /// <param name="at">Engine time at which an empty journal begins; a recovered one goes on where it stood, if that
    /// is later.</param>
    /// <param name="speed">Seconds of engine time per second.</param>
    /// <param name="tell">Told what people should know of the recovery as it goes; <c>null</c>: nobody.</param>
    /// <returns>The host, or why the journal is refused.</returns>
    /// <exception cref="DiskException">The disk does not do what it is asked.</exception>
    public static async Task<Result<EngineHost>> OpenAsync(
        IDisk disk, EngineOptions options, RiskParameters parameters, Timestamp at, double speed,
        Action<string>? tell = null)
    {
        Result<Journal> journal = Adapters.Storage.Journal.Open(disk, options.Journal);
        if (!journal.IsAccepted) return Result<EngineHost>.Refused(journal.Failures);
        bool isOpen = false;
        (HistoryRecorder? history, string? trouble) = OpenHistory(journal.Value, options);
        SnapshotKeeper snapshots = new(journal.Value, options, history, TimeProvider.System);
        tell ??= static _ => { };
        try
        {
            Result<Recovery> recovery = await Recovery.RunAsync(
                journal.Value, options, snapshots, history, at, parameters, tell).ConfigureAwait(false);
            if (!recovery.IsAccepted) return Result<EngineHost>.Refused(recovery.Failures);
            Timestamp last = recovery.Value.State.At;
            EngineClock clock = new(last > at ? last : at, speed, TimeProvider.System);
            isOpen = true;
            if (trouble is not null) tell(trouble);
            Recovery told = trouble is null
                ? recovery.Value
                : recovery.Value with { Notes = recovery.Value.Notes.Add(trouble) };
            return Result<EngineHost>.Accepted(
                new EngineHost(journal.Value, options, clock, snapshots, told, history));
        }
        finally
        {
            if (!isOpen)
            {
                await snapshots.EndAsync().ConfigureAwait(false);
                if (history is not null) await history.DisposeAsync().ConfigureAwait(false);
                journal.Value.Dispose();
            }
        }
    }

    /// <summary>Starts the loop, and ticks by the clock where the options say so.</summary>
    /// <param name="published">Told of every batch, in order, on the loop's thread: it must not wait.</param>
    public void Start(Action<RiskView, ImmutableArray<Effect>> published)
    {
        _running = Task.Run(() => _loop.RunAsync(_queue.Reader, published));
        if (!Options.AreTicksFed) _ticking = Task.Run(() => TickAsync(_stopping.Token));
    }

    /// <summary>Hands in an event if there is a place.</summary>
    /// <param name="make">Makes the event at the time at which it is taken in.</param>
    /// <param name="answer">The answer to come, if there was a place.</param>
    /// <returns>Whether there was one: the queue may be full, or closed.</returns>
    public bool TrySubmit(Func<Timestamp, RiskEvent> make, out Task<Answer> answer)
    {
        Submission submission = new(make);
        answer = submission.Task;
        bool isTaken = _queue.Writer.TryWrite(submission);
        if (!isTaken && Health.Stopped is null) Health.Overflow();
        return isTaken;
    }

    /// <summary>Hands in an event, waiting for a place: a feed is slowed down, a client is refused.</summary>
    /// <param name="make">Makes the event at the time at which it is taken in.</param>
    /// <param name="cancel">Gives up waiting for a place.</param>
    /// <exception cref="ChannelClosedException">The loop has stopped.</exception>
    public async Task<Answer> SubmitAsync(Func<Timestamp, RiskEvent> make, CancellationToken cancel)
    {
        Submission submission = new(make);
        await _queue.Writer.WriteAsync(submission, cancel).ConfigureAwait(false);
        return await submission.Task.WaitAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Takes nothing more, applies what has been taken, keeps the last state, and makes the end of the journal
    /// durable.</summary>
    public async ValueTask DisposeAsync()
    {
        Health.Stop("the server was asked to stop");
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _ticking.ConfigureAwait(false);
        _queue.Writer.TryComplete();
        bool isWhole = await _running.ConfigureAwait(false);
        if (History is not null) await History.DisposeAsync().ConfigureAwait(false);
        await (isWhole ? Snapshots.CloseAsync(View.State, _journal.Durable) : Snapshots.EndAsync())
            .ConfigureAwait(false);
        _journal.Dispose();
        _stopping.Dispose();
        Health.Dispose();
    }

    // The engine serves without a history: what is wrong with it is said, and mended by making it again.
    private static (HistoryRecorder? History, string? Trouble) OpenHistory(Journal journal, EngineOptions options)
    {
        if (options.HistoryPath is not { } path) return (null, null);
        try
        {
            return (HistoryRecorder.Open(path, options.History, journal), null);
        }
        catch (SqliteException exception)
        {
            return (null, $"no history of margins is kept: {path}: {exception.Message}");
        }
    }

    // The next tick is handed in after the one before was applied: ticks never pile up.
    private async Task TickAsync(CancellationToken cancel)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(Options.TickMilliseconds));
        try
        {
            while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false))
            {
                await SubmitAsync(static at => new RiskEvent.ClockTick(at), cancel).ConfigureAwait(false);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ChannelClosedException
            or EngineStoppedException)
        {
            // The host stops, or the loop has and says so itself.
        }
    }
}
