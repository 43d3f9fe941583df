using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Tests.Forecasts;

public sealed class VolatilityFilterLaws
{
    private static readonly VolatilityParameters Parameters = ShippedParameters.Value.Volatility;

    // Three half-lives of the long memory: before that the filters still remember how they were started.
    private const int WarmUpHours = 2160;

    [Fact]
    public void Agrees_with_the_published_recursion()
    {
        // ewma.json: RiskMetrics recursion, λ = 0.94.
        double[] returns = [0.01, -0.02, 0.015, -0.05, 0.03, 0.002, -0.01, 0.04];
        double[] expected =
        [
            0.0001, 0.00011800000000000002, 0.00012442000000000003, 0.0002669548000000002, 0.0003049375120000002,
            0.00028688126128000014, 0.0002756683856032001, 0.0003551282824670082,
        ];
        double[] actual = new double[returns.Length];
        Ewma.Variance(returns, 0.94, 0.0001, actual);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
    }

    [Fact]
    public void Half_of_the_weight_is_gone_after_one_half_life() =>
        Assert.Equal(0.5, Math.Pow(Ewma.DecayOf(12d), 12d), 1e-14);

    [Fact]
    public void Steady_moves_give_their_own_volatility_whatever_the_holes()
    {
        // Every hour moves by 1 % up or down: the variance per hour is 1e-4 for every memory.
        ImmutableArray<PricePoint> hourly =
            [.. Enumerable.Range(0, 3000).Select(hour => At(hour, hour % 2 == 0 ? 100d : 100d * Math.Exp(0.01)))];
        (FilteredHistory history, double variance) = Run(hourly, []);
        Assert.Equal(3000, history.Hours.Length);
        Assert.Equal(1e-4, variance, 1e-12);
    }

    [Fact]
    public void A_hole_counts_its_return_once_spread_over_its_hours()
    {
        // 1 % per hour, then 48 silent hours that moved by √48 %: the same variance per hour, so nothing changes.
        ImmutableArray<PricePoint> before =
            [.. Enumerable.Range(0, 1000).Select(hour => At(hour, hour % 2 == 0 ? 100d : 100d * Math.Exp(0.01)))];
        PricePoint after = At(999 + 48, before[^1].Value * Math.Exp(0.01 * Math.Sqrt(48d)));
        (FilteredHistory history, double variance) = Run([.. before, after], []);
        Assert.Equal(1e-4, variance, 1e-12);
        Assert.Equal(1001, history.Hours.Length);
    }

    [Fact]
    public void Bridging_prices_inform_the_filter_and_are_no_closes()
    {
        ImmutableArray<PricePoint> before =
            [.. Enumerable.Range(0, 1000).Select(hour => At(hour, hour % 2 == 0 ? 100d : 100d * Math.Exp(0.01)))];
        PricePoint bridge = At(1023, before[^1].Value * 0.8);
        PricePoint after = At(1047, before[^1].Value);
        (FilteredHistory bare, double calm) = Run([.. before, after], []);
        (FilteredHistory bridged, double wild) = Run([.. before, after], [bridge]);
        Assert.True(wild > 5d * calm, $"{wild} {calm}");
        Assert.Equal(bare.Hours, bridged.Hours);
    }

    [Fact]
    public void Rising_and_falling_prices_give_the_same_volatility()
    {
        // METHODOLOGY 3.2: margin treats longs and shorts symmetrically in model form.
        ImmutableArray<PricePoint> up = [.. Enumerable.Range(0, 500).Select(
            hour => At(hour, 100d * Math.Exp(0.002 * Math.Sqrt(hour) * (hour % 3))))];
        ImmutableArray<PricePoint> down = [.. up.Select(point => point with { Value = 1e4 / point.Value })];
        Assert.Equal(Run(up, []).VarianceHourly, Run(down, []).VarianceHourly, 1e-15);
    }

    [Fact]
    public void Nothing_after_the_instant_is_read()
    {
        ImmutableArray<PricePoint> hourly = [.. Enumerable.Range(0, 500).Select(hour => At(hour, 100d + (hour % 7)))];
        PricePoint last = hourly[^1];
        PriceHistory later = new([.. hourly, At(500, 500d), At(501, 20d)], [], []);
        Assert.Equal(
            VolatilityFilter.Run(new PriceHistory(hourly, [], []), last, Parameters).VarianceHourly,
            VolatilityFilter.Run(later, last, Parameters).VarianceHourly);
    }

    [Fact]
    public void The_blend_beats_every_single_memory_on_recorded_hours()
    {
        // crypto-empirical.json, QLIKE of the next 24 h, BTC 2020-01..2024-04: blend 0.4202, best single 0.4659 ± 0.03.
        ImmutableArray<PricePoint> closes = RecordedHistory.Hourly("perp_btcusdt_1h.csv.gz", "2024-04-18T23:00:00Z");
        double[] returns = RecordedHistory.Returns(closes);
        double blend = QuasiLikelihood.Mean(
            returns, [.. Run(closes, []).History.VarianceHourly.Skip(1)], 24, WarmUpHours);
        Assert.Equal(0.4202, blend, 0.03);
        foreach (double halfLife in new[] { 12d, 24d, 48d, 96d, 240d, 720d })
        {
            double[] single = new double[returns.Length];
            Ewma.Variance(returns, Ewma.DecayOf(halfLife), returns.Take(720).Average(r => r * r), single);
            double loss = QuasiLikelihood.Mean(returns, single, 24, WarmUpHours);
            Assert.True(loss > blend + 0.02, $"half-life {halfLife} h: {loss} against {blend}");
        }
    }

    private static (FilteredHistory History, double VarianceHourly) Run(
        ImmutableArray<PricePoint> hourly, ImmutableArray<PricePoint> bridging) =>
        VolatilityFilter.Run(new PriceHistory(hourly, bridging, []), hourly[^1], Parameters);

    private static PricePoint At(int hour, double value) =>
        new(Timestamp.FromUnixMilliseconds(
            1_700_000_000_000L / Timestamp.HourMilliseconds * Timestamp.HourMilliseconds
                + (hour * Timestamp.HourMilliseconds)), value);
}
