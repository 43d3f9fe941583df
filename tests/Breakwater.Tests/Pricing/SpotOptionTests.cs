using Breakwater.Instruments;
using Breakwater.Pricing;

namespace Breakwater.Tests.Pricing;

public sealed class SpotOptionTests
{
    private const double Printed = 1e-4; // tolerance of the reference files

    [Fact]
    public void Generalised_black_scholes_agrees_with_haug()
    {
        foreach (ReferenceFile.Case c in ReferenceFile.Read("black-scholes-haug"))
        {
            BlackScholesGreeks g = GeneralisedBlackScholes.Greeks(
                c.Right, c.In("spot"), c.In("strike"), c.In("r"), c.In("q"), c.In("T"), c.In("vol"));
            string field = c.Has("greek") ? c.Text("greek") : "price";
            double actual = field switch
            {
                "price" => g.Price,
                "delta" => g.Delta,
                "elasticity" => g.Elasticity,
                "gamma" => g.Gamma,
                "vega" => g.Vega,
                "thetaPerDay" => g.ThetaPerDay,
                "dividendRho" => g.DividendRho,
                _ => double.NaN,
            };
            Close.Absolute(c.Out(c.Has("greek") ? "value" : "price"), actual, Printed, c.Label(field));
        }
    }

    // Haug (1998), pp. 11–16, as tabulated in QuantLib's europeanoption.cpp: theta per year and rho.
    [Fact]
    public void Theta_per_year_and_rho_agree_with_haug()
    {
        BlackScholesGreeks theta =
            GeneralisedBlackScholes.Greeks(OptionRight.Put, 430.0, 405.0, 0.07, 0.05, 1.0 / 12.0, 0.2);
        Close.Absolute(-31.1924, theta.Theta, Printed, "theta");
        BlackScholesGreeks rho = GeneralisedBlackScholes.Greeks(OptionRight.Call, 72.0, 75.0, 0.09, 0.0, 1.0, 0.19);
        Close.Absolute(38.7325, rho.Rho, Printed, "rho");
    }

    [Fact]
    public void Digital_agrees_with_haug()
    {
        foreach (ReferenceFile.Case c in ReferenceFile.Read("digital-haug"))
        {
            Assert.Equal("cash-or-nothing", c.Text("kind"));
            double actual = DigitalOption.CashOrNothing(
                c.Right, c.In("cash"), c.In("spot"), c.In("strike"), c.In("r"), c.In("q"), c.In("T"), c.In("vol"));
            Close.Absolute(c.Out("price"), actual, Printed, c.Label("price"));
        }
    }

    [Fact]
    public void Asset_or_nothing_and_gap_agree_with_haug() // Haug (1998), pp. 90 and 88
    {
        double asset = DigitalOption.AssetOrNothing(OptionRight.Put, 70.0, 65.0, 0.07, 0.05, 0.5, 0.27);
        Close.Absolute(20.2069, asset, Printed, "asset");
        double gap = DigitalOption.Gap(OptionRight.Call, 50.0, 50.0, 57.0, 0.09, 0.0, 0.5, 0.2);
        Close.Absolute(-0.0053, gap, Printed, "gap");
    }

    [Fact]
    public void A_call_is_an_asset_digital_less_a_cash_digital()
    {
        const double relative = 1e-13;
        double call = GeneralisedBlackScholes.Value(OptionRight.Call, 100.0, 95.0, 0.03, 0.01, 0.7, 0.6);
        double gap = DigitalOption.Gap(OptionRight.Call, 100.0, 95.0, 95.0, 0.03, 0.01, 0.7, 0.6);
        Close.Relative(call, gap, relative, "call");
    }

    [Fact]
    public void Spot_greeks_agree_with_central_differences()
    {
        const double relative = 1e-6;
        Random random = new(7);
        for (int i = 0; i < 500; i++)
        {
            OptionRight right = i % 2 == 0 ? OptionRight.Call : OptionRight.Put;
            double k = 80.0 + 40.0 * random.NextDouble();
            double sigma = 0.2 + random.NextDouble();
            double years = 0.1 + random.NextDouble();
            double r = 0.2 * random.NextDouble() - 0.05;
            double q = 0.2 * random.NextDouble() - 0.05;
            double At(double s, double rate, double yield, double t, double vol) =>
                GeneralisedBlackScholes.Value(right, s, k, rate, yield, t, vol);
            BlackScholesGreeks g = GeneralisedBlackScholes.Greeks(right, 100.0, k, r, q, years, sigma);
            const double e = 1e-4;
            string label = $"{right} K {k} vol {sigma} T {years} r {r} q {q}";
            void Check(double closed, double up, double down, double step, string name) =>
                Close.Relative(closed, (up - down) / (2.0 * step), relative, $"{name} {label}", relative * 10.0);
            Check(g.Delta, At(100 + e, r, q, years, sigma), At(100 - e, r, q, years, sigma), e, "delta");
            Check(g.Vega, At(100, r, q, years, sigma + e), At(100, r, q, years, sigma - e), e, "vega");
            Check(g.Rho, At(100, r + e, q, years, sigma), At(100, r - e, q, years, sigma), e, "rho");
            Check(g.DividendRho, At(100, r, q + e, years, sigma), At(100, r, q - e, years, sigma), e, "dividendRho");
            Check(-g.Theta, At(100, r, q, years + e, sigma), At(100, r, q, years - e, sigma), e, "theta");
        }
    }
}
