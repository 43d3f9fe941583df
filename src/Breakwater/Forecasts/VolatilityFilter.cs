using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>σ̂²_t of METHODOLOGY 3.2: a blend of three exponentially weighted variances per hour.</summary>
/// <remarks>
/// Honest over holes: a return r over n hours counts as n hours of variance r²/n, no return is invented, and the
/// half-lives run on clock time. Bridging points are used where hourly closes are missing.
/// </remarks>
public static class VolatilityFilter
{
    /// <summary>Hours whose mean squared return starts the recursion: 30 days, one half-life of the long
    /// memory.</summary>
    private const double StartHours = 720d;

    /// <summary>Least variance per hour, (1 % per year)² ÷ 8,760: a price that never moves has no volatility, and a
    /// filter of zero would divide by it.</summary>
    private const double VarianceHourlyMinimum = 0.01 * 0.01 / 8760d;

    /// <summary>Filters a history up to an instant.</summary>
    /// <param name="prices">Its closes; points after <paramref name="last"/> are not read.</param>
    /// <param name="last">The price at the instant of the forecast that is no close, such as the index; used if the
    /// newest close is at least an hour old.</param>
    /// <param name="parameters">Half-lives and weights.</param>
    /// <returns>Closes with their variances, and the variance after the last known point, per hour.</returns>
    public static (FilteredHistory History, double VarianceHourly) Run(
        PriceHistory prices, PricePoint last, VolatilityParameters parameters)
    {
        (FilteredHistory history, double varianceHourly, _) = RunToState(prices, last, parameters);
        return (history, varianceHourly);
    }

    /// <summary>The same with the memory that the last variance is made of, so that a path can carry it on.</summary>
    /// <param name="prices">Its closes; points after <paramref name="last"/> are not read.</param>
    /// <param name="last">The price at the instant of the forecast, as above.</param>
    /// <param name="parameters">Half-lives and weights.</param>
    public static (FilteredHistory History, double VarianceHourly, FilterState State) RunToState(
        PriceHistory prices, PricePoint last, VolatilityParameters parameters)
    {
        ImmutableArray<FilterPoint> points = FilterPoints.Of(prices, last);
        if (points.Length < 2)
        {
            return (FilteredHistory.Empty, 0d, default);
        }

        double[] season = HourOfWeek.SquaredHourly(points, parameters);
        Blend blend = Blend.Start(parameters, MeanSquareHourly(points, season));
        ImmutableArray<long>.Builder hours = ImmutableArray.CreateBuilder<long>(points.Length);
        ImmutableArray<double>.Builder logs = ImmutableArray.CreateBuilder<double>(points.Length);
        ImmutableArray<double>.Builder variances = ImmutableArray.CreateBuilder<double>(points.Length);
        for (int index = 0; index < points.Length; index++)
        {
            blend = index == 0 ? blend : blend.After(points[index].HoursSince(points[index - 1]), season[index]);
            if (points[index].IsHourly)
            {
                hours.Add(points[index].UnixMilliseconds / Timestamp.HourMilliseconds);
                logs.Add(points[index].LogPrice);
                variances.Add(Math.Max(blend.VarianceHourly, VarianceHourlyMinimum));
            }
        }

        return (new FilteredHistory(hours.ToImmutable(), logs.ToImmutable(), variances.ToImmutable()),
            Math.Max(blend.VarianceHourly, VarianceHourlyMinimum),
            new FilterState(blend.Short.Variance, blend.Medium.Variance, blend.Long.Variance));
    }

    private static double MeanSquareHourly(ImmutableArray<FilterPoint> points, double[] squaredHourly)
    {
        double hours = 0d;
        double sum = 0d;
        for (int index = 1; index < points.Length && hours < StartHours; index++)
        {
            double step = points[index].HoursSince(points[index - 1]);
            hours += step;
            sum += squaredHourly[index] * step;
        }

        return sum / hours;
    }

    private readonly record struct Memory(double Weight, double LogDecay, double Variance)
    {
        public Memory After(double hours, double squaredHourly) => this with
        {
            Variance = Ewma.Step(Variance, DeterministicMath.Exp(LogDecay * hours), squaredHourly),
        };
    }

    private readonly record struct Blend(Memory Short, Memory Medium, Memory Long)
    {
        public double VarianceHourly =>
            (Short.Weight * Short.Variance) + (Medium.Weight * Medium.Variance) + (Long.Weight * Long.Variance);

        public static Blend Start(VolatilityParameters parameters, double variance)
        {
            double total = parameters.WeightShort + parameters.WeightMedium + parameters.WeightLong;
            return new Blend(
                Of(parameters.WeightShort / total, parameters.HalfLifeShortHours, variance),
                Of(parameters.WeightMedium / total, parameters.HalfLifeMediumHours, variance),
                Of(parameters.WeightLong / total, parameters.HalfLifeLongHours, variance));
        }

        public Blend After(double hours, double squaredHourly) => new(
            Short.After(hours, squaredHourly), Medium.After(hours, squaredHourly), Long.After(hours, squaredHourly));

        private static Memory Of(double weight, double halfLifeHours, double variance) =>
            new(weight, DeterministicMath.Log(Ewma.DecayOf(halfLifeHours)), variance);
    }
}
