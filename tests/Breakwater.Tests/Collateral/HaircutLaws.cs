using Breakwater.Adapters.Files;
using Breakwater.Collateral;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Tests.Collateral;

/// <summary>METHODOLOGY 5 and row 13 of 12: what raises a haircut, what bounds it, and how fast it may move.</summary>
public sealed class HaircutLaws
{
    private const long One = BalanceHaircut.One;
    private const double VolumeUsd = 50_000_000d;

    private static RiskParameters Parameters { get; } = ParameterFile.LoadNewestShipped().Value;

    [Fact]
    public void Row_13_Depth_down_raises_the_haircut_of_a_sale() => Each(random =>
    {
        long thick = random.NextInt64(1_000_000_000, 1_000_000_000_000);
        long holding = random.NextInt64(1_000_000, 1_000_000_000_000_000);
        LiquidityTerms deep = Liquidity(random.NextInt64(1_000_000_000, 1L << 55), thick);
        LiquidityTerms thin = deep with { Profile = [new DepthTerms(10_000_000, thick / 2)] };
        LiquidityTerms quiet = deep with { VolumeDailyMicroUsd = deep.VolumeDailyMicroUsd / 2 };
        Assert.True(SaleImpact.Nano(holding, thin) >= SaleImpact.Nano(holding, deep));
        Assert.True(SaleImpact.Nano(holding, quiet) >= SaleImpact.Nano(holding, deep));
        Assert.InRange(SaleImpact.Nano(holding, deep), 0, One);
    });

    [Fact]
    public void A_greater_holding_pays_a_greater_fraction_and_is_worth_no_less() => Each(random =>
    {
        LiquidityTerms terms = Liquidity(random.NextInt64(1_000_000_000, 1L << 55), depth: 0);
        long small = random.NextInt64(1_000_000, 1L << 58);
        long great = small + random.NextInt64(0, 1L << 58);
        (long low, long high) = (SaleImpact.Nano(small, terms), SaleImpact.Nano(great, terms));
        Assert.True(high >= low);
        // a nano of rounding up
        Assert.True((Int128)great * (One - high + 2) >= (Int128)small * (One - low));
    });

    [Theory]
    [InlineData("USDC")]
    [InlineData("stETH")]
    [InlineData("LUNA")]
    [InlineData("BTC")]
    public void Row_13_Drawdown_and_depeg_raise_the_haircut_within_its_bounds(string name) => Each(random =>
    {
        AssetId asset = AssetId.Of(name);
        bool isRevalued = Parameters.MovedBy(asset) is not null;
        CollateralForecast calm = Forecast(asset, random.NextDouble() * 0.2, random.NextDouble(), 1d, 0.0002);
        CollateralForecast deep = calm with
        {
            DrawdownWeeklyFraction = Math.Min(1d, 1.5 * calm.DrawdownWeeklyFraction),
        };
        CollateralForecast lost = calm with { Peg = new PegForecast(1d - random.NextDouble(), 0.0002) };
        CollateralForecast shaky = calm with { Peg = new PegForecast(1d, 0.002) };
        long before = AssetNano(calm, isRevalued);
        Assert.All((CollateralForecast[])[deep, lost, shaky], worse =>
            Assert.True(AssetNano(worse, isRevalued) >= before, name));
        CollateralTerms terms = Terms(lost, isRevalued);
        Assert.InRange(AssetNano(lost, isRevalued), terms.FloorNano, terms.CeilingNano);
    });

    [Fact]
    public void Row_13_What_scenarios_move_has_no_market_haircut_and_is_counted_once()
    {
        CollateralForecast forecast = Forecast(AssetId.Of("ETH"), 0.10, 0.30, 1d, 0d);
        CollateralTerms moved = Terms(forecast, isRevalued: true);
        Assert.Equal(0, moved.MarketNano);
        Assert.Equal(0, moved.DrawdownNano); // a quarter of 30 % is below e
        CollateralTerms alone = Terms(forecast, isRevalued: false);
        Assert.Equal(100_000_000, alone.MarketNano);
        Assert.True(AssetNano(forecast, isRevalued: false) >= AssetNano(forecast, isRevalued: true));
    }

    // METHODOLOGY 5 by hand: max(0.5 %, 4·(3 % − 0.2 %) + 2·0.1 %·√24) = 12.1798 %.
    [Fact]
    public void The_peg_haircut_is_that_of_the_formula()
    {
        CollateralForecast forecast = Forecast(AssetId.Of("USDC"), 0d, 0d, 0.97, 0.001);
        Assert.Equal(0.112 + (0.002 * Math.Sqrt(24d)), Terms(forecast, false).PegNano / 1e9, 8);
        Assert.Equal(5_000_000, Terms(Forecast(AssetId.Of("USDC"), 0d, 0d, 1d, 0d), false).PegNano);
    }

