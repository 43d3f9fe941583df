using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;

namespace Breakwater.Attestation;

/// <summary>Canonical bytes of the inputs of a margin run (docs/methodology/canonical-encoding.md).</summary>
/// <remarks>Equal inputs have equal bytes; every field is in them, so that any change changes the digest.</remarks>
public static class CanonicalEncoding
{
    /// <summary>Digest of a market snapshot: kind <c>MRKT</c>.</summary>
    public static Digest DigestOf(MarketSnapshot market) => Encode(market).Digest;

    /// <summary>Digest of the parameters: kind <c>PARM</c>, encoded where they live.</summary>
    public static Digest DigestOf(RiskParameters parameters) => parameters.Digest;

    /// <summary>Digest of both scenario sets: kind <c>SCEN</c> over their own digests.</summary>
    public static Digest DigestOf(ScenarioSets scenarios) => new CanonicalWriter("SCEN", 1)
        .Write(scenarios.Maintenance.Digest)
        .Write(scenarios.Initial.Digest)
        .Digest;

    /// <summary>Digest of a subaccount in canonical form: kind <c>PORT</c>. Order and splitting do not
    /// matter.</summary>
    public static Digest DigestOf(Subaccount subaccount) => Encode(subaccount).Digest;

    /// <summary>Bytes of a market snapshot.</summary>
    public static CanonicalWriter Encode(MarketSnapshot market) => new CanonicalWriter("MRKT", 2)
        .Write(market.At)
        .Write(market.Underlyings, WriteUnderlying)
        .Write(market.CollateralAssets, WriteUnderlying)
        .Write(market.Findings, WriteFinding);

    /// <summary>Bytes of a subaccount in canonical form.</summary>
    public static CanonicalWriter Encode(Subaccount subaccount)
    {
        Subaccount netted = SubaccountNetting.Net(subaccount);
        return new CanonicalWriter("PORT", 1)
            .Write(netted.Id)
            .Write(netted.Collateral, WriteBalance)
            .Write(netted.Positions, WritePosition)
            .Write(netted.Orders, WriteOrder)
            .Write(netted.Protections, static (writer, own) => writer.Write(own.Underlying).Write(own.DeltaMaximum));
    }

    /// <summary>Writes a finding: kind, subject, message, cost.</summary>
    internal static void WriteFinding(CanonicalWriter writer, Finding finding) => writer
        .Write(finding.Kind.ToString())
        .Write(finding.Subject)
        .Write(finding.Message)
        .Write((decimal?)finding.CostMicroUsd);

    private static void WriteUnderlying(CanonicalWriter writer, UnderlyingMarket market) => writer
        .Write(market.Asset)
        .Write(market.At)
        .Write(market.IndexUsd)
        .Write(market.Quotes, WriteQuote)
        .Write(market.FutureMarks, WriteMark)
        .Write(market.PerpetualMarkUsd)
        .Write(market.FundingRate8h)
        .Write(market.Prices.Hourly, WritePoint)
        .Write(market.Prices.Bridging, WritePoint)
        .Write(market.Prices.Daily, WritePoint)
        .Write(market.VolatilityIndex, WritePoint)
        .Write(market.DailyVolumes, static (inner, day) => inner.Write(day.End).Write(day.VolumeUsd))
        .Write<MarketDepth>(market.Depth is { } depth ? [depth] : [], WriteDepth);

    private static void WriteDepth(CanonicalWriter writer, MarketDepth depth) => writer
        .Write(depth.Levels, static (inner, level) => inner.Write(level.DistanceFraction).Write(level.CumulativeUsd))
        .Write(depth.NearUsd)
        .Write(depth.ReferenceUsd);

    private static void WriteQuote(CanonicalWriter writer, OptionQuote quote) => writer
        .Write(quote.Option.Name)
        .Write(quote.Option.Expiry)
        .Write(quote.At)
        .Write(quote.BidCoin)
        .Write(quote.AskCoin)
        .Write(quote.MarkCoin)
        .Write(quote.MarkVolatilityAnnual)
        .Write(quote.ForwardUsd)
        .Write(quote.OpenInterest)
        .Write(quote.VolumeDaily);

    private static void WriteMark(CanonicalWriter writer, FutureMark mark) => writer
        .Write(mark.Expiry)
        .Write(mark.MarkUsd)
        .Write(mark.IsListed);

    private static void WritePoint(CanonicalWriter writer, PricePoint point) => writer
        .Write(point.At)
        .Write(point.Value);

    private static void WriteBalance(CanonicalWriter writer, CollateralBalance balance) => writer
        .Write(balance.Asset)
        .Write(balance.Units)
        .Write(balance.Chain)
        .Write(balance.Bridge.ToString());

    private static void WriteOrder(CanonicalWriter writer, Order order) => writer
        .Write(order.Instrument.Name)
        .Write(order.Lots)
        .Write(order.LimitPrice)
        .Write(order.IsReduceOnly);

    private static void WritePosition(CanonicalWriter writer, Position position) => writer
        .Write(position.Instrument.Name)
        .Write(position.Lots)
        .Write(position.Entries, static (inner, entry) => inner.Write(entry.Lots).Write(entry.EntryPriceUsd));
}
