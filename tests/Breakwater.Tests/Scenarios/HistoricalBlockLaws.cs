using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Markets;
using Breakwater.Scenarios;
using Breakwater.Surfaces;
using Breakwater.Tests.Forecasts;

namespace Breakwater.Tests.Scenarios;

/// <summary>Block A against a past of known volatility and correlation (METHODOLOGY 3.3).</summary>
public sealed class HistoricalBlockLaws
{
    // 26,000 hours hold 2,190 independent 12 h windows: relative standard error of a deviation 1.5 %; the filter's own
    // noise adds about 1 %. Three of their root sum.
    private const double DeviationTolerance = 0.055;
    private const double CorrelationTolerance = 0.03;

    [Fact]
    public void Moments_are_those_of_the_forecast() =>
        Assert.All((ScenarioSet[])[SimulatedPast.Sets.Maintenance, SimulatedPast.Sets.Initial], set =>
        {
            double[] volatilities = [SimulatedPast.BtcVolatility, SimulatedPast.EthVolatility];
            for (int underlying = 0; underlying < 2; underlying++)
            {
                int column = FactorLayout.Column(underlying, RiskFactorKind.SpotReturn);
                FactorMoments moments = ScenarioMoments.Of(set, column, ScenarioBlock.A);
                double expected = volatilities[underlying] * Math.Sqrt(set.HorizonYears(underlying));
                Assert.Equal(1d, moments.StandardDeviation / expected, DeviationTolerance);
                Assert.Equal(0d, moments.Mean, 1e-9);
            }

            Assert.Equal(
                SimulatedPast.Correlation,
                ScenarioMoments.Correlation(
                    set, 0, FactorLayout.Column(1, RiskFactorKind.SpotReturn), ScenarioBlock.A),
                CorrelationTolerance);
        });

    [Fact]
    public void Returns_are_proportional_to_the_forecast()
    {
        ScenarioSet one = SimulatedPast.Sets.Initial;
        ScenarioSet twice = ScenarioDesign.Build(SimulatedPast.Inputs(scale: 2d)).Initial;
        foreach (Scenario scenario in one.Scenarios.Where(scenario => scenario.Block == ScenarioBlock.A))
        {
            Assert.Equal(2d * one.Row(scenario.Id)[0], twice.Row(scenario.Id)[0], 1.5);
        }
    }

    [Fact]
    public void The_most_extreme_hours_of_every_underlying_are_always_drawn()
    {
        ScenarioInputs inputs = SimulatedPast.Inputs();
        HistoricalSample sample = Draw(inputs);
        HashSet<int> drawn = [.. sample.Hours];
        foreach (HourlyPanel panel in sample.Panels)
        {
            int[] recorded = [.. Enumerable.Range(0, panel.Count)
                .Where(hour => panel.HasReturn(hour, 12) && panel.HasReturn(hour, 4))];
            int[] extremes = [.. recorded
                .OrderByDescending(hour => Math.Max(
                    Math.Abs(panel.Standardised(hour, 4)), Math.Abs(panel.Standardised(hour, 12))))
                .Take((int)(0.02 * recorded.Length))];
            Assert.Subset(drawn, extremes.ToHashSet());
        }
    }

    [Fact]
    public void Shares_sum_to_one_and_extremes_do_not_outweigh_their_number()
    {
        HistoricalSample sample = Draw(SimulatedPast.Inputs());
        Assert.Equal(1d, sample.Shares.Sum(), 1e-12);
        Assert.Equal(1d / sample.CandidateCount, sample.Shares.Min(), 1e-15);
        Assert.Equal(HistoricalBlock.Count, sample.Hours.Length);
        Assert.Equal(sample.Hours.Order(), sample.Hours);
    }

    [Fact]
    public void No_return_spans_a_hole()
    {
        ScenarioInputs inputs = SimulatedPast.Inputs();
        int from = inputs.Underlyings[0].History.Hours.Length - 5_000;
        ScenarioInputs holed = inputs with
        {
            Underlyings = [.. inputs.Underlyings.Select(
                input => input with { History = Without(input.History, from, 700) })],
        };
        HistoricalSample sample = Draw(holed);
        long start = inputs.Underlyings[0].History.Hours[from] - sample.Panels[0].FirstHour;
        Assert.DoesNotContain(sample.Hours, hour => hour + 12 >= start && hour < start + 700);
        Assert.Contains(sample.Hours, hour => hour + 12 < start);
        Assert.Contains(sample.Hours, hour => hour >= start + 700);
    }

