using System.Collections.Immutable;
using Breakwater.Forecasts;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Cases of <c>ewma</c>.</summary>
internal static class EwmaFamilies
{
    /// <summary>The families.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        new("ewma", ["returns", "lam", "initialVariance"], [], Recursion),
    ];

    private static Answers Recursion(CaseInputs inputs) => new Answers().Add("variance", () =>
    {
        ImmutableArray<double> returns = inputs.Numbers("returns");
        double[] variances = new double[returns.Length];
        Ewma.Variance(returns.AsSpan(), inputs.Number("lam"), inputs.Number("initialVariance"), variances);
        return Answer.Of(variances);
    });
}
