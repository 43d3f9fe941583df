using Breakwater.Instruments;
using Breakwater.Pricing;

namespace Breakwater.Tests.Pricing;

/// <summary>Laws over seeded random inputs; System.Random with a fixed seed is a fixed sequence.</summary>
public sealed class PricingLaws
{
    private const int Seed = 20260205;
    private const int CaseCount = 20_000;
    private const double UlpOfOne = 2.220446049250313e-16; // 2^-52
    private const double Rounding = 1e-14; // a few ulp of the larger of forward and strike

    private static readonly OptionRight[] s_rights = [OptionRight.Call, OptionRight.Put];

    [Fact]
    public void Put_call_parity_holds()
    {
        foreach ((double f, double k, double w) in Tuples())
        {
            double put = Black76.Value(OptionRight.Put, f, k, w, 0.9);
            double difference = Black76.Value(OptionRight.Call, f, k, w, 0.9) - put;
            Close.Absolute(0.9 * (f - k), difference, Rounding * Math.Max(f, k), $"F {f} K {k} w {w}");
        }
    }

    [Fact]
    public void Value_lies_between_intrinsic_and_its_upper_bound_and_rises_with_variance()
    {
        foreach ((double f, double k, double w) in Tuples())
        {
            foreach (OptionRight right in s_rights)
            {
                double value = Black76.Value(right, f, k, w);
                double upper = right == OptionRight.Call ? f : k;
                Assert.InRange(value, Black76.Payoff(right, f, k), upper * (1.0 + Rounding));
                double more = Black76.Value(right, f, k, w * 1.001);
                Assert.True(more >= value * (1.0 - 1e-13), $"F {f} K {k} w {w}: {more:R} < {value:R}");
            }
        }
    }

    [Fact]
    public void Value_is_homogeneous_of_degree_one_in_forward_and_strike()
    {
        foreach ((double f, double k, double w) in Tuples())
        {
            double value = Black76.Value(OptionRight.Call, f, k, w);
            if (value < 1e-290) continue; // subnormal steps do not scale
            Assert.Equal(1024.0 * value, Black76.Value(OptionRight.Call, 1024.0 * f, 1024.0 * k, w)); // 2^10: exact
        }
    }

    [Fact]
    public void Closed_form_greeks_agree_with_central_differences()
    {
        const double relative = 1e-6; // METHODOLOGY 1.2
        Random random = new(Seed);
        for (int i = 0; i < 2_000; i++)
        {
            OptionRight right = s_rights[i % 2];
            double f = 65_000.0 * Math.Exp(random.NextDouble() - 0.5);
            double sigma = 0.2 + random.NextDouble();
            double years = 0.02 + random.NextDouble();
            double k = f * Math.Exp(sigma * Math.Sqrt(years) * (4.0 * random.NextDouble() - 2.0));
            Black76Greeks At(double forward, double vol, double time) =>
                Black76.Greeks(right, forward, k, vol, time, Math.Exp(-0.03 * time));
            Black76Greeks g = At(f, sigma, years);
            double df = f * 1e-4 * sigma * Math.Sqrt(years);
            double dv = sigma * 1e-4;
            double dt = years * 1e-4;
            string label = $"F {f} K {k} vol {sigma} T {years}";
            double Difference(Func<double, double> value, double step) => // fourth order: Fornberg (1988), table 1
                (8.0 * (value(step) - value(-step)) - (value(2 * step) - value(-2 * step))) / (12.0 * step);
            void Check(double closed, double difference, double scale, string name) =>
                Close.Absolute(closed, difference, relative * Math.Max(Math.Abs(closed), scale), $"{name} {label}");
            double s = sigma * Math.Sqrt(years);
            Check(g.Delta, Difference(e => At(f + e, sigma, years).Price, df), 0.01, "delta");
            Check(g.Gamma, Difference(e => At(f + e, sigma, years).Delta, df), 0.01 * g.Gamma, "gamma");
            Check(g.Vega, Difference(e => At(f, sigma + e, years).Price, dv), 0.01 * g.Vega, "vega");
            Check(g.Theta, -Difference(e => At(f, sigma, years + e).Price, dt), 0.01 * f * s / years, "theta");
            Check(g.Vanna, Difference(e => At(f, sigma + e, years).Delta, dv), 0.01, "vanna");
            Check(g.Volga, Difference(e => At(f, sigma + e, years).Vega, dv), 0.01 * f, "volga");
            Check(g.Charm, -Difference(e => At(f, sigma, years + e).Delta, dt), 0.01 / years, "charm");
            Check(g.Speed, Difference(e => At(f + e, sigma, years).Gamma, df), g.Gamma / (f * s), "speed");
            Check(g.Zomma, Difference(e => At(f, sigma + e, years).Gamma, dv), 0.01 * g.Gamma / sigma, "zomma");
        }
    }

