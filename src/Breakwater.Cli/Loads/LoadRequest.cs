namespace Breakwater.Cli.Loads;

/// <summary>What load to put on a server.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Secret">Secret of a key that may do what is asked.</param>
/// <param name="RatePerSecond">Requests per second, sent whether or not answers come; &gt; 0.</param>
/// <param name="Length">How long requests are sent and counted; &gt; 0.</param>
/// <param name="WarmUp">How long they are sent before that, uncounted; ≥ 0.</param>
/// <param name="Mix">Shares of kinds.</param>
internal sealed record LoadRequest(
    Uri Address, string Secret, double RatePerSecond, TimeSpan Length, TimeSpan WarmUp, LoadMix Mix)
{
    /// <summary>Requests of the warm-up: the first ones.</summary>
    internal long UncountedCount => (long)(WarmUp.TotalSeconds * RatePerSecond);

    /// <summary>Requests in all; at least one is counted.</summary>
    internal long TotalCount => UncountedCount + Math.Max(1, (long)(Length.TotalSeconds * RatePerSecond));
}
