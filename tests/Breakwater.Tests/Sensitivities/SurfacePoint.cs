using Breakwater.Instruments;
using Breakwater.Pricing;
using Breakwater.Sensitivities;
using Breakwater.Surfaces;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Sensitivities;

/// <summary>One option on a surface, valued from numbers that a test may bump.</summary>
internal sealed record SurfacePoint(VanillaOption Option, VolatilitySurface Surface, InstrumentMark Mark, double Rate)
{
    private static readonly TwapWindow Window = TwapWindow.Default;

    private bool IsLinear => Option.Settlement == Settlement.Linear;

    internal static SurfacePoint Of(TinyMarket tiny, string name, double rate = 0.0)
    {
        VanillaOption option = (VanillaOption)InstrumentName.Parse(name);
        VolatilitySurface surface = tiny.Surfaces.Find(option.Underlying)!;
        InstrumentMark mark = Marking.Of(
            option, tiny.Market.At, tiny.Of(option.Underlying), surface, tiny.WithRate(rate).Parameters.Valuation);
        return new SurfacePoint(option, surface, mark, rate);
    }

    /// <summary>USD value of one unit, S/F held.</summary>
    internal double Usd(double forward, double sigma, double years) => Scale(years) * Black76.Value(
        Option.Right, forward, (double)Option.StrikeUsd, TwapSettlement.EffectiveVariance(sigma, years, Window));

    /// <summary>Delta, gamma and vega of the same, from Black's closed forms at the effective time.</summary>
    internal GreekVector Greeks(double forward, double sigma, double years)
    {
        double effective = TwapSettlement.EffectiveVariance(1.0, years, Window);
        Black76Greeks black = Black76.Greeks(Option.Right, forward, (double)Option.StrikeUsd, sigma, effective);
        return Scale(years) * (GreekVector.OfDelta(black.Delta) with { Gamma = black.Gamma, Vega = black.Vega });
    }

    /// <summary>USD value with the volatility read at the bumped moneyness: sticky moneyness.</summary>
    internal double UsdOnSurface(double forward)
    {
        double k = Math.Log((double)Option.StrikeUsd / forward);
        return Usd(forward, SurfaceEvaluation.VolatilityAnnual(Surface, k, Mark.ExpiryYears), Mark.ExpiryYears);
    }

    /// <summary>USD value with the spot held and a carry added: F = F₀·e^{bT}.</summary>
    internal double UsdAtCarry(double carry)
    {
        double forward = Mark.ReferenceUsd * Math.Exp(carry * Mark.ExpiryYears);
        double value = Usd(forward, Mark.VolatilityAnnual, Mark.ExpiryYears);
        return IsLinear ? value : value * Mark.ReferenceUsd / forward;
    }

    private double Scale(double years) => IsLinear ? Math.Exp(-Rate * years) : Mark.IndexUsd / Mark.ReferenceUsd;
}
