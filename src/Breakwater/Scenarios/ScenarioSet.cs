using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Scenarios;

/// <summary>Ordered, hashed list of joint shocks with weights; scenario 0 moves nothing.</summary>
/// <param name="Horizon">Which of the two sets.</param>
/// <param name="Layout">Order of the factors: columns of the matrix.</param>
/// <param name="HorizonHours">Horizon of each underlying of the layout, hours; each moves over that of its class.
/// </param>
/// <param name="Scenarios">Scenarios by id: rows of the matrix. D first, then C, E, A, B.</param>
/// <param name="ValuesNano">Factor values in units of 1e-9: [scenario × factor], row-major.</param>
/// <param name="Seed">Seed of the set and the public values it was made of.</param>
/// <param name="Digest">SHA-256 of the canonical little-endian encoding (docs/methodology/scenario-seed.md).</param>
/// <param name="Findings">Substituted factors, missing beacon and the like; in canonical order.</param>
public sealed record ScenarioSet(
    MarginHorizon Horizon,
    FactorLayout Layout,
    ImmutableArray<int> HorizonHours,
    ImmutableArray<Scenario> Scenarios,
    ImmutableArray<long> ValuesNano,
    ScenarioSeed Seed,
    Digest Digest,
    ImmutableArray<Finding> Findings)
{
    /// <summary>Common denominator of the weights, W of METHODOLOGY 3.4: (1 − α)·W is whole for α in thousandths.
    /// </summary>
    public const int WeightTotal = 4_096_000;

    /// <summary>One, in the units of <see cref="ValuesNano"/> and of dampening.</summary>
    public const long NanoOne = 1_000_000_000;

    /// <summary>Seed of the eighths of block B that <see cref="Seed"/> has not replaced yet: that of the day before
    /// until
    /// 03:30 UTC, then the same (METHODOLOGY 3.7).</summary>
    public ScenarioSeed SeedBefore { get; init; } = Seed;

    /// <summary>Underlyings in canonical order.</summary>
    public ImmutableArray<AssetId> Underlyings => Layout.Underlyings;

    /// <summary>Number of scenarios.</summary>
    public int Count => Scenarios.Length;

    /// <summary>Values of one scenario: [factor], units of 1e-9.</summary>
    /// <param name="scenario">Its id.</param>
    public ReadOnlySpan<long> Row(int scenario) =>
        ValuesNano.AsSpan().Slice(scenario * Layout.Count, Layout.Count);

    /// <summary>Value of one factor of one underlying in one scenario: the nearest double to its 1e-9 units.</summary>
    /// <param name="scenario">Id of the scenario.</param>
    /// <param name="underlyingIndex">Index of the underlying.</param>
    /// <param name="kind">Which factor.</param>
    public double Factor(int scenario, int underlyingIndex, RiskFactorKind kind) =>
        ValuesNano[(scenario * Layout.Count) + FactorLayout.Column(underlyingIndex, kind)] / (double)NanoOne;

    /// <summary>Log return of a collateral asset that is no underlying, in one scenario.</summary>
    /// <param name="scenario">Id of the scenario.</param>
    /// <param name="collateralIndex">Index of the asset in the layout.</param>
    public double CollateralReturn(int scenario, int collateralIndex) =>
        ValuesNano[(scenario * Layout.Count) + Layout.CollateralColumn(collateralIndex)] / (double)NanoOne;

    /// <summary>Index of an underlying; −1 if the set does not know it.</summary>
    public int IndexOf(AssetId asset) => Layout.Underlyings.IndexOf(asset);

    /// <summary>Horizon of one underlying, ACT/365 years.</summary>
    /// <param name="underlyingIndex">Index of the underlying.</param>
    public double HorizonYears(int underlyingIndex) =>
        HorizonHours[underlyingIndex] * (double)Timestamp.HourMilliseconds / Timestamp.YearMilliseconds;
}

/// <summary>The two sets of METHODOLOGY 4.2: same ids, labels, weights and seeds, different horizons.</summary>
/// <param name="Maintenance">Set of the maintenance margin.</param>
/// <param name="Initial">Set of the initial margin.</param>
public sealed record ScenarioSets(ScenarioSet Maintenance, ScenarioSet Initial);
