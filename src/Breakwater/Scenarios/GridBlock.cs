using System.Globalization;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Scenarios;

/// <summary>Block D of METHODOLOGY 3.6: 37 nodes of a joint grid and 24 sticky-strike twins.</summary>
/// <remarks>Joint: every underlying stands at the same node of its own range. The first scenario is the
/// centre.</remarks>
internal static class GridBlock
{
    /// <summary>Scenarios of the block: 9 × 3 + 24 twins + 2 skew + 8 extremes.</summary>
    public const int Count = 61;

    private static readonly double[] SpotSteps = [0d, 0.25, -0.25, 0.5, -0.5, 0.75, -0.75, 1d, -1d];

    private static readonly double[] Extremes = [-0.66, -0.33, 0.5, 1d, 2d, 3d, 4d, 5d];

    /// <summary>Appends the block.</summary>
    public static void Append(ScenarioTable table, ScenarioInputs inputs, HorizonInputs horizon)
    {
        GridParameters grid = inputs.Parameters.Grid;
        (string Name, double Level)[] levels =
            [("vol same", 0d), ("vol up", grid.VolatilityUp), ("vol down", -grid.VolatilityDown)];
        foreach (double step in SpotSteps)
        {
            foreach ((string name, double level) in levels)
            {
                string label = string.Create(
                    CultureInfo.InvariantCulture, $"D spot {100d * step:+0;-0;0} % of range, {name}");
                double[] row = Row(inputs, horizon, level, underlying => step * horizon.GridMoves[underlying]);
                table.Add(ScenarioBlock.D, label, 0, ScenarioSet.NanoOne, false, row);
                if (step != 0d)
                {
                    table.Add(ScenarioBlock.D, label + ", sticky strike", 0, ScenarioSet.NanoOne, true, row);
                }
            }
        }

        AppendSkews(table, inputs, grid);
        AppendExtremes(table, inputs, horizon, grid);
    }

    private static void AppendSkews(ScenarioTable table, ScenarioInputs inputs, GridParameters grid)
    {
        foreach (double sign in new[] { 1d, -1d })
        {
            double[] row = new double[table.Layout.Count];
            for (int underlying = 0; underlying < inputs.Count; underlying++)
            {
                double ratio = inputs.Underlyings[underlying].VolatilityShockRatio;
                row[FactorLayout.Column(underlying, RiskFactorKind.SkewTwist)] = sign * ratio * grid.SkewTwist;
                row[FactorLayout.Column(underlying, RiskFactorKind.SmileTwist)] = ratio * grid.SmileTwist;
            }

            string label = sign > 0d ? "D skew up, smile up" : "D skew down, smile up";
            table.Add(ScenarioBlock.D, label, 0, ScenarioSet.NanoOne, false, row);
        }
    }

    private static void AppendExtremes(
        ScenarioTable table, ScenarioInputs inputs, HorizonInputs horizon, GridParameters grid)
    {
        double[] moves = new double[inputs.Count];
        foreach (double extreme in Extremes)
        {
            Array.Fill(moves, extreme);
            table.Add(
                ScenarioBlock.D,
                string.Create(CultureInfo.InvariantCulture, $"D extreme spot {extreme * 100d:+0;-0} %, vol up"),
                0,
                Dampening.Nano(horizon, moves, grid.DampeningFraction),
                false,
                Row(inputs, horizon, grid.VolatilityUp, _ => extreme));
        }
    }

    private static double[] Row(
        ScenarioInputs inputs, HorizonInputs horizon, double level, Func<int, double> simpleReturn)
    {
        double[] row = new double[inputs.Layout.Count];
        for (int underlying = 0; underlying < horizon.Hours.Length; underlying++)
        {
            row[FactorLayout.Column(underlying, RiskFactorKind.SpotReturn)] =
                DeterministicMath.Log1p(simpleReturn(underlying));
            row[FactorLayout.Column(underlying, RiskFactorKind.VolatilityLevel)] =
                level * inputs.Underlyings[underlying].VolatilityShockRatio;
        }

        return row;
    }
}
