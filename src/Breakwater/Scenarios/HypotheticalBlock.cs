using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Scenarios;

/// <summary>Block E of METHODOLOGY 3.6: what has not happened to the book yet.</summary>
/// <remarks>
/// Not dampened (d_s = 1 outside extremes and block C), so moves are sized by the range R_h of the grid, never by the
/// event alone. Sizes and sources: docs/methodology/scenario-calibration.md.
/// </remarks>
internal static class HypotheticalBlock
{
    /// <summary>USDC on 2023-03-11: lowest 15-minute close 0.9008 USD, so all else rose by 11 % in it.</summary>
    private const double DepegRise = 0.11;

    /// <summary>A gap of one source of up to 1 % can pass the 2-of-3 rule of METHODOLOGY 6.1.</summary>
    private const double OracleGap = 0.01;

    /// <summary>BTC and ETH apart by half of each range: 8 % at 12 h and 60 % volatility, once in 500 recorded 12 h
    /// windows (2020-01..2025-10).</summary>
    private const double BreakShare = 0.5;

    /// <summary>Fall of every price with the loss of a bridge, share of R_h, and of the assets behind
    /// bridges.</summary>
    private const double BridgeShare = 0.5;
    private const double BridgedLoss = 0.5;

    /// <summary>Gas at ten times its price, depth at half: assumption, no history is supplied.</summary>
    private const double GasRatio = 10d;
    private const double DepthRatio = 0.5;

    /// <summary>Appends the block.</summary>
    public static void Append(ScenarioTable table, ScenarioInputs inputs, HorizonInputs horizon)
    {
        double rise = Math.Min(DepegRise, horizon.GridMoves.Min());
        Add(table, "E stablecoin depeg", Moves(inputs, _ => rise, 0d));
        Add(table, "E bridge loss", BridgeLoss(inputs, horizon));
        Add(table, "E oracle gap down", Gap(inputs, -OracleGap));
        Add(table, "E oracle gap up", Gap(inputs, OracleGap));
        Add(table, "E correlation break, leader up", Break(inputs, horizon, 1d));
        Add(table, "E correlation break, leader down", Break(inputs, horizon, -1d));
        double[] gas = new double[inputs.Layout.Count];
        gas[inputs.Layout.Gas] = DeterministicMath.Log(GasRatio);
        gas[inputs.Layout.Depth] = DeterministicMath.Log(DepthRatio);
        Add(table, "E gas spike", gas);
    }

    private static double[] BridgeLoss(ScenarioInputs inputs, HorizonInputs horizon)
    {
        GridParameters grid = inputs.Parameters.Grid;
        double[] row = Moves(
            inputs, underlying => -BridgeShare * horizon.GridMoves[underlying], BridgeShare * grid.VolatilityUp);
        for (int asset = 0; asset < inputs.Layout.CollateralAssets.Length; asset++)
        {
            row[inputs.Layout.CollateralColumn(asset)] = DeterministicMath.Log1p(-BridgedLoss);
        }

        row[inputs.Layout.Depth] = DeterministicMath.Log(DepthRatio);
        return row;
    }

    // The index moves alone: marks of perpetuals and futures stay where they are.
    private static double[] Gap(ScenarioInputs inputs, double gap)
    {
        double[] row = Moves(inputs, _ => gap, 0d);
        for (int underlying = 0; underlying < inputs.Count; underlying++)
        {
            for (RiskFactorKind kind = RiskFactorKind.PerpetualBasis; kind <= RiskFactorKind.QuarterBasis4; kind++)
            {
                row[FactorLayout.Column(underlying, kind)] = -DeterministicMath.Log1p(gap);
            }
        }

        return row;
    }

    private static double[] Break(ScenarioInputs inputs, HorizonInputs horizon, double side) =>
        Moves(
            inputs,
            underlying => (underlying == inputs.Leader ? side : -side) * BreakShare * horizon.GridMoves[underlying],
            0d);

    private static double[] Moves(ScenarioInputs inputs, Func<int, double> simpleReturn, double level)
    {
        double[] row = new double[inputs.Layout.Count];
        for (int underlying = 0; underlying < inputs.Count; underlying++)
        {
            row[FactorLayout.Column(underlying, RiskFactorKind.SpotReturn)] =
                DeterministicMath.Log1p(simpleReturn(underlying));
            row[FactorLayout.Column(underlying, RiskFactorKind.VolatilityLevel)] =
                level * inputs.Underlyings[underlying].VolatilityShockRatio;
        }

        return row;
    }

    private static void Add(ScenarioTable table, string label, double[] row) =>
        table.Add(ScenarioBlock.E, label, 0, ScenarioSet.NanoOne, false, row);
}
