using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Breakwater.Accounts;
using Breakwater.Cli.Market;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Surfaces;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Benchmarks;

/// <summary>One margin of 20 option positions on the shipped sample market in the crash, 4,186 scenarios, both sets and
/// times: from surfaces and scenarios to the explained report.</summary>
/// <remarks>Expected: risk arrays as <see cref="RevaluationBenchmark"/>, and 20 × 4,186 × 4 multiply-adds of 128 bits
/// and two sorts of 4,096 for the report: 2 ms more (bar of the plain implementation: 50 ms).</remarks>
[MemoryDiagnoser]
[InProcess]
public class MarginBenchmark
{
    private TinyMarket _sample = null!;
    private ImmutableArray<Instrument> _instruments;
    private Subaccount _subaccount = null!;

    [GlobalSetup]
    public void Setup()
    {
        _sample = SampleMarket.Crash;
        _instruments = TwentyOptions.All;
        _subaccount = SubaccountNetting.Net(new Subaccount(
            "bench",
            [new CollateralBalance(AssetId.Numeraire, 1_000_000_000_000, string.Empty, BridgeClass.Native)],
            [.. _instruments.Select((own, i) => Held(own, (i % 2 == 0 ? -1 : 1) * (10 + i)))]));
    }

    [Benchmark]
    [Arguments(1)]
    [Arguments(2)]
    public MarginReport Twenty_positions_from_arrays_to_report(int threadCount) => PortfolioMargin.Assess(
        _subaccount,
        ThreadedRevaluation.Run(
            FullRevaluation.Prepare(
                _instruments, _sample.Market, _sample.Forecast, _sample.Surfaces, _sample.Scenarios,
                _sample.Parameters).Value,
            threadCount).Value,
        _sample.Parameters);

    [Benchmark]
    public SurfaceSet Surfaces_of_both_underlyings() => SurfaceCalibration.Fit(
        _sample.Market, VolatilityForecast.From(_sample.Market, _sample.Parameters), _sample.Parameters);

    [Benchmark]
    public ScenarioSets Both_scenario_sets() => ScenarioDesign.Build(
        _sample.Market, _sample.Surfaces, VolatilityForecast.From(_sample.Market, _sample.Parameters),
        _sample.Parameters, ScenarioSeed.NoBeacon);

    private static Position Held(Instrument instrument, Int128 lots) =>
        new(instrument, lots, [new PositionEntry(lots, null)]);
}
