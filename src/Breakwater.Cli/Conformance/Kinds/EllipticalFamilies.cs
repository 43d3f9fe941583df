using System.Collections.Immutable;
using Breakwater.Margin.Tails;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Cases of <c>var-es-closed-form</c> and <c>euler-allocation-elliptical</c>: closed forms of tail risk.
/// </summary>
internal static class EllipticalFamilies
{
    /// <summary>The families.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        new("var-es-closed-form", ["dist", "alpha"], ["nu"], Standard),
        new("euler-allocation-elliptical", ["exposures", "scaleMatrix", "alpha"], ["nu"], Allocation),
    ];

    private static Answers Standard(CaseInputs inputs)
    {
        TailLevel level = LevelInput.Read(inputs, "alpha");
        string law = inputs.Text("dist");
        bool isNormal = law switch
        {
            "normal" => true,
            "student-t" => false,
            _ => throw new UnknownCaseException($"input dist = {law} is neither normal nor student-t"),
        };
        TailRisk risk = isNormal
            ? EllipticalRisk.Normal(level)
            : EllipticalRisk.StudentT(level, inputs.Number("nu"));
        TailRisk OfUnitVariance() => isNormal
            ? risk
            : EllipticalRisk.StudentTUnitVariance(level, inputs.Number("nu"));
        return new Answers()
            .Add("VaR", () => risk.ValueAtRisk)
            .Add("ES", () => risk.ExpectedShortfall)
            .Add("VaR_unitvariance", () => OfUnitVariance().ValueAtRisk)
            .Add("ES_unitvariance", () => OfUnitVariance().ExpectedShortfall);
    }

    // nu null or absent is the normal law (notes of the file).
    private static Answers Allocation(CaseInputs inputs)
    {
        TailLevel level = LevelInput.Read(inputs, "alpha");
        TailRisk standard = inputs.Has("nu")
            ? EllipticalRisk.StudentT(level, inputs.Number("nu"))
            : EllipticalRisk.Normal(level);
        AllocatedRisk risk = EllipticalRisk.Allocate(
            inputs.Numbers("exposures").AsSpan(), inputs.Matrix("scaleMatrix").Values.AsSpan(), standard);
        return new Answers()
            .Add("VaR", () => risk.Total.ValueAtRisk)
            .Add("ES", () => risk.Total.ExpectedShortfall)
            .Add("componentVaR", () => Answer.Of(risk.Components.Select(part => part.ValueAtRisk)))
            .Add("componentES", () => Answer.Of(risk.Components.Select(part => part.ExpectedShortfall)));
    }
}
