using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Terms of a European option on a spot, in any of the spellings the files of models use.</summary>
/// <param name="Spot">Money per unit of underlying.</param>
/// <param name="Strike">Same unit.</param>
/// <param name="RateAnnual">r, continuous.</param>
/// <param name="YieldAnnual">q, continuous.</param>
/// <param name="ExpiryYears">T.</param>
internal sealed record SpotOption(
    double Spot, double Strike, double RateAnnual, double YieldAnnual, double ExpiryYears)
{
    private const double DaysPerYear = 365.0; // Actual/365 (Fixed), QuantLib's convention behind bates.json

    /// <summary>What every case has.</summary>
    public static ImmutableArray<string> Inputs { get; } = ["strike", "r"];

    /// <summary>What stands in one spelling or another; no yield is a yield of zero.</summary>
    public static ImmutableArray<string> OptionalInputs { get; } =
        ["spot", "forwardAtT", "q", "T", "days", "type", "callPut"];

    /// <summary>Reads the terms.</summary>
    public static SpotOption Read(CaseInputs inputs)
    {
        double rate = inputs.Number("r");
        double yield = inputs.NumberOr("q", 0.0);
        double years = IsFirst(inputs, "T", "days") ? inputs.Number("T") : inputs.Number("days") / DaysPerYear;
        double spot = IsFirst(inputs, "spot", "forwardAtT")
            ? inputs.Number("spot")
            : inputs.LeadingNumber("forwardAtT") * DeterministicMath.Exp((yield - rate) * years);
        return new(spot, inputs.Number("strike"), rate, yield, years);
    }

    /// <summary>Answers both rights by name, and the one the case asks for as its price.</summary>
    /// <param name="inputs">The case.</param>
    /// <param name="price">The model's price of one right.</param>
    public static Answers Answer(CaseInputs inputs, Func<OptionRight, double> price)
    {
        double Asked() => price(IsFirst(inputs, "type", "callPut") ? inputs.Right("type") : Sign(inputs));
        return new Answers()
            .Add("call", () => price(OptionRight.Call))
            .Add("put", () => price(OptionRight.Put))
            .Add("price", () => Asked())
            .Add("price_published", () => Asked())
            .Add("price_highprec", () => Asked());
    }

    private static OptionRight Sign(CaseInputs inputs) => inputs.Integer("callPut") switch
    {
        1 => OptionRight.Call,
        -1 => OptionRight.Put,
        int other => throw new UnknownCaseException($"input callPut = {other} is neither 1 nor -1"),
    };

    private static bool IsFirst(CaseInputs inputs, string first, string second) =>
        inputs.Has(first) != inputs.Has(second)
            ? inputs.Has(first)
            : throw new UnknownCaseException($"inputs {first} and {second}: one of them must be given");
}
