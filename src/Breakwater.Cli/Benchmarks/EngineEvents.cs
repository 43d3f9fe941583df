using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Files;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Pricing;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Shares of kinds of events, thousandths; what is left is ticks, one in a thousand at least.</summary>
/// <param name="Index">Moves of an index.</param>
/// <param name="Quotes">Quotes of one option.</param>
/// <param name="Trades">Trades.</param>
/// <param name="Deposits">Deposits.</param>
/// <param name="Withdrawals">Withdrawals.</param>
/// <param name="EventsPerTick">Events from tick to tick.</param>
/// <param name="Settlement">What is traded: contracts settled in the numeraire or in coin.</param>
internal readonly record struct EngineMix(
    int Index, int Quotes, int Trades, int Deposits, int Withdrawals, int EventsPerTick, Settlement Settlement);

/// <summary>A made-up market with two years of hours and 228 listed instruments, 200 accounts that trade, and events
/// drawn from a fixed seed.</summary>
internal static class EngineEvents
{
    private const int AccountCount = 200;
    private const int InstrumentsPerAccount = 8;
    private const int HistoryHours = 17_520;
    private const double Volatility = 0.6;
    private const uint Seed = 4711;

    private static readonly Timestamp Start = Timestamp.Parse("2026-02-05T09:00:30Z");
    private static readonly string[] Dates = ["13FEB26", "27FEB26", "27MAR26", "26JUN26"];

    private static readonly (AssetId Asset, double IndexUsd)[] Markets =
        [(AssetId.Of("BTC"), 65_000d), (AssetId.Of("ETH"), 1_900d)];

    private static readonly ImmutableArray<ImmutableArray<VanillaOption>> Listed =
        [.. Markets.Select(static own => Options(own.Asset, own.IndexUsd).ToImmutableArray())];

    /// <summary>Governed constants.</summary>
    public static RiskParameters Parameters { get; } = ParameterFile.LoadNewestShipped().Value;

    /// <summary>Mixes of events: each kind alone, and all together.</summary>
    public static ImmutableArray<(string Name, int Count, EngineMix Mix)> Mixes { get; } =
    [
        ("market data", 100_000, new EngineMix(600, 400, 0, 0, 0, int.MaxValue, Settlement.Linear)),
        ("deposits", 50_000, new EngineMix(0, 0, 0, 1000, 0, int.MaxValue, Settlement.Linear)),
        ("withdrawals", 5_000, new EngineMix(0, 0, 0, 0, 1000, int.MaxValue, Settlement.Linear)),
        ("trades settled in the numeraire", 20_000, new EngineMix(0, 0, 1000, 0, 0, int.MaxValue, Settlement.Linear)),
        ("trades settled in coin", 4_000, new EngineMix(0, 0, 1000, 0, 0, int.MaxValue, Settlement.Inverse)),
        ("ticks", 40, new EngineMix(1000, 0, 0, 0, 0, 1, Settlement.Linear)),
        ("mixed: 75 % market data, 20 % trades, 5 % payments, a tick in 10,000", 100_000,
            new EngineMix(450, 299, 200, 45, 5, 10_000, Settlement.Linear)),
    ];

    /// <summary>What every mix begins with: assets, instruments, accounts, the market, a tick.</summary>
    /// <param name="accounts">Accounts; ≥ 2.</param>
    public static IEnumerable<RiskEvent> Beginning(int accounts = AccountCount)
    {
        int command = 0;
        RiskEvent Post(LedgerTransition transition) =>
            new RiskEvent.LedgerCommand(Start, $"begin-{command++}", transition);
        foreach ((AssetId asset, double index) in Markets)
        {
            yield return Post(new LedgerTransition.AssetAdmission(
                Start, asset, Parameters.TokenDecimalsOf(asset)!.Value)); // governed
            foreach (RiskEvent seen in MarketOf(asset, index)) yield return seen;
        }

        foreach (Instrument instrument in Instruments(Settlement.Linear).Concat(Instruments(Settlement.Inverse)))
        {
            yield return Post(new LedgerTransition.InstrumentListing(
                Start, instrument, Parameters.Find(instrument.Underlying)!.LotOf(instrument))); // governed
        }

        for (int account = 0; account < accounts; account++)
        {
            yield return Post(new LedgerTransition.AccountOpening(Start, NameOf(account), NameOf(account)));
            yield return Post(new LedgerTransition.Deposit(
                Start, NameOf(account), AssetId.Numeraire, Place.Home, 1_000_000_000_000));
        }

        yield return new RiskEvent.ClockTick(Start);
    }

