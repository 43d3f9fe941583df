using Breakwater.Forecasts;
using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Explanation;

/// <summary>Share of paths on which equity falls below maintenance margin at some hour (METHODOLOGY 4.9).</summary>
/// <remarks>
/// An account is looked at every hour, not between: for a Brownian motion that is as if the distance were greater by
/// 0.5826·σ√Δt (Broadie, Glasserman and Kou 1997, Mathematical Finance 7, 325–349).
/// </remarks>
internal sealed class FirstPassage
{
    private readonly EquityField _equity;
    private readonly RequirementField _requirement;
    private readonly HourlyPaths _paths;
    private readonly double[] _equities;
    private readonly double[] _requirements;
    private readonly double[] _scales;
    private readonly double[] _ratios;
    private readonly (int Lower, double Share)[] _hourPlaces;
    private readonly (int Lower, double Share)[] _spotPlaces;

    private FirstPassage(EquityField equity, RequirementField requirement, HourlyPaths paths)
    {
        _equity = equity;
        _requirement = requirement;
        _paths = paths;
        _equities = new double[paths.Hours + 1];
        _requirements = new double[paths.Hours + 1];
        _scales = new double[paths.Hours + 1];
        _ratios = new double[paths.Hours + 1];
        _spotPlaces = new (int, double)[paths.Hours + 1];
        _hourPlaces = [.. Enumerable.Range(0, paths.Hours + 1).Select(PlaceOf)];
    }

    /// <summary>Probability, and its standard error as if paths were drawn independently.</summary>
    /// <param name="equity">Equity by where the market goes; its axes reach the end of the paths.</param>
    /// <param name="requirement">Maintenance margin by where the market goes.</param>
    /// <param name="paths">Paths of the same underlyings.</param>
    internal static LiquidationProbability Of(EquityField equity, RequirementField requirement, HourlyPaths paths)
    {
        if (equity.EquityUsd < requirement.MaintenanceUsd) return new LiquidationProbability(paths.Hours, 1.0, 0.0);
        FirstPassage walk = new(equity, requirement, paths);
        double hit = 0.0;
        double total = 0.0;
        double squares = 0.0;
        for (int path = 0; path < paths.Count; path++)
        {
            double weight = paths.Weights[path];
            total += weight;
            squares += weight * weight;
            if (walk.Falls(path)) hit += weight;
        }

        double probability = hit / total;
        double variance = probability * (1.0 - probability) * squares / (total * total);
        return new LiquidationProbability(paths.Hours, probability, Math.Sqrt(variance));
    }

    private bool Falls(int path)
    {
        FillEquities(path);
        FillRequirements(path);
        for (int hour = 1; hour < _equities.Length; hour++)
        {
            if (_equities[hour] < _requirements[hour]) return true;
        }

        return false;
    }

    private void FillEquities(int path)
    {
        for (int hour = 0; hour < _equities.Length; hour++)
        {
            (int lower, double share) = _hourPlaces[hour];
            double paid = _equity.FundingUsd[lower]
                + (share * (_equity.FundingUsd[lower + 1] - _equity.FundingUsd[lower]));
            _equities[hour] = _equity.EquityUsd - paid;
        }

        for (int underlying = 0; underlying < _paths.Underlyings.Length; underlying++)
        {
            Locate(_paths.Returns(path, underlying));
            foreach (FieldPart part in _equity.Parts)
            {
                if (part.UnderlyingIndex == underlying) AddPart(part, _paths.Levels(path, underlying));
            }
        }
    }

    private void AddPart(FieldPart part, ReadOnlySpan<double> levels)
    {
        double value = 0.0;
        for (int hour = 1; hour < _equities.Length; hour++)
        {
            if (hour <= part.LastHour) value = ValueAt(part, hour, levels.IsEmpty ? 0.0 : levels[hour]);
            _equities[hour] += value;
        }
    }

