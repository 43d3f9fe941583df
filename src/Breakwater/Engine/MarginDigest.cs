using System.Collections.Immutable;
using Breakwater.Attestation;
using Breakwater.Instruments;

namespace Breakwater.Engine;

/// <summary>Canonical bytes of what a tick says of every account, kind <c>TICK</c>: what a node signs when a market has
/// been valued.</summary>
/// <remarks>Market, scenario sets and parameters by their digests, then every margin computed and in effect, with its
/// stage. A report of a single account is made when it is asked for.</remarks>
public static class MarginDigest
{
    /// <summary>Version of the layout.</summary>
    public const int Version = 1;

    /// <summary>SHA-256 of the bytes.</summary>
    /// <param name="state">A state after a tick that valued a market.</param>
    /// <param name="run">Runs parts of the bytes; <c>null</c>: one after another.</param>
    /// <exception cref="ArgumentException">No market is valued.</exception>
    public static Digest Of(RiskState state, UnitRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        MarketValuation valuation = state.InForce
            ?? throw new ArgumentException("no market is valued", nameof(state));
        ImmutableArray<StandingLeaf> leaves = state.Accounts.Leaves;
        CanonicalWriter[] parts = new CanonicalWriter[1 + leaves.Length];
        (run ?? UnitRuns.InOrder)(parts.Length, unit => parts[unit] = unit == 0
            ? CanonicalWriter.Part()
                .Write(CanonicalEncoding.DigestOf(valuation.Market))
                .Write(CanonicalEncoding.DigestOf(valuation.Scenarios))
            : PartOf(leaves[unit - 1]));
        CanonicalWriter writer = new CanonicalWriter("TICK", Version)
            .Write(state.Sequence).Write(state.At).Write(state.Parameters.Digest)
            .Join(parts[0]).Write(state.Accounts.Count);
        foreach (CanonicalWriter part in parts.AsSpan(1)) writer.Join(part);
        return writer.Digest;
    }

    private static CanonicalWriter PartOf(StandingLeaf leaf)
    {
        CanonicalWriter part = CanonicalWriter.Part();
        for (int index = 0; index < leaf.Names.Length; index++)
        {
            AccountStanding own = leaf.Standings[index];
            part.Write(leaf.Names[index]).Write((int)own.Stage).Write(own.Computed.IsKnown)
                .Write(own.Computed.Equity.MicroDollars).Write(own.Computed.Initial.MicroDollars)
                .Write(own.Computed.Target.MicroDollars).Write(own.Computed.Maintenance.MicroDollars)
                .Write(own.MaintenanceInEffect.MicroDollars);
        }

        return part;
    }
}
