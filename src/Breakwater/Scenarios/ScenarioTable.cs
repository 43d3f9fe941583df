using System.Collections.Immutable;
using Breakwater.Numerics;

namespace Breakwater.Scenarios;

/// <summary>A scenario set in the making: rows are added in order of id.</summary>
internal sealed class ScenarioTable
{
    /// <summary>Largest factor value: e^20 is beyond every price, and 20e9 far inside 64 bits.</summary>
    private const double ValueMaximum = 20d;

    private readonly ImmutableArray<Scenario>.Builder _scenarios;
    private readonly List<long> _values;

    public ScenarioTable(FactorLayout layout)
    {
        Layout = layout;
        _scenarios = ImmutableArray.CreateBuilder<Scenario>();
        _values = [];
    }

    /// <summary>Order of the factors.</summary>
    public FactorLayout Layout { get; }

    /// <summary>Adds a scenario.</summary>
    /// <param name="block">Its block.</param>
    /// <param name="label">Its name.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="dampeningNano">Its dampening, 1e-9.</param>
    /// <param name="isStickyStrike">Whether the surface stays at fixed strikes.</param>
    /// <param name="factors">[factor] values; finite; not modified.</param>
    public void Add(
        ScenarioBlock block, string label, int weight, long dampeningNano, bool isStickyStrike,
        ReadOnlySpan<double> factors)
    {
        Require.Count(factors.Length, Layout.Count);
        _scenarios.Add(new Scenario(_scenarios.Count, block, label, weight, dampeningNano, isStickyStrike));
        foreach (double factor in factors)
        {
            _values.Add(ToNano(factor));
        }
    }

    /// <summary>The scenarios added.</summary>
    public ImmutableArray<Scenario> Scenarios() => _scenarios.ToImmutable();

    /// <summary>Their values: [scenario × factor].</summary>
    public ImmutableArray<long> Values() => [.. _values];

    /// <summary>A value in units of 1e-9, to nearest, ties to even (METHODOLOGY 3.7).</summary>
    /// <param name="value">The value in units of one; |value| ≤ ValueMaximum.</param>
    private static long ToNano(double value)
    {
        Require.InRange(value, -ValueMaximum, ValueMaximum);
        return (long)Math.Round(value * ScenarioSet.NanoOne, MidpointRounding.ToEven);
    }
}
