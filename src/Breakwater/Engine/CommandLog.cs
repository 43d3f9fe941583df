using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Engine;

/// <summary>What was decided about a command.</summary>
/// <param name="Sequence">Sequence of the event that decided it.</param>
/// <param name="Refusal">Why it was refused; <c>null</c> if it took effect.</param>
public sealed record CommandOutcome(long Sequence, Failure? Refusal);

/// <summary>Names of the newest commands and what was decided: the same name has one effect and one answer (S4).
/// </summary>
/// <remarks>Two generations of equal size: when the younger is full the older is forgotten, so that at least <see
/// cref="Kept"/> names are remembered, and at most twice as many. Older repeats are the journal's to find, which knows
/// every name.</remarks>
public sealed record CommandLog
{
    /// <summary>Commands that are remembered at least.</summary>
    public const int Kept = 1 << 17;

    private static readonly ImmutableSortedDictionary<string, CommandOutcome> None =
        ImmutableSortedDictionary.Create<string, CommandOutcome>(StringComparer.Ordinal);

    private CommandLog(
        ImmutableSortedDictionary<string, CommandOutcome> older,
        ImmutableSortedDictionary<string, CommandOutcome> younger)
    {
        Older = older;
        Younger = younger;
    }

    /// <summary>No command was decided.</summary>
    public static CommandLog Empty { get; } = new(None, None);

    /// <summary>A log of two generations.</summary>
    internal static CommandLog Of(
        ImmutableSortedDictionary<string, CommandOutcome> older,
        ImmutableSortedDictionary<string, CommandOutcome> younger) => new(older, younger);

    internal ImmutableSortedDictionary<string, CommandOutcome> Older { get; }

    internal ImmutableSortedDictionary<string, CommandOutcome> Younger { get; }

    /// <summary>What was decided about a command; <c>null</c> if its name is not known.</summary>
    /// <param name="commandId">Its name.</param>
    public CommandOutcome? Find(string commandId) =>
        Younger.GetValueOrDefault(commandId) ?? Older.GetValueOrDefault(commandId);

    /// <summary>The log with one more decision.</summary>
    internal CommandLog With(string commandId, CommandOutcome outcome) => Younger.Count < Kept
        ? new CommandLog(Older, Younger.Add(commandId, outcome))
        : new CommandLog(Younger, None.Add(commandId, outcome));
}
