using Breakwater.Forecasts;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Tests.Forecasts;
using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Tests.Scenarios;

/// <summary>METHODOLOGY 12, rows 6 and 39.</summary>
public sealed class LiquidityVolatilityLaws
{
    private const double FourHours = 4d / 8760d;

    private static LiquidityParameters Parameters => ShippedParameters.Value.Liquidity;

    [Fact]
    public void Row_39_it_is_never_below_the_forecast_nor_above_its_cap() => Always((volatility, depth, reference) =>
    {
        double adjusted = LiquidityVolatility.Of(volatility, FourHours, Book(depth, reference), Parameters);
        return adjusted >= volatility && adjusted <= volatility * Parameters.VolatilityRatioMaximum;
    });

    [Fact]
    public void Row_39_at_reference_depth_it_is_the_forecast_up_to_the_spread() => Always((volatility, depth, _) =>
    {
        const double Spread = 0.0002;
        double adjusted = LiquidityVolatility.Of(volatility, FourHours, Book(depth, depth, Spread), Parameters);
        double alone = LiquidityVolatility.Of(volatility, FourHours, Book(depth, depth), Parameters);
        double expected = Math.Sqrt(volatility * volatility + 0.25 * Spread * Spread / FourHours);
        return alone == volatility && Math.Abs(adjusted / expected - 1d) < 1e-12;
    });

    [Fact]
    public void Row_6_depth_halved_it_rises() => Always((volatility, depth, _) =>
    {
        double before = LiquidityVolatility.Of(volatility, FourHours, Book(depth, depth), Parameters);
        double after = LiquidityVolatility.Of(volatility, FourHours, Book(depth / 2d, depth), Parameters);
        return Math.Abs(after / before - Math.Sqrt(1.5)) < 1e-12; // κ_D = 0.5, D_ref/D1 − 1 = 1
    });

    [Fact]
    public void Row_6_blocks_A_B_and_D_widen_with_it_and_block_C_does_not_move()
    {
        ScenarioInputs inputs = SimulatedPast.Inputs();
        ScenarioInputs thin = inputs with
        {
            Underlyings = [.. inputs.Underlyings.Select(own => own with { Liquidity = Book(0.5, 1d) })],
        };
        ScenarioSet before = SimulatedPast.Sets.Maintenance;
        ScenarioSet after = ScenarioDesign.Build(thin).Maintenance;

        foreach (ScenarioBlock block in (ScenarioBlock[])[ScenarioBlock.A, ScenarioBlock.B, ScenarioBlock.D])
        {
            Assert.True(Spread(after, block) > 1.05 * Spread(before, block), $"{block}");
        }

        // What C has seen it has seen; block E states its moves in R_h of block D and follows it.
        Assert.Equal(Spread(before, ScenarioBlock.C), Spread(after, ScenarioBlock.C));
    }

    // Weighted root mean square of the first underlying's return over the scenarios of a block that are no fixed
    // extreme.
    private static double Spread(ScenarioSet set, ScenarioBlock block)
    {
        double squares = 0d;
        double total = 0d;
        foreach (Scenario scenario in set.Scenarios.Where(scenario =>
            scenario.Block == block && !scenario.Label.Contains("extreme", StringComparison.Ordinal)))
        {
            double move = set.Row(scenario.Id)[FactorLayout.Column(0, RiskFactorKind.SpotReturn)] * 1e-9;
            double weight = Math.Max(1, scenario.Weight);
            squares += weight * move * move;
            total += weight;
        }

        return Math.Sqrt(squares / total);
    }

    private static LiquidityForecast Book(double depth, double reference, double spread = 0d) =>
        new(1e9, spread, depth, reference, []);

    private static void Always(Func<double, double, double, bool> law)
    {
        Gen<double> unit = Gen.Choose(1, 10_000).Select(number => number / 10_000d);
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(
            unit.ToArbitrary(), unit.ToArbitrary(), unit.ToArbitrary(),
            (volatility, depth, reference) => law(0.05 + 3d * volatility, 1e9 * depth, 1e9 * reference)));
    }
}
