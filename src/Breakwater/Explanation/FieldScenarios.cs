using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Scenarios;

namespace Breakwater.Explanation;

/// <summary>Scenario sets made by hand: all underlyings at the same point of a grid, over horizons of any hours.
/// </summary>
internal static class FieldScenarios
{
    /// <summary>Sets over the points of the axes: [level × spot].</summary>
    /// <param name="market">The market whose layout is kept.</param>
    /// <param name="levels">Shocks of volatility.</param>
    /// <param name="firstHours">Horizon of the maintenance set, hours.</param>
    /// <param name="secondHours">Horizon of the initial set, hours.</param>
    internal static ScenarioSets Of(
        ExplainedMarket market, ImmutableArray<double> levels, int firstHours, int secondHours)
    {
        FactorLayout layout = market.Scenarios.Maintenance.Layout;
        long[] values = new long[levels.Length * FieldAxes.SpotCount * layout.Count];
        for (int point = 0; point < levels.Length * FieldAxes.SpotCount; point++)
        {
            double logReturn = FieldAxes.LogReturn(point % FieldAxes.SpotCount);
            double level = levels[point / FieldAxes.SpotCount];
            Fill(layout, values.AsSpan(point * layout.Count, layout.Count), _ => (logReturn, level));
        }

        return Of(market, [.. values], firstHours, secondHours);
    }

    /// <summary>Sets of given values.</summary>
    /// <param name="market">The market whose layout is kept.</param>
    /// <param name="valuesNano">[scenario × factor] values, 1e-9 units.</param>
    /// <param name="firstHours">Horizon of the maintenance set, hours.</param>
    /// <param name="secondHours">Horizon of the initial set, hours.</param>
    internal static ScenarioSets Of(
        ExplainedMarket market, ImmutableArray<long> valuesNano, int firstHours, int secondHours)
    {
        ScenarioSet model = market.Scenarios.Maintenance;
        int count = valuesNano.Length / model.Layout.Count;
        ImmutableArray<Scenario> scenarios =
            [.. Enumerable.Range(0, count).Select(id =>
                new Scenario(id, ScenarioBlock.D, string.Empty, 0, ScenarioSet.NanoOne, false))];
        return new ScenarioSets(
            Set(MarginHorizon.Maintenance, firstHours), Set(MarginHorizon.Initial, secondHours));

        ScenarioSet Set(MarginHorizon horizon, int hours) => new(
            horizon, model.Layout, [.. model.Underlyings.Select(_ => hours)], scenarios, valuesNano, model.Seed,
            default(Digest), []);
    }

    private static void Fill(FactorLayout layout, Span<long> row, Func<int, (double LogReturn, double Level)> move)
    {
        for (int underlying = 0; underlying < layout.Underlyings.Length; underlying++)
        {
            (double logReturn, double level) = move(underlying);
            row[FactorLayout.Column(underlying, RiskFactorKind.SpotReturn)] = Nano(logReturn);
            row[FactorLayout.Column(underlying, RiskFactorKind.VolatilityLevel)] = Nano(level);
        }
    }

    private static long Nano(double value) =>
        (long)Math.Round(value * ScenarioSet.NanoOne, MidpointRounding.ToEven);
}
