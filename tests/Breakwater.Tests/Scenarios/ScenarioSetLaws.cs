using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Scenarios;

/// <summary>What holds for every set (METHODOLOGY 3.4, 3.6, 4.2).</summary>
public sealed class ScenarioSetLaws
{
    private static IEnumerable<ScenarioSet> Both => [SimulatedPast.Sets.Maintenance, SimulatedPast.Sets.Initial];

    [Fact]
    public void Blocks_stand_in_the_order_D_C_E_A_B_with_the_sizes_of_the_methodology() => Assert.All(Both, set =>
    {
        (ScenarioBlock, int)[] runs =
            [.. set.Scenarios.GroupBy(scenario => scenario.Block).Select(block => (block.Key, block.Count()))];
        Assert.Equal(
            [
                (ScenarioBlock.D, 61), (ScenarioBlock.C, BlackSwanEvents.All.Length), (ScenarioBlock.E, 7),
                (ScenarioBlock.A, 2048), (ScenarioBlock.B, 2048),
            ],
            runs);
    });

    [Fact]
    public void Weights_of_A_and_B_are_halves_of_the_total_and_each_is_at_least_one() => Assert.All(Both, set =>
    {
        foreach (ScenarioBlock block in (ScenarioBlock[])[ScenarioBlock.A, ScenarioBlock.B])
        {
            Scenario[] scenarios = [.. set.Scenarios.Where(scenario => scenario.Block == block)];
            Assert.Equal(ScenarioSet.WeightTotal / 2, scenarios.Sum(scenario => scenario.Weight));
            Assert.All(scenarios, scenario => Assert.True(scenario.Weight >= 1));
        }

        Assert.All(
            set.Scenarios.Where(scenario => scenario.Block is not (ScenarioBlock.A or ScenarioBlock.B)),
            scenario => Assert.Equal(0, scenario.Weight));
    });

    [Fact]
    public void Ids_count_up_and_labels_are_unique() => Assert.All(Both, set =>
    {
        Assert.Equal(Enumerable.Range(0, set.Count), set.Scenarios.Select(scenario => scenario.Id));
        Assert.Equal(set.Count, set.Scenarios.Select(scenario => scenario.Label).Distinct().Count());
    });

    [Fact]
    public void Scenario_zero_is_the_centre_of_the_grid_and_moves_nothing() => Assert.All(Both, set =>
    {
        Assert.Equal(ScenarioBlock.D, set.Scenarios[0].Block);
        Assert.Equal(ScenarioSet.NanoOne, set.Scenarios[0].DampeningNano);
        Assert.All(set.Row(0).ToArray(), value => Assert.Equal(0L, value));
    });

    [Fact]
    public void Both_horizons_name_the_same_scenarios()
    {
        ScenarioSets sets = SimulatedPast.Sets;
        Assert.Equal(sets.Initial.Scenarios.Select(Name), sets.Maintenance.Scenarios.Select(Name));
        Assert.Equal(sets.Initial.Seed, sets.Maintenance.Seed);
        Assert.NotEqual(sets.Initial.Digest, sets.Maintenance.Digest);
    }

    private static (int, ScenarioBlock, string, bool) Name(Scenario scenario) =>
        (scenario.Id, scenario.Block, scenario.Label, scenario.IsStickyStrike);

    [Fact]
    public void Only_extremes_and_black_swans_are_dampened() => Assert.All(Both, set => Assert.All(
        set.Scenarios.Where(scenario => scenario.DampeningNano != ScenarioSet.NanoOne),
        scenario =>
        {
            Assert.InRange(scenario.DampeningNano, 0L, ScenarioSet.NanoOne);
            Assert.True(
                scenario.Block == ScenarioBlock.C || scenario.Label.StartsWith("D extreme", StringComparison.Ordinal),
                scenario.Label);
        }));

