using System.Collections.Immutable;
using Breakwater.Markets;
using Breakwater.Scenarios;

namespace Breakwater.Revaluation;

/// <summary>A revaluation with everything worked out that no scenario changes, cut into independent units.</summary>
/// <remarks>
/// A unit is one underlying, one horizon and <see cref="UnitScenarios"/> scenarios: the shocked surface of a scenario
/// is made once and read by all instruments of the underlying. Units write disjoint entries and read nothing of each
/// other, so a shell may fill them on any threads in any order: <see cref="FullRevaluation.Fill"/>.
/// </remarks>
public sealed record RevaluationPlan
{
    /// <summary>Scenarios of a unit: a leg's P&amp;L of a unit fills 1 KiB a time, twenty legs stay in the L2 cache.
    /// </summary>
    public const int UnitScenarios = 128;

    private const int Horizons = 2;

    internal RevaluationPlan(
        ImmutableArray<RiskRow> rows,
        ImmutableArray<AssetTerms> assets,
        ScenarioSets scenarios,
        ImmutableArray<UnderlyingPlan> underlyings,
        ImmutableArray<Finding> findings)
    {
        Rows = rows;
        Assets = assets;
        Scenarios = scenarios;
        Underlyings = underlyings;
        Findings = findings;
    }

    /// <summary>Rows of the risk arrays to be, in order of instrument name.</summary>
    public ImmutableArray<RiskRow> Rows { get; }

    /// <summary>Number of units.</summary>
    public int UnitCount => Underlyings.Length * Horizons * BlockCount;

    /// <summary>Number of entries of all rows, horizons, times and scenarios.</summary>
    public int EntryCount => RiskArrays.Offset(Rows.Length, MarginHorizon.Maintenance, RevaluationTime.Frozen, Count);

    internal ImmutableArray<AssetTerms> Assets { get; }

    internal ScenarioSets Scenarios { get; }

    internal ImmutableArray<UnderlyingPlan> Underlyings { get; }

    internal ImmutableArray<Finding> Findings { get; }

    internal int Count => Scenarios.Maintenance.Count;

    private int BlockCount => (Count + UnitScenarios - 1) / UnitScenarios;

    /// <summary>What a unit is about.</summary>
    internal (UnderlyingPlan Underlying, ScenarioSet Set, int First, int Count) UnitOf(int unitIndex)
    {
        (int outer, int block) = Math.DivRem(unitIndex, BlockCount);
        (int underlying, int horizon) = Math.DivRem(outer, Horizons);
        int first = block * UnitScenarios;
        ScenarioSet set = horizon == 0 ? Scenarios.Maintenance : Scenarios.Initial;
        return (Underlyings[underlying], set, first, Math.Min(UnitScenarios, Count - first));
    }
}
