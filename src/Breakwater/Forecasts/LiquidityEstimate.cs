using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>Estimates what closing in one underlying costs: volume, spread and depth (METHODOLOGY 4.4).</summary>
public static class LiquidityEstimate
{
    /// <summary>V is a median of 30 days (METHODOLOGY 4.4).</summary>
    private const int WindowDays = 30;

    /// <summary>With fewer known days in the window the newest known ones before it are taken too: a week shows every
    /// day of the week.</summary>
    private const int DaysMinimum = 7;

    /// <summary>A risk class that is not governed counts as the riskiest.</summary>
    private const int UngovernedRiskClass = 3;

    /// <summary>The estimate, and what it lacks.</summary>
    /// <param name="market">Volumes and depth up to its instant.</param>
    /// <param name="parameters">Floors and spreads that stand in.</param>
    public static (LiquidityForecast Liquidity, ImmutableArray<Finding> Findings) Of(
        UnderlyingMarket market, RiskParameters parameters)
    {
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        double volume = Volume(market, parameters.Liquidity, findings);
        double spread = parameters.Liquidity.SpreadOf(
            parameters.Find(market.Asset)?.RiskClass ?? UngovernedRiskClass);
        LiquidityForecast liquidity = market.Depth is { } depth
            ? new LiquidityForecast(
                volume, spread, depth.NearUsd, depth.ReferenceUsd,
                [.. depth.Levels.Select(level => new DepthBand(level.DistanceFraction, level.CumulativeUsd))])
            : new LiquidityForecast(volume, spread, volume, volume, []); // only the ratio of the depths is read
        return (liquidity, findings.ToImmutable());
    }

    private static double Volume(
        UnderlyingMarket market, LiquidityParameters parameters, ImmutableArray<Finding>.Builder findings)
    {
        ImmutableArray<DailyVolume> days = market.DailyVolumes;
        int inWindow = days.Count(day =>
            market.At.MillisecondsSince(day.End) < WindowDays * Timestamp.DayMilliseconds);
        int used = inWindow >= DaysMinimum ? inWindow : Math.Min(days.Length, WindowDays);
        double median = used > 0 ? SampleMedian.Of([.. days[^used..].Select(day => day.VolumeUsd)]) : 0d;
        if (!(median > 0d))
        {
            findings.Add(new Finding(FindingKind.MissingInput, market.Asset.Name, string.Create(
                CultureInfo.InvariantCulture,
                $"no daily volume: the governed floor of {parameters.VolumeFloorUsd:0} USD stands in"))
            {
                Charge = ChargingRule.VolumeFloor,
            });
            return parameters.VolumeFloorUsd;
        }

        if (inWindow < DaysMinimum)
        {
            findings.Add(new Finding(FindingKind.ImpreciseEstimate, market.Asset.Name, string.Create(
                CultureInfo.InvariantCulture,
                $"{inWindow} whole days of volume within {WindowDays} days, {DaysMinimum} wanted: the median of the "
                    + $"newest {used} known days, to {days[^1].End}, is used ({median:0} USD)")));
        }

        return median;
    }
}
