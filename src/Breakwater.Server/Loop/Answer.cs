using Breakwater.Instruments;

namespace Breakwater.Server.Loop;

/// <summary>What became of an event: given when it is durable and applied, and not before.</summary>
/// <param name="Sequence">Sequence of the event that decided it; of a repeated command that of the first one.</param>
/// <param name="Refusal">Why nothing happened; <c>null</c> if it took effect.</param>
internal sealed record Answer(long Sequence, Failure? Refusal);
