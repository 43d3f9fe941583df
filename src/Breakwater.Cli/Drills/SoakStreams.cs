namespace Breakwater.Cli.Drills;

/// <summary>Followers of the stream: read everything that the server tells them, until they are ended.</summary>
internal sealed class SoakStreams
{
    private readonly Task[] _following;
    private long _eventCount;
    private int _brokenCount;

    /// <summary>Followers, each on a connection of its own.</summary>
    /// <param name="http">A client of the server.</param>
    /// <param name="count">How many; ≥ 0.</param>
    /// <param name="ending">Ends them.</param>
    public SoakStreams(HttpClient http, int count, CancellationToken ending)
    {
        _following = [.. Enumerable.Range(0, count).Select(_ => Task.Run(() => FollowAsync(http, ending), ending))];
    }

    /// <summary>Lines read by all of them.</summary>
    public long EventCount => Interlocked.Read(ref _eventCount);

    /// <summary>Followers that the server has cut off.</summary>
    public int BrokenCount => Volatile.Read(ref _brokenCount);

    /// <summary>When all have ended.</summary>
    public Task EndedAsync() => Task.WhenAll(_following);

    private async Task FollowAsync(HttpClient http, CancellationToken ending)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(
                new Uri("/v1/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ending)
                .ConfigureAwait(false);
            answer.EnsureSuccessStatusCode();
            using StreamReader lines = new(await answer.Content.ReadAsStreamAsync(ending).ConfigureAwait(false));
            while (await lines.ReadLineAsync(ending).ConfigureAwait(false) is not null)
            {
                Interlocked.Increment(ref _eventCount);
            }

            Interlocked.Increment(ref _brokenCount);
        }
        catch (OperationCanceledException)
        {
            // It was ended.
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            Interlocked.Increment(ref _brokenCount);
        }
    }
}
