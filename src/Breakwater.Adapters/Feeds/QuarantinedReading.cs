using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>Reads what is kept in quarantine again.</summary>
internal static class QuarantinedReading
{
    /// <summary>Messages of an input, or why there are none.</summary>
    /// <param name="protocol">The venue it came from.</param>
    /// <param name="input">The input.</param>
    internal static Result<ImmutableArray<FeedMessage>> Of(IVenueProtocol protocol, QuarantinedInput input)
    {
        if (input.Length != input.Raw.Length)
        {
            return Result<ImmutableArray<FeedMessage>>.Refused(new Failure(
                FailureReason.TooLarge, "the input was not kept whole", input.Source, Value: $"{input.Length} bytes",
                Limit: $"{Quarantine.RawBytesMax} bytes"));
        }

        protocol.Open();
        VenueReading reading = protocol.Read(input.Raw, new FeedArrival(input.ReceivedAt, 0));
        return reading.Fields.Refusal is { } refusal
            ? Result<ImmutableArray<FeedMessage>>.Refused(refusal)
            : Result<ImmutableArray<FeedMessage>>.Accepted([.. reading.Messages]);
    }
}
