using Breakwater.Adapters.Files;
using Breakwater.Instruments;

namespace Breakwater.Cli.Replays;

/// <summary>What one replay asks.</summary>
/// <param name="Files">The market's files.</param>
/// <param name="PortfolioPath">The portfolio held all the way; <c>null</c> asks for the study of probabilities of
/// liquidation.</param>
/// <param name="From">First instant.</param>
/// <param name="To">Last instant.</param>
/// <param name="EveryMilliseconds">Time between instants; &gt; 0.</param>
/// <param name="ThreadCount">Instants worked on at once; ≥ 1; the result does not depend on it.</param>
/// <param name="IsMaintenanceOnly">Whether initial margin is left out, which takes a third of the time.</param>
/// <param name="CsvPath">File for one row per instant; <c>null</c> if not asked for.</param>
/// <param name="PlotPath">File for a drawing; likewise.</param>
internal sealed record ReplayRequest(
    MarketFileSelection Files, string? PortfolioPath, Timestamp From, Timestamp To, long EveryMilliseconds,
    int ThreadCount, bool IsMaintenanceOnly, string? CsvPath, string? PlotPath)
{
    /// <summary>The instants, first and last included where the step meets them.</summary>
    public IEnumerable<Timestamp> Instants()
    {
        for (Timestamp at = From; at <= To; at = at.AddMilliseconds(EveryMilliseconds))
        {
            yield return at;
        }
    }
}
