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
