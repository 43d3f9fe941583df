using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>What one feed hands to its consumer: numbered without holes, counted, and with the news when too much of it
/// is refused.</summary>
internal sealed class FeedDelivery(string source, FeedLedger ledger)
{
    private long _number;
    private bool _isUnhealthy;

    /// <summary>Hands over a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="output">Takes it.</param>
    internal void Accept(FeedMessage message, List<FeedMessage> output)
    {
        ledger.Accept(source);
        output.Add(message with { Stamp = message.Stamp with { Number = _number++ } });
        if (_isUnhealthy && ledger.RefusedFraction(source) is var fraction
            && fraction <= FeedLedger.RefusedFractionMax)
        {
            _isUnhealthy = false;
            FeedArrival arrival = new(message.Stamp.ReceivedAt, message.Stamp.ReceivedNanoseconds);
            Say(FeedState.Healthy, Percent(fraction), arrival, output);
        }
    }

    /// <summary>Refuses an input.</summary>
    /// <param name="stage">Where.</param>
    /// <param name="failure">Why.</param>
    /// <param name="arrival">When it was received.</param>
    /// <param name="raw">Its bytes.</param>
    /// <param name="output">Takes the news that the feed is unhealthy.</param>
    internal void Refuse(
        FeedStage stage, Failure failure, FeedArrival arrival, ReadOnlyMemory<byte> raw, List<FeedMessage> output)
    {
        ledger.Refuse(stage, source, failure, arrival.At, raw);
        double fraction = ledger.RefusedFraction(source);
        if (!_isUnhealthy && fraction > FeedLedger.RefusedFractionMax)
        {
            _isUnhealthy = true;
            Say(FeedState.Unhealthy, Percent(fraction), arrival, output);
        }
    }

    /// <summary>Tells a consumer about the feed itself.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="message">Why.</param>
    /// <param name="arrival">When.</param>
    /// <param name="output">Takes the message.</param>
    internal void Say(FeedState state, string message, FeedArrival arrival, List<FeedMessage> output) =>
        output.Add(new FeedMessage.StateChanged(Stamp(arrival), state, message));

    /// <summary>Tells a consumer that something of an instrument was missed.</summary>
    /// <param name="instrument">Of this instrument.</param>
    /// <param name="part">What of it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="message">In words.</param>
    /// <param name="arrival">When.</param>
    /// <param name="output">Takes the message.</param>
    internal void Gap(
        Instrument instrument, FeedPart part, FeedGapReason reason, string message, FeedArrival arrival,
        List<FeedMessage> output) =>
        output.Add(new FeedMessage.Gap(Stamp(arrival), instrument, part, reason, message));

    private static string Percent(double fraction) => string.Create(
        CultureInfo.InvariantCulture, $"{100d * fraction:0.##} % of what it sent within 60 s was refused");

    private FeedStamp Stamp(FeedArrival arrival) => new(source, _number++, arrival.At, arrival.At, arrival.Nanoseconds);
}
