using System.Collections.Immutable;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Engine;

/// <summary>Haircut of a collateral asset in effect: it follows the computed one within the limits of METHODOLOGY 5.
/// </summary>
/// <param name="InEffectNano">H_asset in effect, nano; in [0, 1e9].</param>
/// <param name="At">When it was reviewed last.</param>
public sealed record HaircutStanding(long InEffectNano, Timestamp At)
{
    private static readonly ProtocolConcentration NoConcentration = new(0, 2 * BalanceHaircut.One);

    /// <summary>H_asset that the terms of an asset state, nano.</summary>
    internal static long ComputedNano(AssetTerms terms) =>
        BalanceHaircut.Of(terms.Collateral, 0, 0, 0, NoConcentration, 0).AssetNano;

    /// <summary>Haircuts after a valuation.</summary>
    /// <param name="before">Before, by asset.</param>
    /// <param name="valuation">The valuation.</param>
    internal static ImmutableSortedDictionary<AssetId, HaircutStanding> Ticked(
        ImmutableSortedDictionary<AssetId, HaircutStanding> before, MarketValuation valuation)
    {
        RiskParameters parameters = valuation.Ground.Parameters;
        Timestamp at = valuation.Ground.Observations.AtRequested;
        foreach (AssetTerms terms in valuation.Arrays.Assets)
        {
            if (terms.Asset == AssetId.Numeraire) continue;
            double ratio = valuation.Forecast.FindCollateral(terms.Asset)?.Peg.Ratio ?? 1d;
            long peg = (long)Math.Floor(Math.Min(ratio, 2d) * BalanceHaircut.One);
            long computed = ComputedNano(terms);
            long inEffect = before.TryGetValue(terms.Asset, out HaircutStanding? known)
                ? HaircutInEffect.Step(
                    known.InEffectNano, computed, at.MillisecondsSince(known.At), peg, parameters.Haircuts)
                : computed;
            before = before.SetItem(terms.Asset, new HaircutStanding(inEffect, at));
        }

        return before;
    }

    /// <summary>A valuation with haircuts in effect; the same object where they are the computed ones.</summary>
    internal static MarketValuation InForce(
        MarketValuation valuation, ImmutableSortedDictionary<AssetId, HaircutStanding> standings)
    {
        bool isComputed = valuation.Arrays.Assets.All(terms =>
            !standings.TryGetValue(terms.Asset, out HaircutStanding? own) || own.InEffectNano == ComputedNano(terms));
        return isComputed ? valuation : valuation.With(valuation.Arrays.With(
            static row => row,
            terms => standings.TryGetValue(terms.Asset, out HaircutStanding? own)
                && own.InEffectNano != ComputedNano(terms)
                    ? terms with
                    {
                        Collateral = terms.Collateral with
                        {
                            FloorNano = own.InEffectNano,
                            CeilingNano = own.InEffectNano,
                        },
                    }
                    : terms));
    }
}
