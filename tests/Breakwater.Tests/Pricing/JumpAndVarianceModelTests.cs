using Breakwater.Instruments;
using Breakwater.Pricing;

namespace Breakwater.Tests.Pricing;

/// <summary>Merton, Kou, Heston and Bates against the reference files, against each other and against limits.</summary>
public sealed class JumpAndVarianceModelTests
{
    private const double MertonRelative = 1e-10; // tolerances of the reference files
    private const double MertonPrinted = 1e-2;
    private const double KouPrinted = 1e-5;
    private const double KouRelative = 1e-8;
    private const double HestonRelative = 1e-10;
    private const double HestonPrinted = 1e-6;
    private const double BatesRelative = 1e-6;
    private const double MpmathRelative = 1e-12; // own promise, values by Lewis' integral at c = 1/2 in 30 digits

    [Fact]
    public void Merton_agrees_with_the_reference()
    {
        foreach (ReferenceFile.Case c in ReferenceFile.Read("merton76"))
        {
            bool isShare = c.Has("jumpVarianceShare");
            (double sigma, MertonJumps jumps) = isShare
                ? Merton76.FromVarianceShare(c.In("totalVol"), c.In("jumpIntensity"), c.In("jumpVarianceShare"))
                : (c.In("diffusionVol"), new MertonJumps(c.In("jumpIntensity"), c.In("meanLogJump"), c.In("jumpVol")));
            double actual = Merton76.Value(
                c.Right, c.In("spot"), c.In("strike"), c.In("r"), c.In("q"), c.In("T"), sigma, jumps);
            Close.Relative(c.Out(isShare ? "price_highprec" : "price"), actual, MertonRelative, c.Label("price"));
            if (isShare) Close.Absolute(c.Out("price_published"), actual, MertonPrinted, c.Label("price_published"));
        }
    }

    [Fact]
    public void Kou_agrees_with_the_reference()
    {
        foreach (ReferenceFile.Case c in ReferenceFile.Read("kou-jump-diffusion"))
        {
            KouJumps jumps = new(c.In("jumpIntensity"), c.In("pUp"), c.In("etaUp"), c.In("etaDown"));
            ModelPrice price = Kou.Price(
                c.Right, c.In("spot"), c.In("strike"), c.In("r"), 0.0, c.In("T"), c.In("sigma"), jumps);
            double expected = c.Out("price");
            double tolerance = c.SetIndex == 0 ? KouPrinted : KouRelative * expected;
            Close.Absolute(expected, price.Value, tolerance, c.Label("price"));
        }
    }

    [Fact]
    public void Heston_agrees_with_the_reference()
    {
        foreach (ReferenceFile.Case c in ReferenceFile.Read("heston"))
        {
            // The second set gives the forward, one, instead of the spot.
            double spot = c.Has("spot") ? c.In("spot") : Math.Exp(-(c.In("r") - c.In("q")) * c.In("T"));
            HestonVariance variance = new(c.In("v0"), c.In("kappa"), c.In("theta"), c.In("sigma"), c.In("rho"));
            foreach (OptionRight right in new[] { OptionRight.Call, OptionRight.Put })
            {
                string field = right == OptionRight.Call ? "call" : "put";
                if (!c.Expected.TryGetProperty(field, out _)) continue;
                double actual = Heston.Price(
                    right, spot, c.In("strike"), c.In("r"), c.In("q"), c.In("T"), variance).Value;
                double tolerance = c.SetIndex == 0 ? HestonRelative * c.Out(field) : HestonPrinted;
                Close.Absolute(c.Out(field), actual, tolerance, c.Label(field));
            }
        }
    }

    [Fact]
    public void Bates_agrees_with_the_reference()
    {
        foreach (ReferenceFile.Case c in ReferenceFile.Read("bates"))
        {
            HestonVariance variance = new(c.In("v0"), c.In("kappa"), c.In("theta"), c.In("sigma"), c.In("rho"));
            MertonJumps jumps = new(c.In("jumpIntensity"), c.In("meanLogJump"), c.In("jumpVol"));
            OptionRight right = c.In("callPut") > 0.0 ? OptionRight.Call : OptionRight.Put;
            double actual = Bates.Price(
                right, c.In("spot"), c.In("strike"), c.In("r"), c.In("q"), c.In("days") / 365.0, variance, jumps).Value;
            Close.Relative(c.Out("price"), actual, BatesRelative, c.Label("price"));
        }
    }

