using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

/// <summary>Student's t law against values of mpmath 1.2.1 (incomplete beta at 30 digits, root search).</summary>
public sealed class StudentTTests
{
    private const double CdfRelative = 1e-13; // documented, times ν/300 where that is larger
    private const double QuantileRelative = 1e-12; // a double near 1 gives the tail itself only to 1e-12

    [Theory]
    [InlineData(2, 0.6, 0.28867513459481288)]
    [InlineData(2, 0.9, 1.8856180831641267)]
    [InlineData(2, 0.975, 4.3026527297494639)]
    [InlineData(2, 0.99, 6.9645567342832742)]
    [InlineData(2, 0.9999, 70.700071074964278)]
    [InlineData(2.5, 0.6, 0.28145951274854766)]
    [InlineData(2.5, 0.9, 1.7302509288071766)]
    [InlineData(2.5, 0.975, 3.5746548420036832)]
    [InlineData(2.5, 0.99, 5.3531111730308743)]
    [InlineData(2.5, 0.9999, 34.867969321114773)]
    [InlineData(3, 0.6, 0.27667066233268991)]
    [InlineData(3, 0.9, 1.6377443536962101)]
    [InlineData(3, 0.975, 3.1824463052837096)]
    [InlineData(3, 0.99, 4.5407028585681336)]
    [InlineData(3, 0.9999, 22.203742273204183)]
    [InlineData(4.7, 0.6, 0.26808271954103186)]
    [InlineData(4.7, 0.9, 1.4901550815168029)]
    [InlineData(4.7, 0.975, 2.6207260753531704)]
    [InlineData(4.7, 0.99, 3.456627080940139)]
    [InlineData(4.7, 0.9999, 10.422947225539467)]
    [InlineData(8, 0.6, 0.26192109674883237)]
    [InlineData(8, 0.9, 1.3968153097438647)]
    [InlineData(8, 0.975, 2.3060041352041667)]
    [InlineData(8, 0.99, 2.8964594477096223)]
    [InlineData(8, 0.9999, 6.4419998210203925)]
    [InlineData(30, 0.6, 0.25560536495191277)]
    [InlineData(30, 0.9, 1.3104150253913956)]
    [InlineData(30, 0.975, 2.0422724563012383)]
    [InlineData(30, 0.99, 2.4572615424005914)]
    [InlineData(30, 0.9999, 4.2339859572720211)]
    [InlineData(100, 0.6, 0.25402218245822782)]
    [InlineData(100, 0.9, 1.290074761346516)]
    [InlineData(100, 0.975, 1.9839715185235523)]
    [InlineData(100, 0.99, 2.3642173662384821)]
    [InlineData(100, 0.9999, 3.8615997909500598)]
    public void Quantiles_agree_with_high_precision(double degrees, double probability, double expected)
    {
        Close(expected, StudentT.Quantile(probability, degrees), QuantileRelative);
        double mirrored = -StudentT.Quantile(1.0 - probability, degrees);
        Close(expected, mirrored, QuantileRelative);
    }

    [Theory]
    [InlineData(0.5, -100, 0.032069857021536655, 0.0001603444748268854)]
    [InlineData(1, -1e10, 3.1830988618379067e-11, 3.1830988618379067e-21)]
    [InlineData(2.6, -4, 0.018188995734603557, 0.010516603625464999)]
    [InlineData(3, 0.3, 0.60811835398004048, 0.34645357427454177)]
    [InlineData(5, -0.001, 0.49962039338609883, 0.37960646205857164)]
    [InlineData(7.5, 2.25, 0.9716389450395491, 0.043093588279039756)]
    [InlineData(100, -9, 7.6803852573752069e-15, 3.8641708215471803e-14)]
    [InlineData(1000, -3, 0.0013833545221190962, 0.0045006246101398956)]
    [InlineData(1000000, -4, 3.1673517005024052e-5, 0.00013383768692515205)]
    public void Distribution_and_density_agree_with_high_precision(
        double degrees,
        double t,
        double expected,
        double density)
    {
        Close(expected, StudentT.Cdf(t, degrees), CdfRelative * Math.Max(1.0, degrees / 300.0));
        Close(density, StudentT.Density(t, degrees), CdfRelative);
    }

    [Fact]
    public void Distribution_of_the_quantile_is_the_probability()
    {
        double[] degrees = Points.Uniform(400, -0.7, 4.0, 5).Select(x => Math.Pow(10.0, x)).ToArray();
        double[] tails = Points.Uniform(400, -14.0, -0.31, 6).Select(x => Math.Pow(10.0, x)).ToArray();
        for (int i = 0; i < degrees.Length; i++)
        {
            double t = StudentT.Quantile(tails[i], degrees[i]);
            Close(tails[i], StudentT.Cdf(t, degrees[i]), 1e-12);
        }
    }

    [Fact]
    public void Distribution_rises_and_is_symmetric()
    {
        foreach (double degrees in new[] { 0.3, 1.0, 2.6, 5.0, 40.0, 3000.0 })
        {
            double last = 0.0;
            foreach (double t in Points.Uniform(2_000, -12.0, 12.0, 9).Order())
            {
                double here = StudentT.Cdf(t, degrees);
                Assert.True(here >= last, $"falls at {t:R}, ν = {degrees}");
                Assert.Equal(1.0, here + StudentT.Cdf(-t, degrees), 1e-14);
                last = here;
            }
        }
    }

    [Fact]
    public void One_and_two_degrees_have_their_closed_forms()
    {
        foreach (double t in Points.Uniform(1_000, -50.0, 50.0))
        {
            Close(0.5 + (Math.Atan(t) / Math.PI), StudentT.Cdf(t, 1.0), 1e-13);
            Close(Math.Pow(2.0 + (t * t), -1.5), StudentT.Density(t, 2.0), 1e-14);
        }
    }

    [Fact]
    public void Extreme_arguments_stay_finite()
    {
        Assert.Equal(0.5, StudentT.Cdf(0.0, 3.0));
        Assert.Equal(0.0, StudentT.Quantile(0.5, 3.0));
        Assert.Equal(0.0, StudentT.Cdf(double.MinValue, 3.0));
        Assert.Equal(1.0, StudentT.Cdf(double.MaxValue, 3.0));
        Assert.Equal(0.0, StudentT.Density(double.MaxValue, 3.0));
        Assert.True(double.IsFinite(StudentT.Quantile(double.Epsilon, 2.0)));
    }

    [Theory]
    [InlineData(double.NaN, 3.0)]
    [InlineData(1.0, 0.0)]
    [InlineData(1.0, -2.0)]
    [InlineData(1.0, double.PositiveInfinity)]
    public void Arguments_outside_the_domain_are_refused(double t, double degrees) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Cdf(t, degrees));

    private static void Close(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected), $"{actual:R}, not {expected:R}");
}
