using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>σ_long of METHODOLOGY 3.2: volatility of the last ten years of daily returns, the anti-procyclical anchor.
/// </summary>
internal static class LongVolatility
{
    /// <summary>Overlapping days below which a beta is taken as one: a regression on less says nothing.</summary>
    private const int BetaDaysMinimum = 30;

    /// <summary>Zero-mean volatility of the daily closes within the window, and the years they span.</summary>
    /// <param name="daily">Daily closes; may be empty. A return over a hole counts as the days it spans.</param>
    /// <param name="at">End of the window, inclusive.</param>
    /// <param name="windowYears">Length of the window, years.</param>
    /// <returns>Volatility per √year (0 if unknown) and span, years.</returns>
    public static (double VolatilityAnnual, double SpanYears) Of(
        ImmutableArray<PricePoint> daily, Timestamp at, double windowYears)
    {
        double squares = 0d;
        double years = 0d;
        for (int day = 1; day < daily.Length; day++)
        {
            if (daily[day].At <= at && at.YearsSince(daily[day - 1].At) <= windowYears)
            {
                double move = DeterministicMath.Log(daily[day].Value / daily[day - 1].Value);
                squares += move * move;
                years += daily[day].At.YearsSince(daily[day - 1].At);
            }
        }

        return years > 0d ? (Math.Sqrt(squares / years), years) : (0d, 0d);
    }

    /// <summary>Beta of daily returns on those of the leader, over days both have; 1 where fewer than 30.</summary>
    public static double Beta(ImmutableArray<PricePoint> daily, ImmutableArray<PricePoint> leader, Timestamp at)
    {
        double cross = 0d;
        double square = 0d;
        int days = 0;
        int other = 1;
        for (int day = 1; day < daily.Length && daily[day].At <= at; day++)
        {
            for (; other < leader.Length && leader[other].At < daily[day].At; other++)
            {
            }

            if (other < leader.Length && leader[other].At == daily[day].At && leader[other - 1].At == daily[day - 1].At)
            {
                double move = DeterministicMath.Log(daily[day].Value / daily[day - 1].Value);
                double moveLeader = DeterministicMath.Log(leader[other].Value / leader[other - 1].Value);
                cross += move * moveLeader;
                square += moveLeader * moveLeader;
                days++;
            }
        }

        return days >= BetaDaysMinimum && square > 0d ? Math.Abs(cross / square) : 1d;
    }

    /// <summary>σ_long of one underlying, with a finding where its own history is too short.</summary>
    public static (double VolatilityAnnual, ImmutableArray<Finding> Findings) Forecast(
        UnderlyingMarket market, UnderlyingMarket leader, VolatilityParameters parameters)
    {
        (double own, double years) = Of(market.Prices.Daily, market.At, parameters.LongWindowYears);
        if (years >= parameters.LongHistoryMinimumYears)
        {
            return (own, []);
        }

        (double lead, double leadYears) = Of(leader.Prices.Daily, market.At, parameters.LongWindowYears);
        bool borrows = leader.Asset != market.Asset && leadYears > years;
        double beta = borrows ? Beta(market.Prices.Daily, leader.Prices.Daily, market.At) : 1d;
        double volatility = borrows ? Math.Max(own, lead * beta) : own;
        string source = borrows
            ? FormattableString.Invariant($"that of {leader.Asset} times its beta {beta:0.00} is used where greater")
            : "it is used alone";
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"{years:0.0} years of daily closes for the long volatility, "
            + $"{parameters.LongHistoryMinimumYears:0} wanted: {source} ({volatility:0.000} per √year)");
        return (volatility, [new Finding(FindingKind.ImpreciseEstimate, market.Asset.Name, message)]);
    }
}
