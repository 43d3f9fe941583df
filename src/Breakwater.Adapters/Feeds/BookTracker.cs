namespace Breakwater.Adapters.Feeds;

/// <summary>How a venue numbers the changes of a book.</summary>
internal enum BookNumbering
{
    /// <summary>Each change names the one before it; a snapshot comes on subscription (Deribit's books).</summary>
    Linked,

    /// <summary>Ranges that name the one before; the first after a snapshot contains the snapshot's number (depth
    /// stream of Binance's USDT-M futures).</summary>
    LinkedRanges,

    /// <summary>Ranges that join: each begins one after the last (depth stream of Binance spot).</summary>
    AdjacentRanges,

    /// <summary>Ranges that rise, with holes that mean nothing: a recording that does not name predecessors.</summary>
    RisingRanges,
}

/// <summary>What a message did to a book.</summary>
internal enum BookVerdict
{
    /// <summary>It follows what was known: the book is one step on.</summary>
    Applied,

    /// <summary>It is kept until the snapshot that it belongs on.</summary>
    Kept,

    /// <summary>It was applied before: the venue sent it twice.</summary>
    Repeated,

    /// <summary>It lies before the snapshot: nothing is lost without it.</summary>
    Outdated,

    /// <summary>Nothing is known of the book any more: a snapshot is needed.</summary>
    Lost,
}

/// <summary>Follows the numbers of one book: what it lets pass is an unbroken chain from a snapshot on.</summary>
/// <remarks>Any permutation, repetition or loss of a venue's messages leaves the same book or is
/// <see cref="BookVerdict.Lost"/> (RELIABILITY T-I3).</remarks>
internal sealed class BookTracker(BookNumbering numbering)
{
    /// <summary>Changes kept while a snapshot is awaited; beyond it another snapshot is.</summary>
    internal const int KeptMax = 4_096;

    private const int RecentMax = 1_024;

    private readonly List<FeedMessage.BookChange> _kept = [];
    private readonly Queue<long> _recent = [];
    private bool _isJoined;
    private long _seenWhileUnknown;
    private int _outdatedCount;

    /// <summary>The book; known only while the chain is unbroken.</summary>
    internal FeedBook Book { get; } = new();

    /// <summary>Why the chain broke last.</summary>
    internal FeedGapReason LostReason { get; private set; }

    /// <summary>Why it broke last, in words.</summary>
    internal string LostMessage { get; private set; } = string.Empty;

    /// <summary>Forgets everything: a new snapshot is on its way.</summary>
    internal void Restart()
    {
        Forget();
        _seenWhileUnknown = 0;
    }

    /// <summary>Takes a snapshot.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="passed">Takes what a consumer is to apply: the snapshot and kept changes that follow it.</param>
    internal BookVerdict Take(FeedMessage.BookSnapshot snapshot, List<FeedMessage> passed)
    {
        long latest = Math.Max(Book.UpdateId, numbering == BookNumbering.Linked ? _seenWhileUnknown : 0);
        if (snapshot.UpdateId < latest)
        {
            return Lose(
                FeedGapReason.StaleSnapshot, $"snapshot {snapshot.UpdateId} lies before change {latest}, already seen");
        }

        FeedMessage.BookChange[] kept = [.. _kept];
        Forget();
        Book.Apply(snapshot);
        if (Book.IsCrossed)
        {
            return Lose(FeedGapReason.RefusedChange, $"snapshot {snapshot.UpdateId} is crossed");
        }

        passed.Add(snapshot);
        foreach (FeedMessage.BookChange change in kept)
        {
            if (Take(change, passed) == BookVerdict.Lost)
            {
                return BookVerdict.Lost;
            }
        }

        return BookVerdict.Applied;
    }

    /// <summary>Takes changes.</summary>
    /// <param name="change">The changes.</param>
    /// <param name="passed">Takes them if a consumer is to apply them.</param>
    internal BookVerdict Take(FeedMessage.BookChange change, List<FeedMessage> passed)
    {
        if (!Book.IsKnown)
        {
            return Keep(change);
        }

        if (IsBefore(change))
        {
            return Before(change);
        }

        if (!IsNext(change))
        {
            return Lose(
                FeedGapReason.MissedNumber,
                $"changes {change.FirstUpdateId} to {change.UpdateId} do not follow {Book.UpdateId}");
        }

        Book.Apply(change);
        if (Book.IsCrossed)
        {
            return Lose(FeedGapReason.RefusedChange, $"change {change.UpdateId} crosses the book");
        }

        _isJoined = true;
        _recent.Enqueue(change.UpdateId);
        if (_recent.Count > RecentMax)
        {
            _recent.Dequeue();
        }

        passed.Add(change);
        return BookVerdict.Applied;
    }

    /// <summary>Breaks the chain: a change was refused elsewhere.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="message">In words.</param>
    internal BookVerdict Lose(FeedGapReason reason, string message)
    {
        (LostReason, LostMessage) = (reason, message);
        Forget();
        return BookVerdict.Lost;
    }

    private BookVerdict Keep(FeedMessage.BookChange change)
    {
        _seenWhileUnknown = Math.Max(_seenWhileUnknown, change.UpdateId);
        if (numbering == BookNumbering.Linked)
        {
            return BookVerdict.Kept;
        }

        if (_kept.Count == KeptMax)
        {
            return Lose(FeedGapReason.StaleSnapshot, $"no snapshot within {KeptMax} changes");
        }

        _kept.Add(change);
        return BookVerdict.Kept;
    }

    // What lies before a snapshot is dropped, but not for ever: numbers that began anew would never be seen.
    private BookVerdict Before(FeedMessage.BookChange change)
    {
        if (_recent.Contains(change.UpdateId))
        {
            return BookVerdict.Repeated;
        }

        return !_isJoined && ++_outdatedCount <= RecentMax
            ? BookVerdict.Outdated
            : Lose(FeedGapReason.SequenceReset, $"change {change.UpdateId} after {Book.UpdateId}");
    }

    private bool IsBefore(FeedMessage.BookChange change) => numbering switch
    {
        BookNumbering.LinkedRanges or BookNumbering.RisingRanges when !_isJoined => change.UpdateId < Book.UpdateId,
        _ => change.UpdateId <= Book.UpdateId,
    };

    private bool IsNext(FeedMessage.BookChange change) => numbering switch
    {
        BookNumbering.Linked => change.PreviousUpdateId == Book.UpdateId,
        BookNumbering.LinkedRanges => _isJoined
            ? change.PreviousUpdateId == Book.UpdateId
            : change.FirstUpdateId <= Book.UpdateId || change.PreviousUpdateId <= Book.UpdateId,
        BookNumbering.AdjacentRanges => _isJoined
            ? change.FirstUpdateId == Book.UpdateId + 1
            : change.FirstUpdateId <= Book.UpdateId + 1,
        _ => !_isJoined || change.FirstUpdateId > Book.UpdateId,
    };

    private void Forget()
    {
        Book.Clear();
        _kept.Clear();
        _recent.Clear();
        _isJoined = false;
        _outdatedCount = 0;
    }
}