    /// <summary>Index of an underlying in turn, and where it began.</summary>
    /// <param name="turn">Whose turn it is.</param>
    public static (AssetId Asset, double IndexUsd) IndexOf(int turn) => Markets[turn % Markets.Length];

    /// <summary>Trades by which pairs of accounts come to hold so many instruments each.</summary>
    /// <param name="at">When.</param>
    /// <param name="accounts">Accounts; even.</param>
    /// <param name="positions">Instruments of an account; at most those that are listed.</param>
    public static IEnumerable<RiskEvent> Openings(Timestamp at, int accounts, int positions)
    {
        Instrument[] instruments = [.. Instruments(Settlement.Linear)];
        for (int pair = 0; pair < accounts / 2; pair++)
        {
            for (int choice = 0; choice < positions; choice++)
            {
                (uint first, uint size, _, _) = Philox4x32.Block((uint)pair, (uint)choice, 3, 4, Seed);
                yield return new RiskEvent.LedgerCommand(
                    at, $"open-{pair}-{choice}", Trade(
                        at, instruments[((pair * 13) + (choice * 7)) % instruments.Length],
                        (NameOf((2 * pair) + (int)(first & 1)), NameOf((2 * pair) + 1 - (int)(first & 1))), size));
            }
        }
    }

    /// <summary>Events of a mix.</summary>
    /// <param name="begun">The state they follow.</param>
    /// <param name="mix">Shares of kinds.</param>
    /// <param name="count">How many; ≥ 1.</param>
    public static IEnumerable<RiskEvent> Draw(RiskState begun, EngineMix mix, int count)
    {
        Instrument[] instruments = [.. Instruments(mix.Settlement)];
        for (int number = 0; number < count; number++)
        {
            Timestamp at = begun.At.AddMilliseconds(number * 10L);
            (uint kind, uint what, uint who, uint size) = Philox4x32.Block((uint)number, 1, 2, 3, Seed);
            int share = (int)(kind % 1000);
            if ((number + 1) % mix.EventsPerTick == 0) yield return new RiskEvent.ClockTick(at);
            else if (share < mix.Index) yield return Index(at, what, size);
            else if (share < mix.Index + mix.Quotes) yield return Quote(at, what, size);
            else yield return Command(at, number, share - mix.Index - mix.Quotes, mix, (what, who, size), instruments);
        }
    }

    private static string NameOf(int account) => $"account-{account:000}";

    private static RiskEvent.LedgerCommand Command(
        Timestamp at, int number, int share, EngineMix mix, (uint What, uint Who, uint Size) drawn,
        Instrument[] instruments)
    {
        string own = NameOf((int)(drawn.Who % AccountCount));
        LedgerTransition transition = share < mix.Trades
            ? Trade(
                at, InstrumentOf(drawn, instruments), (own, NameOf((int)((drawn.Who % AccountCount) ^ 1))), drawn.Size)
            : share < mix.Trades + mix.Deposits
                ? new LedgerTransition.Deposit(at, own, AssetId.Numeraire, Place.Home, 1 + drawn.Size)
                : new LedgerTransition.Withdrawal(at, own, own, AssetId.Numeraire, Place.Home, 1 + drawn.Size);
        return new RiskEvent.LedgerCommand(at, $"c{number}", transition);
    }

    // Pairs of accounts trade the same few instruments.
    private static Instrument InstrumentOf((uint What, uint Who, uint Size) drawn, Instrument[] instruments)
    {
        uint pair = drawn.Who % AccountCount / 2;
        uint choice = drawn.What % InstrumentsPerAccount;
        return instruments[((pair * 13) + (choice * 7)) % instruments.Length];
    }

