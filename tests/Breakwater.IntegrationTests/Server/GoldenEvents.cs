using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Files;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.IntegrationTests.Server;

/// <summary>Events of every kind over a thinned sample market: what golden journals are made of.</summary>
internal static class GoldenEvents
{
    private const int ClosesKept = 500;

    private static readonly AssetId Btc = AssetId.Of("BTC");
    private static readonly Perpetual Perpetual = new(Btc, Settlement.Linear);
    private static readonly Timestamp Later = ServedMarket.At.AddMilliseconds(25 * 60_000L); // an hour has ended

    private static UnderlyingObservations Seen { get; } = MarketFiles.Read(ServedMarket.Files, ServedMarket.At).Value
        .Underlyings.Single(static own => own.Asset == Btc);

    private static ImmutableArray<ChainRow> Rows { get; } =
    [
        .. Seen.Chain!.Rows.Where(static own => own.IndexUsd is { } index
            && Math.Abs(((double)own.Option.StrikeUsd / index) - 1d) < 0.12
            && own.Option.Expiry.MillisecondsSince(ServedMarket.At) < 90 * Timestamp.DayMilliseconds),
    ];

    /// <summary>A market, a book and its margins, up to the first snapshot.</summary>
    internal static IEnumerable<RiskEvent> First()
    {
        Timestamp at = ServedMarket.At;
        yield return new RiskEvent.ChainSeen(Seen.Chain!.At, Btc, new ChainObservation(Seen.Chain.At, Rows));
        foreach (PriceSeries own in Seen.Prices.Select(Newest))
        {
            yield return new RiskEvent.ClosesSeen(at, Btc, SeriesKind.Price, own);
        }

        yield return new RiskEvent.ClosesSeen(
            at, Btc, SeriesKind.VolatilityIndex, Newest(Seen.VolatilityIndices[0]));
        yield return new RiskEvent.FundingSeen(
            at, Btc, new FundingSeries("made up", [new FundingPoint(at.AddMilliseconds(-60_000), 0.0001)]));
        yield return new RiskEvent.FlowSeen(
            at, Btc, Seen.Flow.Bars[0] with
            {
                Source = Path.GetFileName(Seen.Flow.Bars[0].Source),
                Bars = Seen.Flow.Bars[0].Bars[^24..],
            });
        yield return new RiskEvent.DepthSeen(at, Btc, new DepthSeries(
            "made up", [new DepthSample(at, [new DepthLevel(0.01, 4e6)], [new DepthLevel(0.01, 5e6)])], 0));
        yield return new RiskEvent.FuturesSeen(at, Btc, new FuturesObservation(at, [], 71_950d));
        foreach (RiskEvent own in Commands(0, at, Book())) yield return own;
        yield return new RiskEvent.ClockTick(at);
        foreach (RiskEvent own in Commands(50, at, Trades(at))) yield return own;
        yield return new RiskEvent.ClockTick(at);
    }

    /// <summary>What else can happen, up to a market whose index is in doubt.</summary>
    internal static IEnumerable<RiskEvent> Second()
    {
        Timestamp at = ServedMarket.At.AddMilliseconds(1_000);
        yield return new RiskEvent.BeaconSeen(at, at.UnixMilliseconds / Timestamp.DayMilliseconds, [.. new byte[32]]);
        yield return new RiskEvent.ScenarioHold(at, "hold", IsHeld: true);
        foreach (RiskEvent own in Commands(60, at, Payments(at))) yield return own;
        yield return new RiskEvent.QuoteSeen(at, Rows[Rows.Length / 2]);
        yield return new RiskEvent.IndexSeen(at, Btc, 72_010.25);
        yield return new RiskEvent.ClockTick(at);
        yield return new RiskEvent.ScenarioHold(at, "free", IsHeld: false);
        yield return new RiskEvent.ReportAsked(at, "report", "anna");
        yield return new RiskEvent.ParametersGiven(
            at, "parameters", 2, at, "another", ParameterFile.LoadNewestShipped().Value.Values);
        yield return new RiskEvent.IndexSeen(Later, Btc, 71_000.5);
        yield return new RiskEvent.IndexModeSeen(Later, Btc, MarketMode.ReduceOnly);
        yield return new RiskEvent.ClockTick(Later);
    }

    // Series are named by the files they were read from: without the folders of who made the journal.
    private static PriceSeries Newest(PriceSeries own) => own with
    {
        Source = Path.GetFileName(own.Source),
        Closes = own.Closes[^Math.Min(ClosesKept, own.Closes.Length)..],
        Bars = [],
    };

    private static IEnumerable<RiskEvent> Commands(
        int first, Timestamp at, IEnumerable<LedgerTransition> transitions) => transitions.Select((own, index) =>
            new RiskEvent.LedgerCommand(at, $"c{first + index}", own with { At = at }));

    private static IEnumerable<LedgerTransition> Book()
    {
        Timestamp at = ServedMarket.At;
        yield return new LedgerTransition.AssetAdmission(at, Btc, 8);
        foreach (Instrument own in (Instrument[])[Perpetual, Rows[^1].Option])
        {
            yield return new LedgerTransition.InstrumentListing(at, own, LotOf(own));
        }

        foreach (string own in (string[])["anna", "bert", "anna/2"])
        {
            yield return new LedgerTransition.AccountOpening(at, own, own.Split('/')[0]);
            yield return new LedgerTransition.Deposit(at, own, AssetId.Numeraire, Place.Home, 500_000_000_000);
            yield return new LedgerTransition.Deposit(at, own, Btc, Place.Home, 1_000_000_000);
        }
    }

    private static IEnumerable<LedgerTransition> Trades(Timestamp at)
    {
        FillSide Side(string account, Int128 fee) => new(account, new Mandate.Party(account), fee);
        yield return new LedgerTransition.Fill(
            at, Perpetual, (Int128)(2m / LotOf(Perpetual)), 71_900m, Side("anna", 12_000_000),
            Side("bert", -5_000_000));
        yield return new LedgerTransition.Fill(
            at, Rows[^1].Option, (Int128)(1m / LotOf(Rows[^1].Option)), 0.05m, Side("bert", 0), Side("anna", 0));
    }

    private static IEnumerable<LedgerTransition> Payments(Timestamp at) =>
    [
        new LedgerTransition.DelegateGrant(at, "anna", "anna", "desk"),
        new LedgerTransition.DelegateRevocation(at, "anna", "anna", "desk"),
        new LedgerTransition.Withdrawal(at, "bert", "bert", AssetId.Numeraire, Place.Home, 1_000_000),
        new LedgerTransition.Transfer(at, "anna", "anna/2", "anna", AssetId.Numeraire, Place.Home, 2_500_000),
        new LedgerTransition.Fee(at, "bert", new Mandate.Party("bert"), AssetId.Numeraire, 750_000),
        new LedgerTransition.InsuranceContribution(at, AssetId.Numeraire, 9_000_000, InsuranceSource.Outside),
        new LedgerTransition.Withdrawal(at, "bert", "anna", AssetId.Numeraire, Place.Home, 1), // refused: not his
    ];

    private static decimal LotOf(Instrument instrument) =>
        ParameterFile.LoadNewestShipped().Value.Find(Btc)!.LotOf(instrument); // it is governed
}
