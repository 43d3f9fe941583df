using System.Net.Http.Headers;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>A snapshot that was fetched, or why not.</summary>
/// <param name="Instrument">Of this instrument.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Failure">Why there is none.</param>
internal sealed record FetchedSnapshot(Instrument Instrument, ReadOnlyMemory<byte> Bytes, Failure? Failure);

/// <summary>Snapshots that are being fetched while the stream goes on.</summary>
internal sealed class SnapshotFetches : IDisposable
{
    private const int SnapshotBytesMax = 4 * 1024 * 1024; // 5,000 levels a side have about 300,000

    private readonly HttpClient _client;
    private readonly string _source;
    private readonly List<Task<FetchedSnapshot>> _tasks = [];
    private readonly TimeProvider _time;
    private CancellationTokenSource _abandon = new();
    private DateTimeOffset _notBefore;

    internal SnapshotFetches(IVenueProtocol protocol, TimeProvider time)
    {
        _source = protocol.Source;
        _time = time;
        _client = new HttpClient
        {
            Timeout = protocol.Link.OpenMax,
            MaxResponseContentBufferSize = SnapshotBytesMax,
        };
    }

    /// <summary>What is being fetched.</summary>
    internal IReadOnlyList<Task> Tasks => _tasks;

    /// <summary>Begins to fetch a snapshot.</summary>
    /// <param name="instrument">Of this instrument.</param>
    /// <param name="address">From here.</param>
    internal void Begin(Instrument instrument, Uri address) =>
        _tasks.Add(FetchAsync(instrument, address, _abandon.Token));

    /// <summary>Takes what has come, each once.</summary>
    internal IReadOnlyList<FetchedSnapshot> TakeCompleted()
    {
        List<FetchedSnapshot> completed = [];
        foreach (Task<FetchedSnapshot> task in _tasks.Where(task => task.IsCompleted).ToArray())
        {
            _tasks.Remove(task);
            completed.Add(task.Result); // it is completed and never throws
        }

        return completed;
    }

    /// <summary>Nothing that is being fetched is wanted any more.</summary>
    internal void Abandon()
    {
        _abandon.Cancel();
        _abandon.Dispose();
        _abandon = new CancellationTokenSource();
        _tasks.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _abandon.Cancel();
        _abandon.Dispose();
        _client.Dispose();
    }

    private async Task<FetchedSnapshot> FetchAsync(Instrument instrument, Uri address, CancellationToken cancel)
    {
        try
        {
            TimeSpan wait = _notBefore - _time.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _time, cancel).ConfigureAwait(false);
            }

            using HttpResponseMessage response = await _client.GetAsync(address, cancel).ConfigureAwait(false);
            byte[] bytes = await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return new FetchedSnapshot(instrument, bytes, null);
            }

            _notBefore = _time.GetUtcNow() + RetryAfter(response.Headers.RetryAfter);
            return new FetchedSnapshot(instrument, bytes, new Failure(
                FailureReason.Unreadable, $"the venue answered {(int)response.StatusCode} to {address.AbsolutePath}",
                _source));
        }
        catch (Exception exception) when (VenueSocket.IsLoss(exception))
        {
            return new FetchedSnapshot(instrument, default, new Failure(
                FailureReason.Unreadable, $"no snapshot from {address.AbsolutePath}: {exception.Message}", _source));
        }
    }

    // A venue that says how long to wait is obeyed, up to the longest ban it names without a date.
    private TimeSpan RetryAfter(RetryConditionHeaderValue? header)
    {
        TimeSpan wait = header?.Delta ?? (header?.Date - _time.GetUtcNow()) ?? TimeSpan.Zero;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
