using System.Collections.Immutable;
using Breakwater.Pricing;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Cases of the models with jumps and stochastic variance: <c>merton76</c>, <c>kou-jump-diffusion</c>,
/// <c>heston</c> and <c>bates</c>.</summary>
internal static class ModelFamilies
{
    private static readonly ImmutableArray<string> Variance = ["v0", "kappa", "theta", "sigma", "rho"];
    private static readonly ImmutableArray<string> LogJumps = ["jumpIntensity", "meanLogJump", "jumpVol"];

    /// <summary>The families.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        Of("merton76", ["totalVol", "jumpIntensity", "jumpVarianceShare"], MertonOfVarianceShare),
        Of("merton76", [.. LogJumps, "diffusionVol"], MertonOfJumps),
        Of("kou-jump-diffusion", ["sigma", "jumpIntensity", "pUp", "etaUp", "etaDown"], KouCase),
        Of("heston", Variance, HestonCase),
        Of("bates", [.. Variance, .. LogJumps], BatesCase),
    ];

    private static Family Of(string file, ImmutableArray<string> parameters, Func<CaseInputs, Answers> answer) =>
        new(file, [.. SpotOption.Inputs, .. parameters], SpotOption.OptionalInputs, answer);

    private static Answers MertonOfVarianceShare(CaseInputs inputs)
    {
        (double volatility, MertonJumps jumps) = Merton76.FromVarianceShare(
            inputs.Number("totalVol"), inputs.Number("jumpIntensity"), inputs.Number("jumpVarianceShare"));
        return Merton(inputs, volatility, jumps);
    }

    private static Answers MertonOfJumps(CaseInputs inputs) =>
        Merton(inputs, inputs.Number("diffusionVol"), JumpsOf(inputs));

    private static Answers Merton(CaseInputs inputs, double volatility, MertonJumps jumps)
    {
        SpotOption option = SpotOption.Read(inputs);
        return SpotOption.Answer(inputs, right => Merton76.Value(
            right,
            option.Spot,
            option.Strike,
            option.RateAnnual,
            option.YieldAnnual,
            option.ExpiryYears,
            volatility,
            jumps));
    }

    private static Answers KouCase(CaseInputs inputs)
    {
        SpotOption option = SpotOption.Read(inputs);
        KouJumps jumps = new(
            inputs.Number("jumpIntensity"),
            inputs.Number("pUp"),
            inputs.Number("etaUp"),
            inputs.Number("etaDown"));
        return SpotOption.Answer(inputs, right => Kou.Price(
            right,
            option.Spot,
            option.Strike,
            option.RateAnnual,
            option.YieldAnnual,
            option.ExpiryYears,
            inputs.Number("sigma"),
            jumps).Value);
    }

    private static Answers HestonCase(CaseInputs inputs)
    {
        SpotOption option = SpotOption.Read(inputs);
        return SpotOption.Answer(inputs, right => Heston.Price(
            right,
            option.Spot,
            option.Strike,
            option.RateAnnual,
            option.YieldAnnual,
            option.ExpiryYears,
            VarianceOf(inputs)).Value);
    }

    private static Answers BatesCase(CaseInputs inputs)
    {
        SpotOption option = SpotOption.Read(inputs);
        return SpotOption.Answer(inputs, right => Bates.Price(
            right,
            option.Spot,
            option.Strike,
            option.RateAnnual,
            option.YieldAnnual,
            option.ExpiryYears,
            VarianceOf(inputs),
            JumpsOf(inputs)).Value);
    }

    private static HestonVariance VarianceOf(CaseInputs inputs) => new(
        inputs.Number("v0"),
        inputs.Number("kappa"),
        inputs.Number("theta"),
        inputs.Number("sigma"),
        inputs.Number("rho"));

    private static MertonJumps JumpsOf(CaseInputs inputs) =>
        new(inputs.Number("jumpIntensity"), inputs.Number("meanLogJump"), inputs.Number("jumpVol"));
}
