using Breakwater.Instruments;
using Microsoft.AspNetCore.Http;

namespace Breakwater.Server.Api;

/// <summary>Lets one explanation, or one margin in a moved market, be worked out at a time: they revalue and recompute,
/// an explanation hundreds of times, and must not take the processors from the engine.</summary>
/// <param name="what">What is asked for, plural, for people.</param>
/// <param name="waitingMax">Most requests that wait; the next one is refused and says so. ≥ 0.</param>
internal sealed class ExplanationGate(string what, int waitingMax) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private int _waitingCount;

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>Works out an answer when its turn has come.</summary>
    /// <param name="work">Works it out.</param>
    /// <param name="cancel">The client has gone.</param>
    internal async Task<IResult> RunAsync(Func<IResult> work, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _waitingCount) > waitingMax + 1)
        {
            Interlocked.Decrement(ref _waitingCount);
            return Problem.Of(new Failure(
                FailureReason.Unavailable, $"too many {what} are asked for at once", Limit: $"{waitingMax}"));
        }

        try
        {
            await _gate.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                return await Task.Run(work, cancel).ConfigureAwait(false);
            }
            finally
            {
                _gate.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waitingCount);
        }
    }
}
