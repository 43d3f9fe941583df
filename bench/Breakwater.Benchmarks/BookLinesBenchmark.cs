using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Breakwater.Adapters.Files;
using Breakwater.Books;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Benchmarks;

/// <summary>Every line of both sides of 10,000 accounts of 20 options on two underlyings, from their cores.</summary>
/// <remarks>Expected: 20 × 16 ns of sums, two underlyings × (6 roots of 20 ns + 15 quotients of 6 ns + basis 100 ns),
/// and 400 ns of multipliers, minimum and ratio: about 1.5 µs an account; bar 2.5 µs.</remarks>
[MemoryDiagnoser]
[InProcess]
public class BookLinesBenchmark
{
    private const int AccountCount = 10_000;
    private const int PositionCount = 20;
    private const long Nano = 1_000_000_000;

    private static readonly ImmutableArray<AssetId> Assets = [AssetId.Of("BTC"), AssetId.Of("ETH")];
    private static readonly ImmutableArray<long> Indices = [100_000_123_456, 3_500_654_321];
    private static readonly ImmutableArray<int> ExpiryDays = [2, 3, 7, 14, 30, 60, 90, 180, 270, 364];
    private static readonly ImmutableArray<int> TenorDays = [7, 30, 90, 9999];
    private static readonly Timestamp Start = Timestamp.Parse("2026-01-02T08:00:00Z");

    private static readonly RiskParameters Parameters = ParameterFile.LoadNewestShipped().Value;

    private readonly Random _random = new(1);
    private readonly BookLines _lines = new(AccountCount);
    private BookHoldings _book = null!;
    private BookFunds _funds = null!;
    private BookCores _maintenance = null!;
    private BookCores _initial = null!;
    private LineSheet _sheet = null!;

    [GlobalSetup]
    public void Setup()
    {
        ImmutableArray<RiskRow> rows =
        [
            .. (from asset in Enumerable.Range(0, Assets.Length)
                from days in ExpiryDays
                from strike in Enumerable.Range(0, 25)
                select DrawRow(asset, days, strike)).OrderBy(static row => row.Instrument),
        ];
        ScenarioSets sets = new(SetOf(MarginHorizon.Maintenance, 4), SetOf(MarginHorizon.Initial, 12));
        RiskArrays arrays = new(rows, [TermsOf(0), TermsOf(1)], sets, [.. new long[rows.Length * 4]], []);
        (BookDraft book, BookFundsDraft funds) = (new BookDraft(), new BookFundsDraft());
        for (int account = 0; account < AccountCount; account++)
        {
            book.Add([.. Enumerable.Range(0, PositionCount).Select(_ => DrawHolding(rows))]);
            funds.Add(_random.NextInt64(1L << 42), [], MarginContext.Neutral);
        }

        (_book, _funds) = (book.Build(), funds.Build());
        (_maintenance, _initial) = (new BookCores(_book), new BookCores(_book));
        for (int slot = 0; slot < _book.SlotCount; slot++)
        {
            long core = _random.NextInt64(1_000_000_000, 300_000_000_000);
            (_maintenance.AmountsToFill[slot], _initial.AmountsToFill[slot]) = (core, core + (core / 2));
        }

        _sheet = new LineSheet(LineConstants.Of(arrays, Parameters));
    }

    [Benchmark(OperationsPerInvoke = AccountCount)]
    public int Lines_of_both_sides() => _sheet.Run(_book, _funds, _maintenance, _initial, 0, AccountCount, _lines);

    private BookRow DrawHolding(ImmutableArray<RiskRow> rows)
    {
        int row = _random.Next(rows.Length);
        return new BookRow(
            row, Assets.IndexOf(rows[row].Instrument.Underlying),
            _random.Next(1, 100) * (_random.Next(2) == 0 ? -1 : 1), 0, 0);
    }

    private RiskRow DrawRow(int asset, int days, int strike)
    {
        VanillaOption option = new(
            Assets[asset], Settlement.Linear, After(days), Indices[asset] / 1_000_000 * (50 + (4 * strike)) / 100m,
            strike % 2 == 0 ? OptionRight.Call : OptionRight.Put);
        decimal lot = Parameters.Find(Assets[asset])!.LotOf(option);
        long perLot = (long)(Indices[asset] * lot);
        long value = _random.NextInt64(perLot / 200, perLot / 4);
        Int128 lotPico = (Int128)(lot * 1_000_000_000_000m);
        return new RiskRow(
            option, lot, (long)(value / lot), value, value + 1,
            new LotGreeks(0, 0, perLot * _random.Next(5, 50) / 100, 0), perLot + 1, default, default,
            new ClosingSize(lotPico * _random.Next(-99, 99) / 100, lotPico * _random.Next(1, 20) / 100));
    }

    private static AssetTerms TermsOf(int asset) => new(Assets[asset], Indices[asset])
    {
        Liquidity = new LiquidityTerms(
            8_000_000_000_000_000, 200_000, 25_000_000, 30_000_000,
            [new DepthTerms(Nano / 100, 20_000_000_000_000), new DepthTerms(Nano / 50, 45_000_000_000_000)],
            [.. TenorDays.Select(days => new VegaTerms(After(days), 10_000_000, 3_000_000_000_000))]),
        Flow = new FlowTerms(Nano + 30_000_000, 1_000_000, -2_000_000),
        CalmnessNano = 700_000_000,
    };

    private static Timestamp After(int days) => Start.AddMilliseconds(days * 24L * Timestamp.HourMilliseconds);

    private static ScenarioSet SetOf(MarginHorizon horizon, int hours)
    {
        FactorLayout layout = new(Assets, []);
        return new ScenarioSet(
            horizon, layout, [hours, hours], [new Scenario(0, ScenarioBlock.D, "none", 0, Nano, false)],
            [.. new long[layout.Count]], ScenarioSeed.From("bench", default, Start, ScenarioSeed.NoBeacon), default,
            []);
    }
}
