using System.Runtime.CompilerServices;

namespace Breakwater.Adapters.Feeds;

/// <summary>A feed of a live venue: connects, reads, repairs and connects again until it is cancelled.</summary>
internal sealed class LiveFeed(IVenueProtocol protocol, FeedLedger ledger, TimeProvider time) : IMarketFeed
{
    /// <inheritdoc/>
    public string Source => protocol.Source;

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using LiveSession session = new(protocol, ledger, time);
        List<FeedMessage> output = [];
        while (!cancel.IsCancellationRequested)
        {
            await session.StepAsync(output, cancel).ConfigureAwait(false);
            foreach (FeedMessage message in output)
            {
                yield return message;
            }

            output.Clear();
        }
    }
}
