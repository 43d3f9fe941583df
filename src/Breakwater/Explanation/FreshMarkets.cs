using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Markets;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Explanation;

/// <summary>A market once more for each surface that is not fresh, with that surface as if seen just now: what its
/// state costs is told against it (METHODOLOGY 2.4). Each is made when first asked for, once for all accounts.
/// </summary>
public sealed class FreshMarkets
{
    private readonly SortedDictionary<AssetId, Lazy<FreshMarket>> _markets = [];

    /// <summary>Those of a market.</summary>
    /// <param name="market">The market.</param>
    /// <param name="instruments">What many accounts hold, revalued once; what is not among it is revalued for the
    /// account that holds it.</param>
    public FreshMarkets(ExplainedMarket market, ImmutableArray<Instrument> instruments)
    {
        ArgumentNullException.ThrowIfNull(market);
        foreach (VolatilitySurface surface in market.Surfaces.Surfaces)
        {
            if (surface.State == SurfaceState.Fresh) continue;
            _markets.Add(surface.Underlying, new Lazy<FreshMarket>(() => Made(market, surface, instruments)));
        }
    }

    /// <summary>Makes all of them.</summary>
    internal void Complete()
    {
        foreach (Lazy<FreshMarket> market in _markets.Values) _ = market.Value;
    }

    /// <summary>Risk arrays of instruments where the surface of an underlying is fresh.</summary>
    /// <param name="asset">The underlying.</param>
    /// <param name="instruments">What is held.</param>
    /// <returns>The arrays, perhaps of more than was asked, and the basis of their cores; <c>null</c> where the surface
    /// is fresh already, or something cannot be revalued.</returns>
    internal (RiskArrays Arrays, CoreBasis Cores)? Find(AssetId asset, ImmutableArray<Instrument> instruments)
    {
        if (!_markets.TryGetValue(asset, out Lazy<FreshMarket>? known)) return null;
        FreshMarket fresh = known.Value;
        RiskArrays? arrays = fresh.Shared is { } shared && instruments.All(own => shared.IndexOf(own) >= 0)
            ? shared
            : Revalued(fresh.Market, instruments);
        return arrays is null ? null : (arrays, fresh.Cores);
    }

    private static FreshMarket Made(
        ExplainedMarket market, VolatilitySurface stale, ImmutableArray<Instrument> instruments)
    {
        SurfaceSet surfaces = new([.. market.Surfaces.Surfaces.Select(surface =>
            ReferenceEquals(surface, stale) ? Fresh(market, surface) : surface)]);
        ExplainedMarket fresh = market with { Surfaces = surfaces };
        fresh = fresh with { Scenarios = ScenarioDesign.Build(fresh.ScenarioInputs) };
        return new FreshMarket(
            fresh, instruments.IsEmpty ? null : Revalued(fresh, instruments),
            CoreBasis.Of(fresh.Scenarios, fresh.Parameters.Margin));
    }

    private static RiskArrays? Revalued(ExplainedMarket market, ImmutableArray<Instrument> instruments)
    {
        Result<RiskArrays> arrays = FullRevaluation.TryRun(
            instruments, market.Market, market.Forecast, market.Surfaces, market.Scenarios, market.Parameters);
        return arrays.IsAccepted ? arrays.Value : null;
    }

    // As if seen just now: an old surface loses its raise with its age, every surface its widening.
    private static VolatilitySurface Fresh(ExplainedMarket market, VolatilitySurface surface)
    {
        UnderlyingMarket own = market.Market.Find(surface.Underlying)!; // every surface has its market
        VolatilitySurface young = SurfaceCalibration.Fit(
            new MarketSnapshot(own.At, [own], []), market.Forecast, market.Parameters).Surfaces[0];
        return new VolatilitySurface(
            young.Underlying, young.At, young.Slices, young.Forwards, young.LevelCertified, SurfaceState.Fresh,
            young.Findings);
    }

    private sealed record FreshMarket(ExplainedMarket Market, RiskArrays? Shared, CoreBasis Cores);
}
