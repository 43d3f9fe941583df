using System.Collections.Immutable;
using Breakwater.Pricing;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Cases of <c>black76-greeks-highprec</c>, <c>inverse-options-highprec</c> and <c>implied-vol-highprec</c>.
/// </summary>
internal static class ForwardOptionFamilies
{
    private static readonly ImmutableArray<string> Forward = ["type", "forward", "strike", "T"];

    /// <summary>The families.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        new("black76-greeks-highprec", Forward.Add("vol"), ["discount"], Linear),
        new("inverse-options-highprec", Forward.Add("vol"), [], Inverse),
        new("implied-vol-highprec", Forward.Add("price"), ["discount"], Implied),
    ];

    private static Answers Linear(CaseInputs inputs)
    {
        Black76Greeks greeks = Black76.Greeks(
            inputs.Right("type"),
            inputs.Number("forward"),
            inputs.Number("strike"),
            inputs.Number("vol"),
            inputs.Number("T"),
            inputs.NumberOr("discount", 1.0));
        return new Answers()
            .Add("price", () => greeks.Price)
            .Add("delta", () => greeks.Delta)
            .Add("gamma", () => greeks.Gamma)
            .Add("vega", () => greeks.Vega)
            .Add("theta", () => greeks.Theta)
            .Add("vanna", () => greeks.Vanna)
            .Add("volga", () => greeks.Volga)
            .Add("charm", () => greeks.Charm)
            .Add("speed", () => greeks.Speed)
            .Add("zomma", () => greeks.Zomma)
            .Add("dualDelta", () => greeks.DualDelta)
            .Add("strikeProbITM", () => greeks.StrikeProbabilityItm)
            .Add("rho", () => greeks.Rho)
            .Add("rhoForward", () => greeks.RhoForward);
    }

    private static Answers Inverse(CaseInputs inputs)
    {
        InverseGreeks greeks = InverseOption.Greeks(
            inputs.Right("type"),
            inputs.Number("forward"),
            inputs.Number("strike"),
            inputs.Number("vol"),
            inputs.Number("T"));
        return new Answers()
            .Add("price_coin", () => greeks.Price)
            .Add("dV_coin_dF", () => greeks.Delta)
            .Add("d2V_coin_dF2", () => greeks.Gamma)
            .Add("net_coin_delta", () => greeks.NetCoinDelta)
            .Add("vega_coin", () => greeks.Vega);
    }

    private static Answers Implied(CaseInputs inputs)
    {
        ImpliedVolatilityResult Solve() => ImpliedVolatility.SolveTotalDeviation(
            inputs.Right("type"),
            inputs.Number("forward"),
            inputs.Number("strike"),
            inputs.Number("price") / inputs.NumberOr("discount", 1.0));
        return new Answers()
            .Add("totalStdDev", () => Found(Solve()))
            .Add("impliedVol", () => Found(Solve()) / Math.Sqrt(inputs.Number("T")));
    }

    private static double Found(ImpliedVolatilityResult result) => result.HasValue
        ? result.TotalDeviation
        : throw new InvalidOperationException($"no implied volatility: {result.Status}");
}
