using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Revaluation;

/// <summary>Scenario sets small enough to read: a grid with its sticky-strike twins, extremes, random joint
/// moves.</summary>
internal static class TinyScenarios
{
    private const double Nano = 1e9;

    internal static ScenarioSets Sets(MarketSnapshot market, int randomCount, int seed) =>
        new(
            Set(market, MarginHorizon.Maintenance, 4, randomCount, seed),
            Set(market, MarginHorizon.Initial, 12, randomCount, seed));

    internal static ScenarioSet Of(MarketSnapshot market, MarginHorizon horizon, int hours, IReadOnlyList<Move> moves)
    {
        FactorLayout layout = new([.. market.Underlyings.Select(own => own.Asset)], []);
        ImmutableArray<long>.Builder values = ImmutableArray.CreateBuilder<long>();
        foreach (Move move in moves)
        {
            foreach (AssetId _ in layout.Underlyings)
            {
                values.AddRange(move.Values.Select(value => (long)Math.Round(value * Nano)));
            }

            values.AddRange(0L, 0L);
        }

        ImmutableArray<Scenario> scenarios = [.. moves.Select((move, id) => new Scenario(
            id, move.Block, $"{id}", move.Block is ScenarioBlock.A ? 1 : 0, ScenarioSet.NanoOne, move.IsSticky))];
        ImmutableArray<int> hoursOfEach = [.. layout.Underlyings.Select(_ => hours)];
        return new ScenarioSet(
            horizon, layout, hoursOfEach, scenarios, values.ToImmutable(), null!, default, []);
    }

    private static ScenarioSet Set(MarketSnapshot market, MarginHorizon horizon, int hours, int randomCount, int seed)
    {
        double scale = Math.Sqrt(hours / 4.0);
        List<Move> moves = [Move.None];
        foreach (double x in new[] { -0.09, -0.045, 0.045, 0.09 })
        {
            moves.Add(Move.Of(ScenarioBlock.D, x * scale, 0.5));
            moves.Add(Move.Of(ScenarioBlock.D, x * scale, 0.5) with { IsSticky = true });
            moves.Add(Move.Of(ScenarioBlock.D, x * scale, -0.25));
            moves.Add(Move.Of(ScenarioBlock.D, x * scale, -0.25) with { IsSticky = true });
        }

        moves.AddRange(new[] { -0.66, 0.5, 1.0, 5.0 }.Select(x => Move.Of(ScenarioBlock.D, Math.Log(1.0 + x), 0.5)));
        moves.Add(new Move(ScenarioBlock.D, IsSticky: false, [0.0, 0.0, 0.15, 0.10, 0.0, 0.0, 0.0, 0.0, 0.0]));
        moves.Add(new Move(ScenarioBlock.D, IsSticky: false, [0.0, 0.0, -0.15, 0.10, 0.0, 0.0, 0.0, 0.0, 0.0]));
        Random random = new(seed);
        moves.AddRange(Enumerable.Range(0, randomCount).Select(_ => Move.Random(random, scale)));
        return Of(market, horizon, hours, moves);
    }

    /// <summary>Factor values that every underlying shares: return, level, rho, smile, perpetual, four
    /// quarters.</summary>
    internal sealed record Move(ScenarioBlock Block, bool IsSticky, ImmutableArray<double> Values)
    {
        internal static Move None { get; } = new(ScenarioBlock.D, IsSticky: false, [.. new double[9]]);

        internal static Move Of(ScenarioBlock block, double x, double level) =>
            new(block, IsSticky: false, [x, level, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);

        internal static Move Random(Random random, double scale)
        {
            double Normal() => scale * Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble()))
                * Math.Cos(Math.Tau * random.NextDouble());
            return new Move(ScenarioBlock.A, IsSticky: false,
            [
                0.03 * Normal(), 0.12 * Normal(), 0.06 * Normal(), 0.05 * Normal(), 0.001 * Normal(),
                0.002 * Normal(), 0.003 * Normal(), 0.004 * Normal(), 0.005 * Normal(),
            ]);
        }
    }
}
