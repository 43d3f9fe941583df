using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Surfaces;

/// <summary>What is known of an underlying when its surface is made, and the ways to make one.</summary>
/// <param name="Market">The market.</param>
/// <param name="Forwards">Its forward curve.</param>
/// <param name="ForecastVolatility">σ̂ of METHODOLOGY 3.2, per √year.</param>
/// <param name="RiskClass">Risk class, 1–3.</param>
/// <param name="Parameters">Governed constants.</param>
/// <param name="Findings">Receives what is found.</param>
internal sealed record SurfaceDraft(
    UnderlyingMarket Market,
    ForwardCurve Forwards,
    double ForecastVolatility,
    int RiskClass,
    SurfaceParameters Parameters,
    ImmutableArray<Finding>.Builder Findings)
{
    /// <summary>The surface through the quotes; raised if stale (METHODOLOGY 2.2, 2.4).</summary>
    internal VolatilitySurface Fitted(ImmutableArray<SliceQuotes> quotes, int quotesForShape, SurfaceState state)
    {
        bool[] shapes = [.. quotes.Select(slice => slice.Quotes.Length >= quotesForShape)];
        SviParameters[] svi = SliceFit.Solve(quotes, shapes, Settings);
        double level = SurfaceLevels.ClampVolatility(svi, quotes, Parameters.LevelCertified);
        SurfaceSlice[] slices = new SurfaceSlice[svi.Length];
        for (int i = 0; i < svi.Length; i++)
        {
            SliceQuality quality = SliceGate.Judge(quotes[i], svi[i], Parameters);
            bool isGood = shapes[i] && quality.IsPassed;
            SurfaceState own = isGood ? SurfaceState.Fresh : SurfaceState.Degraded;
            slices[i] = new SurfaceSlice(
                quotes[i].Expiry, quotes[i].ExpiryYears, Forwards.ForwardUsd(quotes[i].ExpiryYears), svi[i], quality,
                own > state ? own : state);
            if (!quality.IsPassed) ReportGate(slices[i]);
        }

        int failureCount = slices.Count(slice => !slice.Quality.IsPassed);
        bool isPoor = failureCount > Parameters.GateFailuresMaximum * slices.Length;
        SurfaceState overall = isPoor && state == SurfaceState.Fresh ? SurfaceState.Degraded : state;
        return Finished([.. slices], level, overall, "fitted to its own quotes");
    }

    /// <summary>The default shape at the level of the few quotes there are (METHODOLOGY 2.4 without a last good
    /// surface).
    /// </summary>
    internal VolatilitySurface Levelled(ImmutableArray<SliceQuotes> quotes, SurfaceState state) =>
        AtLevelOfQuotes(SurfaceBorrowing.Slices(this), Parameters.LevelCertified, quotes, state, "default shape");

    /// <summary>The last good shape at the level of the quotes there are, or raised if stale (METHODOLOGY
    /// 2.4).</summary>
    internal VolatilitySurface FromLastGood(
        VolatilitySurface lastGood, ImmutableArray<SliceQuotes> quotes, SurfaceState state)
    {
        ImmutableArray<SurfaceSlice> rolled = SurfaceLevels.Rolled(lastGood, Market.At, Forwards);
        if (rolled.IsEmpty) return Borrowed();
        ImmutableArray<SliceQuotes> speaking = state == SurfaceState.Degraded ? quotes : [];
        string how = $"shape of the last good surface, of {lastGood.At}";
        return AtLevelOfQuotes(rolled, lastGood.LevelCertified, speaking, state, how);
    }

    /// <summary>Flat at σ̂ with the default smile of the risk class (METHODOLOGY 2.4, no listed options).</summary>
    internal VolatilitySurface Borrowed()
    {
        bool hasOptions = Market.Quotes.Any(quote => quote.Option.Expiry > Market.At);
        SurfaceState state = hasOptions ? SurfaceState.Stale : SurfaceState.Degraded;
        Report(string.Create(CultureInfo.InvariantCulture,
            $"no usable option quotes: flat at the forecast volatility {ForecastVolatility:0.0000} with the "
                + $"default smile"));
        return new VolatilitySurface(
            Market.Asset, Market.At, SurfaceBorrowing.Slices(this), Forwards, Parameters.LevelCertified, state,
            Findings.ToImmutable(), Parameters.ShockRatioStale);
    }

    private FitSettings Settings => new(
        Parameters.LevelCertified, Parameters.HuberThreshold, Parameters.DefaultRhoOf(RiskClass),
        Parameters.DefaultSmileOf(RiskClass));

    private VolatilitySurface AtLevelOfQuotes(
        ImmutableArray<SurfaceSlice> shape,
        double levelCertified,
        ImmutableArray<SliceQuotes> quotes,
        SurfaceState state,
        string how)
    {
        double level = quotes.IsEmpty ? 1.0 : SurfaceLevels.BestLevel(shape, quotes, Settings);
        ImmutableArray<SurfaceSlice> slices =
            [.. shape.Select(slice => slice with { Svi = slice.Svi.AtLevel(level), State = state })];
        return Finished(
            slices, Math.Max(1.0, levelCertified / Math.Max(level, 1.0)), state,
            string.Create(CultureInfo.InvariantCulture, $"{how}, volatility times {level:0.0000}"));
    }

    private VolatilitySurface Finished(
        ImmutableArray<SurfaceSlice> slices, double level, SurfaceState state, string how)
    {
        if (state == SurfaceState.Stale)
        {
            double least = Parameters.StaleVarianceRatio * ForecastVolatility * ForecastVolatility;
            (slices, level) = SurfaceLevels.Raised(slices, level, least);
        }

        if (state != SurfaceState.Fresh) Report($"{state}: {how}");
        double shockRatio = state switch
        {
            SurfaceState.Fresh => 1.0,
            SurfaceState.Degraded => Parameters.ShockRatioDegraded,
            _ => Parameters.ShockRatioStale,
        };
        return new VolatilitySurface(
            Market.Asset, Market.At, slices, Forwards, level, state, Findings.ToImmutable(), shockRatio);
    }

    private void Report(string message) =>
        Findings.Add(new Finding(FindingKind.SurfaceState, Market.Asset.Name, message));

    private void ReportGate(SurfaceSlice slice) => Findings.Add(new Finding(
        FindingKind.PoorFit,
        $"{Market.Asset}-{InstrumentName.Date(slice.Expiry)}",
        string.Create(
            CultureInfo.InvariantCulture,
            $"RMSE {slice.Quality.RmseVolPoints:0.00} vol points, {slice.Quality.ShareWithinOnePoint:0.0%} of "
                + $"{slice.Quality.QuoteCount} quotes within spread and one point")));
}
