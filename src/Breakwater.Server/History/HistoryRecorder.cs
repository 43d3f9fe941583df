using Breakwater.Adapters.Storage;
using Breakwater.Adapters.Storage.Projections;
using Breakwater.Engine;
using Breakwater.Server.Loop;
using Microsoft.Data.Sqlite;

namespace Breakwater.Server.History;

/// <summary>Writes the history as it happens, beside the engine loop, which never waits for it: what does not fit into
/// its bounds is left out and counted, and stands in the history when that is made again (docs/adr/0100).</summary>
internal sealed class HistoryRecorder : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100); // one transaction for all that came

    private readonly HistoryOptions _options;
    private readonly ProjectionFile _file;
    private readonly HistoryTables _tables;
    private readonly HistoryRhythm _rhythm;
    private readonly JournalPoint _known;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _stopping = new(0);
    private readonly List<RiskState> _samples = [];
    private readonly List<IHistoryEntry> _marks = [];
    private JournalPoint _noted;
    private JournalPoint _written;
    private Task _writing = Task.CompletedTask;
    private string? _trouble;
    private long _omittedCount;
    private long _rowCount;

    private HistoryRecorder(string path, HistoryOptions options, ProjectionFile file, JournalPoint position)
    {
        Path = path;
        _options = options;
        _file = file;
        _tables = new HistoryTables(file.Rows, options);
        _rhythm = new HistoryRhythm(options, _tables.SampledAt);
        (_known, _noted, _written) = (position, position, position);
    }

    /// <summary>The SQLite file.</summary>
    internal string Path { get; }

    /// <summary>Event up to which the history is written.</summary>
    internal long Sequence
    {
        get
        {
            lock (_gate) return Math.Max(0, Genesis.EventOf(_written.Sequence));
        }
    }

    /// <summary>Samples and commands that were left out.</summary>
    internal long OmittedCount => Interlocked.Read(ref _omittedCount);

    /// <summary>Rows of samples.</summary>
    internal long RowCount
    {
        get
        {
            lock (_gate) return _rowCount;
        }
    }

    /// <summary>Why nothing more is written; <c>null</c> if it is.</summary>
    internal string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Opens the history of a journal, or begins one where there is none of it.</summary>
    /// <param name="path">The SQLite file.</param>
    /// <param name="options">What is kept.</param>
    /// <param name="journal">The journal.</param>
    /// <exception cref="SqliteException">The file cannot be made.</exception>
    internal static HistoryRecorder Open(string path, HistoryOptions options, Journal journal)
    {
        (ProjectionFile file, JournalPoint position, _) = ProjectionHost.OpenFile(
            path, [new AccountHistory(options, new RiskEngine())], journal);
        return new HistoryRecorder(path, options, file, position);
    }

    /// <summary>Begins to write; what lies between the history and where the engine begins is noted as a gap.</summary>
    /// <param name="begun">Event that the engine's memory begins after: that of its snapshot, or 0.</param>
    internal void Start(long begun)
    {
        long known = Math.Max(0, Genesis.EventOf(_known.Sequence));
        if (begun > known)
        {
            _file.Begin();
            _tables.WriteGap(known + 1, begun);
            _file.Commit(_known);
        }

        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Notes an event that was applied; never waits. What the history knows already is passed over.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="before">The state before it.</param>
    /// <param name="outcome">What followed.</param>
    internal void Note(RiskEvent happened, RiskState before, RiskOutcome outcome)
    {
        RiskState state = outcome.State;
        if (Genesis.RecordOf(state.Sequence) <= _known.Sequence || Trouble is not null) return;
        bool isSample = _rhythm.Takes(happened, state);
        DecidedCommand? mark = happened is RiskEvent.LedgerCommand command
            ? DecidedCommand.Of(command, state, Answer.RefusalOf(outcome.Effects))
            : null;
        PostedWork? posted = PostedWork.Of(before, outcome);
        if (!isSample && mark is null && posted is null) return;
        lock (_gate)
        {
            if (isSample) Add(_samples, state, _options.WaitingSamplesMax);
            if (posted is not null) Add(_marks, posted, _options.WaitingMarksMax);
            if (mark is not null) Add(_marks, mark, _options.WaitingMarksMax);
        }
    }

    private void Add<T>(List<T> waiting, T noted, int most)
    {
        if (waiting.Count < most) waiting.Add(noted);
        else Interlocked.Increment(ref _omittedCount);
    }

    /// <summary>Notes an event that is applied again, and waits for room: nobody else does.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="before">The state before it.</param>
    /// <param name="outcome">What followed.</param>
    /// <param name="point">Its place in the journal.</param>
    internal void NoteAgain(RiskEvent happened, RiskState before, RiskOutcome outcome, JournalPoint point)
    {
        while (IsFull) Thread.Sleep(Pause / 10);
        Note(happened, before, outcome);
        NoteEnd(point);
    }

    private bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _trouble is null
                    && (_samples.Count >= _options.WaitingSamplesMax || _marks.Count >= _options.WaitingMarksMax);
            }
        }
    }

    /// <summary>Notes that everything up to a place of the journal has been noted.</summary>
    /// <param name="point">The place.</param>
    internal void NoteEnd(JournalPoint point)
    {
        lock (_gate)
        {
            if (point.Sequence > _noted.Sequence) _noted = point;
        }
    }

    /// <summary>Waits until the history has reached a place, for so long.</summary>
    /// <param name="sequence">Record of the journal.</param>
    /// <param name="wait">Longest wait.</param>
    internal async Task ReachAsync(long sequence, TimeSpan wait)
    {
        long begun = System.Diagnostics.Stopwatch.GetTimestamp();
        while (Trouble is null && System.Diagnostics.Stopwatch.GetElapsedTime(begun) < wait)
        {
            lock (_gate)
            {
                if (_written.Sequence >= sequence) return;
            }

            await Task.Delay(Pause / 2).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what was noted, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping.Release();
        await _writing.ConfigureAwait(false);
        _file.Dispose();
        _stopping.Dispose();
    }

    private async Task WriteAsync()
    {
        try
        {
            for (bool isLast = false; !isLast;)
            {
                isLast = await _stopping.WaitAsync(Pause).ConfigureAwait(false);
                WriteNoted();
            }
        }
        catch (SqliteException exception)
        {
            // The journal is the truth and goes on: a history that cannot be written is made again.
            Volatile.Write(ref _trouble, exception.Message);
        }
    }

    private void WriteNoted()
    {
        List<RiskState> samples;
        List<IHistoryEntry> marks;
        JournalPoint end;
        lock (_gate)
        {
            if (_noted == _written) return;
            end = _noted;
            long last = Genesis.EventOf(end.Sequence); // what was noted after it waits for the end of its batch
            samples = [.. _samples.Where(own => own.Sequence <= last)];
            marks = [.. _marks.Where(own => own.Sequence <= last)];
            _samples.RemoveRange(0, samples.Count);
            _marks.RemoveRange(0, marks.Count);
        }

        _file.Begin();
        foreach (IHistoryEntry mark in marks) _tables.Write(mark);
        foreach (RiskState sample in samples) _tables.Write(sample);
        _file.Commit(end);
        lock (_gate)
        {
            _written = end;
            _rowCount = _tables.RowCount;
        }
    }
}
