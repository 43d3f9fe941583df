using System.Collections.Immutable;
using Breakwater.Books;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Margin.Tails;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Tests.Margin;

namespace Breakwater.Tests.Books;

/// <summary>Random risk arrays of any number of scenarios, smooth in two factors or without any order, and random
/// accounts of lots.</summary>
internal sealed class BookWorld
{
    private const int StrikesPerUnderlying = 12;

    private static readonly Timestamp Expiry = Timestamp.Parse("2026-06-26T08:00:00Z");

    private static readonly ImmutableArray<AssetId> Assets =
        [AssetId.Of("BTC"), AssetId.Of("ETH"), AssetId.Of("SOL")];

    private readonly Random _random;
    private readonly bool _isSmooth;

    public BookWorld(int seed)
    {
        _random = new Random(seed);
        _isSmooth = seed % 2 == 0;
        ImmutableArray<Scenario> scenarios = DrawScenarios(_random.Next(4, 40), _random.Next(1, 400));
        long[] values = new long[new FactorLayout(Assets, []).Count * scenarios.Length];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = _random.NextInt64(-300_000_000, 300_000_000);
        }

        ScenarioSets sets = new(
            SetOf(MarginHorizon.Maintenance, scenarios, values), SetOf(MarginHorizon.Initial, scenarios, values));
        ImmutableArray<RiskRow> rows = [.. Instruments().Select(DrawRow)];
        Arrays = new RiskArrays(
            rows, [.. Assets.Select(asset => new AssetTerms(asset, 1_000_000))], sets, DrawEntries(rows, sets), []);
        Accounts = [.. Enumerable.Range(0, _random.Next(1, 12)).Select(_ => DrawAccount())];
        BookDraft draft = new();
        foreach (ImmutableArray<BookRow> account in Accounts)
        {
            draft.Add(account.AsSpan());
        }

        Book = draft.Build();
    }

    public RiskArrays Arrays { get; }

    public ImmutableArray<ImmutableArray<BookRow>> Accounts { get; }

    public BookHoldings Book { get; }

    /// <summary>Plain core of an account, or of what it holds in one underlying.</summary>
    public Int128 PlainCore(int account, int? asset, MarginHorizon horizon)
    {
        ImmutableArray<Exposure> exposures =
        [
            .. Accounts[account].Where(row => asset is null || row.Asset == asset).Select(row => new Exposure(
                [new ExposureLeg(row.Row, row.Lots, row.Lots, 0)], row.FundingMaintenance, row.FundingInitial, 0, 0)),
        ];
        ScenarioLosses losses = ScenarioLosses.Of(exposures, Arrays, horizon);
        return CoreEstimate.AmountOf(losses, TailBasis.Of(losses.Set, LawMarket.Parameters.Margin)).MicroDollars;
    }

    private static IEnumerable<Instrument> Instruments() =>
        from asset in Assets
        from strike in Enumerable.Range(10, StrikesPerUnderlying)
        select new VanillaOption(asset, Settlement.Linear, Expiry, strike * 1000m, OptionRight.Call);

    private static RiskRow DrawRow(Instrument instrument) => new(
        instrument, 0.1m, 1_000_000, 1, 2, new LotGreeks(0, 0, 0, 0), 0, default, default, new ClosingSize(0, 0));

    private static ScenarioSet SetOf(MarginHorizon horizon, ImmutableArray<Scenario> scenarios, long[] values) => new(
        horizon, new FactorLayout(Assets, []), [4, 4, 4], scenarios, [.. values],
        ScenarioSeed.From("test", default, Expiry, ScenarioSeed.NoBeacon), default, []);

    private ImmutableArray<Scenario> DrawScenarios(int deterministic, int distribution) =>
    [
        .. Enumerable.Range(0, deterministic).Select(id => new Scenario(
            id, id % 3 == 0 ? ScenarioBlock.C : id % 3 == 1 ? ScenarioBlock.D : ScenarioBlock.E, $"d{id}", 0,
            _random.Next(2) == 0 ? ScenarioSet.NanoOne : _random.NextInt64(0, ScenarioSet.NanoOne), false)),
        .. Enumerable.Range(deterministic, distribution).Select(id => new Scenario(
            id, id % 2 == 0 ? ScenarioBlock.A : ScenarioBlock.B, $"a{id}", _random.Next(1, 2000),
            ScenarioSet.NanoOne, false)),
    ];

    private ImmutableArray<long> DrawEntries(ImmutableArray<RiskRow> rows, ScenarioSets sets)
    {
        int count = sets.Maintenance.Count;
        long[] entries = new long[rows.Length * 4 * count];
        int coarseness = _random.Next(1, 1 << _random.Next(1, 30)); // coarse entries make ties
        for (int index = 0; index < entries.Length; index++)
        {
            int row = index / (4 * count);
            double entry = _isSmooth
                ? Smooth(row, sets.Maintenance, index % count) + (1e4 * (index / count % 4))
                : _random.NextInt64(-(1L << 33), 1L << 33);
            entries[index] = (long)entry / coarseness * coarseness;
        }

        return [.. entries];
    }

    private static double Smooth(int row, ScenarioSet set, int scenario)
    {
        double move = set.Factor(scenario, row / StrikesPerUnderlying, RiskFactorKind.SpotReturn);
        double level = set.Factor(scenario, row / StrikesPerUnderlying, RiskFactorKind.VolatilityLevel);
        double strike = ((row % StrikesPerUnderlying) - 6.0) / 6.0;
        return 1e9 * ((move * strike) + (move * move * (1.0 - strike)) + (0.05 * level * (1.0 + strike)));
    }

    private ImmutableArray<BookRow> DrawAccount()
    {
        int assets = _random.Next(1, Assets.Length + 1);
        List<BookRow> rows = [];
        for (int i = _random.Next(0, 15); i > 0; i--)
        {
            int row = _random.Next(assets * StrikesPerUnderlying);
            rows.Add(new BookRow(
                row, row / StrikesPerUnderlying, _random.Next(-5000, 5000), _random.Next(1000), _random.Next(3000)));
        }

        return [.. rows];
    }
}
