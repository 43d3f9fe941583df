using System.Diagnostics;
using System.Net.Http.Headers;

namespace Breakwater.Cli.Loads;

/// <summary>Sends requests at a fixed rate whether or not answers come, and times each from the instant at which it was
/// due: a server that stands still for a second is seen to (no coordinated omission).</summary>
internal sealed class LoadRun : IDisposable
{
    private const int OutstandingMax = 8_192; // beyond it nothing is sent, and that is counted
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Overshoot = TimeSpan.FromMilliseconds(0.25); // of a sleep
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(1); // sleeps are of whole ones

    private readonly LoadRequest _request;
    private readonly HttpClient _http;
    private int _outstandingCount;

    private LoadRun(LoadRequest request)
    {
        _request = request;
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan })
        {
            BaseAddress = request.Address,
            Timeout = Patience,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", request.Secret);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Runs a load.</summary>
    /// <param name="request">The load.</param>
    /// <param name="begun">Told when the requests that count begin.</param>
    /// <exception cref="HttpRequestException">The server is not there, or refuses the key.</exception>
    /// <exception cref="System.Text.Json.JsonException">It is no server of ours.</exception>
    internal static async Task<LoadResult> RunAsync(LoadRequest request, Action begun)
    {
        using LoadRun run = new(request);
        LoadQuestions questions = await LoadQuestions.AskAsync(run._http, request.Mix.Kinds).ConfigureAwait(false);
        LoadSample?[] samples = new LoadSample?[request.TotalCount];
        Task[] pending = new Task[request.TotalCount];
        await run.SendAsync(questions, samples, pending, 0, request.UncountedCount).ConfigureAwait(false);
        await Task.WhenAll(pending[..(int)request.UncountedCount]).ConfigureAwait(false);
        begun();
        Cadence before = await Cadence.ReadAsync(run._http).ConfigureAwait(false);
        await run.SendAsync(questions, samples, pending, request.UncountedCount, request.TotalCount)
            .ConfigureAwait(false);
        Cadence after = await Cadence.ReadAsync(run._http).ConfigureAwait(false);
        await Task.WhenAll(pending[(int)request.UncountedCount..]).ConfigureAwait(false);
        return new LoadResult(
            request,
            [
                .. request.Mix.Kinds.Select(kind => LoadTally.Of(
                    kind, samples.Skip((int)request.UncountedCount).OfType<LoadSample>())),
            ],
            after.Since(before));
    }

    // On a thread of its own: sleeping and waking must not depend on the pool that reads answers.
    private Task SendAsync(LoadQuestions questions, LoadSample?[] samples, Task[] pending, long from, long to) =>
        Task.Factory.StartNew(
            () =>
            {
                long start = Stopwatch.GetTimestamp();
                for (long index = from; index < to; index++)
                {
                    long due = start + (long)((index - from) / _request.RatePerSecond * Stopwatch.Frequency);
                    WaitUntil(due);
                    long number = index;
                    pending[index] = OneAsync(questions, samples, number, due);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // The rest of a millisecond is waited for awake, and no more: the processor may be the server's too.
    private static void WaitUntil(long due)
    {
        for (TimeSpan left = Left(due); left > TimeSpan.Zero; left = Left(due))
        {
            if (left >= Slice + Overshoot) Thread.Sleep(left - Overshoot);
            else Thread.Yield();
        }
    }

    private static TimeSpan Left(long due) => Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);

    private async Task OneAsync(LoadQuestions questions, LoadSample?[] samples, long index, long due)
    {
        LoadKind kind = _request.Mix.KindOf(index);
        if (Interlocked.Increment(ref _outstandingCount) > OutstandingMax)
        {
            Interlocked.Decrement(ref _outstandingCount);
            samples[index] = new LoadSample(kind, LoadSample.NotSent, 0d);
            return;
        }

        int status = LoadSample.Unanswered;
        try
        {
            using HttpRequestMessage request = questions.Of(kind, index);
            using HttpResponseMessage answer =
                await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
            await answer.Content.CopyToAsync(Stream.Null).ConfigureAwait(false);
            status = (int)answer.StatusCode;
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or OperationCanceledException)
        {
            // No answer: counted as such, at the time after which nobody waited any longer.
        }

        samples[index] = new LoadSample(kind, status, Stopwatch.GetElapsedTime(due).TotalMilliseconds);
        Interlocked.Decrement(ref _outstandingCount);
    }
}
