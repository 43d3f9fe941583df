using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Breakwater.BrowserTests;

/// <summary>Frames that a page drew, and what they cost.</summary>
/// <param name="Milliseconds">Times between them, ascending.</param>
/// <param name="CpuSeconds">Processor time of the page's thread meanwhile: what a frame costs on a busy machine too.
/// </param>
internal sealed record Frames(IReadOnlyList<double> Milliseconds, double CpuSeconds)
{
    private const string Count =
        """
        ({ milliseconds, step }) => new Promise((resolve) => {
          const times = [];
          const table = document.querySelector('.accounts');
          const first = performance.now();
          const look = (now) => {
            times.push(now);
            if (step > 0) table.scrollTop += step;
            if (now - first < milliseconds) requestAnimationFrame(look);
            else resolve(times.slice(1).map((time, index) => time - times[index]));
          };
          requestAnimationFrame(look);
        })
        """;

    /// <summary>Frames a second, over all of them.</summary>
    internal double PerSecond => 1_000d * Milliseconds.Count / Milliseconds.Sum();

    /// <summary>Processor time of the page's thread for each frame, milliseconds.</summary>
    internal double CpuMilliseconds => 1_000d * CpuSeconds / Milliseconds.Count;

    /// <summary>Counts frames.</summary>
    /// <param name="page">The page.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="scrollPixels">By how much the table of subaccounts is scrolled at each frame; 0: not.</param>
    internal static async Task<Frames> OfAsync(IPage page, double seconds, int scrollPixels = 0)
    {
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        double before = await CpuAsync(session);
        JsonElement told = (await page.EvaluateAsync(
            Count, new { milliseconds = 1_000d * seconds, step = scrollPixels }))!.Value;
        double after = await CpuAsync(session);
        await session.DetachAsync();
        return new Frames([.. told.EnumerateArray().Select(static own => own.GetDouble()).Order()], after - before);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{PerSecond:0.0} frames a second; between frames, ms: p50 {At(0.5):0.0}, p95 {At(0.95):0.0}, "
        + $"p99 {At(0.99):0.0}, longest {Milliseconds[^1]:0.0}; processor {CpuMilliseconds:0.0} ms a frame");

    private static async Task<double> CpuAsync(ICDPSession session)
    {
        JsonElement metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        return metrics.EnumerateArray().First(static own => own.GetProperty("name").GetString() == "TaskDuration")
            .GetProperty("value").GetDouble();
    }

    private double At(double share) => Milliseconds[(int)Math.Ceiling(share * Milliseconds.Count) - 1];
}
