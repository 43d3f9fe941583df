using System.Globalization;
using System.Text.Json;
using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

/// <summary>Every case of the shared file normal-distribution (50-digit values).</summary>
public sealed class NormalDistributionReferenceTests
{
    private const double TailsRelative = 1e-13; // the file's tolerance for the tails
    private const double PerCondition = 4e-16; // the file's tolerance, times the condition number
    private const double InverseRelative = 1e-15; // the file's tolerance of the inverse

    [Fact]
    public void Cdf_and_density_agree_within_the_condition_number()
    {
        foreach ((JsonElement inputs, JsonElement expected) in CasesWith("x"))
        {
            double x = Number(inputs, "x");
            double cdf = Number(expected, "cdf");
            double density = Number(expected, "pdf");
            Close(cdf, NormalDistribution.Cdf(x), PerCondition * Math.Abs(x) * density / cdf, x);
            Close(density, NormalDistribution.Density(x), PerCondition * x * x, x);
        }
    }

    [Fact]
    public void Inverse_agrees_to_its_tolerance()
    {
        foreach ((JsonElement inputs, JsonElement expected) in CasesWith("p"))
        {
            string text = inputs.GetProperty("p").GetString()!;
            double p = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            double x = Number(expected, "x");
            // Near 1 the decimal p has no double of its own: its complement, exact in decimal, has.
            double actual = p <= 0.5
                ? NormalDistribution.InverseCdf(p)
                : -NormalDistribution.InverseCdf((double)(1m - decimal.Parse(text, CultureInfo.InvariantCulture)));
            Close(x, actual, InverseRelative, p);
        }
    }

    private static void Close(double expected, double actual, double relative, double at)
    {
        double magnitude = Math.Abs(expected);
        double unit = Math.BitIncrement(magnitude) - magnitude;
        double tolerance = Math.Max(Math.Min(relative, TailsRelative) * magnitude, unit);
        Assert.True(Math.Abs(actual - expected) <= tolerance, $"at {at:R}: {actual:R}, expected {expected:R}");
    }

    private static IEnumerable<(JsonElement Inputs, JsonElement Expected)> CasesWith(string input) =>
        ReferenceFile.Cases("normal-distribution").Where(item => item.Inputs.TryGetProperty(input, out _));

    private static double Number(JsonElement part, string field)
    {
        string text = part.GetProperty(field).GetString()!;
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
