using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Scenarios;

/// <summary>Block A of METHODOLOGY 3.3: filtered historical simulation, joint over underlyings.</summary>
internal static class HistoricalBlock
{
    /// <summary>Scenarios of the block (METHODOLOGY 3.6).</summary>
    public const int Count = 2048;

    /// <summary>Appends the block.</summary>
    /// <param name="table">Table to append to.</param>
    /// <param name="inputs">Histories and parameters.</param>
    /// <param name="sample">Drawn hours, the same for both horizons.</param>
    /// <param name="horizon">Horizon.</param>
    /// <param name="findings">Substituted factors are added.</param>
    public static void Append(
        ScenarioTable table, ScenarioInputs inputs, HistoricalSample sample, HorizonInputs horizon,
        ImmutableArray<Finding>.Builder findings)
    {
        ScenarioRandom random = new(RandomKey(inputs), ScenarioBlock.A);
        int[] weights = WeightAllocation.Distribute(sample.Shares.AsSpan(), ScenarioSet.WeightTotal / 2);
        double[] rows = new double[sample.Hours.Length * table.Layout.Count];
        double[] leader = Leader(inputs, sample, horizon, random);
        for (int underlying = 0; underlying < inputs.Count; underlying++)
        {
            (double[] returns, int proxies) = HistoricalProxy.Standardised(
                inputs, sample, horizon, underlying, leader, random);
            int substitutes = Fill(
                rows, table.Layout, inputs, sample, horizon, underlying, returns, weights, random);
            AddFindings(
                findings, inputs.Underlyings[underlying], underlying == inputs.Leader, proxies, substitutes);
        }

        for (int scenario = 0; scenario < sample.Hours.Length; scenario++)
        {
            int copy = scenario > 0 && sample.Hours[scenario] == sample.Hours[scenario - 1] ? scenario : 0;
            Timestamp date = Timestamp.FromUnixMilliseconds(
                (sample.Panels[0].FirstHour + sample.Hours[scenario]) * Timestamp.HourMilliseconds);
            table.Add(
                ScenarioBlock.A, copy > 0 ? $"A {date} copy {copy}" : $"A {date}", weights[scenario],
                ScenarioSet.NanoOne, false, rows.AsSpan(scenario * table.Layout.Count, table.Layout.Count));
        }
    }

    /// <summary>Nothing in block A depends on the beacon or the day: a date keeps its substituted factors.</summary>
    internal static ulong RandomKey(ScenarioInputs inputs) => ScenarioSeed.From(
        inputs.Seed.ProtocolId, inputs.Seed.ParameterDigest, default, ScenarioSeed.NoBeacon).PhiloxKey;

    // Where nothing is recorded the leader follows the innovations of block B: t with unit variance.
    private static double[] Leader(
        ScenarioInputs inputs, HistoricalSample sample, HorizonInputs horizon, ScenarioRandom random)
    {
        HourlyPanel panel = sample.Panels[inputs.Leader];
        int hours = horizon.Hours[inputs.Leader];
        double degrees = inputs.Parameters.Scenarios.InnovationDegrees;
        double scale = Math.Sqrt(degrees / (degrees - 2d));
        uint factor = (uint)FactorLayout.Column(inputs.Leader, RiskFactorKind.SpotReturn);
        double[] returns = new double[sample.Hours.Length];
        for (int scenario = 0; scenario < returns.Length; scenario++)
        {
            int hour = sample.Hours[scenario];
            returns[scenario] = panel.HasReturn(hour, hours)
                ? panel.Standardised(hour, hours)
                : StudentT.Quantile(random.Uniform((uint)(panel.FirstHour + hour), factor, 2), degrees) / scale;
        }

        return returns;
    }

