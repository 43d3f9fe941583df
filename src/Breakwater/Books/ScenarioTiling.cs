using System.Collections.Immutable;
using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>Where each scenario of a set stands in a sweep: the distribution in tiles of neighbours, the deterministic
/// ones apart.</summary>
/// <remarks>
/// The order is free: every result is a sum or a maximum of whole numbers. Alike scenarios next to each other let more
/// cells be left out (PERFORMANCE 2.4). Places that fill the last tile repeat a scenario with weight 0.
/// </remarks>
public sealed class ScenarioTiling
{
    /// <summary>Scenarios that are taken or left together: one vector of eight doubles.</summary>
    internal const int CellSize = 8;

    /// <summary>Cells of a tile: bounds of all of them are one vector.</summary>
    internal const int TileCells = 8;

    /// <summary>Scenarios of a tile: with two times 576 KB of 500 instruments, so that it stays in a cache of 1 MB.
    /// </summary>
    internal const int TileSize = CellSize * TileCells;

    private readonly int[] _tailColumns;
    private readonly int[] _weights;
    private readonly int[] _deterministicColumns;
    private readonly long[] _dampeningNano;

    private ScenarioTiling(int columnCount, int timeCount, int[] tail, int[] weights, int[] deterministic, long[] nano)
    {
        ColumnCount = columnCount;
        TimeCount = timeCount;
        _tailColumns = tail;
        _weights = weights;
        _deterministicColumns = deterministic;
        _dampeningNano = nano;
        foreach (int weight in weights)
        {
            WeightTotal += weight;
        }
    }

    /// <summary>Scenarios of the set.</summary>
    public int ColumnCount { get; }

    /// <summary>Valuations of each scenario: 1, or 2 of which the worse counts.</summary>
    public int TimeCount { get; }

    /// <summary>Sum of the weights.</summary>
    public long WeightTotal { get; }

    /// <summary>Tiles of the distribution.</summary>
    public int TileCount => _tailColumns.Length / TileSize;

    /// <summary>[place] scenario of each place of the tiles.</summary>
    public ReadOnlySpan<int> TailColumns => _tailColumns;

    /// <summary>[place] weight of each place; 0 where it only fills.</summary>
    public ReadOnlySpan<int> Weights => _weights;

    /// <summary>[place] scenario of each deterministic place.</summary>
    public ReadOnlySpan<int> DeterministicColumns => _deterministicColumns;

    /// <summary>[place] dampening of each deterministic place in units of 1e-9; 0 where it only fills.</summary>
    public ReadOnlySpan<long> DampeningNano => _dampeningNano;

    /// <summary>The tiling of one horizon's set: neighbours by spot returns and volatility levels.</summary>
    /// <param name="set">The set.</param>
    public static ScenarioTiling Of(ScenarioSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        int underlyingCount = set.Underlyings.Length;
        double[] coordinates = new double[2 * underlyingCount * set.Count];
        int[] weights = new int[set.Count];
        List<int> deterministic = [];
        for (int scenario = 0; scenario < set.Count; scenario++)
        {
            Scenario own = set.Scenarios[scenario];
            weights[scenario] = own.Weight;
            if (IsDeterministic(own)) deterministic.Add(scenario);
            for (int u = 0; u < underlyingCount; u++)
            {
                int at = (u * 2 * set.Count) + scenario;
                coordinates[at] = set.Factor(scenario, u, RiskFactorKind.SpotReturn);
                coordinates[at + set.Count] =
                    ScenarioOrder.VolatilityScale * set.Factor(scenario, u, RiskFactorKind.VolatilityLevel);
            }
        }

        ImmutableArray<long> nano = [.. deterministic.Select(scenario => set.Scenarios[scenario].DampeningNano)];
        return Of(coordinates, weights, [.. deterministic], nano, 2);
    }

    /// <summary>A tiling of any scenarios.</summary>
    /// <param name="coordinates">[dimension × scenario] what makes scenarios neighbours, in comparable units; not
    /// modified.</param>
    /// <param name="weights">[scenario] weights in the distribution, ≥ 0; those with weight stand in the tiles.</param>
    /// <param name="deterministic">Scenarios whose dampened losses are a floor.</param>
    /// <param name="dampeningNano">Their dampening, units of 1e-9, in [0, 1e9].</param>
    /// <param name="timeCount">Valuations of each scenario: 1 or 2.</param>
    public static ScenarioTiling Of(
        ReadOnlySpan<double> coordinates,
        ReadOnlySpan<int> weights,
        ImmutableArray<int> deterministic,
        ImmutableArray<long> dampeningNano,
        int timeCount)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(dampeningNano.Length, deterministic.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeCount, 2);
        int[] order = ScenarioOrder.Of(coordinates, weights, CellSize);
        int[] tail = Padded(order, TileSize);
        int[] placed = new int[tail.Length];
        for (int place = 0; place < order.Length; place++)
        {
            placed[place] = weights[order[place]];
        }

        int[] fixedPlaces = Padded(deterministic.AsSpan(), CellSize);
        long[] nano = new long[fixedPlaces.Length];
        dampeningNano.CopyTo(nano);
        return new ScenarioTiling(weights.Length, timeCount, tail, placed, fixedPlaces, nano);
    }

    /// <summary>The same order for another set: weights and dampening of that set in the places of this tiling.
    /// </summary>
    /// <param name="set">A set of the same kind.</param>
    /// <returns><c>null</c> if other scenarios have weight or are deterministic: they need an order of their own.
    /// </returns>
    /// <remarks>An order stays good while a market ticks, and costs a sort to find.</remarks>
    public ScenarioTiling? Renewed(ScenarioSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Count != ColumnCount) return null;
        int[] weights = new int[_weights.Length];
        long[] nano = new long[_dampeningNano.Length];
        int placed = 0;
        for (int place = 0; place < weights.Length; place++)
        {
            if (_weights[place] == 0) continue; // it only fills
            weights[place] = set.Scenarios[_tailColumns[place]].Weight;
            if (weights[place] == 0) return null;
            placed++;
        }

        int deterministic = 0;
        for (int place = 0; place < nano.Length; place++)
        {
            bool isFiller = place > 0 && _deterministicColumns[place] == _deterministicColumns[place - 1];
            Scenario own = set.Scenarios[_deterministicColumns[place]];
            if (!IsDeterministic(own)) return null;
            if (isFiller) continue;
            nano[place] = own.DampeningNano;
            deterministic++;
        }

        foreach (Scenario own in set.Scenarios)
        {
            placed -= own.Weight > 0 ? 1 : 0;
            deterministic -= IsDeterministic(own) ? 1 : 0;
        }

        return placed == 0 && deterministic == 0
            ? new ScenarioTiling(ColumnCount, TimeCount, _tailColumns, weights, _deterministicColumns, nano)
            : null;
    }

    private static bool IsDeterministic(Scenario scenario) =>
        scenario.Block is ScenarioBlock.C or ScenarioBlock.D or ScenarioBlock.E;

    private static int[] Padded(ReadOnlySpan<int> columns, int multiple)
    {
        int[] padded = new int[(columns.Length + multiple - 1) / multiple * multiple];
        columns.CopyTo(padded);
        padded.AsSpan(columns.Length).Fill(columns.Length == 0 ? 0 : columns[^1]);
        return padded;
    }
}
