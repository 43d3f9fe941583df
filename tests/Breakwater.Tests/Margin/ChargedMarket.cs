using Breakwater.Instruments;
using Breakwater.Revaluation;

namespace Breakwater.Tests.Margin;

/// <summary>The arrays of another market with the terms that add-ons need: volume, depth, flow, calmness.</summary>
internal static class ChargedMarket
{
    private const long Nano = 1_000_000_000;
    private const long MicroPerUsd = 1_000_000;

    /// <summary>Arrays with random terms for every asset.</summary>
    public static RiskArrays Of(RiskArrays arrays, int seed)
    {
        Random random = new(seed);
        return With(arrays, terms => terms with
        {
            Liquidity = Liquidity(random),
            Flow = new FlowTerms(Nano + random.Next(350_000_000), Drift(random), Drift(random)),
            CalmnessNano = random.Next(0, 1_000_000_001),
        });
    }

    /// <summary>Arrays whose terms are changed.</summary>
    public static RiskArrays With(RiskArrays arrays, Func<AssetTerms, AssetTerms> change) => new(
        arrays.Rows, [.. arrays.Assets.Select(change)], arrays.Scenarios, Entries(arrays), arrays.Findings);

    private static System.Collections.Immutable.ImmutableArray<long> Entries(RiskArrays arrays)
    {
        List<long> entries = [];
        for (int row = 0; row < arrays.Rows.Length; row++)
        {
            foreach ((var horizon, var time) in Revaluation.Sheet.All)
            {
                entries.AddRange(arrays.Entries(row, horizon, time));
            }
        }

        return [.. entries];
    }

    private static LiquidityTerms Liquidity(Random random)
    {
        long volume = random.NextInt64(1_000_000, 20_000_000_000) * MicroPerUsd;
        long depth = volume / random.Next(50, 500);
        return new LiquidityTerms(
            volume,
            random.Next(0, 5_000_000),
            random.Next(5_000_000, 80_000_000),
            random.Next(5_000_000, 80_000_000),
            [new DepthTerms(Nano / 100, depth), new DepthTerms(Nano / 50, 2 * depth),
                new DepthTerms(Nano / 20, 4 * depth)],
            [
                new VegaTerms(Timestamp.Parse("2026-02-20T08:00:00Z"), random.Next(5_000_000, 50_000_000), 1L << 40),
                new VegaTerms(Timestamp.Parse("2099-01-01T00:00:00Z"), random.Next(5_000_000, 50_000_000), 1L << 40),
            ]);
    }

    private static long Drift(Random random) => random.Next(-5_000_000, 5_000_000);
}
