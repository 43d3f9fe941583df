using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.IntegrationTests.Margin;

/// <summary>Rules of the core that METHODOLOGY 12 names, on a calm day and in the crash of 2026-02-05, from every
/// recorded
/// file.</summary>
public sealed class CoreRuleTests
{
    private const decimal Dollars = 1_000_000m;

    private static readonly Perpetual BtcPerpetual = new(RealDay.Btc, Settlement.Linear);

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_12_leaving_out_blocks_C_and_E_never_raises_margin(string name)
    {
        RealDay day = RealDay.Of(name);
        RealDay without = day.With(scenarios: day.Valued.Scenarios.Where(
            static (_, scenario) => scenario.Block is not (ScenarioBlock.C or ScenarioBlock.E)));
        foreach ((string book, (Instrument, decimal)[] legs) in SampleBooks.Of(day))
        {
            MarginReport full = day.Assess(Dollars, legs);
            MarginReport less = without.Assess(Dollars, legs);
            Assert.True(
                less.InitialMargin <= full.InitialMargin && less.MaintenanceMargin <= full.MaintenanceMargin, book);
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_12_a_hedge_that_breaks_under_stress_asks_more_than_expected_shortfall(string name)
    {
        RealDay day = RealDay.Of(name);
        VanillaOption wing = day.Listed(RealDay.Btc, 30, 1.6, OptionRight.Call);
        MarginReport broken = day.Assess(Dollars, (wing, -200m), (BtcPerpetual, 4m));
        Assert.NotEqual(CoreBinding.ExpectedShortfall, broken.CoreInitial.Binding);
        Assert.True(broken.InitialMargin > broken.CoreInitial.ExpectedShortfall);
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_23_margin_covers_the_value_at_risk_of_every_book(string name)
    {
        RealDay day = RealDay.Of(name);
        foreach ((string book, (Instrument, decimal)[] legs) in SampleBooks.Of(day))
        {
            MarginReport report = day.Assess(Dollars, legs);
            Assert.True(report.MaintenanceMargin >= report.CoreMaintenance.ValueAtRisk, book);
            Assert.True(report.InitialMargin >= report.CoreInitial.ValueAtRisk, book);
            Assert.Equal(
                report.CoreMaintenance.Amount,
                report.Positions.Aggregate(Money.Zero, static (sum, line) => sum + line.ComponentLoss)
                    + report.Collateral.Aggregate(Money.Zero, static (sum, line) => sum + line.ComponentLoss));
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_24_a_short_strangle_asks_the_worst_of_the_grid_and_grows_with_volatility_of_volatility(string name)
    {
        RealDay day = RealDay.Of(name);
        (Instrument, decimal)[] strangle =
        [
            (day.Listed(RealDay.Btc, 30, 0.85, OptionRight.Put), -10m),
            (day.Listed(RealDay.Btc, 30, 1.15, OptionRight.Call), -10m),
        ];
        MarginReport report = day.Assess(Dollars, strangle);
        MarginReport grid = day.With(scenarios: day.Valued.Scenarios.Deterministic(
            static scenario => scenario.Block == ScenarioBlock.D)).Assess(Dollars, strangle);
        Assert.True(report.MaintenanceMargin >= grid.CoreMaintenance.WorstScenario.LossDampened);
        Money last = Money.Zero;
        foreach (double ratio in (double[])[0.7, 1.0, 1.4])
        {
            Money shortfall = day.With(scenarios: day.Valued.Scenarios.WithVolatilityMoves(ratio))
                .Assess(Dollars, strangle).CoreInitial.ExpectedShortfall;
            Assert.True(shortfall > last, $"{ratio} × vol of vol: {shortfall} after {last}");
            last = shortfall;
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_27_expected_shortfall_is_no_less_than_value_at_risk_at_its_level_and_jumps_have_no_drift(
        string name)
    {
        RealDay day = RealDay.Of(name);
        foreach ((string book, (Instrument, decimal)[] legs) in SampleBooks.Of(day))
        {
            Subaccount account = day.Book(Dollars, legs);
            RiskArrays arrays = day.Arrays(account.Positions.Select(own => own.Instrument));
            CoreRequirement core = PortfolioMargin.Assess(account, arrays, day.Parameters).CoreInitial;
            (Money quantile, Money shortfall) =
                PlainLosses.Tail(account, arrays, MarginHorizon.Initial, 25, 1_000, day.Parameters);
            Assert.True(shortfall == core.ExpectedShortfall, $"{book}: {shortfall} is not {core.ExpectedShortfall}");
            Assert.True(core.ExpectedShortfall >= quantile, book);
        }

        ScenarioSet set = day.Valued.Scenarios.Initial;
        foreach (int underlying in (int[])[0, 1])
        {
            (double sum, double squares, double weights) = (0.0, 0.0, 0.0);
            foreach (Scenario scenario in set.Scenarios.Where(own => own.Block == ScenarioBlock.B))
            {
                double growth = Math.Exp(set.Factor(scenario.Id, underlying, RiskFactorKind.SpotReturn));
                sum += scenario.Weight * growth;
                squares += scenario.Weight * growth * growth;
                weights += scenario.Weight;
            }

            double mean = sum / weights;
            double deviation = Math.Sqrt((squares / weights) - (mean * mean));
            Assert.True(Math.Abs(mean - 1.0) < 0.15 * deviation,
                $"{set.Underlyings[underlying]}: E[e^x] = {mean}, σ = {deviation}");
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_25_with_the_grid_alone_and_a_fixed_range_the_core_is_the_37_scenario_array(string name)
    {
        RealDay ranged = RealDay.Of(name).Under(("grid.moveFloorClass1", 0.5m), ("grid.sigmas", 2m));
        RealDay span = ranged.With(scenarios: ranged.Valued.Scenarios.Deterministic(static scenario =>
            scenario.Block == ScenarioBlock.D && !scenario.IsStickyStrike));
        ScenarioSet set = span.Valued.Scenarios.Initial;
        double range = 0.5 * Math.Sqrt(12.0 / 24.0); // fixed: the floor binds, whatever the day
        ImmutableArray<double> moves =
            [.. set.Scenarios.Where(own => own.Block == ScenarioBlock.D && own.DampeningNano == ScenarioSet.NanoOne)
            .Select(own => Math.Round((Math.Exp(set.Factor(own.Id, 0, RiskFactorKind.SpotReturn)) - 1.0) / range, 6))
                .Distinct().Order()];
        Assert.Equal([-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0], moves);
        Assert.Equal(37, set.Scenarios.Count(own => own.Block == ScenarioBlock.D));
        foreach ((string book, (Instrument, decimal)[] legs) in SampleBooks.Of(span))
        {
            Subaccount account = span.Book(Dollars, legs);
            RiskArrays arrays = span.Arrays(account.Positions.Select(own => own.Instrument));
            Assert.True(PlainLosses.Worst(account, arrays, MarginHorizon.Initial, span.Parameters) == PortfolioMargin
                .Assess(account, arrays, span.Parameters).CoreInitial.Amount, book);
        }
    }

    public static TheoryData<string> Days => RealDay.Names;
}
