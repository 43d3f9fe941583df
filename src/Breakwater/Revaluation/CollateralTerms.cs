using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Revaluation;

/// <summary>What crosses the fixed-point line about an asset as collateral (METHODOLOGY 5): nano fractions, rounded up.
/// </summary>
/// <param name="MarketNano">h_mkt: expected shortfall of a day; 0 where scenarios revalue the asset.</param>
/// <param name="DrawdownNano">h_dd: what a quarter of the weekly drawdown exceeds that shortfall by.</param>
/// <param name="PegNano">h_peg: distance below the peg and deviation around it.</param>
/// <param name="FloorNano">Least haircut of the three together: calm bound of the class, wrong-way floor.</param>
/// <param name="CeilingNano">Greatest haircut of the three together: bound of the class.</param>
/// <param name="CapMicroUsd">What the protocol should hold of the asset at most, micro-dollars, rounded down; &gt; 0.
/// </param>
public sealed record CollateralTerms(
    long MarketNano, long DrawdownNano, long PegNano, long FloorNano, long CeilingNano, long CapMicroUsd)
{
    /// <summary>No haircut: of the numeraire, and for tests.</summary>
    public static CollateralTerms Free { get; } = new(0, 0, 0, 0, One, long.MaxValue);

    private const double Nano = 1e9;
    private const long One = 1_000_000_000;
    private const double MicroPerUsd = 1e6;
    private const double AmountMicroMaximum = 9e18; // below 2^63
    private const double PegHours = 24d; // METHODOLOGY 5: σ_peg·√24 h
    private const double DayHours = 24d;

    /// <summary>Terms of an asset.</summary>
    /// <param name="forecast">What its history says.</param>
    /// <param name="isRevalued">Whether scenarios move it.</param>
    /// <param name="volumeDailyUsd">V, USD; &gt; 0.</param>
    /// <param name="priceUsd">Price of a unit, USD; &gt; 0.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <exception cref="ArgumentException">The asset is not governed.</exception>
    public static CollateralTerms Of(
        CollateralForecast forecast, bool isRevalued, double volumeDailyUsd, double priceUsd, RiskParameters parameters)
    {
        Require.Positive(volumeDailyUsd);
        Require.Positive(priceUsd);
        HaircutParameters governed = parameters.Haircuts;
        CollateralAssetParameters? asset = parameters.FindCollateral(forecast.Asset);
        (double calm, double maximum, double supply) = BoundsOf(forecast.Asset, parameters);
        double shortfall = forecast.ShortfallDailyFraction;
        double drawdown = Math.Max(0d, (governed.DrawdownShareFraction * forecast.DrawdownWeeklyFraction) - shortfall);
        double wrongWay = WrongWay(asset?.Ecosystem ?? EcosystemTie.None, governed);
        bool isTied = wrongWay > 0d;
        double floor = Math.Max(isRevalued ? 0d : calm, wrongWay);
        double ceiling = isRevalued || isTied ? 1d : Math.Max(calm, maximum);
        double liquid = (double)parameters.Liquidity.ParticipationFraction * volumeDailyUsd * governed.ProtocolCapDays;
        double issued = supply > 0d ? governed.ProtocolCapSupplyFraction * supply * priceUsd : double.MaxValue;
        return new CollateralTerms(
            isRevalued ? 0 : Up(shortfall),
            Up(drawdown),
            asset is { IsPegged: true } ? Up(Peg(forecast.Peg, asset, governed)) : 0,
            Up(floor),
            Up(ceiling),
            Math.Max(1, (long)Math.Floor(Math.Min(AmountMicroMaximum, Math.Min(liquid, issued) * MicroPerUsd))));
    }

    // METHODOLOGY 5: max(h0, 4·(1 − p/peg − 0.2 %)⁺ + 2·σ_peg·√24 h), h0 raised by the exit queue.
    private static double Peg(PegForecast peg, CollateralAssetParameters asset, HaircutParameters governed)
    {
        double calm = asset.PegHaircutFraction
            + (peg.DeviationHourly * Math.Sqrt(asset.ExitQueueDays * DayHours));
        double below = Math.Max(0d, 1d - peg.Ratio - governed.PegToleranceFraction);
        double moved = (governed.PegSlope * below)
            + (governed.PegDeviations * peg.DeviationHourly * Math.Sqrt(PegHours));
        return Math.Max(calm, moved);
    }

    private static double WrongWay(EcosystemTie tie, HaircutParameters governed) => tie switch
    {
        EcosystemTie.None => 0d,
        EcosystemTie.Own => (double)governed.OwnEcosystemHaircutFraction,
        EcosystemTie.Governance => 1d,
        _ => throw new System.Diagnostics.UnreachableException(tie.ToString()),
    };

    private static (double Calm, double Maximum, double Supply) BoundsOf(AssetId asset, RiskParameters parameters)
    {
        if (parameters.Find(asset) is { } underlying)
        {
            return (underlying.HaircutCalmFraction, underlying.HaircutMaximumFraction, underlying.CirculatingSupply);
        }

        return parameters.FindCollateral(asset) is { } own
            ? (own.HaircutCalmFraction, own.HaircutMaximumFraction, own.CirculatingSupply)
            : throw new ArgumentException($"{asset} is no governed collateral", nameof(asset));
    }

    private static long Up(double fraction)
    {
        Require.Finite(fraction);
        return Math.Min(One, (long)Math.Ceiling(Math.Min(fraction, 1d) * Nano));
    }
}
