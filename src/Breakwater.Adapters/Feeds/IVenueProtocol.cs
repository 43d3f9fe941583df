using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>A request to a venue, with what it costs of the budget.</summary>
/// <param name="Text">The message.</param>
/// <param name="Cost">Credits.</param>
internal readonly record struct VenueRequest(string Text, int Cost);

/// <summary>What differs from venue to venue: addresses, requests and the meaning of messages. It has no socket and no
/// clock.</summary>
internal interface IVenueProtocol
{
    /// <summary>Name of the feed.</summary>
    string Source { get; }

    /// <summary>Address of the stream.</summary>
    Uri Address { get; }

    /// <summary>How the connection is watched.</summary>
    LinkSettings Link { get; }

    /// <summary>How the venue numbers things.</summary>
    VenueNumbering Numbering { get; }

    /// <summary>What may be asked.</summary>
    VenueBudget Budget { get; }

    /// <summary>Instruments whose books are followed.</summary>
    IReadOnlyList<Instrument> Books { get; }

    /// <summary>Begins a connection.</summary>
    /// <returns>Requests to send first.</returns>
    IReadOnlyList<VenueRequest> Open();

    /// <summary>Reads one message of the stream.</summary>
    /// <param name="raw">Its bytes.</param>
    /// <param name="arrival">When it was received.</param>
    VenueReading Read(ReadOnlyMemory<byte> raw, FeedArrival arrival);

    /// <summary>Requests to send because of what was read; taken once.</summary>
    IReadOnlyList<VenueRequest> TakeRequests();

    /// <summary>How to get a snapshot of a book: requests to send.</summary>
    /// <param name="instrument">The instrument.</param>
    IReadOnlyList<VenueRequest> SnapshotRequests(Instrument instrument);

    /// <summary>How to get a snapshot of a book: a document to fetch; <c>null</c> if it comes with the
    /// stream.</summary>
    /// <param name="instrument">The instrument.</param>
    VenueDocument? SnapshotDocument(Instrument instrument);

    /// <summary>Reads a snapshot that was fetched.</summary>
    /// <param name="instrument">Of this instrument.</param>
    /// <param name="raw">Its bytes.</param>
    /// <param name="arrival">When it was received.</param>
    VenueReading ReadSnapshot(Instrument instrument, ReadOnlyMemory<byte> raw, FeedArrival arrival);
}

/// <summary>A document to fetch from a venue.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Cost">What it costs, credits.</param>
internal readonly record struct VenueDocument(Uri Address, int Cost);

/// <summary>What a venue lets a client ask.</summary>
/// <param name="CreditsMax">Credits of a client that was silent for long.</param>
/// <param name="CreditsPerSecond">Credits that come back each second.</param>
internal readonly record struct VenueBudget(int CreditsMax, int CreditsPerSecond);

/// <summary>How a venue numbers what it sends.</summary>
/// <param name="Books">Changes of books.</param>
/// <param name="AreTradesConsecutive">Whether numbers of an instrument's trades rise by one, so that a missing one
/// shows.</param>
internal readonly record struct VenueNumbering(BookNumbering Books, bool AreTradesConsecutive);
