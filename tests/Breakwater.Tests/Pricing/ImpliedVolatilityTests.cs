using Breakwater.Instruments;
using Breakwater.Pricing;

namespace Breakwater.Tests.Pricing;

public sealed class ImpliedVolatilityTests
{
    private const double TimesAttainable = 2.0; // tolerance of the reference file and of METHODOLOGY 1.4

    [Fact]
    public void Total_deviation_reaches_twice_the_attainable_accuracy()
    {
        foreach (ReferenceFile.Case c in ReferenceFile.Read("implied-vol-highprec"))
        {
            ImpliedVolatilityResult result =
                ImpliedVolatility.Solve(c.Right, c.In("forward"), c.In("strike"), c.In("T"), c.In("price"));
            double tolerance = TimesAttainable * c.Out("attainableRelativeError");
            Assert.True(result.HasValue);
            Close.Relative(c.Out("totalStdDev"), result.TotalDeviation, tolerance, c.Label("totalStdDev"));
        }
    }

    // Roots by Newton in 60 digits (mpmath 1.2.1) of the price as the exact double it is.
    [Theory]
    [InlineData(1.0, 2.0, 1e-300, 0.018809237425503494)]
    [InlineData(1.0, 1.0, 1e-300, 2.5066282746310006e-300)]
    [InlineData(1.0, 1e10, 1e-250, 0.67680005872407986)]
    [InlineData(1.0, 1.5, 0.9999999999999999, 16.632799712847502)]
    public void Extreme_prices_are_inverted(double forward, double strike, double price, double expected)
    {
        ImpliedVolatilityResult r = ImpliedVolatility.SolveTotalDeviation(OptionRight.Call, forward, strike, price);
        Assert.Equal(ImpliedVolatilityStatus.Found, r.Status);
        Close.Relative(expected, r.TotalDeviation, 1e-14, $"K {strike} price {price}");
    }

    [Theory]
    [InlineData(OptionRight.Call, 110.0, 100.0, 10.0, ImpliedVolatilityStatus.AtOrBelowIntrinsic)]
    [InlineData(OptionRight.Call, 110.0, 100.0, 9.0, ImpliedVolatilityStatus.AtOrBelowIntrinsic)]
    [InlineData(OptionRight.Call, 110.0, 100.0, -3.0, ImpliedVolatilityStatus.AtOrBelowIntrinsic)]
    [InlineData(OptionRight.Put, 110.0, 100.0, 1e-12, ImpliedVolatilityStatus.AtOrBelowIntrinsic)]
    [InlineData(OptionRight.Put, 110.0, 100.0, 100.0, ImpliedVolatilityStatus.AtOrAboveUpperBound)]
    [InlineData(OptionRight.Call, 110.0, 100.0, 110.0, ImpliedVolatilityStatus.AtOrAboveUpperBound)]
    [InlineData(OptionRight.Call, 110.0, 100.0, 1e9, ImpliedVolatilityStatus.AtOrAboveUpperBound)]
    [InlineData(OptionRight.Call, 100.0, 100.0, 0.2, ImpliedVolatilityStatus.OutsidePlausibleRange)]
    [InlineData(OptionRight.Call, 100.0, 100.0, 99.9999999, ImpliedVolatilityStatus.OutsidePlausibleRange)]
    [InlineData(OptionRight.Call, 100.0, 100.0, 20.0, ImpliedVolatilityStatus.Found)]
    public void Every_price_has_a_typed_answer(
        OptionRight right,
        double forward,
        double strike,
        double price,
        ImpliedVolatilityStatus status) =>
        Assert.Equal(status, ImpliedVolatility.Solve(right, forward, strike, 1.0, price).Status);
}
