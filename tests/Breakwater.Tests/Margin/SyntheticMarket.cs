using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Margin;

/// <summary>Random risk arrays and random subaccounts: the exact integer laws hold for any entries whatever.</summary>
internal sealed class SyntheticMarket : LawMarket
{
    private const int DeterministicCount = 12;
    private const int DistributionCount = 40;
    private const int ScenarioCount = DeterministicCount + DistributionCount;

    private static readonly Timestamp NearExpiry = Timestamp.Parse("2026-03-27T08:00:00Z");
    private static readonly Timestamp FarExpiry = Timestamp.Parse("2026-06-26T08:00:00Z");

    private static readonly Instrument Future = new DatedFuture(Btc, Settlement.Linear, FarExpiry);

    public SyntheticMarket(int seed)
        : base(seed) => Arrays = Build();

    public static ImmutableArray<Instrument> Instruments { get; } =
    [
        .. new Instrument[]
        {
            new Spot(Btc), new Spot(Eth), Future,
            new Perpetual(Btc, Settlement.Linear), new Perpetual(Btc, Settlement.Inverse),
            new Perpetual(Eth, Settlement.Linear), new DatedFuture(Btc, Settlement.Inverse, NearExpiry),
            Option(Btc, Settlement.Inverse, NearExpiry, 90_000m, OptionRight.Call),
            Option(Btc, Settlement.Inverse, NearExpiry, 100_000m, OptionRight.Call),
            Option(Btc, Settlement.Linear, NearExpiry, 80_000m, OptionRight.Put),
            Option(Btc, Settlement.Linear, FarExpiry, 80_000m, OptionRight.Put),
            Option(Eth, Settlement.Inverse, NearExpiry, 3_000m, OptionRight.Put),
        }.OrderBy(instrument => instrument.Name, StringComparer.Ordinal),
    ];

    public override RiskArrays Arrays { get; }

    public override Instrument Gift => Future;

    protected override IEnumerable<Position> DrawStructure() => [DrawPosition(Pick(Instruments), DrawSize())];

    private static VanillaOption Option(
        AssetId underlying, Settlement settlement, Timestamp expiry, decimal strike, OptionRight right) =>
        new(underlying, settlement, expiry, strike, right);

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
            long amount = Random.NextInt64(1, 1L << Random.Next(1, 36));
            long signed = Random.Next(2) == 0 ? amount : -amount;
            entries[index] = isStill ? 0 : instrument == Future ? amount : signed;
        }

        ImmutableArray<AssetTerms> assets = [new(Btc, 90_000_123_456), new(Eth, 3_000_654_321)];
        return new RiskArrays(rows, assets, sets, [.. entries], []);
    }

    private Scenario DrawScenario(int id)
    {
        bool isDeterministic = id < DeterministicCount;
        ScenarioBlock block = isDeterministic
            ? id == 0 ? ScenarioBlock.D : Pick([ScenarioBlock.C, ScenarioBlock.D, ScenarioBlock.E])
            : Pick([ScenarioBlock.A, ScenarioBlock.B]);
        long dampening = isDeterministic && id > 0 && Random.Next(2) == 0
            ? Random.NextInt64(0, ScenarioSet.NanoOne)
            : ScenarioSet.NanoOne;
        return new Scenario(id, block, $"scenario {id}", isDeterministic ? 0 : Random.Next(1, 50), dampening, false);
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
            VanillaOption => Random.NextInt64(1, 1L << 33),
            _ => 0,
        };
        FundingCharge funding = instrument is Perpetual ? new(Random.Next(0, 1000), Random.Next(0, 1000)) : default;
        long basis = instrument is VanillaOption ? (long)decimal.Ceiling(mark * lot) : 0;
        LotGreeks greeks = new(Random.Next(), Random.Next(), Random.Next(), -Random.Next());
        return new RiskRow(
            instrument, lot, mark, value, instrument is VanillaOption ? value + 1 : value, greeks, basis, funding,
            funding, new ClosingSize(Random.Next(), Random.Next()));
    }
}
