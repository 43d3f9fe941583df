using Breakwater.Attestation;
using Breakwater.Engine;
using Breakwater.Instruments;

namespace Breakwater.Tests.Engine;

public sealed class MarginDigestLaws
{
    [Fact]
    public void The_digest_is_of_the_bytes_written_one_after_another_whoever_writes_the_parts()
    {
        RiskState state = EngineScript.Begun(EngineScript.NewEngine());
        CanonicalWriter writer = new CanonicalWriter("TICK", MarginDigest.Version)
            .Write(state.Sequence).Write(state.At).Write(state.Parameters.Digest)
            .Write(CanonicalEncoding.DigestOf(state.InForce!.Market))
            .Write(CanonicalEncoding.DigestOf(state.InForce.Scenarios))
            .Write(state.Accounts.Count);
        foreach ((string id, AccountStanding own) in state.Accounts)
        {
            writer.Write(id).Write((int)own.Stage).Write(own.Computed.IsKnown)
                .Write(own.Computed.Equity.MicroDollars).Write(own.Computed.Initial.MicroDollars)
                .Write(own.Computed.Target.MicroDollars).Write(own.Computed.Maintenance.MicroDollars)
                .Write(own.MaintenanceInEffect.MicroDollars);
        }

        Assert.Equal(writer.Digest, MarginDigest.Of(state));
        Assert.Equal(writer.Digest, MarginDigest.Of(state, static (count, unit) =>
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, unit)));
    }

    [Fact]
    public void Without_a_valued_market_there_is_nothing_to_digest() => Assert.Throws<ArgumentException>(() =>
        MarginDigest.Of(RiskState.Start(EngineScript.Parameters)));
}
