namespace Breakwater.Server.History;

/// <summary>Something that leaves marks in the history of subaccounts.</summary>
internal interface IHistoryEntry
{
    /// <summary>Event at which it happened.</summary>
    long Sequence { get; }

    /// <summary>Its marks, with the subaccounts they are of, in an order that follows from the events alone.</summary>
    IEnumerable<(string Account, HistoryMark Mark)> Marks();
}
