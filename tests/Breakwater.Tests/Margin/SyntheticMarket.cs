using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Margin;

/// <summary>Random risk arrays and random subaccounts: the exact integer laws hold for any entries whatever.</summary>
internal sealed class SyntheticMarket
{
    private const int DeterministicCount = 12;
    private const int DistributionCount = 40;
    private const int ScenarioCount = DeterministicCount + DistributionCount;

    private static readonly Timestamp NearExpiry = Timestamp.Parse("2026-03-27T08:00:00Z");
    private static readonly Timestamp FarExpiry = Timestamp.Parse("2026-06-26T08:00:00Z");

    /// <summary>An instrument whose profit is never negative: a long lot dominates nothing.</summary>
    public static readonly Instrument Gift = new DatedFuture(Btc, Settlement.Linear, FarExpiry);

    private readonly Random _random;

    public SyntheticMarket(int seed)
    {
        _random = new Random(seed);
        Arrays = Build();
    }

    public static RiskParameters Parameters { get; } = ParameterFile.LoadNewestShipped().Value;

    public static AssetId Btc => AssetId.Of("BTC");

    public static AssetId Eth => AssetId.Of("ETH");

    public static ImmutableArray<Instrument> Instruments { get; } =
    [
        .. new Instrument[]
        {
            new Spot(Btc), new Spot(Eth), Gift,
            new Perpetual(Btc, Settlement.Linear), new Perpetual(Btc, Settlement.Inverse),
            new Perpetual(Eth, Settlement.Linear), new DatedFuture(Btc, Settlement.Inverse, NearExpiry),
            Option(Btc, Settlement.Inverse, NearExpiry, 90_000m, OptionRight.Call),
            Option(Btc, Settlement.Inverse, NearExpiry, 100_000m, OptionRight.Call),
            Option(Btc, Settlement.Linear, NearExpiry, 80_000m, OptionRight.Put),
            Option(Btc, Settlement.Linear, FarExpiry, 80_000m, OptionRight.Put),
            Option(Eth, Settlement.Inverse, NearExpiry, 3_000m, OptionRight.Put),
        }.OrderBy(instrument => instrument.Name, StringComparer.Ordinal),
    ];

    public RiskArrays Arrays { get; }

    public static Subaccount Empty { get; } = new("empty", [], []);

