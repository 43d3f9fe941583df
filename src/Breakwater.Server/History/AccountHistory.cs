using System.Collections.Immutable;
using Breakwater.Adapters.Storage;
using Breakwater.Adapters.Storage.Projections;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Server.Loop;

namespace Breakwater.Server.History;

/// <summary>The history of margins as a projection of the journal: replays the engine, because margins stand in no
/// event (docs/adr/0100). What it makes equals what a server wrote as it went, but for what that left out.</summary>
/// <remarks>It goes on only where it began: a file that ends in the middle is made again from the first record.
/// </remarks>
/// <param name="options">What is kept.</param>
/// <param name="engine">Replays; has seen nothing.</param>
internal sealed class AccountHistory(HistoryOptions options, RiskEngine engine) : IProjection
{
    private HistoryTables? _tables;
    private HistoryRhythm _rhythm = new(options, null);
    private RiskState? _state;

    /// <inheritdoc/>
    public string Name => "account-history-1";

    /// <inheritdoc/>
    public ImmutableArray<string> Schema => HistoryTables.Schema;

    /// <summary>Rows of samples written.</summary>
    internal long RowCount => _tables?.RowCount ?? 0;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The record is none of the engine's.</exception>
    public void Apply(JournalRecord record, ProjectionRows rows)
    {
        if (record.Kind == Genesis.Kind)
        {
            Result<RiskParameters> first = Genesis.Read(record.Kind, record.Payload);
            if (!first.IsAccepted) throw Strange(record.Sequence, first.Failures[0]);
            _state = RiskState.Start(first.Value);
            _tables = new HistoryTables(rows, options);
            _rhythm = new HistoryRhythm(options, null);
            return;
        }

        Result<RiskEvent> read = RiskEventEncoding.Decode(record.Payload);
        if (!read.IsAccepted) throw Strange(record.Sequence, read.Failures[0]);
        RiskOutcome outcome = engine.Apply(_state!, read.Value); // the first record has begun it
        if (PostedWork.Of(_state!, outcome) is { } posted) _tables!.Write(posted);
        _state = outcome.State;
        if (_rhythm.Takes(read.Value, _state)) _tables!.Write(_state);
        if (read.Value is RiskEvent.LedgerCommand command)
        {
            _tables!.Write(DecidedCommand.Of(command, _state, Answer.RefusalOf(outcome.Effects)));
        }
    }

    private static InvalidDataException Strange(long record, Failure failure) =>
        new($"record {record} is no event of the engine: {failure.Message}");
}
