using System.Collections.Immutable;

namespace Breakwater.Markets;

/// <summary>What became of observations: a market, or the findings that make it unusable. A closed hierarchy.</summary>
public abstract record SnapshotOutcome
{
    private SnapshotOutcome()
    {
    }

    /// <summary>A market that can be valued.</summary>
    /// <param name="Market">The snapshot.</param>
    public sealed record Usable(MarketSnapshot Market) : SnapshotOutcome;

    /// <summary>No market that can be valued: none observed, or too old.</summary>
    /// <param name="Findings">Why; at least one.</param>
    public sealed record Unusable(ImmutableArray<Finding> Findings) : SnapshotOutcome;
}
