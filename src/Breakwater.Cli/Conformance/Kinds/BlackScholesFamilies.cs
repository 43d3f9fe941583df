using System.Collections.Immutable;
using Breakwater.Pricing;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Cases of <c>black-scholes-haug</c> and <c>digital-haug</c>: European options on a spot.</summary>
internal static class BlackScholesFamilies
{
    private static readonly ImmutableArray<string> Spot = ["type", "strike", "spot", "r", "q", "T", "vol"];

    /// <summary>The families.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        new("black-scholes-haug", Spot, [], inputs => Everything(inputs)),
        new("black-scholes-haug", Spot.Add("greek"), [], inputs => new Answers().Add(
            "value",
            () => Everything(inputs).Find(inputs.Text("greek"), string.Empty)
                ?? throw new UnknownCaseException($"greek {inputs.Text("greek")} is unknown"))),
        new("digital-haug", Spot.Add("kind"), ["cash", "payoffStrike"], Digital),
    ];

    private static Answers Everything(CaseInputs inputs)
    {
        BlackScholesGreeks greeks = GeneralisedBlackScholes.Greeks(
            inputs.Right("type"),
            inputs.Number("spot"),
            inputs.Number("strike"),
            inputs.Number("r"),
            inputs.Number("q"),
            inputs.Number("T"),
            inputs.Number("vol"));
        return new Answers()
            .Add("price", () => greeks.Price)
            .Add("delta", () => greeks.Delta)
            .Add("gamma", () => greeks.Gamma)
            .Add("vega", () => greeks.Vega)
            .Add("theta", () => greeks.Theta)
            .Add("thetaPerDay", () => greeks.ThetaPerDay)
            .Add("rho", () => greeks.Rho)
            .Add("dividendRho", () => greeks.DividendRho)
            .Add("carryRho", () => greeks.CarryRho)
            .Add("elasticity", () => greeks.Elasticity)
            .Add("deltaForward", () => greeks.DeltaForward)
            .Add("strikeSensitivity", () => greeks.StrikeSensitivity)
            .Add("itmCashProbability", () => greeks.StrikeProbabilityItm)
            .Add("strikeProbITM", () => greeks.StrikeProbabilityItm);
    }

    private static Answers Digital(CaseInputs inputs) => new Answers().Add("price", () => inputs.Text("kind") switch
    {
        "cash-or-nothing" => DigitalOption.CashOrNothing(
            inputs.Right("type"),
            inputs.Number("cash"),
            inputs.Number("spot"),
            inputs.Number("strike"),
            inputs.Number("r"),
            inputs.Number("q"),
            inputs.Number("T"),
            inputs.Number("vol")),
        "asset-or-nothing" => DigitalOption.AssetOrNothing(
            inputs.Right("type"),
            inputs.Number("spot"),
            inputs.Number("strike"),
            inputs.Number("r"),
            inputs.Number("q"),
            inputs.Number("T"),
            inputs.Number("vol")),
        "gap" => DigitalOption.Gap(
            inputs.Right("type"),
            inputs.Number("spot"),
            inputs.Number("strike"),
            inputs.Number("payoffStrike"),
            inputs.Number("r"),
            inputs.Number("q"),
            inputs.Number("T"),
            inputs.Number("vol")),
        string kind => throw new UnknownCaseException($"kind {kind} is unknown"),
    });
}
