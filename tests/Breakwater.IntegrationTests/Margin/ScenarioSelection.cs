using Breakwater.Scenarios;

namespace Breakwater.IntegrationTests.Margin;

/// <summary>Scenario sets with some scenarios left out: what a rule is worth is seen where it is missing.</summary>
internal static class ScenarioSelection
{
    /// <summary>The scenarios that pass; the centre always does.</summary>
    public static ScenarioSets Where(this ScenarioSets sets, Func<ScenarioSet, Scenario, bool> isKept) =>
        new(Only(sets.Maintenance, isKept, isStill: false), Only(sets.Initial, isKept, isStill: false));

    /// <summary>The deterministic scenarios that pass, and a distribution in which nothing moves.</summary>
    public static ScenarioSets Deterministic(this ScenarioSets sets, Func<Scenario, bool> isKept) => new(
        Only(sets.Maintenance, (_, scenario) => isKept(scenario), isStill: true),
        Only(sets.Initial, (_, scenario) => isKept(scenario), isStill: true));

    /// <summary>The same scenarios with every drawn move of volatility multiplied: more volatility of
    /// volatility.</summary>
    public static ScenarioSets WithVolatilityMoves(this ScenarioSets sets, double ratio) =>
        new(Scaled(sets.Maintenance, ratio), Scaled(sets.Initial, ratio));

    private static ScenarioSet Scaled(ScenarioSet set, double ratio)
    {
        long[] values = [.. set.ValuesNano];
        foreach (Scenario scenario in set.Scenarios.Where(own => own.Weight > 0))
        {
            for (int underlying = 0; underlying < set.Underlyings.Length; underlying++)
            {
                int place = (scenario.Id * set.Layout.Count) + FactorLayout.Column(
                    underlying, RiskFactorKind.VolatilityLevel);
                values[place] = (long)Math.Round(ratio * values[place]);
            }
        }

        return set with { ValuesNano = [.. values] };
    }

    private static ScenarioSet Only(ScenarioSet set, Func<ScenarioSet, Scenario, bool> isKept, bool isStill)
    {
        List<Scenario> scenarios = [];
        List<long> values = [];
        foreach (Scenario scenario in set.Scenarios)
        {
            bool isDrawn = scenario.Weight > 0;
            if (scenario.Id == 0 || (isKept(set, scenario) && !(isStill && isDrawn)))
            {
                scenarios.Add(scenario with { Id = scenarios.Count });
                values.AddRange(set.Row(scenario.Id));
            }
        }

        if (isStill)
        {
            scenarios.Add(new Scenario(
                scenarios.Count, ScenarioBlock.A, "A nothing moves", ScenarioSet.WeightTotal, ScenarioSet.NanoOne,
                false));
            values.AddRange(set.Row(0));
        }

        return set with { Scenarios = [.. scenarios], ValuesNano = [.. values] };
    }
}
