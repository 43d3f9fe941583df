using System.Collections.Immutable;
using Breakwater.Numerics;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Cases of <c>normal-distribution</c> and <c>bivariate-normal</c>.</summary>
/// <remarks>An input that is no double is taken at the nearest one and the rest carried to first order.</remarks>
internal static class NormalFamilies
{
    /// <summary>The families.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        new("normal-distribution", ["x"], [], AtPoint),
        new("normal-distribution", ["p"], [], AtProbability),
        new("bivariate-normal", ["a", "b", "rho"], [], Bivariate),
    ];

    private static Answers AtPoint(CaseInputs inputs)
    {
        ReferenceNumber x = inputs.Exact("x");
        double rest = (x.Exact - ExactNumber.Of(x.Nearest)).ToDouble();
        return new Answers()
            .Add("cdf", () => new Answer.Number(
                NormalDistribution.Cdf(x.Nearest) + (rest * NormalDistribution.Density(x.Nearest)),
                CdfConditionNumber(x.Nearest)))
            .Add("pdf", () => new Answer.Number(
                NormalDistribution.Density(x.Nearest) * (1.0 - (x.Nearest * rest)),
                x.Nearest * x.Nearest));
    }

    private static Answers AtProbability(CaseInputs inputs) => new Answers().Add("x", () =>
    {
        ExactNumber p = inputs.Exact("p").Exact;
        bool isUpper = p > ExactNumber.Of(0.5);
        ExactNumber tail = isUpper ? ExactNumber.Of(1.0) - p : p;
        double nearest = tail.ToDouble();
        double x = NormalDistribution.InverseCdf(nearest);
        x += (tail - ExactNumber.Of(nearest)).ToDouble() / NormalDistribution.Density(x);
        return isUpper ? -x : x;
    });

    private static Answers Bivariate(CaseInputs inputs) => new Answers().Add("cdf", () =>
        BivariateNormal.Cdf(inputs.Number("a"), inputs.Number("b"), inputs.Number("rho")));

    // x·φ(x)/Φ(x); left of the origin by Mills' ratio, so that the tails do not vanish.
    private static double CdfConditionNumber(double x) => x < 0.0
        ? -x / NormalDistribution.MillsRatio(-x)
        : x * NormalDistribution.Density(x) / NormalDistribution.Cdf(x);
}
