using Breakwater.Adapters.Feeds;
using Breakwater.Instruments;

namespace Breakwater.IntegrationTests.Feeds;

/// <summary>What a venue does wrong.</summary>
public enum VenueFault
{
    /// <summary>A change is never sent.</summary>
    Drop,

    /// <summary>Five changes in a row are never sent.</summary>
    Gap,

    /// <summary>A change is sent twice.</summary>
    Duplicate,

    /// <summary>Two changes are sent in the wrong order.</summary>
    Reorder,

    /// <summary>Nothing is sent for longer than a feed is patient.</summary>
    Stall,

    /// <summary>The connection is cut.</summary>
    Cut,

    /// <summary>A change that crosses the book.</summary>
    CrossedBook,

    /// <summary>A change that names another predecessor.</summary>
    WrongNumber,

    /// <summary>A change of another instrument.</summary>
    WrongInstrument,

    /// <summary>A size of 1e400.</summary>
    AbsurdNumber,

    /// <summary>A time in seconds.</summary>
    SecondsClock,

    /// <summary>A time of ten seconds ago.</summary>
    LateClock,

    /// <summary>A time of ten seconds ahead.</summary>
    FastClock,

    /// <summary>Half a document.</summary>
    Garbage,

    /// <summary>A member twice.</summary>
    DuplicateMember,

    /// <summary>A message longer than is allowed.</summary>
    TooLong,

    /// <summary>Bytes that are not text.</summary>
    Binary,

    /// <summary>A message nobody asked for.</summary>
    UnknownStream,

    /// <summary>A trade at ten times the price.</summary>
    AbsurdTrade,

    /// <summary>A trade that was sent before.</summary>
    RepeatedTrade,

    /// <summary>A trade is never sent.</summary>
    MissedTrade,

    /// <summary>A snapshot of some time ago.</summary>
    StaleSnapshot,

    /// <summary>A snapshot is refused: too many requests.</summary>
    TooManyRequests,

    /// <summary>A snapshot that is crossed.</summary>
    CrossedSnapshot,
}

/// <summary>What must come of a fault.</summary>
internal static class VenueFaults
{
    /// <summary>Refusals that must be counted because of a fault, no more and no fewer.</summary>
    internal static IEnumerable<(FeedStage Stage, FailureReason Reason)> Refusals(
        VenueFault fault, VenueDialect dialect) => fault switch
        {
            VenueFault.Drop or VenueFault.Gap or VenueFault.Reorder or VenueFault.WrongNumber =>
                [(FeedStage.Sequence, FailureReason.OutOfOrder)],
            VenueFault.Duplicate or VenueFault.RepeatedTrade => [(FeedStage.Sequence, FailureReason.Duplicate)],
            VenueFault.Stall or VenueFault.Cut or VenueFault.MissedTrade => [],
            VenueFault.CrossedBook => [(FeedStage.Plausibility, FailureReason.Inconsistent)],
            VenueFault.WrongInstrument =>
            [
                (FeedStage.Meaning,
                    dialect == VenueDialect.Deribit ? FailureReason.Inconsistent : FailureReason.Unknown),
                (FeedStage.Sequence, FailureReason.OutOfOrder),
            ],
            VenueFault.AbsurdNumber =>
                [(FeedStage.Meaning, FailureReason.OutOfRange), (FeedStage.Sequence, FailureReason.OutOfOrder)],
            VenueFault.SecondsClock =>
                [(FeedStage.Clock, FailureReason.OutOfRange), (FeedStage.Sequence, FailureReason.OutOfOrder)],
            VenueFault.LateClock or VenueFault.FastClock => [(FeedStage.Clock, FailureReason.OutOfRange)],
            VenueFault.Garbage => [(FeedStage.Syntax, FailureReason.Malformed)],
            VenueFault.DuplicateMember => [(FeedStage.Syntax, FailureReason.Duplicate)],
            VenueFault.TooLong => [(FeedStage.Transport, FailureReason.TooLarge)],
            VenueFault.Binary => [(FeedStage.Transport, FailureReason.Malformed)],
            VenueFault.UnknownStream => [(FeedStage.Meaning, FailureReason.Unknown)],
            VenueFault.AbsurdTrade => [(FeedStage.Plausibility, FailureReason.OutOfRange)],
            VenueFault.StaleSnapshot =>
                [(FeedStage.Sequence, FailureReason.OutOfOrder), (FeedStage.Sequence, FailureReason.OutOfOrder)],
            VenueFault.TooManyRequests =>
                [(FeedStage.Sequence, FailureReason.OutOfOrder), (FeedStage.Transport, FailureReason.Unreadable)],
            VenueFault.CrossedSnapshot =>
                [(FeedStage.Sequence, FailureReason.OutOfOrder), (FeedStage.Plausibility, FailureReason.Inconsistent)],
            _ => throw new System.Diagnostics.UnreachableException(fault.ToString()),
        };

    /// <summary>Whether a fault breaks the chain of the book, so that a snapshot must follow.</summary>
    internal static bool BreaksBook(VenueFault fault) => fault is not (
        VenueFault.Duplicate or VenueFault.Garbage or VenueFault.DuplicateMember or VenueFault.TooLong
        or VenueFault.Binary or VenueFault.UnknownStream or VenueFault.AbsurdTrade or VenueFault.RepeatedTrade
        or VenueFault.MissedTrade);
}
