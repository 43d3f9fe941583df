using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Markets;

/// <summary>Tells markets of collateral assets from those of underlyings: observations do not know which is which.
/// </summary>
public static class CollateralMarkets
{
    /// <summary>Moves the market of every governed collateral asset to <see cref="MarketSnapshot.CollateralAssets"/>.
    /// </summary>
    /// <remarks>The numeraire counts at par: a price history of it is left where it is, as that of a stranger. At least
    /// one underlying stays, so that a market of nothing but collateral is refused as a stranger too.</remarks>
    /// <param name="market">A market as assembled.</param>
    /// <param name="parameters">What is governed, and as what.</param>
    public static MarketSnapshot Separate(MarketSnapshot market, RiskParameters parameters)
    {
        ImmutableArray<UnderlyingMarket> collateral =
            [.. market.Underlyings.Where(own => IsCollateral(own.Asset, parameters))];
        return collateral.IsEmpty || collateral.Length == market.Underlyings.Length
            ? market
            : market with
            {
                Underlyings = [.. market.Underlyings.Where(own => !IsCollateral(own.Asset, parameters))],
                CollateralAssets = collateral,
                Findings = [.. market.Findings.Where(finding => !IsIdle(finding, parameters))],
            };
    }

    private static bool IsCollateral(AssetId asset, RiskParameters parameters) =>
        asset != AssetId.Numeraire && parameters.FindCollateral(asset) is not null;

    // A collateral asset has no options, futures or perpetual: that none were given is no imperfection.
    private static bool IsIdle(Finding finding, RiskParameters parameters) =>
        finding.Kind == FindingKind.MissingInput && AssetId.TryOf(finding.Subject, out AssetId asset)
        && IsCollateral(asset, parameters);
}
