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
        foreach (JsonElement item in Cases("x"))
        {
            double x = Number(item, "inputs", "x");
            double cdf = Number(item, "expected", "cdf");
            double density = Number(item, "expected", "pdf");
            Close(cdf, NormalDistribution.Cdf(x), PerCondition * Math.Abs(x) * density / cdf, x);
            Close(density, NormalDistribution.Density(x), PerCondition * x * x, x);
        }
    }

    [Fact]
    public void Inverse_agrees_to_its_tolerance()
    {
        foreach (JsonElement item in Cases("p"))
        {
            string text = item.GetProperty("inputs").GetProperty("p").GetString()!;
            double p = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            double x = Number(item, "expected", "x");
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

    private static List<JsonElement> Cases(string input)
    {
        using JsonDocument document =
            JsonDocument.Parse(File.ReadAllText(SharedFolder.Require("reference/normal-distribution.json")));
        return document.RootElement.GetProperty("sets").EnumerateArray()
            .SelectMany(set => set.GetProperty("cases").EnumerateArray())
            .Where(item => item.GetProperty("inputs").TryGetProperty(input, out _))
            .Select(item => item.Clone()).ToList();
    }

    private static double Number(JsonElement item, string part, string field)
    {
        string text = item.GetProperty(part).GetProperty(field).GetString()!;
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
