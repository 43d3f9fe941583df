using System.Collections.Immutable;
using Breakwater.Engine;
using Breakwater.Instruments;

namespace Breakwater.Server.Loop;

/// <summary>What became of an event: given when it is durable and applied, and not before.</summary>
/// <param name="Sequence">Sequence of the event that decided it; of a repeated command that of the first one.</param>
/// <param name="Refusal">Why nothing happened; <c>null</c> if it took effect.</param>
internal sealed record Answer(long Sequence, Failure? Refusal)
{
    /// <summary>Why an event changed nothing; <c>null</c> if it took effect.</summary>
    /// <param name="effects">What followed from it.</param>
    internal static Failure? RefusalOf(ImmutableArray<Effect> effects)
    {
        Failure? refusal = null;
        foreach (Effect effect in effects)
        {
            refusal = effect switch
            {
                Effect.CommandDecided decided => decided.Refusal,
                Effect.EventRefused refused => refused.Refusal,
                _ => refusal,
            };
        }

        return refusal;
    }
}