    private static LedgerTransition.Fill Trade(
        Timestamp at, Instrument instrument, (string Buyer, string Seller) sides, uint size)
    {
        double index = Markets.First(market => market.Asset == instrument.Underlying).IndexUsd;
        double price = instrument switch
        {
            VanillaOption { Settlement: Settlement.Inverse } => 0.03,
            VanillaOption => 0.03 * index,
            _ => index,
        };
        return new LedgerTransition.Fill(
            at, instrument, 1 + (size % 20), Math.Round((decimal)price, 4),
            new FillSide(sides.Buyer, new Mandate.Party(sides.Buyer), 0),
            new FillSide(sides.Seller, new Mandate.Party(sides.Seller), 0));
    }

    private static RiskEvent.IndexSeen Index(Timestamp at, uint what, uint size)
    {
        (AssetId asset, double index) = Markets[what % Markets.Length];
        return new RiskEvent.IndexSeen(at, asset, index * (0.999 + (0.002 * Philox4x32.ToUniform(size))));
    }

    private static RiskEvent.QuoteSeen Quote(Timestamp at, uint what, uint size)
    {
        uint market = what % (uint)Markets.Length;
        double index = Markets[market].IndexUsd;
        ImmutableArray<VanillaOption> options = Listed[(int)market];
        return new RiskEvent.QuoteSeen(
            at,
            Row(options[(int)(what / 2 % options.Length)], index, Volatility + (0.02 * Philox4x32.ToUniform(size))));
    }

    private static IEnumerable<Instrument> Instruments(Settlement settlement)
    {
        foreach ((AssetId asset, double index) in Markets)
        {
            yield return new Perpetual(asset, settlement);
            foreach (VanillaOption own in Options(asset, index))
            {
                yield return new VanillaOption(asset, settlement, own.Expiry, own.StrikeUsd, own.Right);
            }
        }
    }

    private static IEnumerable<VanillaOption> Options(AssetId asset, double index)
    {
        foreach (string date in Dates)
        {
            for (int step = -3; step <= 3; step++)
            {
                double strike = 10d * Math.Round(index * (1d + (0.06 * step)) / 10d);
                foreach (string side in (string[])["C", "P"])
                {
                    yield return (VanillaOption)InstrumentName.Parse(
                        FormattableString.Invariant($"{asset}-{date}-{strike:0}-{side}"));
                }
            }
        }
    }

    private static IEnumerable<RiskEvent> MarketOf(AssetId asset, double index)
    {
        PricePoint[] closes = new PricePoint[HistoryHours];
        long hour = Start.UnixMilliseconds / Timestamp.HourMilliseconds;
        double log = DeterministicMath.Log(index);
        for (int back = 0; back < HistoryHours; back++)
        {
            closes[HistoryHours - 1 - back] = new PricePoint(
                Timestamp.FromUnixMilliseconds((hour - back) * Timestamp.HourMilliseconds),
                DeterministicMath.Exp(log));
            (uint word, _, _, _) = Philox4x32.Block((uint)back, 5, 6, (uint)asset.Name[0], Seed);
            log += 0.0064 * NormalDistribution.InverseCdf(Philox4x32.ToUniform(word)); // 0.6 per √year
        }

        for (int first = 0; first < HistoryHours; first += RiskEventEncoding.PointsMax)
        {
            int count = Math.Min(RiskEventEncoding.PointsMax, HistoryHours - first);
            yield return new RiskEvent.ClosesSeen(
                Start, asset, SeriesKind.Price,
                new PriceSeries("closes", Timestamp.HourMilliseconds, [.. closes.AsSpan(first, count)]));
        }

        yield return new RiskEvent.FundingSeen(
            Start, asset, new FundingSeries("funding", [new FundingPoint(Start, 0.0001)]));
        yield return new RiskEvent.FuturesSeen(Start, asset, new FuturesObservation(Start, [], index * 1.0002));
        yield return new RiskEvent.ChainSeen(
            Start, asset,
            new ChainObservation(Start, [.. Options(asset, index).Select(option => Row(option, index, Volatility))]));
    }

    private static ChainRow Row(VanillaOption option, double index, double volatility)
    {
        double Coin(double level) => Black76.Greeks(
            option.Right, index, (double)option.StrikeUsd, level, option.Expiry.YearsSince(Start)).Price / index;
        return new ChainRow(
            option, Coin(volatility - 0.01), Coin(volatility + 0.01), Coin(volatility), volatility, index, true, index,
            100d)
        {
            VolumeDaily = 10d,
        };
    }
}
