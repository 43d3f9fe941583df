using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Collateral;

/// <summary>Haircut of one asset at one time of a path.</summary>
/// <param name="At">The time; nothing known later entered.</param>
/// <param name="PriceUsd">Newest close, USD.</param>
/// <param name="PegRatio">p ÷ peg, median of the last hours; 1 without peg.</param>
/// <param name="Computed">The haircut computed, and its parts.</param>
/// <param name="InEffectNano">The haircut in effect after the limits of its changes, nano.</param>
public sealed record HaircutPoint(
    Timestamp At, double PriceUsd, double PegRatio, BalanceHaircut Computed, long InEffectNano);

/// <summary>What a path is of.</summary>
/// <param name="Asset">The asset's market; its histories reach at least to the end of the path.</param>
/// <param name="PegPrices">Prices of the underlying that it is pegged to; not read otherwise.</param>
/// <param name="IsRevalued">Whether scenarios move the asset.</param>
/// <param name="HoldingMicroUsd">Balance whose sale makes h_liq, micro-dollars; ≥ 0.</param>
public sealed record HaircutSubject(
    UnderlyingMarket Asset, PriceHistory PegPrices, bool IsRevalued, Int128 HoldingMicroUsd);

/// <summary>Haircut of an asset through time: at each step what a run at that time would compute, and what is in
/// effect.</summary>
public static class HaircutPath
{
    /// <summary>Points at equal steps; a time whose newest close is over 24 h old has none.</summary>
    /// <param name="subject">What the path is of.</param>
    /// <param name="from">First time.</param>
    /// <param name="to">Last time, inclusive.</param>
    /// <param name="stepMilliseconds">Step, milliseconds; &gt; 0.</param>
    /// <param name="parameters">Governed constants.</param>
    public static ImmutableArray<HaircutPoint> Of(
        HaircutSubject subject, Timestamp from, Timestamp to, long stepMilliseconds, RiskParameters parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepMilliseconds);
        ImmutableArray<HaircutPoint>.Builder points = ImmutableArray.CreateBuilder<HaircutPoint>();
        for (Timestamp at = from; at <= to; at = at.AddMilliseconds(stepMilliseconds))
        {
            UnderlyingMarket known = Until(subject.Asset, at);
            if (!known.Prices.Hourly.IsEmpty
                && at.MillisecondsSince(known.Prices.Hourly[^1].At) <= SnapshotAssembly.UnusableMilliseconds)
            {
                points.Add(PointOf(known, subject, at, points.Count == 0 ? null : points[^1], parameters));
            }
        }

        return points.ToImmutable();
    }

    private static HaircutPoint PointOf(
        UnderlyingMarket known, HaircutSubject subject, Timestamp at, HaircutPoint? before, RiskParameters parameters)
    {
        double price = known.Prices.Hourly[^1].Value;
        CollateralForecast forecast =
            CollateralForecast.Of(known.Asset, known.Prices, subject.PegPrices, at, parameters) with
            {
                Liquidity = LiquidityEstimate.Of(known with { At = at }, parameters).Liquidity,
            };
        CollateralTerms terms = CollateralTerms.Of(
            forecast, subject.IsRevalued, forecast.Liquidity!.VolumeDailyUsd, price, parameters); // just set
        long impact = SaleImpact.Nano(
            subject.HoldingMicroUsd, AssetTermsQuantising.LiquidityOf(forecast, parameters.Liquidity));
        BalanceHaircut computed = BalanceHaircut.Of(
            terms, impact, 0, 0, new ProtocolConcentration(0, 2 * BalanceHaircut.One), 0);
        long peg = (long)Math.Floor(forecast.Peg.Ratio * BalanceHaircut.One);
        return new HaircutPoint(at, price, forecast.Peg.Ratio, computed, before is null
            ? computed.TotalNano
            : HaircutInEffect.Step(
                before.InEffectNano, computed.TotalNano, at.MillisecondsSince(before.At), peg, parameters.Haircuts));
    }

    private static UnderlyingMarket Until(UnderlyingMarket market, Timestamp at) => market with
    {
        Prices = new PriceHistory(
            Until(market.Prices.Hourly, at), Until(market.Prices.Bridging, at), Until(market.Prices.Daily, at)),
        DailyVolumes = [.. market.DailyVolumes.Where(day => day.End <= at)],
    };

    private static ImmutableArray<PricePoint> Until(ImmutableArray<PricePoint> points, Timestamp at)
    {
        int low = 0;
        int high = points.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (points[middle].At <= at) low = middle + 1;
            else high = middle;
        }

        return points[..low];
    }
}