    [Fact]
    public void Implied_volatility_round_trips()
    {
        Random random = new(Seed);
        for (int i = 0; i < CaseCount; i++)
        {
            double f = 3_200.0 * Math.Exp(2.0 * random.NextDouble() - 1.0);
            double s = Math.Exp(Math.Log(1e-3) + random.NextDouble() * Math.Log(3e3)); // 0.001 … 3
            double k = f * Math.Exp(s * (10.0 * random.NextDouble() - 5.0));
            OptionRight right = k >= f ? OptionRight.Call : OptionRight.Put;
            double price = Black76.Value(right, f, k, s * s, 0.97);
            ImpliedVolatilityResult r = ImpliedVolatility.SolveTotalDeviation(right, f, k, price / 0.97);
            Assert.True(r.HasValue, $"F {f} K {k} s {s}");
            Black76Greeks g = Black76.Greeks(right, f, k, s, 1.0);
            double condition = Math.Max(1.0, g.Price / (s * g.Vega));
            Close.Relative(s, r.TotalDeviation, 20.0 * condition * UlpOfOne, $"F {f} K {k} s {s}");
        }
    }

    [Fact]
    public void Implied_volatility_of_a_price_in_the_money_is_that_of_its_parity_twin()
    {
        foreach ((double f, double k, double w) in Tuples())
        {
            double s = Math.Sqrt(w);
            if (s is < 0.05 or > 3.0 || Math.Abs(Math.Log(f / k)) > 2.0 * s) continue;
            OptionRight deep = k < f ? OptionRight.Call : OptionRight.Put;
            ImpliedVolatilityResult r = ImpliedVolatility.SolveTotalDeviation(deep, f, k, Black76.Value(deep, f, k, w));
            Close.Relative(s, r.TotalDeviation, 1e-10, $"F {f} K {k} s {s}"); // time value lost 4 digits to intrinsic
        }
    }

    [Fact]
    public void T_P1_degenerate_tuples_give_numbers_within_bounds()
    {
        double[] prices =
            [1e-50, 1e-30, 1e-12, 1e-3, 1.0, 80.0, 99.999999, 100.0, 100.000001, 130.0, 65_000.0, 1e12, 1e30, 1e50];
        double[] volatilities = [0.0, 1e-300, 1e-12, 1e-4, 0.01, 0.5, 1.0, 5.0, 50.0, 1e6, 1e50];
        double[] years = [0.0, 1e-300, 3.2e-11, 1e-6, 0.003, 0.1, 1.0, 30.0];
        double[] discounts = [1.0, 0.5, 1.2]; // 1.2: negative rate
        foreach (double f in prices)
            foreach (double k in prices)
                foreach (double sigma in volatilities)
                    foreach (double t in years)
                        foreach (double d in discounts)
                            foreach (OptionRight right in s_rights)
                            {
                                Black76Greeks g = Black76.Greeks(right, f, k, sigma, t, d);
                                double upper = d * (right == OptionRight.Call ? f : k);
                                string label = $"{right} F {f} K {k} vol {sigma} T {t} D {d}";
                                Assert.True(g.Price >= d * Black76.Payoff(right, f, k), label);
                                Assert.True(g.Price <= upper * (1.0 + Rounding), label);
                                Assert.True(
                                    g.StrikeProbabilityItm is >= 0.0 and <= 1.0 && Math.Abs(g.Delta) <= d, label);
                                Assert.True(g.Gamma >= 0.0 && g.Vega >= 0.0, label);
                                Assert.True(AreFinite(g), label);
                            }
    }

    [Fact]
    public void T_P1_value_takes_every_positive_price_and_variance()
    {
        double[] prices = [double.Epsilon, 1e-300, 1e-150, 1.0, 1e150, 1e200];
        double[] variances = [0.0, double.Epsilon, 1e-300, 1e-10, 1.0, 1e3, 1e300, double.MaxValue];
        foreach (double f in prices)
            foreach (double k in prices)
                foreach (double w in variances)
                    foreach (OptionRight right in s_rights)
                    {
                        double value = Black76.Value(right, f, k, w);
                        double upper = right == OptionRight.Call ? f : k;
                        Assert.True(
                            value >= Black76.Payoff(right, f, k) && value <= upper,
                            $"{right} F {f} K {k} w {w}: {value}");
                    }
    }

    private static bool AreFinite(Black76Greeks g) =>
        double.IsFinite(g.Gamma + g.Vega) && double.IsFinite(g.Theta) && double.IsFinite(g.Vanna)
        && double.IsFinite(g.Volga) && double.IsFinite(g.Charm) && double.IsFinite(g.Speed)
        && double.IsFinite(g.Zomma) && double.IsFinite(g.Rho) && double.IsFinite(g.RhoForward);

    /// <summary>
    /// Forward and strike over 24 decades, near each other half of the time; variance over 20 decades.
    /// </summary>
    private static IEnumerable<(double F, double K, double W)> Tuples()
    {
        Random random = new(Seed);
        for (int i = 0; i < CaseCount; i++)
        {
            double f = Math.Exp(27.0 * (2.0 * random.NextDouble() - 1.0));
            double w = Math.Exp(-40.0 + 45.0 * random.NextDouble());
            double wide = 20.0 * (2.0 * random.NextDouble() - 1.0);
            double near = Math.Sqrt(w) * 6.0 * (2.0 * random.NextDouble() - 1.0);
            yield return (f, f * Math.Exp(i % 2 == 0 ? wide : near), w);
        }
    }
}
