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
    /// <exception cref="ArgumentException">No market is valued.</exception>
    public static Digest Of(RiskState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        MarketValuation valuation = state.InForce
            ?? throw new ArgumentException("no market is valued", nameof(state));
        CanonicalWriter writer = new CanonicalWriter("TICK", Version)
            .Write(state.Sequence).Write(state.At).Write(state.Parameters.Digest)
            .Write(CanonicalEncoding.DigestOf(valuation.Market))
            .Write(CanonicalEncoding.DigestOf(valuation.Scenarios))
            .Write(state.Accounts.Count);
        foreach ((string id, AccountStanding own) in state.Accounts)
        {
            writer.Write(id).Write((int)own.Stage).Write(own.Computed.IsKnown)
                .Write(own.Computed.Equity.MicroDollars).Write(own.Computed.Initial.MicroDollars)
                .Write(own.Computed.Target.MicroDollars).Write(own.Computed.Maintenance.MicroDollars)
                .Write(own.MaintenanceInEffect.MicroDollars);
        }

        return writer.Digest;
    }
}
