using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Surfaces;

namespace Breakwater.IntegrationTests.Margin;

/// <summary>Row 2 of METHODOLOGY 12 on recorded days: order flow, implied volatility and correlation, each alone bumped
/// against a book, never lower its margin.</summary>
public sealed class PredictiveInputTests
{
    public static TheoryData<string> Days => RealDay.Names;

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_2_order_flow_against_a_book_never_lowers_its_margin(string name)
    {
        RealDay day = RealDay.Of(name);
        foreach ((string book, (Instrument, decimal)[] legs) in SampleBooks.Of(day))
        {
            MarginReport calm = Assess(day, legs, FlowForecast.Neutral);
            foreach (FlowForecast flow in (FlowForecast[])[new(1.2, 0.0), new(1.35, -0.01), new(1.0, 0.01)])
            {
                MarginReport pressed = Assess(day, legs, flow);
                Assert.True(pressed.InitialMargin >= calm.InitialMargin, $"{name}, {book}, {flow}");
                Assert.True(pressed.MaintenanceMargin >= calm.MaintenanceMargin, $"{name}, {book}, {flow}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_2_the_drift_of_the_flow_asks_the_side_it_runs_against(string name)
    {
        RealDay day = RealDay.Of(name);
        Perpetual perpetual = new(RealDay.Btc, Settlement.Linear);
        Money Charge(decimal quantity, double drift) =>
            Assess(day, [(perpetual, quantity)], new FlowForecast(1.0, drift)).Lines
                .Single(line => line.Name == "Flow").Initial;
        Assert.True(Charge(10m, -0.002) > Money.Zero && Charge(-10m, 0.002) > Money.Zero);
        Assert.Equal(Money.Zero, Charge(10m, 0.002));
        Assert.Equal(Money.Zero, Charge(-10m, -0.002));
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_2_a_higher_implied_volatility_never_frees_equity_of_directional_and_short_books(string name)
    {
        RealDay day = RealDay.Of(name);
        RealDay wilder = day.With(surfaces: Raised(day.Valued.Surfaces, 1.1));
        RealDay rebuilt = wilder.With(scenarios: Scenarios.ScenarioDesign.Build(
            day.Valued.Inputs.Market, wilder.Valued.Surfaces, day.Valued.Forecast, day.Parameters,
            day.Valued.Inputs.Beacon));
        foreach ((string book, (Instrument, decimal)[] legs) in SampleBooks.Of(day)
            .Where(own => own.Name is "long perpetual" or "short perpetual" or "short put" or "short call"
                or "short strangle"))
        {
            MarginReport before = day.Assess(0m, legs);
            MarginReport after = rebuilt.Assess(0m, legs);
            // what the account must bring: an option sold is also marked dearer, of which less is left to lose
            Assert.True(after.Excess <= before.Excess, $"{name}, {book}: {before.Excess} to {after.Excess}");
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Row_2_correlation_pulled_to_one_never_lowers_the_margin_of_two_coins_on_one_side(string name)
    {
        RealDay day = RealDay.Of(name);
        RealDay joined = day.Under(
            ("scenarios.correlationStressSevere", 1m), ("scenarios.correlationStressMild", 0.9m));
        (Instrument, decimal)[] book =
        [
            (new Perpetual(RealDay.Btc, Settlement.Linear), 10m),
            (new Perpetual(RealDay.Eth, Settlement.Linear), 300m),
        ];
        CoreRequirement before = day.Assess(0m, book).CoreInitial;
        CoreRequirement after = joined.Assess(0m, book).CoreInitial;
        // the seed holds the digest of the parameters: other parameters are other draws, known to a standard error
        Assert.True(
            after.ExpectedShortfall + before.StandardError >= before.ExpectedShortfall,
            $"{name}: {before.ExpectedShortfall} to {after.ExpectedShortfall}, error {before.StandardError}");
    }

    private static MarginReport Assess(RealDay day, (Instrument Instrument, decimal)[] legs, FlowForecast flow)
    {
        MarketForecast forecast = new(
            [.. day.Valued.Forecast.Underlyings.Select(own => own with { Flow = flow })]);
        Result<RiskArrays> arrays = (day.Valued with { Forecast = forecast })
            .Revalue(legs.Select(leg => leg.Instrument));
        Assert.True(arrays.IsAccepted, string.Join("\n", arrays.Failures));
        return PortfolioMargin.Assess(day.Book(0m, legs), arrays.Value, day.Parameters);
    }

    private static SurfaceSet Raised(SurfaceSet surfaces, double level) => new(
    [
        .. surfaces.Surfaces.Select(surface => new VolatilitySurface(
            surface.Underlying, surface.At,
            [.. surface.Slices.Select(slice => slice with { Svi = slice.Svi.AtLevel(level) })],
            surface.Forwards, surface.LevelCertified / level, surface.State, surface.Findings, surface.ShockRatio)),
    ]);
}
