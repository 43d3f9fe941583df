using System.Globalization;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Scenarios;

/// <summary>Block C of METHODOLOGY 3.6: factor moves actually seen in historical black swans, dampened.</summary>
/// <remarks>Both horizons use the 24 h moves as they were; dampening scales with the horizon. What was not recorded is
/// filled by regression and the worst quartile of its residual.</remarks>
internal static class BlackSwanBlock
{
    // Regression of docs/methodology/scenario-calibration.md: log change of DVOL on |log return| of BTC over 24 h
    // where it exceeds 5 %, 2021-03..2024-04, and the 75 % quantile of its residual
    // (VolatilityIndexCalibrationTests).
    internal const double LevelSlopeDown = 1.61;
    internal const double LevelConstantDown = -0.053 + 0.040;
    internal const double LevelSlopeUp = -0.25;
    internal const double LevelConstantUp = 0.019 + 0.045;

    // Shift of ρ on log return: cautious assumptions, above what three months of surfaces show (the same document).
    internal const double SkewSlope = 1.2;
    internal const double SkewResidual = 0.055;
    private const double SkewMaximum = 0.25;

    // 75 % quantile of the standard normal law: worst quartile of a zero-mean residual.
    private const double QuartileDeviations = 0.6744897501960817;

    /// <summary>Appends the events known before the instant.</summary>
    public static void Append(ScenarioTable table, ScenarioInputs inputs, HorizonInputs horizon)
    {
        double[] moves = new double[inputs.Count];
        HistoricalRegression[] regressions = [.. inputs.Underlyings.Select(input =>
            HistoricalRegression.Daily(input.History, inputs.Underlyings[inputs.Leader].History))];
        foreach (BlackSwanEvent swan in BlackSwanEvents.All.Where(swan => swan.KnownAt <= inputs.At))
        {
            for (int underlying = 0; underlying < moves.Length; underlying++)
            {
                double leader = DeterministicMath.Log1p(swan.Btc);
                moves[underlying] = swan.Of(inputs.Underlyings[underlying].Asset.Name)
                    ?? DeterministicMath.Expm1(regressions[underlying].WorstQuartile(leader));
            }

            table.Add(
                ScenarioBlock.C,
                string.Create(CultureInfo.InvariantCulture, $"C {swan.Date} {swan.Name}"),
                0,
                Dampening.Nano(horizon, moves, inputs.Parameters.Grid.DampeningFraction),
                false,
                Row(inputs, swan, moves));
        }
    }

    private static double[] Row(ScenarioInputs inputs, BlackSwanEvent swan, double[] moves)
    {
        double[] row = new double[inputs.Layout.Count];
        FactorLawParameters laws = inputs.Parameters.FactorLaws;
        double[] basis =
            [laws.QuarterBasisDaily1, laws.QuarterBasisDaily2, laws.QuarterBasisDaily3, laws.QuarterBasisDaily4];
        for (int underlying = 0; underlying < moves.Length; underlying++)
        {
            double move = DeterministicMath.Log1p(moves[underlying]);
            double side = move < 0d ? -1d : 1d;
            double ratio = inputs.Underlyings[underlying].VolatilityShockRatio;
            row[FactorLayout.Column(underlying, RiskFactorKind.SpotReturn)] = move;
            row[FactorLayout.Column(underlying, RiskFactorKind.VolatilityLevel)] =
                ratio * (swan.VolatilityIndex ?? LevelOf(move));
            row[FactorLayout.Column(underlying, RiskFactorKind.SkewTwist)] =
                ratio * Math.Clamp((SkewSlope * move) + (side * SkewResidual), -SkewMaximum, SkewMaximum);
            row[FactorLayout.Column(underlying, RiskFactorKind.SmileTwist)] =
                ratio * QuartileDeviations * laws.SmileTwistDaily;
            row[FactorLayout.Column(underlying, RiskFactorKind.PerpetualBasis)] =
                side * QuartileDeviations * laws.PerpetualBasisDaily;
            for (int bucket = 0; bucket < basis.Length; bucket++)
            {
                row[FactorLayout.Column(underlying, RiskFactorKind.QuarterBasis1 + bucket)] =
                    side * QuartileDeviations * basis[bucket];
            }
        }

        return row;
    }

    private static double LevelOf(double move) => DeterministicMath.Expm1(move < 0d
        ? (LevelSlopeDown * -move) + LevelConstantDown
        : (LevelSlopeUp * move) + LevelConstantUp);
}

/// <summary>Regression of 24 h log returns of an underlying on those of the leader, without constant.</summary>
/// <param name="Beta">Slope.</param>
/// <param name="WorstResidual">75 % quantile of the residual in the direction of the leader's move; ≥ 0.</param>
internal readonly record struct HistoricalRegression(double Beta, double WorstResidual)
{
    private const int DayHours = 24;

    // Fewer common days than this say nothing: the asset then moves with the leader and a quarter more.
    private const int DaysMinimum = 60;
    private const double ResidualUnknown = 0.05;

    /// <summary>Log return that goes with a move of the leader: regression and worst quartile of the
    /// residual.</summary>
    /// <param name="leaderMove">Log return of the leader, dimensionless.</param>
    public double WorstQuartile(double leaderMove) =>
        (Beta * leaderMove) + (leaderMove < 0d ? -WorstResidual : WorstResidual);

    /// <summary>Regression over the days both histories hold, one return every 24 h.</summary>
    public static HistoricalRegression Daily(
        Forecasts.FilteredHistory history, Forecasts.FilteredHistory leader)
    {
        List<(double Own, double Leader)> pairs = Pairs(history, leader);
        if (pairs.Count < DaysMinimum)
        {
            return new HistoricalRegression(1d, ResidualUnknown);
        }

        double cross = 0d;
        double square = 0d;
        foreach ((double own, double lead) in pairs)
        {
            cross += own * lead;
            square += lead * lead;
        }

        double beta = square > 0d ? cross / square : 1d;
        double[] residuals = [.. pairs.Select(pair => (pair.Own - (beta * pair.Leader)) * Math.Sign(pair.Leader))];
        Array.Sort(residuals);
        return new HistoricalRegression(beta, Math.Max(0d, residuals[residuals.Length * 3 / 4]));
    }

    private static List<(double Own, double Leader)> Pairs(
        Forecasts.FilteredHistory history, Forecasts.FilteredHistory leader)
    {
        List<(double Own, double Leader)> pairs = [];
        int other = 0;
        for (int index = DayHours; index < history.Hours.Length; index++)
        {
            long hour = history.Hours[index];
            if (hour % DayHours != 0 || history.Hours[index - DayHours] != hour - DayHours)
            {
                continue;
            }

            for (; other < leader.Hours.Length && leader.Hours[other] < hour; other++)
            {
            }

            if (other >= DayHours && other < leader.Hours.Length && leader.Hours[other] == hour
                && leader.Hours[other - DayHours] == hour - DayHours)
            {
                pairs.Add((history.LogPrices[index] - history.LogPrices[index - DayHours],
                    leader.LogPrices[other] - leader.LogPrices[other - DayHours]));
            }
        }

        return pairs;
    }
}
