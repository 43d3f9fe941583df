using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Forecasts;

/// <summary>Memory of the filter of METHODOLOGY 3.2: its three weighted variances, so that it can be carried on along a
/// path.</summary>
/// <param name="VarianceShort">Variance of the short memory, per hour; ≥ 0.</param>
/// <param name="VarianceMedium">Variance of the medium memory, per hour; ≥ 0.</param>
/// <param name="VarianceLong">Variance of the long memory, per hour; ≥ 0.</param>
public readonly record struct FilterState(double VarianceShort, double VarianceMedium, double VarianceLong)
{
    private const double YearHours = 8760d;

    /// <summary>A memory that has seen nothing but one volatility.</summary>
    /// <param name="volatilityAnnual">Volatility, per √year; ≥ 0.</param>
    public static FilterState Uniform(double volatilityAnnual)
    {
        double variance = volatilityAnnual * volatilityAnnual / YearHours;
        return new FilterState(variance, variance, variance);
    }

    /// <summary>The memory after one more hour: the recursion of <see cref="VolatilityFilter"/>.</summary>
    /// <param name="squaredReturn">Square of the log return of the hour, dimensionless; ≥ 0.</param>
    /// <param name="rates">Decays.</param>
    public FilterState After(double squaredReturn, in FilterRates rates) => new(
        Ewma.Step(VarianceShort, rates.DecayShort, squaredReturn),
        Ewma.Step(VarianceMedium, rates.DecayMedium, squaredReturn),
        Ewma.Step(VarianceLong, rates.DecayLong, squaredReturn));

    /// <summary>σ̂² per hour: the blend.</summary>
    /// <param name="rates">Weights.</param>
    public double VarianceHourly(in FilterRates rates) =>
        (rates.WeightShort * VarianceShort) + (rates.WeightMedium * VarianceMedium)
        + (rates.WeightLong * VarianceLong);
}

/// <summary>Weights and hourly decays of the three memories.</summary>
/// <param name="WeightShort">Weight of the short memory; the three sum to one.</param>
/// <param name="WeightMedium">Weight of the medium memory.</param>
/// <param name="WeightLong">Weight of the long memory.</param>
/// <param name="DecayShort">Decay of the short memory per hour, in (0, 1).</param>
/// <param name="DecayMedium">Decay of the medium memory per hour, in (0, 1).</param>
/// <param name="DecayLong">Decay of the long memory per hour, in (0, 1).</param>
public readonly record struct FilterRates(
    double WeightShort,
    double WeightMedium,
    double WeightLong,
    double DecayShort,
    double DecayMedium,
    double DecayLong)
{
    /// <summary>Rates of governed constants.</summary>
    public static FilterRates Of(VolatilityParameters parameters)
    {
        double total = parameters.WeightShort + parameters.WeightMedium + parameters.WeightLong;
        return new FilterRates(
            parameters.WeightShort / total,
            parameters.WeightMedium / total,
            parameters.WeightLong / total,
            DecayOf(parameters.HalfLifeShortHours),
            DecayOf(parameters.HalfLifeMediumHours),
            DecayOf(parameters.HalfLifeLongHours));
    }

    // By the very steps of the filter, so that a path continues it to the last bit.
    private static double DecayOf(double halfLifeHours) =>
        DeterministicMath.Exp(DeterministicMath.Log(Ewma.DecayOf(halfLifeHours)));
}