    // What an extreme charges a linear position is d·|x| ≤ 0.87·R_h, up to the rounding of d to 1e-9.
    [Fact]
    public void A_dampened_scenario_charges_at_most_its_share_of_the_range() => Assert.All(Both, set =>
    {
        double[] ranges = [.. set.Underlyings.Select((_, underlying) => set.Scenarios
            .Where(scenario => scenario.Label.StartsWith("D spot +100 % of range", StringComparison.Ordinal))
            .Max(scenario => Math.Exp(set.Factor(scenario.Id, underlying, RiskFactorKind.SpotReturn)) - 1d))];
        foreach (Scenario scenario in set.Scenarios.Where(scenario => scenario.DampeningNano < ScenarioSet.NanoOne))
        {
            for (int underlying = 0; underlying < ranges.Length; underlying++)
            {
                double move = Math.Exp(set.Factor(scenario.Id, underlying, RiskFactorKind.SpotReturn)) - 1d;
                double charged = Math.Abs(move) * scenario.DampeningNano / ScenarioSet.NanoOne;
                Assert.True(charged <= (0.87 * ranges[underlying]) + 1e-7, scenario.Label);
            }
        }
    });

    // R_h = min(90 %, max(8 %·√(h ÷ 24 h), 3·σ̂·√h)): BTC at 60 %, 4 h: max(3.266 %, 3.846 %) = 3.846 %.
    [Fact]
    public void The_grid_spans_three_deviations_or_the_floor_of_the_class()
    {
        ScenarioSet set = SimulatedPast.Sets.Maintenance;
        double expected = 3d * SimulatedPast.BtcVolatility * Math.Sqrt(4d / 8760d);
        Scenario edge = set.Scenarios.Single(scenario => scenario.Label == "D spot -100 % of range, vol up");

        Assert.Equal(4, set.HorizonHours[0]);
        Assert.Equal(Math.Log(1d - expected), set.Factor(edge.Id, 0, RiskFactorKind.SpotReturn), 2e-9);
        Assert.Equal(0.5, set.Factor(edge.Id, 0, RiskFactorKind.VolatilityLevel), 1e-9);

        ScenarioInputs calm = SimulatedPast.Inputs(scale: 0.1);
        double floor = 0.08 * Math.Sqrt(4d / 24d);
        Assert.Equal(floor, new HorizonInputs(calm, MarginHorizon.Maintenance).GridMoves[0], 1e-15);
        Assert.Equal(0.9, new HorizonInputs(SimulatedPast.Inputs(scale: 40d), MarginHorizon.Initial).GridMoves[0]);
    }

    [Fact]
    public void Every_spot_node_of_the_grid_has_a_twin_at_fixed_strikes()
    {
        ScenarioSet set = SimulatedPast.Sets.Initial;
        Scenario[] twins = [.. set.Scenarios.Where(scenario => scenario.IsStickyStrike)];
        Assert.Equal(24, twins.Length);
        Assert.All(twins, twin => Assert.True(set.Row(twin.Id).SequenceEqual(set.Row(twin.Id - 1)), twin.Label));
    }

    [Fact]
    public void A_black_swan_is_in_the_set_from_the_end_of_its_day()
    {
        BlackSwanEvent swan = BlackSwanEvents.All.Single(known => known.Date == "2025-10-10");
        Assert.Contains(swan.Name, Labels(swan.KnownAt), StringComparison.Ordinal);
        Assert.DoesNotContain(swan.Name, Labels(swan.KnownAt.AddMilliseconds(-1)), StringComparison.Ordinal);

        static string Labels(Timestamp at)
        {
            ScenarioInputs inputs = SimulatedPast.Inputs(hours: 1000) with { At = at };
            ScenarioTable table = new(inputs.Layout);
            BlackSwanBlock.Append(table, inputs, new HorizonInputs(inputs, MarginHorizon.Initial));
            return string.Join('\n', table.Scenarios().Select(scenario => scenario.Label));
        }
    }

    [Fact]
    public void The_march_of_2020_is_as_it_was()
    {
        ScenarioSet set = SimulatedPast.Sets.Initial;
        Scenario covid = set.Scenarios.Single(scenario => scenario.Label == "C 2020-03-13 covid crash");
        Assert.Equal(DeterministicMath.Log1p(-0.465), set.Factor(covid.Id, 0, RiskFactorKind.SpotReturn), 1e-9);
    }
}
