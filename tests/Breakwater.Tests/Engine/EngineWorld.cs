using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Tests.Margin;

namespace Breakwater.Tests.Engine;

/// <summary>Kinds of events that move a ground state or a book.</summary>
internal enum WorldEvent
{
    IndexTick, Quote, QuoteTwice, Futures, Funding, VolatilityIndex, Close, CollateralClose, Depth, Trade, Clock, Hour,
    Parameters, Beacon, Hold, Release, Remember, List, Fill, Deposit, Coin, Multiplier, Join, Leave, Nothing,
}

/// <summary>A ground state and accounts that random events move.</summary>
internal sealed class EngineWorld
{
    private static readonly RiskParameters Other = Changed(LawMarket.Parameters);

    private readonly Random _random;
    private readonly SortedDictionary<string, (Subaccount Account, MarginContext Context)> _accounts =
        new(StringComparer.Ordinal);

    internal EngineWorld(int seed, int accountCount)
    {
        _random = new Random(seed);
        Ground = Base;
        Random fixedStart = new(1);
        for (int index = 0; index < accountCount; index++)
        {
            _accounts[$"a{index:00}"] = (DrawAccount($"a{index:00}", fixedStart), MarginContext.Neutral);
        }
    }

    internal static MarketGround Base { get; } = new(
        MadeUpMarket.Observations, LawMarket.Parameters, [.. MadeUpMarket.Instruments]);

    internal MarketGround Ground { get; private set; }

    internal IReadOnlyDictionary<string, (Subaccount Account, MarginContext Context)> Accounts => _accounts;

    /// <summary>Moves something; a book is told of accounts.</summary>
    internal WorldEvent Step(LiveBook book, MarketValuation last, WorldEvent? asked = null)
    {
        WorldEvent moved = asked ?? (WorldEvent)_random.Next((int)WorldEvent.Nothing + 1);
        if (moved >= WorldEvent.Fill) MoveAccount(moved, book);
        else Ground = Moved(moved, last);
        return moved;
    }

    private MarketGround Moved(WorldEvent moved, MarketValuation last)
    {
        Timestamp at = Ground.Observations.AtRequested;
        return moved switch
        {
            WorldEvent.Clock => Ground with
            {
                Observations = Ground.Observations with { AtRequested = at.AddMilliseconds(_random.Next(90_000)) },
            },
            WorldEvent.Hour => Ground with
            {
                Observations = Ground.Observations with
                {
                    AtRequested = at.AddMilliseconds(_random.Next(1, 4) * Timestamp.HourMilliseconds / 2),
                },
            },
            WorldEvent.Parameters => Ground with
            {
                Parameters = Ground.Parameters == Other ? LawMarket.Parameters : Other,
            },
            WorldEvent.Beacon => Ground with { Beacon = [.. Bytes()], BeaconBefore = [.. Bytes()] },
            WorldEvent.Hold => Ground with { Scenarios = last.Scenarios },
            WorldEvent.Release => Ground with { Scenarios = null },
            WorldEvent.Remember => Ground with { LastGood = _random.Next(4) == 0 ? null : last.Surfaces },
            WorldEvent.List => Ground with { Instruments = Listed() },
            _ => Ground with
            {
                Observations = Ground.Observations with
                {
                    Underlyings = [.. Ground.Observations.Underlyings.Select(own => Seen(own, moved, at))],
                },
            },
        };
    }

    // One asset moves; the others are the same objects.
    private UnderlyingObservations Seen(UnderlyingObservations own, WorldEvent moved, Timestamp at)
    {
        bool isCollateral = moved == WorldEvent.CollateralClose;
        if (isCollateral != own.Chain is null || _random.Next(2) == 0) return own;
        double index = own.Chain?.Rows[0].IndexUsd ?? MadeUpMarket.IndexOf(own.Asset);
        switch (moved)
        {
            case WorldEvent.IndexTick:
                double ticked = index * (0.995 + (0.01 * _random.NextDouble()));
                return WithRows(own, at, row => row with { IndexUsd = ticked });
            case WorldEvent.Quote or WorldEvent.QuoteTwice:
                int quoted = _random.Next(own.Chain!.Rows.Length);
                double volatility = 0.5 + (0.2 * _random.NextDouble());
                Timestamp quotedAt = moved == WorldEvent.Quote ? at : own.Chain.At;
                return WithRows(own, quotedAt, row => row == own.Chain.Rows[quoted]
                    ? MadeUpMarket.Quoted(row, at, index, volatility) : row);
            case WorldEvent.Futures:
                return own with
                {
                    Futures = own.Futures! with { At = at, PerpetualMarkUsd = index * (1d + Small(0.002)) },
                };
            case WorldEvent.Funding:
                return own with { Funding = [new FundingSeries("funding", [new FundingPoint(at, Small(0.0005))])] };
            case WorldEvent.VolatilityIndex:
                return own with
                {
                    VolatilityIndices =
                        [new PriceSeries("index", Timestamp.HourMilliseconds, [new PricePoint(at, 0.6 + Small(0.1))])],
                };
            case WorldEvent.Depth:
                return own with { Depths = [new DepthSeries("book", [Depth(at)], 0)] };
            case WorldEvent.Trade:
                return own with { Flow = own.Flow with { Trades = [.. own.Flow.Trades, Trade(at, index)] } };
            default:
                return own with { Prices = [WithClose(own.Prices[0], at, index)] };
        }
    }

