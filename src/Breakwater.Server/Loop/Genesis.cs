using Breakwater.Adapters.Storage;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Server.Loop;

/// <summary>The first record of a journal: the governed constants that the engine began with, every value of them, so
/// that a replay needs nothing but the journal (docs/adr/0094).</summary>
internal static class Genesis
{
    /// <summary>Kind of the record; events have kinds from 1 on.</summary>
    internal const int Kind = 0;

    private const string CommandName = "genesis";
    private const int Records = 1;

    /// <summary>Record of the journal that holds an event of the engine.</summary>
    /// <param name="sequence">The event's sequence, from 1 on; 0: before the first.</param>
    internal static long RecordOf(long sequence) => sequence + Records;

    /// <summary>Event of the engine that a record of the journal holds.</summary>
    /// <param name="record">The record's number.</param>
    internal static long EventOf(long record) => record - Records;

    /// <summary>The record.</summary>
    /// <param name="at">When the engine begins.</param>
    /// <param name="parameters">The constants it begins with.</param>
    internal static JournalEntry Of(Timestamp at, RiskParameters parameters) => new(
        Kind, at, CommandId.None,
        RiskEventEncoding.Encode(new RiskEvent.ParametersGiven(
            at, CommandName, parameters.Version, parameters.EffectiveAt, parameters.ProtocolId, parameters.Values))
            .AsMemory());

    /// <summary>The constants of a record, checked whole again.</summary>
    /// <param name="kind">Kind of the record.</param>
    /// <param name="payload">Its bytes.</param>
    internal static Result<RiskParameters> Read(int kind, ReadOnlySpan<byte> payload)
    {
        if (kind != Kind)
        {
            return Result<RiskParameters>.Refused(new Failure(
                FailureReason.Inconsistent, "the journal does not begin with governed constants", Value: $"kind {kind}",
                Limit: $"kind {Kind}"));
        }

        Result<RiskEvent> read = RiskEventEncoding.Decode(payload);
        return !read.IsAccepted ? Result<RiskParameters>.Refused(read.Failures)
            : read.Value is RiskEvent.ParametersGiven given
                ? ParameterValidation.Check(given.Version, given.EffectiveAt, given.ProtocolId, given.Values)
                : Result<RiskParameters>.Refused(new Failure(
                    FailureReason.Inconsistent, "the journal begins with another event than governed constants"));
    }
}