    private static int Fill(
        double[] rows, FactorLayout layout, ScenarioInputs inputs, HistoricalSample sample, HorizonInputs horizon,
        int underlying, double[] returns, int[] weights, ScenarioRandom random)
    {
        UnderlyingInputs input = inputs.Underlyings[underlying];
        HourlyPanel panel = sample.Panels[underlying];
        double mean = Mean(returns, weights);
        double indexMean = IndexMean(panel, sample, horizon.Hours[underlying], weights);
        int substitutes = 0;
        for (int scenario = 0; scenario < returns.Length; scenario++)
        {
            Span<double> row = rows.AsSpan(scenario * layout.Count, layout.Count);
            uint date = (uint)(panel.FirstHour + sample.Hours[scenario]);
            double deviations = returns[scenario] - mean;
            row[FactorLayout.Column(underlying, RiskFactorKind.SpotReturn)] =
                deviations * horizon.Deviations[underlying];
            bool isRecorded = panel.HasIndexChange(sample.Hours[scenario], horizon.Hours[underlying]);
            substitutes += isRecorded ? 0 : 1;
            double level = isRecorded
                ? DeterministicMath.Expm1(
                    panel.IndexChange(sample.Hours[scenario], horizon.Hours[underlying]) - indexMean)
                : DrawnLevel(inputs, horizon, underlying, deviations, date, random);
            row[FactorLayout.Column(underlying, RiskFactorKind.VolatilityLevel)] = level * input.VolatilityShockRatio;
            FactorLaws.FillTwistsAndBasis(
                row, underlying, horizon.Days(underlying), input.VolatilityShockRatio, inputs.Parameters.FactorLaws,
                column => random.Normal(date, (uint)column, 1));
        }

        return substitutes;
    }

    private static double DrawnLevel(
        ScenarioInputs inputs, HorizonInputs horizon, int underlying, double deviations, uint date,
        ScenarioRandom random)
    {
        ScenarioParameters parameters = inputs.Parameters.Scenarios;
        UnderlyingParameters own = inputs.Underlyings[underlying].Parameters;
        double correlation = FactorLaws.SpotVolatilityCorrelation(
            random.Uniform(date, ScenarioRandom.RegimeFactor, 0), own.RiskClass, parameters);
        uint column = (uint)FactorLayout.Column(underlying, RiskFactorKind.VolatilityLevel);
        return FactorLaws.VolatilityLevel(
            deviations, correlation, random.Normal(date, column, 0), own.Jumps.VolatilityOfVolatilityAnnual,
            parameters.VolatilityReversionAnnual, horizon.Years(underlying));
    }

    private static double Mean(double[] values, int[] weights)
    {
        double sum = 0d;
        double total = 0d;
        for (int scenario = 0; scenario < values.Length; scenario++)
        {
            sum += weights[scenario] * values[scenario];
            total += weights[scenario];
        }

        return sum / total;
    }

    private static double IndexMean(HourlyPanel panel, HistoricalSample sample, int hours, int[] weights)
    {
        double sum = 0d;
        double total = 0d;
        for (int scenario = 0; scenario < weights.Length; scenario++)
        {
            if (panel.HasIndexChange(sample.Hours[scenario], hours))
            {
                sum += weights[scenario] * panel.IndexChange(sample.Hours[scenario], hours);
                total += weights[scenario];
            }
        }

        return total > 0d ? sum / total : 0d;
    }

    private static void AddFindings(
        ImmutableArray<Finding>.Builder findings, UnderlyingInputs input, bool isLeader, int proxies,
        int substitutes)
    {
        if (proxies > 0)
        {
            string substitute = isLeader
                ? "the t law of block B's innovations stands in"
                : "beta to the leader and a widened residual stand in";
            findings.Add(new Finding(
                FindingKind.SubstitutedFactor, $"{input.Asset}.SpotReturn", FormattableString.Invariant(
                    $"not recorded at {proxies} of {Count} drawn hours: {substitute}")));
        }

        if (substitutes > 0)
        {
            string count = FormattableString.Invariant($"{substitutes} of {Count}");
            findings.Add(new Finding(
                FindingKind.SubstitutedFactor, $"{input.Asset}.VolatilityLevel",
                $"no volatility index at {count} drawn hours: drawn from its law given the return"));
        }

        findings.Add(new Finding(FindingKind.SubstitutedFactor, $"{input.Asset}.SkewTwist, SmileTwist, basis",
            "no history of skew, smile and basis is read: drawn from their laws"));
    }
}
