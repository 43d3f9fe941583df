using Breakwater.Instruments;
using Breakwater.Pricing;

namespace Breakwater.Tests.Pricing;

public sealed class Black76Tests
{
    private const double ReferenceRelative = 1e-11; // tolerance of the reference file ...
    private const double ReferenceFloorOfForward = 1e-12; // ... and its absolute floor
    private const double WingRelative = 1e-12; // own promise: 1e-16·d1² beyond a few ulp
    private const double HandRelative = 1e-14;

    [Fact]
    public void Greeks_agree_with_the_high_precision_reference()
    {
        foreach (ReferenceFile.Case c in ReferenceFile.Read("black76-greeks-highprec"))
        {
            Black76Greeks g = Black76.Greeks(c.Right, c.In("forward"), c.In("strike"), c.In("vol"), c.In("T"));
            foreach ((string name, double actual) in Named(g))
            {
                double floor = ReferenceFloorOfForward * c.In("forward");
                Close.Relative(c.Out(name), actual, ReferenceRelative, c.Label(name), floor);
            }
        }
    }

    // 50 digits, mpmath 1.2.1: F·Φ(d1) − K·Φ(d2) with s given.
    [Theory]
    [InlineData(1.0, 1.0000001, 1e-7, 8.331548259358891e-9)]
    [InlineData(1.0, 3.0, 0.05, 1.0414118256514062e-109)]
    [InlineData(1.0, 1.05, 0.0020, 8.073853259290835e-136)]
    [InlineData(65000.0, 66000.0, 0.0009, 2.6233678215604196e-64)]
    [InlineData(1.0, 1000.0, 8.0, 0.99856847269856957)]
    public void Far_wings_and_tiny_variances_keep_relative_accuracy(
        double forward,
        double strike,
        double deviation,
        double expected)
    {
        double actual = Black76.Value(OptionRight.Call, forward, strike, deviation * deviation);
        Close.Relative(expected, actual, WingRelative, $"F {forward} K {strike} s {deviation}");
    }

    [Theory]
    [InlineData(OptionRight.Call, 110.0, 100.0, 10.0)]
    [InlineData(OptionRight.Call, 90.0, 100.0, 0.0)]
    [InlineData(OptionRight.Put, 90.0, 100.0, 10.0)]
    [InlineData(OptionRight.Put, 100.0, 100.0, 0.0)]
    public void Zero_variance_returns_discounted_intrinsic(
        OptionRight right,
        double forward,
        double strike,
        double intrinsic) =>
        Assert.Equal(0.5 * intrinsic, Black76.Value(right, forward, strike, 0.0, 0.5));

    [Theory]
    [InlineData(OptionRight.Call, 110.0, 1.0)]
    [InlineData(OptionRight.Call, 90.0, 0.0)]
    [InlineData(OptionRight.Call, 100.0, 0.5)]
    [InlineData(OptionRight.Put, 110.0, 0.0)]
    [InlineData(OptionRight.Put, 90.0, -1.0)]
    [InlineData(OptionRight.Put, 100.0, -0.5)]
    public void Zero_variance_delta_is_a_step_and_curvature_is_zero(OptionRight right, double forward, double delta)
    {
        foreach ((double sigma, double years) in new[] { (0.0, 1.0), (0.8, 0.0), (0.0, 0.0) })
        {
            Black76Greeks g = Black76.Greeks(right, forward, 100.0, sigma, years);
            Assert.Equal(delta, g.Delta);
            Assert.Equal((0.0, 0.0), (g.Gamma, g.Vega));
            Assert.Equal(Black76.Payoff(right, forward, 100.0), g.Price);
        }
    }

    [Fact]
    public void Discount_scales_value_and_adds_the_interest_to_theta_and_charm()
    {
        const double rate = 0.05;
        Black76Greeks one = Black76.Greeks(OptionRight.Put, 95.0, 100.0, 0.6, 0.5);
        Black76Greeks g = Black76.Greeks(OptionRight.Put, 95.0, 100.0, 0.6, 0.5, Math.Exp(-rate * 0.5));
        double d = Math.Exp(-rate * 0.5);
        Close.Relative(d * one.Price, g.Price, HandRelative, "price");
        Close.Relative(d * one.Vega, g.Vega, HandRelative, "vega");
        Close.Relative(d * (one.Theta + rate * one.Price), g.Theta, 10 * HandRelative, "theta");
        Close.Relative(d * (one.Charm + rate * one.Delta), g.Charm, 10 * HandRelative, "charm");
        Close.Relative(-0.5 * g.Price, g.Rho, HandRelative, "rho");
        Close.Relative(0.5 * 95.0 * g.Delta, g.RhoForward, HandRelative, "rhoForward");
    }

    [Fact]
    public void Smile_delta_is_delta_at_sticky_strike() // by hand: 0.5 + 100·(−0.2)·(−1)/50 at R = 0
    {
        Assert.Equal(0.5, Black76.SmileDelta(0.5, 100.0, 50.0, -0.2, 1.0));
        Close.Relative(0.9, Black76.SmileDelta(0.5, 100.0, 50.0, -0.2, 0.0), HandRelative, "sticky moneyness");
    }

    [Fact]
    public void Desk_units_are_those_of_the_methodology() // METHODOLOGY 1.2, "Desk units"
    {
        Assert.Equal(30_000.0, DeskUnits.DollarDelta(0.5, 60_000.0));
        Close.Relative(72_000.0, DeskUnits.DollarGammaPerPercent(0.002, 60_000.0), HandRelative, "gamma");
        Assert.Equal(68.0, DeskUnits.VegaPerVolPoint(6_800.0));
        Assert.Equal(-10.0, DeskUnits.ThetaPerDay(-3_650.0));
    }

    [Theory]
    [InlineData(0.0, 100.0, 0.1, 1.0, "forward")]
    [InlineData(-1.0, 100.0, 0.1, 1.0, "forward")]
    [InlineData(double.NaN, 100.0, 0.1, 1.0, "forward")]
    [InlineData(100.0, double.PositiveInfinity, 0.1, 1.0, "strike")]
    [InlineData(100.0, 100.0, -0.1, 1.0, "totalVariance")]
    [InlineData(100.0, 100.0, double.NaN, 1.0, "totalVariance")]
    [InlineData(100.0, 100.0, 0.1, 0.0, "discount")]
    public void Arguments_outside_the_domain_are_refused_by_name(
        double forward,
        double strike,
        double variance,
        double discount,
        string name)
    {
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => Black76.Value(OptionRight.Call, forward, strike, variance, discount));
        Assert.Equal(name, refusal.ParamName);
    }

    private static (string Name, double Value)[] Named(Black76Greeks g) =>
    [
        ("price", g.Price), ("delta", g.Delta), ("gamma", g.Gamma), ("vega", g.Vega), ("theta", g.Theta),
        ("vanna", g.Vanna), ("volga", g.Volga), ("charm", g.Charm), ("speed", g.Speed), ("zomma", g.Zomma),
        ("dualDelta", g.DualDelta), ("strikeProbITM", g.StrikeProbabilityItm),
    ];
}
