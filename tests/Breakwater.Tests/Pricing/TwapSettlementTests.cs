using Breakwater.Instruments;
using Breakwater.Pricing;

namespace Breakwater.Tests.Pricing;

public sealed class TwapSettlementTests
{
    private const double Spot = 65_000.0;
    private const double ValueJumpOfSpot = 1e-8; // METHODOLOGY 1.3, σ ≤ 100 %
    private const double DeltaJump = 1e-5; // METHODOLOGY 1.3
    private const double SecondYears = 1.0 / 31_536_000.0;

    private static readonly TwapWindow s_window = TwapWindow.Default;

    public static TheoryData<double, double, double> StrikesAndVolatilities()
    {
        TheoryData<double, double, double> data = [];
        foreach (double ratio in new[] { 0.97, 0.99, 0.999, 1.0, 1.0005, 1.003, 1.02 })
            foreach (double sigma in new[] { 0.05, 0.35, 0.7, 1.0 })
                foreach (double carry in new[] { 0.0, 0.3, 2.0, -1.0 })
                {
                    data.Add(ratio * Spot, sigma, carry);
                }

        return data;
    }

    [Theory]
    [MemberData(nameof(StrikesAndVolatilities))]
    public void Value_and_delta_are_continuous_across_the_window_start(double strike, double sigma, double carry)
    {
        double start = s_window.WindowYears;
        TwapEquivalent before = TwapSettlement.Reduce(Spot, strike, sigma, start, default, s_window, carry);
        double justInside = start * (1 - 1e-13);
        TwapEquivalent inside = TwapSettlement.Reduce(Spot, strike, sigma, justInside, default, s_window, carry);
        foreach (OptionRight right in new[] { OptionRight.Call, OptionRight.Put })
        {
            Close.Absolute(before.Value(right), inside.Value(right), ValueJumpOfSpot * Spot, $"value {right}");
            Close.Absolute(before.Delta(right), inside.Delta(right), DeltaJump, $"delta {right}");
        }
    }

    [Theory]
    [MemberData(nameof(StrikesAndVolatilities))]
    public void Value_is_continuous_at_each_fixing_and_delta_loses_at_most_its_share(
        double strike,
        double sigma,
        double carry)
    {
        double sum = 0.0;
        for (int m = 0; m < s_window.FixingCount; m += 1 + m / 9)
        {
            // The average so far is at the strike half-way, which is the worst place; the spot is where it was.
            sum = m * (0.5 * (Spot + strike));
            double years = (s_window.FixingCount - m - 1) * SecondYears;
            TwapEquivalent before =
                TwapSettlement.Reduce(Spot, strike, sigma, years, new TwapFixings(m, sum), s_window, carry);
            double fixing = Spot * Math.Exp(-carry * years);
            TwapEquivalent after =
                TwapSettlement.Reduce(Spot, strike, sigma, years, new(m + 1, sum + fixing), s_window, carry);
            foreach (OptionRight right in new[] { OptionRight.Call, OptionRight.Put })
            {
                string label = $"{right} after fixing {m + 1} K {strike} vol {sigma}";
                Close.Absolute(before.Value(right), after.Value(right), ValueJumpOfSpot * Spot, label);
                double fall = Math.Abs(before.Delta(right)) - Math.Abs(after.Delta(right));
                Assert.InRange(fall, -1e-5, 1.0 / s_window.FixingCount + 1e-5);
            }
        }
    }

    [Fact]
    public void Moments_agree_with_the_double_sum() // METHODOLOGY 1.3: n⁻² Σ_i Σ_j F_ti F_tj exp(σ² min(t_i, t_j))
    {
        const double sigma = 0.9;
        const double carry = 0.8;
        TwapWindow window = TwapWindow.Of(0.4, 40);
        double years = 0.25;
        int open = 24;
        double mean = 0.0;
        double square = 0.0;
        double T(int i) => years - (open - i) * window.StepYears;
        double F(int i) => Spot * Math.Exp(-carry * (years - T(i)));
        for (int i = 1; i <= open; i++)
        {
            mean += F(i) / open;
            for (int j = 1; j <= open; j++) square += F(i) * F(j) * Math.Exp(sigma * sigma * T(Math.Min(i, j)));
        }

        double variance = Math.Log(square / open / open / mean / mean);
        TwapEquivalent actual = TwapSettlement.Reduce(
            Spot, 60_000.0, sigma, years, new TwapFixings(16, 16 * 64_000.0), window, carry);
        Close.Relative(mean, actual.Forward, 1e-13, "mean");
        Close.Relative(variance, actual.TotalVariance, 1e-12, "variance");
        Close.Relative((40 * 60_000.0 - 16 * 64_000.0) / 24, actual.Strike, 1e-14, "strike");
        Assert.Equal(0.6, actual.Weight);
    }

