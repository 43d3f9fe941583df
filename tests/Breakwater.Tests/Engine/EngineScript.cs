using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Tests.Margin;

namespace Breakwater.Tests.Engine;

/// <summary>Events of a made-up world: how it begins, and what may happen next.</summary>
internal sealed class EngineScript
{
    internal const int AccountCount = 6;

    private readonly Random _random;
    private int _commands;

    internal EngineScript(int seed)
    {
        _random = new Random(seed);
        Now = MadeUpMarket.Start;
    }

    internal static RiskParameters Parameters => LawMarket.Parameters;

    internal Timestamp Now { get; private set; }

    /// <summary>Assets, instruments, six funded accounts of one owner each, the market, a first tick.</summary>
    internal static IEnumerable<RiskEvent> Beginning(Int128? cashMicroUsd = null)
    {
        Timestamp at = MadeUpMarket.Start;
        int command = 0;
        RiskEvent Post(LedgerTransition transition) =>
            new RiskEvent.LedgerCommand(at, $"begin-{command++}", transition);
        foreach (AssetId asset in MadeUpMarket.Assets)
        {
            yield return Post(new LedgerTransition.AssetAdmission(
                at, asset, Parameters.TokenDecimalsOf(asset)!.Value));
        }

        foreach (Instrument instrument in MadeUpMarket.Instruments)
        {
            yield return Post(new LedgerTransition.InstrumentListing(
                at, instrument, Parameters.Find(instrument.Underlying)!.LotOf(instrument)));
        }

        for (int account = 0; account < AccountCount; account++)
        {
            yield return Post(new LedgerTransition.AccountOpening(at, NameOf(account), $"owner-{account}"));
            yield return Post(new LedgerTransition.Deposit(
                at, NameOf(account), AssetId.Numeraire, Place.Home, cashMicroUsd ?? 2_000_000_000_000));
        }

        foreach (RiskEvent seen in MadeUpMarket.Observations.Underlyings.SelectMany(own => Seen(own, at)))
        {
            yield return seen;
        }

        yield return new RiskEvent.ClockTick(at);
    }

    /// <summary>The state after the beginning.</summary>
    internal static RiskState Begun(RiskEngine engine, Int128? cashMicroUsd = null) =>
        Run(engine, RiskState.Start(Parameters), Beginning(cashMicroUsd));

    /// <summary>The state after some events.</summary>
    internal static RiskState Run(RiskEngine engine, RiskState state, IEnumerable<RiskEvent> events)
    {
        foreach (RiskEvent happened in events)
        {
            state = engine.Apply(state, happened).State;
        }

        return state;
    }

    internal static string NameOf(int account) => $"account-{account}";

    internal static RiskEngine NewEngine(int partitions = 1, UnitRun? run = null) =>
        new(partitions, run, MadeUpDesign.Build);

    /// <summary>What is observed of an asset, as events.</summary>
    internal static IEnumerable<RiskEvent> Seen(UnderlyingObservations own, Timestamp at)
    {
        foreach (PriceSeries series in own.Prices)
        {
            yield return new RiskEvent.ClosesSeen(at, own.Asset, SeriesKind.Price, series);
        }

        foreach (PriceSeries series in own.VolatilityIndices)
        {
            yield return new RiskEvent.ClosesSeen(at, own.Asset, SeriesKind.VolatilityIndex, series);
        }

        foreach (FundingSeries series in own.Funding)
        {
            yield return new RiskEvent.FundingSeen(at, own.Asset, series);
        }

        if (own.Futures is { } futures) yield return new RiskEvent.FuturesSeen(at, own.Asset, futures);
        if (own.Chain is { } chain) yield return new RiskEvent.ChainSeen(at, own.Asset, chain);
    }

