using System.Globalization;
using System.Text.Json;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;

namespace Breakwater.Tests.Margin.Tails;

public sealed class EllipticalRiskTests
{
    private const double ClosedFormRelative = 1e-12; // tolerance of var-es-closed-form.json
    private const double AllocationAbsolute = 1e-10; // tolerance of euler-allocation-elliptical.json

    [Fact]
    public void Closed_forms_of_normal_and_t_agree_with_the_reference()
    {
        foreach ((JsonElement inputs, JsonElement expected) in Cases("var-es-closed-form"))
        {
            TailLevel level = LevelOf(inputs.GetProperty("alpha"));
            if (inputs.GetProperty("dist").GetString() == "normal")
            {
                Close(expected, string.Empty, EllipticalRisk.Normal(level));
            }
            else
            {
                double degrees = Number(inputs.GetProperty("nu"));
                Close(expected, string.Empty, EllipticalRisk.StudentT(level, degrees));
                Close(expected, "_unitvariance", EllipticalRisk.StudentTUnitVariance(level, degrees));
            }
        }
    }

    [Fact]
    public void Euler_allocation_agrees_with_the_reference_and_sums_to_the_whole()
    {
        foreach ((JsonElement inputs, JsonElement expected) in Cases("euler-allocation-elliptical"))
        {
            TailLevel level = LevelOf(inputs.GetProperty("alpha"));
            TailRisk standard = inputs.GetProperty("nu").ValueKind == JsonValueKind.Null
                ? EllipticalRisk.Normal(level)
                : EllipticalRisk.StudentT(level, Number(inputs.GetProperty("nu")));
            AllocatedRisk risk = EllipticalRisk.Allocate(
                inputs.GetProperty("exposures").Deserialize<double[]>(),
                inputs.GetProperty("scaleMatrix").Deserialize<double[][]>()!.SelectMany(row => row).ToArray(),
                standard);
            Assert.Equal(expected.GetProperty("VaR").GetDouble(), risk.Total.ValueAtRisk, AllocationAbsolute);
            Assert.Equal(expected.GetProperty("ES").GetDouble(), risk.Total.ExpectedShortfall, AllocationAbsolute);
            double[] components = expected.GetProperty("componentES").Deserialize<double[]>()!;
            for (int index = 0; index < components.Length; index++)
            {
                Assert.Equal(components[index], risk.Components[index].ExpectedShortfall, AllocationAbsolute);
            }

            Assert.Equal(
                risk.Total.ExpectedShortfall, risk.Components.Sum(part => part.ExpectedShortfall), AllocationAbsolute);
        }
    }

    [Fact]
    public void Infinite_moments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EllipticalRisk.StudentT(TailLevel.OfThousandths(975), 1d));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => EllipticalRisk.StudentTUnitVariance(TailLevel.OfThousandths(975), 2d));
    }

    private static void Close(JsonElement expected, string suffix, TailRisk risk)
    {
        double valueAtRisk = Number(expected.GetProperty("VaR" + suffix));
        double shortfall = Number(expected.GetProperty("ES" + suffix));
        Assert.Equal(valueAtRisk, risk.ValueAtRisk, ClosedFormRelative * valueAtRisk);
        Assert.Equal(shortfall, risk.ExpectedShortfall, ClosedFormRelative * shortfall);
    }

    private static IEnumerable<(JsonElement Inputs, JsonElement Expected)> Cases(string file)
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(SharedFolder.Require($"reference/{file}.json")));
        return
        [
            .. document.RootElement.Clone().GetProperty("sets").EnumerateArray()
                .SelectMany(set => set.GetProperty("cases").EnumerateArray())
                .Select(test => (test.GetProperty("inputs"), test.GetProperty("expected"))),
        ];
    }

    private static TailLevel LevelOf(JsonElement alpha)
    {
        (Int128 whole, int decimals) = DecimalParts.Of(decimal.Parse(
            alpha.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture));
        return new TailLevel((long)whole, (long)DecimalParts.PowerOfTen(decimals));
    }

    private static double Number(JsonElement element) =>
        double.Parse(element.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);
}
