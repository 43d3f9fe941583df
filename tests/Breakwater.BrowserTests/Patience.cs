namespace Breakwater.BrowserTests;

/// <summary>How long something may take before a test gives it up: far more than it does, since machines are busy.
/// </summary>
internal static class Patience
{
    /// <summary>In milliseconds.</summary>
    internal const float Milliseconds = 60_000f;

    /// <summary>Waits until something is so, and says what was seen last if it never is.</summary>
    /// <param name="look">Looks; <c>null</c>: it is so.</param>
    internal static async Task UntilAsync(Func<Task<string?>> look)
    {
        string? last = null;
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds < Milliseconds)
        {
            last = await look();
            if (last is null) return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"after {Milliseconds / 1_000:0} s: {last}");
    }
}
