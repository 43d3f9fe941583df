using System.Diagnostics;
using System.Globalization;

namespace Breakwater.Server.Loop;

/// <summary>Says every ten seconds how far a replay is.</summary>
/// <param name="total">Events in all.</param>
/// <param name="tell">Told.</param>
internal sealed class RecoveryProgress(long total, Action<string> tell)
{
    private const long EventsPerLook = 256;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private long _toldAt = Stopwatch.GetTimestamp();

    /// <summary>An event was applied.</summary>
    /// <param name="sequence">Its sequence.</param>
    internal void Applied(long sequence)
    {
        if (sequence % EventsPerLook != 0 || Stopwatch.GetElapsedTime(_toldAt) < Every) return;
        _toldAt = Stopwatch.GetTimestamp();
        tell(string.Create(CultureInfo.InvariantCulture, $"replay: {sequence:#,0} of {total:#,0} events are applied"));
    }
}