    [Fact]
    public void A_short_history_is_replaced_by_its_leader_and_a_residual()
    {
        ScenarioInputs inputs = SimulatedPast.Inputs();
        FilteredHistory own = inputs.Underlyings[1].History;
        ScenarioInputs cut = inputs with
        {
            Underlyings =
            [
                inputs.Underlyings[0],
                inputs.Underlyings[1] with { History = Without(own, 0, own.Hours.Length - 3_000) },
            ],
        };
        ScenarioSet set = ScenarioDesign.Build(cut).Initial;
        Assert.Contains(
            set.Findings, finding => finding is { Kind: FindingKind.SubstitutedFactor, Subject: "ETH.SpotReturn" });

        // β² + (1.5)²·(1 − ρ²) of the variance: √(0.64 + 2.25·0.36) = 1.204 times the forecast; the cut history's own
        // noise is 5 %.
        FactorMoments moments = ScenarioMoments.Of(
            set, FactorLayout.Column(1, RiskFactorKind.SpotReturn), ScenarioBlock.A);
        double expected = SimulatedPast.EthVolatility * Math.Sqrt(set.HorizonYears(1));
        Assert.Equal(1.204, moments.StandardDeviation / expected, 0.1);
    }

    [Fact]
    public void An_underlying_without_history_leaves_the_lead_to_one_that_has_it()
    {
        MarketSnapshot market = new(
            SimulatedPast.At, [SimulatedPast.Market("BTC", 0), SimulatedPast.Market("ETH", 20_000)], []);
        MarketForecast forecast = VolatilityForecast.From(market, ShippedParameters.Value);
        ScenarioSet set = ScenarioDesign.Build(
            market, new SurfaceSet([]), forecast, ShippedParameters.Value, ScenarioSeed.NoBeacon).Initial;
        Assert.Contains(set.Findings, finding => finding.Subject == "BTC.SpotReturn");
        Assert.DoesNotContain(set.Findings, finding => finding.Subject == "ETH.SpotReturn");
    }

    [Fact]
    public void A_market_without_any_history_still_has_both_sets()
    {
        ScenarioSets sets = ScenarioDesign.Build(SimulatedPast.Inputs(hours: 0));
        int column = FactorLayout.Column(0, RiskFactorKind.SpotReturn);
        double expected = SimulatedPast.BtcVolatility * Math.Sqrt(sets.Initial.HorizonYears(0));
        Assert.Equal(
            1d, ScenarioMoments.Of(sets.Initial, column, ScenarioBlock.A).StandardDeviation / expected, 0.1);
        Assert.Contains(
            sets.Initial.Findings,
            finding => finding is { Kind: FindingKind.SubstitutedFactor, Subject: "BTC.SpotReturn" });
    }

    [Fact]
    public void A_listing_of_a_few_hours_has_its_sample()
    {
        for (int hours = 1; hours <= 40; hours++)
        {
            HistoricalSample sample = Draw(SimulatedPast.Inputs(hours: hours));
            Assert.Equal(HistoricalBlock.Count, sample.Hours.Length);
            Assert.Equal(1d, sample.Shares.Sum(), 1e-12);
            Assert.All(sample.Shares, share => Assert.True(share > 0d));
        }
    }

    private static HistoricalSample Draw(ScenarioInputs inputs) => HistoricalSample.Draw(
        inputs,
        [new HorizonInputs(inputs, MarginHorizon.Maintenance), new HorizonInputs(inputs, MarginHorizon.Initial)],
        HistoricalBlock.Count);

    private static FilteredHistory Without(FilteredHistory history, int from, int count)
    {
        return new FilteredHistory(
            Cut(history.Hours), Cut(history.LogPrices), Cut(history.VarianceHourly));

        ImmutableArray<T> Cut<T>(ImmutableArray<T> values) => values.RemoveRange(from, count);
    }
}
