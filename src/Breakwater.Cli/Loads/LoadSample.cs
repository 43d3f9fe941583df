namespace Breakwater.Cli.Loads;

/// <summary>What became of one request.</summary>
/// <param name="Kind">What it asked.</param>
/// <param name="Status">Status of the answer, or why there is none.</param>
/// <param name="LatencyMs">From the instant at which it was due to the last byte of the answer, milliseconds.</param>
internal sealed record LoadSample(LoadKind Kind, int Status, double LatencyMs)
{
    /// <summary>No answer came.</summary>
    internal const int Unanswered = 0;

    /// <summary>It was not sent: too many were without an answer.</summary>
    internal const int NotSent = -1;
}
