using Breakwater.Instruments;
using Breakwater.Sensitivities;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Sensitivities;

/// <summary>Closed forms against finite differences of values on the surface (METHODOLOGY 1.2: 1e-6
/// relative).</summary>
public sealed class MarkGreeksLaws
{
    // Of the value, or of the natural scale of a Greek where it passes through zero.
    private const double RelativeTolerance = 1e-6;

    private static readonly TinyMarket Tiny = TinyMarket.Default;

    public static TheoryData<string> Options()
    {
        TheoryData<string> names = [];
        foreach (Instrument instrument in TinyMarket.Instruments)
        {
            if (instrument is VanillaOption) names.Add(instrument.Name);
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Row_8_closed_forms_agree_with_finite_differences(string name)
    {
        SurfacePoint point = SurfacePoint.Of(Tiny, name);
        GreekVector greeks = point.Mark.Greeks;
        double forward = point.Mark.ReferenceUsd;
        double sigma = point.Mark.VolatilityAnnual;
        double years = point.Mark.ExpiryYears;

        Near(greeks.Delta, Slope(f => point.Usd(f, sigma, years), forward), 1.0);
        Near(greeks.Gamma, Slope(f => point.Greeks(f, sigma, years).Delta, forward), 1.0 / forward);
        Near(greeks.Vega, Slope(s => point.Usd(forward, s, years), sigma), forward * Math.Sqrt(years));
        Near(greeks.Theta, -Slope(t => point.Usd(forward, sigma, t), years), forward * sigma / Math.Sqrt(years));
        Near(greeks.Vanna, Slope(s => point.Greeks(forward, s, years).Delta, sigma), 1.0);
        Near(greeks.Volga, Slope(s => point.Greeks(forward, s, years).Vega, sigma), forward * Math.Sqrt(years));
        Near(greeks.Charm, -Slope(t => point.Greeks(forward, sigma, t).Delta, years), 1.0 / years);
        Near(greeks.Speed, Slope(f => point.Greeks(f, sigma, years).Gamma, forward), 1.0 / forward / forward);
        Near(greeks.Zomma, Slope(s => point.Greeks(forward, s, years).Gamma, sigma), 1.0 / forward);
        Near(greeks.DeltaSmile, Slope(f => point.UsdOnSurface(f), forward), 1.0);
        Near(greeks.RhoForward, Slope(b => point.UsdAtCarry(b), 0.0, 1e-4), years * forward);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.08)]
    public void Discounting_enters_value_theta_charm_and_rho_of_linear_options(double rate)
    {
        SurfacePoint point = SurfacePoint.Of(Tiny, "BTC_USDC-26JUN26-66000-C", rate);
        double forward = point.Mark.ReferenceUsd;
        double sigma = point.Mark.VolatilityAnnual;
        double years = point.Mark.ExpiryYears;

        Near(point.Mark.Greeks.Theta, -Slope(t => point.Usd(forward, sigma, t), years), forward);
        Near(point.Mark.Greeks.Charm, -Slope(t => point.Greeks(forward, sigma, t).Delta, years), 1.0);
        Near(point.Mark.Greeks.Rho, -years * point.Mark.MarkPriceUsd, forward);
    }

    // Fourth-order central difference; steps of a few thousandths balance truncation and rounding near 1e-10.
    private static double Slope(Func<double, double> function, double at, double? step = null)
    {
        double h = step ?? 2e-4 * at;
        return ((8.0 * (function(at + h) - function(at - h))) - (function(at + (2.0 * h)) - function(at - (2.0 * h))))
            / (12.0 * h);
    }

    private static void Near(double expected, double actual, double scale)
    {
        double tolerance = RelativeTolerance * Math.Max(Math.Abs(expected), 1e-3 * scale);
        Assert.InRange(actual - expected, -tolerance, tolerance);
    }
}
