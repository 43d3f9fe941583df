using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Surfaces;

/// <summary>Moves slices by their level alone: w(k) → c²·w(k/c) (METHODOLOGY 2.3, 2.4).</summary>
internal static class SurfaceLevels
{
    private const double VolatilityMinimum = 0.05; // METHODOLOGY 2.3
    private const double VolatilityMaximum = 5.0; // METHODOLOGY 2.3
    private const double LogLevelReach = 2.0; // A level between a seventh and seven times the shape's.
    private const int SearchSteps = 60; // Golden sections that narrow the reach to a billionth.
    private const double GoldenSection = 0.6180339887498949; // (√5 − 1)/2

    /// <summary>Brings every slice's volatility at k = 0 into [5 %, 500 %].</summary>
    /// <returns>The level c to which slices remain certified.</returns>
    internal static double ClampVolatility(
        SviParameters[] slices, ImmutableArray<SliceQuotes> quotes, double levelCertified)
    {
        double highest = 1.0;
        for (int i = 0; i < slices.Length; i++)
        {
            double volatility = Math.Sqrt(slices[i].TotalVariance(0.0) / quotes[i].ExpiryYears);
            double level = Math.Clamp(volatility, VolatilityMinimum, VolatilityMaximum) / volatility;
            if (level == 1.0) continue;
            slices[i] = slices[i].AtLevel(level);
            highest = Math.Max(highest, level);
        }

        return Math.Max(1.0, levelCertified / highest);
    }

    /// <summary>Raises every slice to at least a variance per year at k = 0.</summary>
    internal static (ImmutableArray<SurfaceSlice> Slices, double LevelCertified) Raised(
        ImmutableArray<SurfaceSlice> slices, double levelCertified, double varianceAnnualMinimum)
    {
        double highest = 1.0;
        ImmutableArray<SurfaceSlice>.Builder raised = ImmutableArray.CreateBuilder<SurfaceSlice>(slices.Length);
        foreach (SurfaceSlice slice in slices)
        {
            double variance = slice.Svi.TotalVariance(0.0);
            double level = Math.Sqrt(Math.Max(1.0, varianceAnnualMinimum * slice.ExpiryYears / variance));
            SviParameters moved = slice.Svi.AtLevel(level);
            if (level > levelCertified) moved = SurfaceShock.Flattened(moved);
            raised.Add(slice with { Svi = moved });
            highest = Math.Max(highest, level);
        }

        return (raised.MoveToImmutable(), Math.Max(1.0, levelCertified / highest));
    }

    /// <summary>Slices of an earlier surface at a later time, each with its volatility in standardised
    /// moneyness.</summary>
    internal static ImmutableArray<SurfaceSlice> Rolled(VolatilitySurface surface, Timestamp at, ForwardCurve forwards)
    {
        ImmutableArray<SurfaceSlice>.Builder rolled = ImmutableArray.CreateBuilder<SurfaceSlice>();
        foreach (SurfaceSlice slice in surface.Slices.Where(slice => slice.Expiry > at))
        {
            double years = slice.Expiry.YearsSince(at);
            rolled.Add(slice with
            {
                ExpiryYears = years,
                ForwardUsd = forwards.ForwardUsd(years),
                Svi = slice.Svi.AtLevel(Math.Sqrt(years / slice.ExpiryYears)),
            });
        }

        return rolled.ToImmutable();
    }

    /// <summary>The one level c of all slices that fits quotes best under Huber's loss.</summary>
    internal static double BestLevel(
        ImmutableArray<SurfaceSlice> shape, ImmutableArray<SliceQuotes> quotes, in FitSettings settings)
    {
        double low = -LogLevelReach;
        double high = LogLevelReach;
        double left = high - GoldenSection * (high - low);
        double right = low + GoldenSection * (high - low);
        double leftLoss = Loss(shape, quotes, left, settings);
        double rightLoss = Loss(shape, quotes, right, settings);
        for (int i = 0; i < SearchSteps; i++)
        {
            if (leftLoss <= rightLoss)
            {
                (high, right, rightLoss) = (right, left, leftLoss);
                left = high - GoldenSection * (high - low);
                leftLoss = Loss(shape, quotes, left, settings);
            }
            else
            {
                (low, left, leftLoss) = (left, right, rightLoss);
                right = low + GoldenSection * (high - low);
                rightLoss = Loss(shape, quotes, right, settings);
            }
        }

        return Numerics.DeterministicMath.Exp(0.5 * (low + high));
    }

    private static double Loss(
        ImmutableArray<SurfaceSlice> shape, ImmutableArray<SliceQuotes> quotes, double logLevel, in
            FitSettings settings)
    {
        double level = Numerics.DeterministicMath.Exp(logLevel);
        SviParameters[] slices = [.. shape.Select(slice => slice.Svi.AtLevel(level))];
        double[] years = [.. shape.Select(slice => slice.ExpiryYears)];
        double sum = 0.0;
        foreach (SliceQuotes slice in quotes)
        {
            foreach (SmileQuote quote in slice.Quotes)
            {
                double variance = SurfaceEvaluation.TotalVariance(slices, years, quote.K, slice.ExpiryYears);
                double model = Math.Sqrt(variance / slice.ExpiryYears);
                sum += quote.Weight * settings.Huber((model - quote.MidVolatility) / quote.Scale);
            }
        }

        return sum;
    }
}
