using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Explanation;

/// <summary>How maintenance margin follows one underlying.</summary>
/// <param name="Ratios">Prices then ÷ now, rising; one entry: margin does not follow the price.</param>
/// <param name="Multiples">[ratio] margin then ÷ now, all else still; 1 at ratio 1.</param>
/// <param name="VolatilityExponent">e = d ln MM ÷ d ln σ̂.</param>
/// <param name="Volatility">Where σ̂ starts from.</param>
internal sealed record RequirementPart(
    ImmutableArray<double> Ratios,
    ImmutableArray<double> Multiples,
    double VolatilityExponent,
    VolatilityStart Volatility)
{
    /// <summary>Margin that follows nothing.</summary>
    internal static RequirementPart Constant { get; } = new([1.0], [1.0], 0.0, default);

    /// <summary>Margin a share of which is in proportion to the price, all of it to a power of σ̂.</summary>
    /// <param name="share">Share of the margin, in [0, 1]; the power counts by the same share.</param>
    /// <param name="exponent">Power of σ̂.</param>
    /// <param name="volatility">Where σ̂ starts from.</param>
    internal static RequirementPart Proportional(double share, double exponent, in VolatilityStart volatility) =>
        new([0.5, 1.0, 2.0], [1.0 - (0.5 * share), 1.0, 1.0 + share], share * exponent, volatility);

    /// <summary>Margin at a price ÷ margin now, linear between the points and beyond them; ≥ 0.</summary>
    /// <param name="ratio">Price then ÷ now.</param>
    internal double Multiple(double ratio)
    {
        if (Ratios.Length == 1) return 1.0;
        int upper = 1;
        while (upper < Ratios.Length - 1 && Ratios[upper] < ratio) upper++;
        double share = (ratio - Ratios[upper - 1]) / (Ratios[upper] - Ratios[upper - 1]);
        return Math.Max(0.0, Multiples[upper - 1] + (share * (Multiples[upper] - Multiples[upper - 1])));
    }
}

/// <summary>σ̂ of one underlying now and what it is the greatest of (METHODOLOGY 3.2).</summary>
/// <param name="Filter">Memory of the filter.</param>
/// <param name="Rates">Rates of the filter.</param>
/// <param name="ImpliedVarianceHourly">Variance per hour of the implied floor; 0 if there is none.</param>
/// <param name="FloorVarianceHourly">Variance per hour of the long floor.</param>
internal readonly record struct VolatilityStart(
    FilterState Filter, FilterRates Rates, double ImpliedVarianceHourly, double FloorVarianceHourly)
{
    private const double YearHours = 8760.0;

    /// <summary>σ̂² per hour, fused: the greatest of filter, implied and long floor.</summary>
    /// <param name="filter">Memory of the filter then.</param>
    /// <param name="level">Shock of implied volatility then, relative.</param>
    internal double VarianceHourly(in FilterState filter, double level) => Math.Max(
        Math.Max(filter.VarianceHourly(Rates), FloorVarianceHourly),
        ImpliedVarianceHourly * (1.0 + level) * (1.0 + level));

    /// <summary>Start of an underlying.</summary>
    internal static VolatilityStart Of(
        UnderlyingForecast forecast, VolatilitySurface? surface, VolatilityParameters parameters)
    {
        FilterRates rates = FilterRates.Of(parameters);
        double floor = forecast.VolatilityFloorAnnual * forecast.VolatilityFloorAnnual / YearHours;
        double fused = FusedVolatility.Of(forecast, surface, parameters);
        double variance = fused * fused / YearHours;
        bool isImplied = variance > Math.Max(floor, forecast.Filter.VarianceHourly(rates)) * (1.0 + 1e-9);
        return new VolatilityStart(forecast.Filter, rates, isImplied ? variance : 0.0, floor);
    }
}

/// <summary>Maintenance margin as a function of where the market goes: MM·(1 + Σ_u (m_u − 1))·Π_u (σ_u ÷ σ̂_u)^e_u.
/// </summary>
/// <remarks>
/// METHODOLOGY 4.9 has MM·(σ_s/σ̂)^e alone. Margin also follows the price: that of a linear book is proportional to it,
/// that of short options grows as the price nears the strikes; so m_u, margin at a moved price ÷ margin now, is
/// computed in full at a few prices of each underlying (docs/adr/0060).
/// </remarks>
/// <param name="MaintenanceUsd">Maintenance margin now, USD; ≥ 0.</param>
/// <param name="Parts">[underlying] how it follows each.</param>
internal sealed record RequirementField(double MaintenanceUsd, ImmutableArray<RequirementPart> Parts)
{
    private const double BumpRatio = 1.01; // METHODOLOGY 4.9: one bump of σ̂

    /// <summary>The field of an account.</summary>
    /// <param name="book">The account, pinned.</param>
    /// <param name="profile">Its equity and margin at moved prices.</param>
    /// <param name="market">The market.</param>
    internal static RequirementField Of(Subaccount book, PriceProfile profile, ExplainedMarket market)
    {
        double maintenance = profile.Unmoved.Maintenance.ToUsd();
        return new RequirementField(
            maintenance,
            [.. market.Scenarios.Maintenance.Underlyings.Select(asset => PartOf(book, asset, profile, market))]);
    }

    private static RequirementPart PartOf(
        Subaccount book, AssetId asset, PriceProfile profile, ExplainedMarket market)
    {
        double now = (double)profile.Unmoved.Maintenance.MicroDollars;
        if (now == 0.0 || profile.Of(asset) is not { } own) return RequirementPart.Constant;
        ExplainedMarket bumped = MarketMove.WithVolatility(market, asset, BumpRatio);
        double then = (double)BookState.Of(book, bumped).Maintenance.MicroDollars;
        double exponent = then > 0.0 ? DeterministicMath.Log(then / now) / DeterministicMath.Log(BumpRatio) : 0.0;
        return new RequirementPart(
            [.. own.Select(point => point.Ratio)],
            [.. own.Select(point => (double)point.State.Maintenance.MicroDollars / now)],
            exponent,
            VolatilityStart.Of(
                market.Forecast.Find(asset)!, market.Surfaces.Find(asset), market.Parameters.Volatility));
    }
}
