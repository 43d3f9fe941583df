using Microsoft.AspNetCore.Http;

namespace Breakwater.Server.Api;

/// <summary>Lets as many margins be worked out at once as there are processors but one: that is the engine's, however
/// many ask.</summary>
internal sealed class AnswerGate : IDisposable
{
    private readonly SemaphoreSlim _gate = new(Math.Max(1, Environment.ProcessorCount - 1));

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>Works out an answer when its turn has come.</summary>
    /// <param name="work">Works it out: milliseconds.</param>
    /// <param name="cancel">The client has gone.</param>
    internal async Task<IResult> RunAsync(Func<IResult> work, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return work();
        }
        finally
        {
            _gate.Release();
        }
    }
}
