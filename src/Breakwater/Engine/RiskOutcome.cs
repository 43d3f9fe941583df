using System.Collections.Immutable;

namespace Breakwater.Engine;

/// <summary>What an event led to.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Effects">What the world outside has to do or to know, in order.</param>
public sealed record RiskOutcome(RiskState State, ImmutableArray<Effect> Effects);
