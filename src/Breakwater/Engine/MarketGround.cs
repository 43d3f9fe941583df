using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Engine;

/// <summary>Ground state of the market: everything that is given. All else is derived from it and can be derived again
/// bit for bit (ARCHITECTURE 1).</summary>
/// <param name="Observations">What was observed of every asset, and the instant asked for: nothing known later is read.
/// </param>
/// <param name="Parameters">Governed constants in force.</param>
/// <param name="Instruments">Instruments to revalue, unexpired; spot of their underlyings is added.</param>
public sealed record MarketGround(
    MarketObservations Observations, RiskParameters Parameters, ImmutableSortedSet<Instrument> Instruments)
{
    /// <summary>32 bytes of the public beacon of the day (METHODOLOGY 3.7); zeros where there is none.</summary>
    public ImmutableArray<byte> Beacon { get; init; } = ScenarioSeed.NoBeacon;

    /// <summary>Beacon of the day before, likewise; without effect from 03:30 UTC on.</summary>
    public ImmutableArray<byte> BeaconBefore { get; init; } = ScenarioSeed.NoBeacon;

    /// <summary>The last surfaces that were fresh, as remembered (METHODOLOGY 2.4); <c>null</c> without memory, as in a
    /// single run.</summary>
    public SurfaceSet? LastGood { get; init; }

    /// <summary>Scenario sets that are held, whatever the market does; <c>null</c>: they are designed from the market,
    /// as in a single run.</summary>
    public ScenarioSets? Scenarios { get; init; }
}
