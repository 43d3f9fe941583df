using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Accounts.Ledgers;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Engine;

/// <summary>Bytes of events: what is written is read again, and nothing else is read at all.</summary>
public sealed class RiskEventEncodingLaws
{
    private const int Rounds = 20_000;

    private static readonly Timestamp At = MadeUpMarket.Start;

    [Fact]
    public void Every_event_is_read_as_it_was_written()
    {
        EngineScript script = new(1);
        IEnumerable<RiskEvent> events =
            [.. EngineScript.Beginning(), .. Enumerable.Range(0, 2_000).Select(_ => script.Next()), .. OneOfEach()];
        SortedSet<int> kinds = [];
        foreach (RiskEvent happened in events)
        {
            ImmutableArray<byte> bytes = RiskEventEncoding.Encode(happened);
            Result<RiskEvent> read = RiskEventEncoding.Decode(bytes.AsSpan());
            Assert.True(read.IsAccepted, $"{happened}");
            Assert.Equal(happened.GetType(), read.Value.GetType());
            Assert.Equal(RiskEventEncoding.CommandIdOf(happened), RiskEventEncoding.CommandIdOf(read.Value));
            Assert.True(bytes.AsSpan().SequenceEqual(RiskEventEncoding.Encode(read.Value).AsSpan()), $"{happened}");
            kinds.Add(RiskEventEncoding.KindOf(happened));
        }

        Assert.Equal(Enumerable.Range(1, 15), kinds);
    }

    [Fact]
    public void Every_transition_of_the_ledger_is_read_as_it_was_written()
    {
        SortedSet<string> seen = new(StringComparer.Ordinal);
        foreach (LedgerTransition transition in Transitions())
        {
            RiskEvent.LedgerCommand command = new(At, "c", transition);
            RiskEvent read = RiskEventEncoding.Decode(RiskEventEncoding.Encode(command).AsSpan()).Value;
            Assert.Equal(command, read);
            seen.Add(transition.GetType().Name);
        }

        Assert.Equal(
            typeof(LedgerTransition).GetNestedTypes().Select(type => type.Name).Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public void Spoilt_bytes_are_refused_or_those_of_another_event()
    {
        Random random = new(3);
        byte[][] whole = [.. OneOfEach().Select(own => RiskEventEncoding.Encode(own).ToArray())];
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = [.. whole[random.Next(whole.Length)]];
            bytes = random.Next(4) switch
            {
                0 => bytes[..random.Next(bytes.Length)],
                1 => [.. bytes, (byte)random.Next(256)],
                _ => bytes,
            };
            for (int flips = random.Next(3); flips > 0 && bytes.Length > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }

            Result<RiskEvent> read = RiskEventEncoding.Decode(bytes);
            refused += read.IsAccepted ? 0 : 1;
            if (read.IsAccepted) Assert.Equal(bytes, RiskEventEncoding.Encode(read.Value));
            else Assert.Equal(FailureReason.Malformed, read.Failures.Single().Reason);
        }

        Assert.InRange(refused, Rounds / 3, Rounds - 1);
    }

    [Fact]
    public void A_count_beyond_the_bytes_there_are_asks_for_no_memory()
    {
        byte[] bytes = [.. RiskEventEncoding.Encode(OneOfEach().OfType<RiskEvent.FundingSeen>().Single())];
        bytes.AsSpan()[^20..^16].Fill(0x7f);
        Assert.False(RiskEventEncoding.Decode(bytes).IsAccepted);
    }

    private static IEnumerable<RiskEvent> OneOfEach()
    {
        UnderlyingObservations btc = MadeUpMarket.Observations.Underlyings[0];
        foreach (RiskEvent seen in EngineScript.Seen(btc, At)) yield return seen;
        yield return new RiskEvent.QuoteSeen(At, btc.Chain!.Rows[0]);
        yield return new RiskEvent.IndexSeen(At, btc.Asset, 64_999.5);
        yield return new RiskEvent.IndexModeSeen(At, btc.Asset, MarketMode.ReduceOnly);
        ImmutableArray<DepthLevel> levels = [new DepthLevel(0.01, 1e6), new DepthLevel(0.02, 2e6)];
        yield return new RiskEvent.DepthSeen(
            At, btc.Asset, new DepthSeries("book", [new DepthSample(At, levels, [])], 2));
        yield return new RiskEvent.FlowSeen(
            At, btc.Asset, new FlowBarSeries("bars", 60_000, [new FlowBar(At, 65_000d, 1d, 3d)]));
        yield return new RiskEvent.ClosesSeen(
            At, btc.Asset, SeriesKind.Price,
            new PriceSeries("bars", 60_000, [new PricePoint(At, 1d)]) { Bars = [new BarDetail(1d, null, null, 7d)] });
        yield return new RiskEvent.LedgerCommand(
            At, "c", new LedgerTransition.Deposit(At, "a", btc.Asset, new Place("arbitrum", BridgeClass.Canonical), 9));
        yield return new RiskEvent.ParametersGiven(
            At, "p", 2, At, EngineScript.Parameters.ProtocolId, EngineScript.Parameters.Values);
        yield return new RiskEvent.BeaconSeen(At, 20_000, [.. Enumerable.Range(0, 32).Select(own => (byte)own)]);
        yield return new RiskEvent.ScenarioHold(At, "h", true);
        yield return new RiskEvent.ReportAsked(At, "r", "a");
        yield return new RiskEvent.ClockTick(At);
    }

    private static IEnumerable<LedgerTransition> Transitions()
    {
        Instrument option = InstrumentName.Parse("BTC-27MAR26-65000-C");
        Perpetual perpetual = (Perpetual)InstrumentName.Parse("BTC_USDC-PERPETUAL");
        FillSide liquidated = new("a", new Mandate.Liquidation(), -3);
        FillSide other = new("b", new Mandate.Party("o"), 5);
        yield return new LedgerTransition.AccountOpening(At, "a", "o");
        yield return new LedgerTransition.DelegateGrant(At, "a", "o", "d");
        yield return new LedgerTransition.DelegateRevocation(At, "a", "o", "d");
        yield return new LedgerTransition.AssetAdmission(At, MadeUpMarket.Btc, 8);
        yield return new LedgerTransition.InstrumentListing(At, option, 0.1m);
        yield return new LedgerTransition.Deposit(At, "a", MadeUpMarket.Btc, Place.Home, 1);
        yield return new LedgerTransition.Withdrawal(
            At, "a", "o", MadeUpMarket.Btc, new Place("side", BridgeClass.Multisig), Int128.MaxValue);
        yield return new LedgerTransition.Transfer(At, "a", "b", "o", AssetId.Numeraire, Place.Home, 7);
        yield return new LedgerTransition.Fill(At, option, 3, 0.0125m, liquidated, other);
        yield return new LedgerTransition.FundingPayment(At, perpetual, -0.0001m, 65_000.5m);
        yield return new LedgerTransition.Settlement(
            At, MadeUpMarket.Btc, At, new SettlementAverage(65_000_000_000_000_000, 1_799, 1));
        yield return new LedgerTransition.Fee(At, "a", new Mandate.Party("o"), AssetId.Numeraire, 2);
        yield return new LedgerTransition.InsuranceContribution(At, AssetId.Numeraire, 3, InsuranceSource.Fees);
        yield return new LedgerTransition.LossRealisation(At, "a", perpetual, 1.5m);
        yield return new LedgerTransition.BadDebtRecord(At, "a", AssetId.Numeraire);
        yield return new LedgerTransition.LossAllocation(At, "a", AssetId.Numeraire, 4);
    }
}
