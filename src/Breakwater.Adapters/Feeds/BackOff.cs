namespace Breakwater.Adapters.Feeds;

/// <summary>How long to wait before the next attempt: doubled from failure to failure, and never the same for two
/// clients, so that a venue that comes back is not overrun.</summary>
internal sealed class BackOff(LinkSettings settings, Random random)
{
    private int _failureCount;

    /// <summary>Forgets the failures: something worked.</summary>
    internal void Reset() => _failureCount = 0;

    /// <summary>Wait after one more failure: between half of it and all of it.</summary>
    internal TimeSpan Next()
    {
        double doubled = settings.BackOffFirst.TotalMilliseconds * Math.Pow(2d, Math.Min(_failureCount++, 16));
        double limited = Math.Min(doubled, settings.BackOffMax.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(limited * (0.5 + (0.5 * random.NextDouble())));
    }
}