    /// <summary>A random subaccount of at most <paramref name="countMax"/> positions, rows in random order.</summary>
    public Subaccount Draw(int countMax = 6)
    {
        Position[] positions =
            [.. Enumerable.Range(0, _random.Next(countMax + 1)).Select(_ => DrawPosition(Pick(Instruments)))];
        CollateralBalance[] collateral = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => DrawBalance())];
        return new Subaccount("drawn", [.. collateral], [.. positions]);
    }

    /// <summary>A random subaccount of derivatives entered at their marks, without collateral.</summary>
    public Subaccount DrawLots(int countMax = 6) => new(
        "drawn",
        [],
        [
            .. Enumerable.Range(0, _random.Next(1, countMax + 1))
                .Select(_ => Hold(Pick(Instruments.Where(item => item is not Spot).ToArray()), Lots(), null)),
        ]);

    public static Position Hold(Instrument instrument, Int128 lots, decimal? entryPriceUsd = null) =>
        new(instrument, lots, [new PositionEntry(lots, entryPriceUsd)]);

    public static Subaccount Merge(Subaccount left, Subaccount right) =>
        new(left.Id, [.. left.Collateral, .. right.Collateral], [.. left.Positions, .. right.Positions]);

    public static Subaccount Times(Subaccount subaccount, int factor) => subaccount with
    {
        Collateral = [.. subaccount.Collateral.Select(balance => balance with { Units = balance.Units * factor })],
        Positions =
        [
            .. subaccount.Positions.Select(position => new Position(
                position.Instrument,
                position.Lots * factor,
                [.. position.Entries.Select(entry => entry with { Lots = entry.Lots * factor })])),
        ],
    };

    public static Subaccount Opposite(Subaccount subaccount) => Times(subaccount with { Collateral = [] }, -1);

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public int Next(int low, int high) => _random.Next(low, high);

    public T[] Shuffled<T>(IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        _random.Shuffle(shuffled);
        return shuffled;
    }

    private static VanillaOption Option(
        AssetId underlying, Settlement settlement, Timestamp expiry, decimal strike, OptionRight right) =>
        new(underlying, settlement, expiry, strike, right);

    private Position DrawPosition(Instrument instrument)
    {
        Int128 lots = Lots();
        if (instrument is Spot)
        {
            Int128 coin = DecimalParts.PowerOfTen(Parameters.Find(instrument.Underlying)!.TokenDecimals);
            return Hold(instrument, (lots * coin / 7) + _random.Next(1000));
        }

        decimal? price = instrument is VanillaOption || _random.Next(2) == 0
            ? null
            : Math.Round((decimal)(20_000 + (100_000 * _random.NextDouble())), _random.Next(0, 4));
        return Hold(instrument, lots, price);
    }

    private CollateralBalance DrawBalance()
    {
        BridgeClass bridge = Pick(Enum.GetValues<BridgeClass>());
        return _random.Next(3) switch
        {
            0 => new CollateralBalance(AssetId.Numeraire, _random.NextInt64(0, 1L << 50), string.Empty, BridgeClass.Native),
            1 => new CollateralBalance(Btc, _random.NextInt64(0, 1L << 40), "side", bridge),
            _ => new CollateralBalance(Eth, (Int128)_random.NextInt64(0, 1L << 50) * 100_003, "side", bridge),
        };
    }

    private Int128 Lots() => _random.Next(4) switch
    {
        0 => _random.Next(-3, 4),
        1 => _random.NextInt64(-(1L << 38), 1L << 38),
        _ => _random.Next(-5_000, 5_000),
    };

    private RiskArrays Build()
    {
        ImmutableArray<Scenario> scenarios = [.. Enumerable.Range(0, ScenarioCount).Select(DrawScenario)];
        ScenarioSets sets = new(SetOf(MarginHorizon.Maintenance, scenarios), SetOf(MarginHorizon.Initial, scenarios));
        ImmutableArray<RiskRow> rows = [.. Instruments.Select(DrawRow)];
        long[] entries = new long[rows.Length * 4 * ScenarioCount];
        for (int index = 0; index < entries.Length; index++)
        {
            Instrument instrument = Instruments[index / (4 * ScenarioCount)];
            bool isStill = index % ScenarioCount == 0 && index / ScenarioCount % 2 == (int)RevaluationTime.Frozen;
            long amount = _random.NextInt64(1, 1L << _random.Next(1, 36));
            long signed = _random.Next(2) == 0 ? amount : -amount;
            entries[index] = isStill ? 0 : instrument == Gift ? amount : signed;
        }

        ImmutableArray<AssetIndex> indices = [new(Btc, 90_000_123_456), new(Eth, 3_000_654_321)];
        return new RiskArrays(rows, indices, sets, [.. entries], []);
    }

    private Scenario DrawScenario(int id)
    {
        bool isDeterministic = id < DeterministicCount;
        ScenarioBlock block = isDeterministic
            ? id == 0 ? ScenarioBlock.D : Pick([ScenarioBlock.C, ScenarioBlock.D, ScenarioBlock.E])
            : Pick([ScenarioBlock.A, ScenarioBlock.B]);
        long dampening = isDeterministic && id > 0 && _random.Next(2) == 0
            ? _random.NextInt64(0, ScenarioSet.NanoOne)
            : ScenarioSet.NanoOne;
        return new Scenario(id, block, $"scenario {id}", isDeterministic ? 0 : _random.Next(1, 50), dampening, false);
    }

    private static ScenarioSet SetOf(MarginHorizon horizon, ImmutableArray<Scenario> scenarios)
    {
        FactorLayout layout = new([Btc, Eth], []);
        ScenarioSeed seed = ScenarioSeed.From("test", default, NearExpiry, ScenarioSeed.NoBeacon);
        long[] values = new long[layout.Count * scenarios.Length];
        return new ScenarioSet(horizon, layout, [4, 4], scenarios, [.. values], seed, default, []);
    }

    private RiskRow DrawRow(Instrument instrument)
    {
        long mark = instrument.Underlying == Btc ? 90_000_123_456 : 3_000_654_321;
        decimal lot = instrument is Spot ? 1m : Parameters.Find(instrument.Underlying)!.LotOf(instrument);
        long value = instrument switch
        {
            Spot => mark,
            VanillaOption => _random.NextInt64(1, 1L << 33),
            _ => 0,
        };
        FundingCharge funding = instrument is Perpetual ? new(_random.Next(0, 1000), _random.Next(0, 1000)) : default;
        long basis = instrument is VanillaOption ? (long)decimal.Ceiling(mark * lot) : 0;
        LotGreeks greeks = new(_random.Next(), _random.Next(), _random.Next(), -_random.Next());
        return new RiskRow(
            instrument, lot, mark, value, instrument is VanillaOption ? value + 1 : value, greeks, basis, funding, funding);
    }
}
