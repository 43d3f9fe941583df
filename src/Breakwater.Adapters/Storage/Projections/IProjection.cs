using System.Collections.Immutable;

namespace Breakwater.Adapters.Storage.Projections;

/// <summary>Maps events to rows of tables of its own, for queries. The journal stays the truth.</summary>
/// <remarks>A pure function of the events in their order and of its own rows: no clock, no randomness, no other source.
/// Whatever it makes can be deleted and is made again from the journal.</remarks>
public interface IProjection
{
    /// <summary>Its name, unlike that of any other.</summary>
    string Name { get; }

    /// <summary>Statements that make its tables and indexes. Any change of them, or of the name, has everything made
    /// again from the journal; a change of what <see cref="Apply"/> does needs one too, such as a version in a
    /// comment.</summary>
    ImmutableArray<string> Schema { get; }

    /// <summary>Writes the rows of one event.</summary>
    /// <param name="record">The event; valid during the call.</param>
    /// <param name="rows">Where to.</param>
    void Apply(JournalRecord record, ProjectionRows rows);
}
