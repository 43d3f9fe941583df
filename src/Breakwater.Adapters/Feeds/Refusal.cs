using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>Where an input of a feed was refused.</summary>
public enum FeedStage
{
    /// <summary>As it arrived: too large, or not text.</summary>
    Transport,

    /// <summary>As text: no JSON, a member twice, too deep or too long.</summary>
    Syntax,

    /// <summary>As a message of the protocol: a member is missing, unknown or outside its domain.</summary>
    Meaning,

    /// <summary>Its time: too far from our clock, or in another unit.</summary>
    Clock,

    /// <summary>Its number: sent twice, out of order, or missing a predecessor.</summary>
    Sequence,

    /// <summary>Its values: crossed, off the tick, or a price that nothing near it confirms.</summary>
    Plausibility,

    /// <summary>As one of several sources: an index left it out.</summary>
    Index,
}

/// <summary>How often something was refused.</summary>
/// <param name="Stage">Where.</param>
/// <param name="Source">Of which feed.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How often.</param>
public readonly record struct RefusalCount(FeedStage Stage, string Source, FailureReason Reason, long Count);

/// <summary>An input that was refused, with what is kept of it.</summary>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="Source">From which feed.</param>
/// <param name="Stage">Where it was refused.</param>
/// <param name="Reason">Why.</param>
/// <param name="Message">In words.</param>
/// <param name="Length">Length of the input, bytes.</param>
/// <param name="Raw">Its first bytes, at most <see cref="Quarantine.RawBytesMax"/>.</param>
/// <param name="RestDigest">SHA-256 of the bytes beyond them, <c>0x</c> and 64 digits; <c>null</c> if there are none.
/// </param>
public sealed record QuarantinedInput(
    Timestamp ReceivedAt, string Source, FeedStage Stage, FailureReason Reason, string Message, long Length,
    ReadOnlyMemory<byte> Raw, string? RestDigest);