    private static UnderlyingObservations WithRows(
        UnderlyingObservations own, Timestamp at, Func<ChainRow, ChainRow> row) =>
        own with { Chain = new ChainObservation(at, [.. own.Chain!.Rows.Select(row)]) };

    private PriceSeries WithClose(PriceSeries series, Timestamp at, double index)
    {
        long hour = at.UnixMilliseconds / Timestamp.HourMilliseconds * Timestamp.HourMilliseconds;
        Timestamp close = Timestamp.FromUnixMilliseconds(hour);
        PricePoint point = new(close, index * (1d + Small(0.01)));
        return series with
        {
            Closes = series.Closes[^1].At < close ? series.Closes.Add(point) : series.Closes.SetItem(
                series.Closes.Length - 1, series.Closes[^1] with { Value = point.Value }),
        };
    }

    private DepthSample Depth(Timestamp at)
    {
        ImmutableArray<DepthLevel> levels =
            [new DepthLevel(0.01, 1e6 * (1d + _random.Next(50))), new DepthLevel(0.05, 1e8)];
        return new DepthSample(at, levels, levels);
    }

    private Trade Trade(Timestamp at, double index) =>
        new(at, index, 0.1 + _random.NextDouble(), _random.Next(2) == 0);

    private ImmutableSortedSet<Instrument> Listed() => _random.Next(2) == 0
        ? [.. MadeUpMarket.Instruments]
        : [.. MadeUpMarket.Instruments.Where(_ => _random.Next(8) > 0)];

    private void MoveAccount(WorldEvent moved, LiveBook book)
    {
        if (moved == WorldEvent.Nothing) return;
        string id = moved == WorldEvent.Join
            ? $"j{_random.Next(100):00}"
            : _accounts.Keys.ElementAt(_random.Next(_accounts.Count));
        if (moved == WorldEvent.Leave && _accounts.Count > 2)
        {
            _accounts.Remove(id);
            Assert.True(book.Remove(id));
            return;
        }

        (Subaccount account, MarginContext context) = _accounts.TryGetValue(id, out var known)
            ? known
            : (DrawAccount(id, _random), MarginContext.Neutral);
        account = moved switch
        {
            WorldEvent.Fill => account with { Positions = account.Positions.Add(DrawPosition(_random)) },
            WorldEvent.Deposit => WithBalance(
                account, new CollateralBalance(AssetId.Numeraire, _random.Next(1 << 30), "", BridgeClass.Native)),
            WorldEvent.Coin => WithBalance(account, DrawCoin(_random)),
            _ => account,
        };
        context = moved == WorldEvent.Multiplier
            ? MarginContext.Neutral with
            {
                Multipliers = MarginMultipliers.Of(
                    1m + (_random.Next(40) / 100m), 1m, 1m, Ground.Parameters.AddOns).Value,
            }
            : context;
        account = SubaccountNetting.Net(account);
        _accounts[id] = (account, context);
        book.Put(account, context);
    }

    private static Subaccount WithBalance(Subaccount account, CollateralBalance balance) =>
        account with { Collateral = account.Collateral.Add(balance) };

    private static CollateralBalance DrawCoin(Random random) => random.Next(3) switch
    {
        0 => new(MadeUpMarket.Btc, random.Next(1 << 28), "side", BridgeClass.Canonical),
        1 => new(AssetId.Of("USDT"), random.NextInt64(1L << 34), "", BridgeClass.Native),
        _ => new(AssetId.Of("stETH"), random.NextInt64(1L << 60), "", BridgeClass.Native),
    };

    private static Subaccount DrawAccount(string id, Random random) => SubaccountNetting.Net(new Subaccount(
        id,
        random.Next(5) == 0
            ? [DrawCoin(random)]
            : [new CollateralBalance(AssetId.Numeraire, random.NextInt64(1L << 38), "", BridgeClass.Native)],
        [.. Enumerable.Range(0, random.Next(6)).Select(_ => DrawPosition(random))]));

    private static Position DrawPosition(Random random)
    {
        bool isSpot = random.Next(20) == 0;
        Instrument instrument = isSpot
            ? new Spot(MadeUpMarket.Eth)
            : MadeUpMarket.Instruments[random.Next(MadeUpMarket.Instruments.Length)];
        Int128 lots = isSpot ? random.NextInt64(1L << 58) : random.Next(-400, 400);
        bool hasEntry = instrument is Perpetual or DatedFuture && random.Next(2) == 0;
        decimal? entry = hasEntry
            ? Math.Round(
                (decimal)(MadeUpMarket.IndexOf(instrument.Underlying) * (0.9 + (0.2 * random.NextDouble()))), 2)
            : null;
        return new Position(instrument, lots, [new PositionEntry(lots, entry)]);
    }

    private double Small(double scale) => scale * ((2d * _random.NextDouble()) - 1d);

    private byte[] Bytes()
    {
        byte[] bytes = new byte[ScenarioSeed.BeaconBytes];
        _random.NextBytes(bytes);
        return bytes;
    }

    private static RiskParameters Changed(RiskParameters shipped) => ParameterValidation.Check(
        shipped.Version + 1, shipped.EffectiveAt, shipped.ProtocolId,
        new ParameterValues(shipped.Values.ByPath
            .SetItem("addOns.bufferFraction", 0.15m)
            .SetItem("margin.initialToMaintenanceMinimum", 1.4m)
            .SetItem("valuation.rateUsdAnnual", 0.02m))).Value;
}
