namespace Breakwater.Adapters.Feeds.Recorded;

/// <summary>How fast recorded time passes.</summary>
/// <remarks>The <c>default</c> value is <see cref="Fastest"/>.</remarks>
public readonly record struct ReplaySpeed
{
    private readonly double _factor;

    private ReplaySpeed(double factor) => _factor = factor;

    /// <summary>As fast as it is read.</summary>
    public static ReplaySpeed Fastest => default;

    /// <summary>As it was: a second takes a second.</summary>
    public static ReplaySpeed Real => new(1d);

    /// <summary>So many times as fast as it was.</summary>
    /// <param name="factor">Recorded seconds per second; finite, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not finite and positive.</exception>
    public static ReplaySpeed Times(double factor) => double.IsFinite(factor) && factor > 0d
        ? new ReplaySpeed(factor)
        : throw new ArgumentOutOfRangeException(nameof(factor), factor, "a speed is finite and above 0");

    /// <summary>When something is due after the start; zero if nothing is waited for.</summary>
    /// <param name="recordedMilliseconds">Recorded time since the start, milliseconds; ≥ 0.</param>
    internal TimeSpan Due(long recordedMilliseconds) =>
        _factor == 0d ? TimeSpan.Zero : TimeSpan.FromMilliseconds(recordedMilliseconds / _factor);
}
