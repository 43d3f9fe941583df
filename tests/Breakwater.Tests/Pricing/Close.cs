using System.Globalization;

namespace Breakwater.Tests.Pricing;

/// <summary>Comparison with a tolerance that is named at each use.</summary>
internal static class Close
{
    internal static void Absolute(double expected, double actual, double tolerance, string label) =>
        Assert.True(
            Math.Abs(actual - expected) <= tolerance,
            string.Create(CultureInfo.InvariantCulture, $"{label}: {actual:R} not {expected:R} within {tolerance:R}"));

    internal static void Relative(double expected, double actual, double tolerance, string label, double floor = 0.0) =>
        Absolute(expected, actual, Math.Max(tolerance * Math.Abs(expected), floor), label);
}
