using Breakwater.Instruments;
using Breakwater.Pricing;

namespace Breakwater.Tests.Pricing;

public sealed class InverseOptionTests
{
    private const double ReferenceRelative = 1e-11; // tolerance of the reference file

    [Fact]
    public void Coin_values_and_sensitivities_agree_with_the_high_precision_reference()
    {
        foreach (ReferenceFile.Case c in ReferenceFile.Read("inverse-options-highprec"))
        {
            double forward = c.In("forward");
            double strike = c.In("strike");
            InverseGreeks g = InverseOption.Greeks(c.Right, forward, strike, c.In("vol"), c.In("T"));
            double value = InverseOption.CoinValue(c.Right, forward, strike, c.In("vol") * c.In("vol") * c.In("T"));
            Close.Relative(c.Out("price_coin"), value, ReferenceRelative, c.Label("value"));
            Close.Relative(c.Out("price_coin"), g.Price, ReferenceRelative, c.Label("price_coin"));
            Close.Relative(c.Out("dV_coin_dF"), g.Delta, ReferenceRelative, c.Label("dV_coin_dF"));
            Close.Relative(c.Out("d2V_coin_dF2"), g.Gamma, ReferenceRelative, c.Label("d2V_coin_dF2"));
            Close.Relative(c.Out("net_coin_delta"), g.NetCoinDelta, ReferenceRelative, c.Label("net_coin_delta"));
            Close.Relative(c.Out("vega_coin"), g.Vega, ReferenceRelative, c.Label("vega_coin"));
        }
    }

    [Fact]
    public void Deep_in_the_money_call_delta_does_not_cancel() // → K/F², F ≫ K
    {
        InverseGreeks g = InverseOption.Greeks(OptionRight.Call, 1e6, 1e-6, 0.5, 0.1);
        Close.Relative(1e-18, g.Delta, ReferenceRelative, "delta");
        Close.Relative(-2e-24, g.Gamma, ReferenceRelative, "gamma");
    }

    [Fact]
    public void Usd_value_is_coin_value_times_spot()
    {
        double coin = InverseOption.CoinValue(OptionRight.Put, 65_000.0, 60_000.0, 0.02);
        Assert.Equal(coin * 64_900.0, InverseOption.UsdValue(OptionRight.Put, 65_000.0, 60_000.0, 0.02, 64_900.0));
    }
}
