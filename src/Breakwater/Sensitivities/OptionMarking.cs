using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Pricing;
using Breakwater.Surfaces;

namespace Breakwater.Sensitivities;

/// <summary>Value of an option on the fitted surface, with its closed-form sensitivities (METHODOLOGY
/// 1.1–1.3).</summary>
internal static class OptionMarking
{
    /// <summary>Mark of one option.</summary>
    /// <param name="option">The option.</param>
    /// <param name="expiryYears">Time to expiry, years; &gt; 0.</param>
    /// <param name="indexUsd">Index of the underlying, USD; &gt; 0.</param>
    /// <param name="surface">Surface of the underlying.</param>
    /// <param name="parameters">Constants of valuation.</param>
    internal static InstrumentMark Of(
        VanillaOption option,
        double expiryYears,
        double indexUsd,
        VolatilitySurface surface,
        ValuationParameters parameters)
    {
        double forward = surface.Forwards.ForwardUsd(expiryYears);
        double strike = (double)option.StrikeUsd;
        SurfaceSkew skew = SurfaceSkew.At(surface, DeterministicMath.Log(strike / forward), expiryYears);
        SettlementAveraging averaging = SettlementAveraging.Of(parameters);
        double effectiveYears = expiryYears * averaging.VarianceFactor(expiryYears);
        Black76Greeks black = Black76.Greeks(option.Right, forward, strike, skew.VolatilityAnnual, effectiveYears);
        GreekVector perForward = Columns(black, forward, skew, averaging.DecayFactor(expiryYears));
        bool isLinear = option.Settlement == Settlement.Linear;
        double rate = isLinear ? parameters.RateUsdAnnual : 0.0;
        double scale = isLinear ? DeterministicMath.Exp(-rate * expiryYears) : indexUsd / forward;
        double price = scale * black.Price;
        double deltaAtFixedSpot = isLinear ? black.Delta : black.Delta - black.Price / forward;
        GreekVector greeks = scale * perForward;
        greeks = greeks with
        {
            Theta = greeks.Theta + rate * price,
            Charm = greeks.Charm + rate * greeks.Delta,
            Rho = isLinear ? -expiryYears * price : 0.0,
            RhoForward = expiryYears * forward * scale * deltaAtFixedSpot,
        };
        return new InstrumentMark(
            option, indexUsd, forward, expiryYears, skew.VolatilityAnnual, price, greeks,
            FindingsOf(option, expiryYears, surface, averaging));
    }

    // Undiscounted. Black's formulas know the effective time only, which falls by `decay` a year in the window.
    private static GreekVector Columns(in Black76Greeks black, double forward, SurfaceSkew skew, double decay) => new(
        black.Delta,
        black.Gamma,
        black.Vega,
        decay * black.Theta,
        black.Vanna,
        black.Volga,
        decay * black.Charm,
        black.Speed,
        black.Zomma,
        Rho: 0.0,
        RhoForward: 0.0,
        Black76.SmileDelta(black.Delta, black.Vega, forward, skew.Slope, stickinessRatio: 0.0));

    private static ImmutableArray<Finding> FindingsOf(
        VanillaOption option, double expiryYears, VolatilitySurface surface, SettlementAveraging averaging)
    {
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        if (expiryYears < surface.SliceYears[0] || expiryYears > surface.SliceYears[^1])
        {
            findings.Add(new Finding(
                FindingKind.ExtrapolatedExpiry, option.Name,
                $"expiry lies outside the quoted ones, {surface.Slices[0].Expiry} to {surface.Slices[^1].Expiry}: "
                + "valued by the extrapolation of METHODOLOGY 2.3"));
        }

        if (expiryYears <= averaging.WindowYears)
        {
            findings.Add(new Finding(
                FindingKind.MissingInput, option.Name,
                "the settlement window has begun and its fixings are not given: none is counted as seen"));
        }

        return findings.ToImmutable();
    }
}