    // right, K, T, v0, κ, θ, σ, ρ, λ, mean, deviation; F = 100. mpmath 1.2.1, far wings and twenty years included.
    [Theory]
    [InlineData(1, 151.8033, 0.25, 0.0215, 0.5, 0.6094, 1.0, -0.95, 0.0, 0.0, 0.0, 2.1370439992066874e-12)]
    [InlineData(1, 19103.5332, 20.0, 0.3731, 0.05, 0.246, 2.5, 0.9, 0.0, 0.0, 0.0, 34.412052464295715)]
    [InlineData(-1, 9.5419, 20.0, 0.1676, 0.5, 0.7377, 2.5, 0.9, 20.0, 0.02, 0.05, 8.1877206057244035)]
    [InlineData(-1, 99.7653, 0.0192, 0.4597, 0.05, 0.6458, 1.0, -0.95, 1.0, -0.2, 0.2, 3.7627855529586724)]
    [InlineData(1, 105.0, 0.0027, 0.3, 2.0, 0.3, 1.5, -0.4, 0.0, 0.0, 0.0, 0.045376008426611697)]
    public void Short_long_and_far_options_keep_relative_accuracy(
        int sign, double strike, double years, double initial, double reversion, double longRun, double volatility,
        double correlation, double intensity, double mean, double deviation, double expected)
    {
        OptionRight right = sign > 0 ? OptionRight.Call : OptionRight.Put;
        ModelPrice price = Bates.Price(
            right, 100.0, strike, 0.0, 0.0, years,
            new HestonVariance(initial, reversion, longRun, volatility, correlation),
            new MertonJumps(intensity, mean, deviation));
        Close.Relative(expected, price.Value, MpmathRelative, $"K {strike} T {years}");
        Assert.True(price.ErrorEstimate <= 1e-9 * Math.Max(expected, 1.0));
    }

    [Fact]
    public void Bates_without_random_variance_is_merton()
    {
        Random random = new(3);
        for (int i = 0; i < 200; i++)
        {
            double sigma = 0.1 + 0.8 * random.NextDouble();
            double years = 0.003 + random.NextDouble();
            double strike = 100.0 * Math.Exp((sigma * Math.Sqrt(years) + 0.05) * (6.0 * random.NextDouble() - 3.0));
            double deviation = i % 5 == 0 ? 0.0 : 0.2 * random.NextDouble();
            MertonJumps jumps = new(60.0 * random.NextDouble(), 0.3 * random.NextDouble() - 0.2, deviation);
            OptionRight right = strike > 100.0 ? OptionRight.Call : OptionRight.Put;
            double merton = Merton76.Value(right, 100.0, strike, 0.0, 0.0, years, sigma, jumps);
            HestonVariance constant = new(sigma * sigma, 2.0 * (i % 2), sigma * sigma, 0.0, 0.0);
            double bates = Bates.Price(right, 100.0, strike, 0.0, 0.0, years, constant, jumps).Value;
            // The integral is accurate relative to its integrand, which jumps of one sign make larger than the value.
            Close.Relative(merton, bates, 1e-10, $"K {strike} vol {sigma} T {years} {jumps}", 1e-14);
        }
    }

    [Fact]
    public void Models_without_jumps_or_random_variance_are_black()
    {
        foreach (double strike in new[] { 30.0, 80.0, 100.0, 130.0, 300.0 })
            foreach (OptionRight right in new[] { OptionRight.Call, OptionRight.Put })
            {
                double black = GeneralisedBlackScholes.Value(right, 100.0, strike, 0.05, 0.02, 0.5, 0.4);
                HestonVariance constant = new(0.16, 1.0, 0.16, 0.0, 0.3);
                double heston = Heston.Price(right, 100.0, strike, 0.05, 0.02, 0.5, constant).Value;
                KouJumps none = new(0.0, 0.5, 10.0, 10.0);
                double kou = Kou.Price(right, 100.0, strike, 0.05, 0.02, 0.5, 0.4, none).Value;
                double merton = Merton76.Value(right, 100.0, strike, 0.05, 0.02, 0.5, 0.4, default);
                Close.Relative(black, heston, MpmathRelative, $"Heston {right} {strike}");
                Close.Relative(black, kou, MpmathRelative, $"Kou {right} {strike}");
                Close.Relative(black, merton, MpmathRelative, $"Merton {right} {strike}");
            }
    }

    [Fact]
    public void Model_prices_obey_parity_and_bounds()
    {
        HestonVariance variance = new(0.3, 0.5, 0.5, 2.0, 0.8);
        foreach (double strike in new[] { 1.0, 50.0, 100.0, 400.0, 20_000.0 })
            foreach (double years in new[] { 0.0, 0.01, 1.0, 15.0 })
            {
                double call = Heston.Price(OptionRight.Call, 100.0, strike, 0.02, 0.0, years, variance).Value;
                double put = Heston.Price(OptionRight.Put, 100.0, strike, 0.02, 0.0, years, variance).Value;
                double paid = strike * Math.Exp(-0.02 * years);
                Close.Absolute(100.0 - paid, call - put, 1e-11 * Math.Max(100.0, paid), $"K {strike} T {years}");
                Assert.InRange(call, Math.Max(0.0, 100.0 - paid) * (1.0 - 1e-12), 100.0);
                Assert.InRange(put, Math.Max(0.0, paid - 100.0) * (1.0 - 1e-12), paid);
            }
    }

    [Fact]
    public void Laws_outside_their_domain_are_refused()
    {
        HestonVariance variance = new(0.3, 0.5, 0.5, 2.0, 1.2);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Heston.Price(OptionRight.Call, 100.0, 100.0, 0.0, 0.0, 1.0, variance));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Kou.Price(OptionRight.Call, 100.0, 100.0, 0.0, 0.0, 1.0, 0.3, new KouJumps(1.0, 0.5, 1.0, 5.0)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Merton76.Value(OptionRight.Call, 100.0, 100.0, 0.0, 0.0, 1.0, 0.3, new MertonJumps(-1.0, 0.0, 0.1)));
    }
}