    [Fact]
    public void A_strike_already_passed_makes_the_call_linear_and_the_put_worthless()
    {
        TwapFixings fixings = new(1_700, 1_700 * 65_000.0);
        TwapEquivalent deep = TwapSettlement.Reduce(Spot, 60_000.0, 0.5, 100 * SecondYears, fixings, s_window);
        Assert.True(deep.Strike < 0.0);
        double expected = 100.0 / 1_800.0 * (Spot - deep.Strike);
        Close.Relative(expected, deep.Value(OptionRight.Call), 1e-14, "call");
        Assert.Equal(0.0, deep.Value(OptionRight.Put));
        Close.Relative(100.0 / 1_800.0, deep.Delta(OptionRight.Call), 1e-14, "delta");
    }

    [Fact]
    public void All_fixings_known_pays_the_average_exactly()
    {
        TwapFixings all = new(1_800, 1_800 * 65_500.0);
        Assert.Equal(500.0, TwapSettlement.Value(OptionRight.Call, Spot, 65_000.0, 0.5, 0.0, all, s_window));
        Assert.Equal(0.0, TwapSettlement.Value(OptionRight.Put, Spot, 65_000.0, 0.5, 0.0, all, s_window));
        Assert.Equal(0.0, TwapSettlement.Reduce(Spot, 65_000.0, 0.5, 0.0, all, s_window).Delta(OptionRight.Call));
    }

    [Fact]
    public void One_fixing_at_expiry_is_the_european_option()
    {
        TwapWindow single = TwapWindow.Of(SecondYears, 1);
        double actual = TwapSettlement.Value(OptionRight.Call, Spot, 66_000.0, 0.6, 0.1, default, single);
        Close.Relative(Black76.Value(OptionRight.Call, Spot, 66_000.0, 0.036), actual, 1e-12, "value");
    }

    [Fact]
    public void Arithmetic_averages_agree_with_haug()
    {
        foreach (ReferenceFile.Case c in ReferenceFile.Read("arithmetic-asian-twap"))
        {
            double actual = c.SetIndex == 0
                ? ArithmeticAsian.LevyValue(
                    c.Right, c.In("spot"), c.In("currentAverage"), c.In("strike"), c.In("r"), c.In("q"), c.In("vol"),
                    c.In("lengthDays") / 360.0, c.In("elapsedDays") / 360.0)
                : ArithmeticAsian.DiscreteValue(
                    c.Right, c.In("spot"), c.In("strike"), c.In("costOfCarry"), c.In("r"), c.In("firstFixing"),
                    c.In("expiry"), (int)c.In("fixings"), c.In("vol"));
            Close.Absolute(c.Out("price"), actual, 1e-4, c.Label("price")); // both sets, exact times
        }
    }

    [Fact]
    public void Many_discrete_fixings_tend_to_the_continuous_average()
    {
        double continuous = ArithmeticAsian.LevyValue(OptionRight.Put, 100.0, 0.0, 103.0, 0.05, 0.02, 0.4, 0.5, 0.0);
        double discrete =
            ArithmeticAsian.DiscreteValue(OptionRight.Put, 100.0, 103.0, 0.03, 0.05, 0.0, 0.5, 200_001, 0.4);
        Close.Relative(continuous, discrete, 1e-5, "put");
    }

    [Theory]
    [InlineData(0.09, 0.09)] // b = 0
    [InlineData(0.0, 0.0225)] // b = −σ², the removable singularity of Levy's formula
    public void Levy_value_has_no_singularity_in_the_carry(double rate, double yield)
    {
        double At(double shift) =>
            ArithmeticAsian.LevyValue(OptionRight.Call, 100.0, 0.0, 100.0, rate, yield + shift, 0.15, 0.75, 0.0);
        Close.Relative(0.5 * (At(1e-5) + At(-1e-5)), At(0.0), 1e-8, $"q {yield}");
    }
}
