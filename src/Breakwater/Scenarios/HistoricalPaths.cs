using Breakwater.Numerics;

namespace Breakwater.Scenarios;

/// <summary>Hourly paths of block A: recorded ones, standardised by what the filter expected at their start and scaled
/// by σ̂ of now (METHODOLOGY 3.3).</summary>
/// <remarks>A missing hour inside a path keeps the price before it. Where the history of an underlying is silent at a
/// path's start it follows β times the path of the leader and a widened normal residual, as in the scenario sets.
/// </remarks>
internal static class HistoricalPaths
{
    private const double YearHours = 8760d;
    private const double BetaUnknown = 0.8; // as in HistoricalProxy: BTC and ETH in units of their own volatility

    /// <summary>Paths of the drawn hours, not yet recentred.</summary>
    /// <param name="inputs">Histories and parameters.</param>
    /// <param name="sample">Drawn hours.</param>
    /// <param name="horizon">Horizon, the same for all underlyings.</param>
    /// <param name="content">Whether volatility is wanted.</param>
    internal static PathBlock Of(
        ScenarioInputs inputs, HistoricalSample sample, HorizonInputs horizon, PathContent content)
    {
        int hours = horizon.HoursMaximum;
        int width = inputs.Count * (hours + 1);
        double[] returns = new double[sample.Hours.Length * width];
        double[] levels = new double[content == PathContent.Spot ? 0 : returns.Length];
        ScenarioRandom random = new(HistoricalBlock.RandomKey(inputs), ScenarioBlock.A);
        for (int path = 0; path < sample.Hours.Length; path++)
        {
            Span<double> own = returns.AsSpan(path * width, width);
            FillReturns(inputs, sample, path, hours, random, own);
            if (content == PathContent.SpotAndVolatility)
            {
                FillLevels(inputs, sample, path, hours, random, own, levels.AsSpan(path * width, width));
            }
        }

        int[] weights = WeightAllocation.Distribute(sample.Shares.AsSpan(), ScenarioSet.WeightTotal / 2);
        return new PathBlock(weights, returns, levels);
    }

    // In units of one hour's σ̂ first, the leader before all others; then scaled.
    private static void FillReturns(
        ScenarioInputs inputs, HistoricalSample sample, int path, int hours, ScenarioRandom random, Span<double> own)
    {
        Span<double> leader = own.Slice(inputs.Leader * (hours + 1), hours + 1);
        FillStandardised(sample, inputs.Leader, path, [], random, leader, 1d);
        for (int underlying = 0; underlying < inputs.Count; underlying++)
        {
            if (underlying != inputs.Leader)
            {
                FillStandardised(
                    sample, underlying, path, leader, random, own.Slice(underlying * (hours + 1), hours + 1),
                    inputs.Parameters.Scenarios.ProxyResidualScale);
            }
        }

        for (int underlying = 0; underlying < inputs.Count; underlying++)
        {
            double deviation = inputs.Underlyings[underlying].VolatilityAnnual / Math.Sqrt(YearHours);
            foreach (ref double value in own.Slice(underlying * (hours + 1), hours + 1))
            {
                value *= deviation;
            }
        }
    }

    private static void FillStandardised(
        HistoricalSample sample, int underlying, int path, ReadOnlySpan<double> leader, ScenarioRandom random,
        Span<double> standardised, double residualScale)
    {
        HourlyPanel panel = sample.Panels[underlying];
        int start = sample.Hours[path];
        int hours = standardised.Length - 1;
        standardised[0] = 0d;
        if (!sample.IsProxied[underlying] && panel.HasReturn(start, hours))
        {
            for (int hour = 1; hour <= hours; hour++)
            {
                standardised[hour] = panel.HasReturn(start, hour)
                    ? panel.Standardised(start, hour) * Math.Sqrt(hour)
                    : standardised[hour - 1];
            }

            return;
        }

        double residual = leader.IsEmpty ? 1d : residualScale * Math.Sqrt(1d - (BetaUnknown * BetaUnknown));
        uint date = (uint)(panel.FirstHour + start);
        double walk = 0d;
        for (int hour = 1; hour <= hours; hour++)
        {
            walk += random.Normal(date, ScenarioRandom.PathResidualFactor + (uint)underlying, (uint)hour);
            standardised[hour] = (leader.IsEmpty ? 0d : BetaUnknown * leader[hour]) + (residual * walk);
        }
    }

    private static void FillLevels(
        ScenarioInputs inputs, HistoricalSample sample, int path, int hours, ScenarioRandom random,
        ReadOnlySpan<double> returns, Span<double> levels)
    {
        int start = sample.Hours[path];
        for (int underlying = 0; underlying < inputs.Count; underlying++)
        {
            HourlyPanel panel = sample.Panels[underlying];
            Span<double> own = levels.Slice(underlying * (hours + 1), hours + 1);
            uint date = (uint)(panel.FirstHour + start);
            if (!panel.HasIndexChange(start, hours))
            {
                double regime = random.Uniform(date, ScenarioRandom.RegimeFactor, 0);
                new VolatilityWalk(inputs, underlying, regime).Fill(
                    returns.Slice(underlying * (hours + 1), hours + 1), date, random, own);
                continue;
            }

            for (int hour = 1; hour <= hours; hour++)
            {
                own[hour] = panel.HasIndexChange(start, hour)
                    ? inputs.Underlyings[underlying].VolatilityShockRatio
                        * DeterministicMath.Expm1(panel.IndexChange(start, hour))
                    : own[hour - 1];
            }
        }
    }
}
