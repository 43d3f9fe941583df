using System.Collections.Immutable;
using Breakwater.Pricing;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Cases of <c>arithmetic-asian-twap</c>: options on an average.</summary>
internal static class AverageFamilies
{
    private const string File = "arithmetic-asian-twap";

    /// <summary>The families.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        new(
            File,
            ["type", "spot", "currentAverage", "strike", "q", "r", "vol", "lengthDays", "elapsedDays", "dayCount"],
            [],
            Continuous),
        new(
            File,
            ["type", "spot", "strike", "costOfCarry", "r", "firstFixing", "expiry", "fixings", "vol"],
            [],
            Discrete),
    ];

    private static Answers Continuous(CaseInputs inputs) => new Answers().Add("price", () =>
    {
        double daysPerYear = inputs.Text("dayCount") switch
        {
            "Actual/360" => 360.0,
            "Actual/365" => 365.0,
            string count => throw new UnknownCaseException($"dayCount {count} is unknown"),
        };
        return ArithmeticAsian.LevyValue(
            inputs.Right("type"),
            inputs.Number("spot"),
            inputs.Number("currentAverage"),
            inputs.Number("strike"),
            inputs.Number("r"),
            inputs.Number("q"),
            inputs.Number("vol"),
            inputs.Number("lengthDays") / daysPerYear,
            inputs.Number("elapsedDays") / daysPerYear);
    });

    private static Answers Discrete(CaseInputs inputs) => new Answers().Add("price", () =>
        ArithmeticAsian.DiscreteValue(
            inputs.Right("type"),
            inputs.Number("spot"),
            inputs.Number("strike"),
            inputs.Number("costOfCarry"),
            inputs.Number("r"),
            inputs.Number("firstFixing"),
            inputs.Number("expiry"),
            inputs.Integer("fixings"),
            inputs.Number("vol")));
}
