using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;

namespace Breakwater.Cli.Replays;

/// <summary>What was known of one underlying at a step.</summary>
/// <param name="Asset">The underlying.</param>
/// <param name="PriceUsd">Index, USD.</param>
/// <param name="FilteredAnnual">σ̂_t of the filter, per √year.</param>
/// <param name="UsedAnnual">σ̂ of the scenarios: fused and floored, per √year.</param>
/// <param name="Calmness">Share of the full buffer.</param>
/// <param name="ShockDeviations">Size of the newest hour's move in deviations.</param>
internal sealed record ReplayUnderlying(
    AssetId Asset, double PriceUsd, double FilteredAnnual, double UsedAnnual, double Calmness, double ShockDeviations);

/// <summary>A computed requirement.</summary>
/// <param name="Maintenance">Maintenance margin.</param>
/// <param name="Initial">Initial margin; <c>null</c> if it was not asked for.</param>
internal readonly record struct Requirement(Money Maintenance, Money? Initial);

/// <summary>One instant of a replay, from what was known then and nothing else.</summary>
/// <param name="At">The instant.</param>
/// <param name="Underlyings">What was known, in order of asset.</param>
/// <param name="NotionalUsd">Gross size of the positions at the index, USD.</param>
/// <param name="Computed">Requirement under every rule but the speed limit.</param>
/// <param name="Plain">Maintenance margin without floor and buffer.</param>
internal sealed record ReplayStep(
    Timestamp At, ImmutableArray<ReplayUnderlying> Underlyings, double NotionalUsd, Requirement Computed,
    Money Plain)
{
    /// <summary>Whether the move of the newest hour lifts the ordinary speed limit.</summary>
    /// <param name="deviations">From how many deviations on.</param>
    public SpeedMode ModeAt(double deviations) =>
        Underlyings.Any(own => own.ShockDeviations > deviations) ? SpeedMode.Override : SpeedMode.Ordinary;
}

/// <summary>One instant with what the engine would remember.</summary>
/// <param name="Step">What was computed.</param>
/// <param name="Mode">Whether the speed limit was lifted.</param>
/// <param name="InEffect">Maintenance and initial margin in effect.</param>
/// <param name="Scheduled">Increases that were not yet in effect, with their times.</param>
internal sealed record ReplayMark(
    ReplayStep Step, SpeedMode Mode, Requirement InEffect, ImmutableArray<MarginMark> Scheduled);