    /// <summary>The next event, drawn.</summary>
    internal RiskEvent Next()
    {
        int milliseconds = _random.Next(30) == 0 ? 1_200_000 : _random.Next(2_000);
        Now = Now.AddMilliseconds(milliseconds);
        return _random.Next(14) switch
        {
            0 or 1 or 2 => new RiskEvent.IndexSeen(Now, Underlying(), IndexNow()),
            3 => Quote(),
            4 => new RiskEvent.FuturesSeen(Now, MadeUpMarket.Btc, new FuturesObservation(Now, [], IndexNow())),
            5 => new RiskEvent.FundingSeen(Now, Underlying(), new FundingSeries(
                "funding", [new FundingPoint(Now, 0.0005 * ((2d * _random.NextDouble()) - 1d))])),
            6 or 7 => new RiskEvent.ClockTick(Now),
            8 => Command(new LedgerTransition.Deposit(
                Now, Account(), Asset(), Place.Home, _random.NextInt64(1, 1L << 40))),
            9 => Withdrawal(),
            10 => Odd(),
            _ => Fill(),
        };
    }

    private static AssetId AssetOfIndex(int index) => MadeUpMarket.Assets[index];

    private AssetId Underlying() => AssetOfIndex(_random.Next(2));

    private AssetId Asset() => _random.Next(2) == 0 ? AssetId.Numeraire : AssetOfIndex(_random.Next(4));

    private string Account() => NameOf(_random.Next(AccountCount));

    private double IndexNow() => 65_000d * (0.97 + (0.06 * _random.NextDouble()));

    private RiskEvent.LedgerCommand Command(LedgerTransition transition) =>
        new(transition.At, _random.Next(20) == 0 ? $"c{_random.Next(50)}" : $"c{_commands++}", transition);

    private RiskEvent.QuoteSeen Quote()
    {
        ImmutableArray<ChainRow> rows = MadeUpMarket.Observations.Underlyings[_random.Next(2)].Chain!.Rows;
        ChainRow row = rows[_random.Next(rows.Length)];
        double index = MadeUpMarket.IndexOf(row.Option.Underlying);
        return new RiskEvent.QuoteSeen(
            Now, MadeUpMarket.Quoted(row, Now, index, 0.5 + (0.2 * _random.NextDouble())));
    }

    private RiskEvent.LedgerCommand Withdrawal()
    {
        int account = _random.Next(AccountCount);
        return Command(new LedgerTransition.Withdrawal(
            Now, NameOf(account), $"owner-{account}", AssetId.Numeraire, Place.Home,
            _random.NextInt64(1, 1L << _random.Next(10, 44))));
    }

    private RiskEvent.LedgerCommand Fill()
    {
        Instrument instrument = MadeUpMarket.Instruments[_random.Next(MadeUpMarket.Instruments.Length)];
        int buyer = _random.Next(AccountCount);
        int seller = (buyer + 1 + _random.Next(AccountCount - 1)) % AccountCount;
        bool isOption = instrument is VanillaOption;
        double index = MadeUpMarket.IndexOf(instrument.Underlying);
        decimal price = Math.Round((decimal)(isOption ? 0.05 * (instrument is VanillaOption
        {
            Settlement: Settlement.Linear,
        } ? index : 1d) : index), 4);
        return Command(new LedgerTransition.Fill(
            Now, instrument, _random.Next(1, 1 << _random.Next(1, 14)), price,
            new FillSide(NameOf(buyer), new Mandate.Party($"owner-{buyer}"), _random.Next(3)),
            new FillSide(NameOf(seller), new Mandate.Party($"owner-{seller}"), 0)));
    }

    // What is not right, or rare.
    private RiskEvent Odd() => _random.Next(9) switch
    {
        0 => new RiskEvent.ClockTick(Now.AddMilliseconds(-5_000)),
        1 => new RiskEvent.IndexSeen(Now, AssetId.Of("DOGE"), 1d),
        2 => new RiskEvent.IndexSeen(Now, Underlying(), -1d),
        3 => new RiskEvent.BeaconSeen(Now, _random.Next(30_000), [.. new byte[32]]),
        4 => new RiskEvent.ScenarioHold(Now, $"h{_commands++}", _random.Next(2) == 0),
        5 => new RiskEvent.ReportAsked(Now, $"r{_commands++}", Account()),
        6 => Command(new LedgerTransition.AccountOpening(Now, NameOf(0), "again")),
        7 => new RiskEvent.ParametersGiven(
            Now, $"p{_commands++}", 1 + _random.Next(4), Now, Parameters.ProtocolId, Parameters.Values),
        _ => new RiskEvent.LedgerCommand(
            Now, string.Empty, new LedgerTransition.BadDebtRecord(Now, Account(), AssetId.Numeraire)),
    };
}
