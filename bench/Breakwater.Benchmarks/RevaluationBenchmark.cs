using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Breakwater.Instruments;
using Breakwater.Revaluation;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Benchmarks;

/// <summary>Risk arrays of one margin: 20 positions, two surfaces of 12 slices, some 4,186 scenarios, both sets and
/// times.
/// </summary>
/// <remarks>Expected: 20 × 4,186 × 2 × 2 = 335 k option values at 60 ns and 2 × 2 × 4,186 × 12 shocked slices at 100
/// ns: 20 + 20 ms (bar of the issue: 50 ms).</remarks>
[MemoryDiagnoser]
[InProcess]
public class RevaluationBenchmark
{
    private TinyMarket _tiny = null!;
    private ImmutableArray<Instrument> _instruments;

    [GlobalSetup]
    public void Setup()
    {
        _tiny = TinyMarket.Build(randomCount: 4_163, seed: 7);
        _instruments = TwentyOptions.All;
    }

    [Benchmark]
    public RiskArrays Twenty_options() =>
        FullRevaluation.Run(
            _instruments, _tiny.Market, _tiny.Forecast, _tiny.Surfaces, _tiny.Scenarios, _tiny.Parameters);
}
