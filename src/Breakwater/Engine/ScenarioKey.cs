using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Scenarios;

namespace Breakwater.Engine;

/// <summary>What the design of the scenario sets reads: of the instant the hour of its histories and the eighths of
/// block B, of every underlying the numbers that its factors are scaled by and the histories they are drawn from.
/// </summary>
/// <param name="Hour">Hours since 1970 of the instant.</param>
/// <param name="Keys">[8] key of Philox of each eighth of block B.</param>
/// <param name="Seeds">Seed of the day and of the day before, which the sets state.</param>
/// <param name="Leader">Index of the class leader.</param>
/// <param name="Underlyings">[underlying] inputs.</param>
/// <param name="Parameters">Governed constants.</param>
internal sealed record ScenarioKey(
    long Hour,
    ImmutableArray<ulong> Keys,
    (Digest Day, Digest Before) Seeds,
    int Leader,
    ImmutableArray<UnderlyingInputs> Underlyings,
    RiskParameters Parameters)
{
    /// <summary>Key of inputs.</summary>
    internal static ScenarioKey Of(ScenarioInputs inputs) => new(
        inputs.At.UnixMilliseconds / Timestamp.HourMilliseconds,
        inputs.KeysOfEighths(),
        (inputs.Seed.Value, inputs.SeedBefore.Value),
        inputs.Leader,
        inputs.Underlyings,
        inputs.Parameters);

    /// <summary>Whether the same is read.</summary>
    public bool Equals(ScenarioKey? other) => other is not null
        && Hour == other.Hour
        && Seeds == other.Seeds
        && Leader == other.Leader
        && ReferenceEquals(Parameters, other.Parameters)
        && Keys.AsSpan().SequenceEqual(other.Keys.AsSpan())
        && Underlyings.AsSpan().SequenceEqual(other.Underlyings.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Hour.GetHashCode();
}
