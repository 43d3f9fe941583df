using System.Diagnostics;
using Breakwater.Adapters.Storage;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Server.Loop;

/// <summary>What the journal gave when the server started.</summary>
/// <param name="State">The state after its last event.</param>
/// <param name="EventCount">Events applied again.</param>
/// <param name="Elapsed">How long that took.</param>
internal sealed record Recovery(RiskState State, long EventCount, TimeSpan Elapsed)
{
    /// <summary>Applies every event of a journal again, from its first record on; begins an empty one.</summary>
    /// <remarks>Effects are not performed again: they were answers to clients that are gone.</remarks>
    /// <param name="journal">The journal.</param>
    /// <param name="engine">Applies.</param>
    /// <param name="at">When an empty journal begins.</param>
    /// <param name="parameters">Governed constants that an empty journal begins with.</param>
    internal static async Task<Result<Recovery>> RunAsync(
        Journal journal, RiskEngine engine, Timestamp at, RiskParameters parameters)
    {
        long start = Stopwatch.GetTimestamp();
        if (journal.Durable.Sequence == 0)
        {
            await journal.AppendAsync(Genesis.Of(at, parameters)).ConfigureAwait(false);
            return Result<Recovery>.Accepted(
                new Recovery(RiskState.Start(parameters), 0, Stopwatch.GetElapsedTime(start)));
        }

        using JournalCursor cursor = journal.ReadAfter(0);
        cursor.MoveNext();
        Result<RiskParameters> first = Genesis.Read(cursor.Current.Kind, cursor.Current.Payload);
        if (!first.IsAccepted) return Result<Recovery>.Refused(first.Failures);
        RiskState state = RiskState.Start(first.Value);
        while (cursor.MoveNext())
        {
            Result<RiskEvent> read = RiskEventEncoding.Decode(cursor.Current.Payload);
            if (!read.IsAccepted)
            {
                return Result<Recovery>.Refused(read.Failures[0] with { Place = $"record {cursor.Point.Sequence}" });
            }

            state = engine.Apply(state, read.Value).State;
        }

        return Result<Recovery>.Accepted(new Recovery(state, state.Sequence, Stopwatch.GetElapsedTime(start)));
    }
}
