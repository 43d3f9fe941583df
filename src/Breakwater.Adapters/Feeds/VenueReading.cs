using Breakwater.Adapters.Files;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>When bytes were received, by both our clocks.</summary>
/// <param name="At">By the clock of the day.</param>
/// <param name="Nanoseconds">By the clock that never goes back.</param>
internal readonly record struct FeedArrival(Timestamp At, long Nanoseconds)
{
    /// <summary>Now.</summary>
    internal static FeedArrival Now(TimeProvider time) => new(
        Timestamp.FromUnixMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
        time.GetElapsedTime(0).Ticks * 100L);
}

/// <summary>What the bytes of one message of a venue mean: messages that are well-formed but not yet believed, answers
/// to send, or a refusal.</summary>
internal sealed class VenueReading
{
    private VenueReading(FeedArrival arrival, ReadOnlyMemory<byte> raw, string source)
    {
        Arrival = arrival;
        Raw = raw;
        Source = source;
        Fields = new FeedFields(source);
    }

    /// <summary>When it was received.</summary>
    internal FeedArrival Arrival { get; }

    /// <summary>The bytes.</summary>
    internal ReadOnlyMemory<byte> Raw { get; }

    /// <summary>Name of the feed.</summary>
    internal string Source { get; }

    /// <summary>Its members, and why it was refused.</summary>
    internal FeedFields Fields { get; }

    /// <summary>Messages in it; meaningless if it was refused.</summary>
    internal List<FeedMessage> Messages { get; } = [];

    /// <summary>Answers the venue asks for.</summary>
    internal List<string> Replies { get; } = [];

    /// <summary>Why the connection must end; <c>null</c> if it need not.</summary>
    internal string? EndReason { get; set; }

    /// <summary>Reads bytes as strict JSON.</summary>
    /// <param name="raw">The bytes.</param>
    /// <param name="source">Name of the feed.</param>
    /// <param name="arrival">When they were received.</param>
    /// <param name="root">The document; <c>null</c> if it was refused.</param>
    internal static VenueReading Of(
        ReadOnlyMemory<byte> raw, string source, FeedArrival arrival, out JsonValue? root)
    {
        VenueReading reading = new(arrival, raw, source);
        List<Failure> failures = [];
        root = StrictJson.Parse(raw.Span, source, failures);
        if (failures.Count > 0)
        {
            root = null;
            reading.Fields.Refuse(FeedStage.Syntax, failures[0]);
        }
        else if (root!.Kind != JsonKind.Object) // not null where nothing was refused
        {
            reading.Fields.Refuse(FailureReason.Malformed, "no object", root, "a JSON object");
            root = null;
        }

        return reading;
    }

    /// <summary>Stamp of a message in it; its number is given when it is accepted.</summary>
    /// <param name="venueAt">The venue's time.</param>
    internal FeedStamp Stamp(Timestamp venueAt) => new(Source, -1, venueAt, Arrival.At, Arrival.Nanoseconds);
}
