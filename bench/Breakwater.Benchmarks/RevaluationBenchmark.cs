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
    private static readonly string[] Book =
    [
        "BTC-13FEB26-64000-C", "BTC-13FEB26-64000-P", "BTC-27FEB26-50000-P", "BTC-27FEB26-90000-C",
        "BTC-27MAR26-66000-C", "BTC-27MAR26-66000-P", "BTC-26JUN26-90000-C", "BTC-26JUN26-50000-P",
        "BTC_USDC-25DEC26-90000-C", "BTC_USDC-25DEC26-50000-P", "ETH-13FEB26-1900-C", "ETH-13FEB26-1900-P",
        "ETH-27FEB26-1500-P", "ETH-27FEB26-2500-C", "ETH-27MAR26-1900-C", "ETH-27MAR26-1900-P", "ETH-26JUN26-2500-C",
        "ETH-26JUN26-1500-P", "ETH_USDC-25DEC26-2500-C", "ETH_USDC-25DEC26-1500-P",
    ];

    private TinyMarket _tiny = null!;
    private ImmutableArray<Instrument> _instruments;

    [GlobalSetup]
    public void Setup()
    {
        _tiny = TinyMarket.Build(randomCount: 4_163, seed: 7);
        _instruments = [.. Book.Select(InstrumentName.Parse)];
    }

    [Benchmark]
    public RiskArrays Twenty_options() =>
        FullRevaluation.Run(_instruments, _tiny.Market, _tiny.Surfaces, _tiny.Scenarios, _tiny.Parameters);
}