    // Price of every hour as a place between two points of the axis.
    private void Locate(ReadOnlySpan<double> returns)
    {
        ReadOnlySpan<double> ratios = FieldAxes.Ratios.AsSpan();
        for (int hour = 1; hour < returns.Length; hour++)
        {
            int spot = FieldAxes.IndexOf(returns[hour]);
            double share = (DeterministicMath.Exp(returns[hour]) - ratios[spot]) / (ratios[spot + 1] - ratios[spot]);
            _spotPlaces[hour] = (spot, share);
        }
    }

    // Linear in price, volatility and time between the eight points around.
    private double ValueAt(FieldPart part, int hour, double level)
    {
        ReadOnlySpan<double> values = part.ValuesUsd.AsSpan();
        int width = _equity.Axes.Levels.Length * FieldAxes.SpotCount;
        (int lower, double later) = _hourPlaces[hour];
        (int spot, double share) = _spotPlaces[hour];
        double sooner = OnLevels(values.Slice(lower * width, width), level, spot, share);
        return sooner + (later * (OnLevels(values.Slice((lower + 1) * width, width), level, spot, share) - sooner));
    }

    private double OnLevels(ReadOnlySpan<double> values, double level, int spot, double share)
    {
        ReadOnlySpan<double> levels = _equity.Axes.Levels.AsSpan();
        if (levels.Length == 1) return values[spot] + (share * (values[spot + 1] - values[spot]));
        int upper = 1;
        while (upper < levels.Length - 1 && levels[upper] < level) upper++;
        double part = (level - levels[upper - 1]) / (levels[upper] - levels[upper - 1]);
        int from = ((upper - 1) * FieldAxes.SpotCount) + spot;
        int to = from + FieldAxes.SpotCount;
        double below = values[from] + (share * (values[from + 1] - values[from]));
        double above = values[to] + (share * (values[to + 1] - values[to]));
        return below + (part * (above - below));
    }

    private void FillRequirements(int path)
    {
        Array.Fill(_scales, 1.0);
        Array.Fill(_ratios, 1.0);
        for (int underlying = 0; underlying < _requirement.Parts.Length; underlying++)
        {
            RequirementPart part = _requirement.Parts[underlying];
            ReadOnlySpan<double> returns = _paths.Returns(path, underlying);
            if (part.Ratios.Length > 1)
            {
                for (int hour = 1; hour < _ratios.Length; hour++)
                {
                    _ratios[hour] += part.Multiple(DeterministicMath.Exp(returns[hour])) - 1.0;
                }
            }

            if (part.VolatilityExponent != 0.0) FillScales(part, returns, _paths.Levels(path, underlying));
        }

        for (int hour = 0; hour < _requirements.Length; hour++)
        {
            _requirements[hour] = _requirement.MaintenanceUsd * Math.Max(0.0, _ratios[hour]) * _scales[hour];
        }
    }

    private void FillScales(RequirementPart part, ReadOnlySpan<double> returns, ReadOnlySpan<double> levels)
    {
        VolatilityStart start = part.Volatility;
        double now = start.VarianceHourly(start.Filter, 0.0);
        FilterState filter = start.Filter;
        for (int hour = 1; hour < _scales.Length; hour++)
        {
            double move = returns[hour] - returns[hour - 1];
            filter = filter.After(move * move, start.Rates);
            double then = start.VarianceHourly(filter, levels.IsEmpty ? 0.0 : levels[hour]);
            _scales[hour] *= DeterministicMath.Exp(
                0.5 * part.VolatilityExponent * DeterministicMath.Log(then / now));
        }
    }

    private (int Lower, double Share) PlaceOf(int hour)
    {
        ReadOnlySpan<int> hours = _equity.Axes.Hours.AsSpan();
        int upper = 1;
        while (upper < hours.Length - 1 && hours[upper] < hour) upper++;
        return (upper - 1, (double)(hour - hours[upper - 1]) / (hours[upper] - hours[upper - 1]));
    }
}