    [Fact]
    public void A_token_of_the_own_ecosystem_loses_half_and_moves_in_no_scenario_the_governance_token_all()
    {
        AssetId asset = AssetId.Of("stETH");
        RiskParameters own = With("collateralAssets.ETH.stETH.ecosystem", 1m);
        Assert.Null(own.MovedBy(asset));
        Assert.Equal(
            One / 2, CollateralTerms.Of(Forecast(asset, 0d, 0d, 1d, 0d), false, VolumeUsd, 1d, own).FloorNano);
        RiskParameters governance = With("collateralAssets.ETH.stETH.ecosystem", 2m);
        Assert.Equal(
            One, CollateralTerms.Of(Forecast(asset, 0d, 0d, 1d, 0d), false, VolumeUsd, 1d, governance).FloorNano);
    }

    [Fact]
    public void Holdings_of_the_protocol_beyond_its_cap_raise_the_haircut_and_beyond_the_hard_cap_are_void()
    {
        ProtocolConcentration crowding = new(250_000_000, 1_500_000_000);
        const long Cap = 1_000_000_000;
        Assert.Equal(100_000_000, crowding.Raise(100_000_000, Cap, Cap));
        Assert.Equal(162_500_000, crowding.Raise(100_000_000, Cap * 5 / 4, Cap));
        Assert.Equal(225_000_000, crowding.Raise(100_000_000, Cap * 3 / 2, Cap));
        Assert.Equal(One - (775_000_000 / 2), crowding.Raise(100_000_000, 3 * Cap, Cap));
    }

    [Fact]
    public void A_haircut_in_effect_rises_two_points_an_hour_at_once_after_a_depeg_and_falls_slower() => Each(random =>
    {
        (long before, long computed) = (random.NextInt64(0, One), random.NextInt64(0, One));
        const long Hour = 3_600_000;
        long after = HaircutInEffect.Step(before, computed, Hour, One, Parameters.Haircuts);
        Assert.InRange(after, Math.Min(before, computed), Math.Max(before, computed));
        Assert.InRange(after - before, -5_000_000, 20_000_000);
        long lost = HaircutInEffect.Step(before, computed, Hour, 989_000_000, Parameters.Haircuts);
        Assert.True(lost >= computed && lost >= after);
        Assert.Equal(before, HaircutInEffect.Step(before, computed, 0, One, Parameters.Haircuts));
    });

    [Fact]
    public void An_asset_named_twice_or_pegged_to_a_stranger_is_refused()
    {
        ParameterValues values = new(Parameters.Values.ByPath
            .AddRange(Parameters.Values.ByPath.Where(entry => entry.Key.Contains("ETH.stETH", StringComparison.Ordinal))
                .Select(entry => new KeyValuePair<string, decimal>(
                    entry.Key.Replace("ETH.stETH", "DOGE.STETH", StringComparison.Ordinal), entry.Value))));
        Result<RiskParameters> result = ParameterValidation.Check(1, Parameters.EffectiveAt, "p", values);
        Assert.False(result.IsAccepted);
        Assert.Equal(2, result.Failures.Length);
    }

    private static void Each(Action<Random> check)
    {
        for (int seed = 0; seed < 500; seed++)
        {
            check(new Random(seed));
        }
    }

    private static LiquidityTerms Liquidity(long volume, long depth) => new(
        volume, 500_000, 40_000_000, 40_000_000, depth == 0 ? [] : [new DepthTerms(10_000_000, depth)], []);

    private static CollateralForecast Forecast(
        AssetId asset, double shortfall, double drawdown, double ratio, double deviation) =>
        new(asset, 0.6, shortfall, drawdown, new PegForecast(ratio, deviation), []);

    private static CollateralTerms Terms(CollateralForecast forecast, bool isRevalued) =>
        CollateralTerms.Of(forecast, isRevalued, VolumeUsd, 1d, Parameters);

    private static long AssetNano(CollateralForecast forecast, bool isRevalued) => BalanceHaircut.Of(
        Terms(forecast, isRevalued), 0, 0, 0, new ProtocolConcentration(0, 2 * One), 0).AssetNano;

    private static RiskParameters With(string path, decimal value) => ParameterValidation.Check(
        1, Parameters.EffectiveAt, "p", new ParameterValues(Parameters.Values.ByPath.SetItem(path, value))).Value;
}
