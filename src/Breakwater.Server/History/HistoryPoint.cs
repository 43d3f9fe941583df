using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Margin;

namespace Breakwater.Server.History;

/// <summary>Where a subaccount stood at a tick.</summary>
/// <param name="At">Engine time of the tick.</param>
/// <param name="Sequence">Its event.</param>
/// <param name="Stage">Stage of the ladder.</param>
/// <param name="Margins">Equity and margins; <c>null</c> where they could not be worked out.</param>
/// <param name="Prices">Index of what was held, USD by underlying, in order of name.</param>
internal sealed record HistoryPoint(
    Timestamp At, long Sequence, MarginStage Stage, HistoryMargins? Margins,
    ImmutableArray<(string Underlying, double IndexUsd)> Prices);

/// <summary>Equity and margins at a tick, micro-dollars.</summary>
/// <param name="Equity">Equity; signed.</param>
/// <param name="Initial">Initial margin, as computed.</param>
/// <param name="Maintenance">Maintenance margin, as computed.</param>
/// <param name="InitialInEffect">What of the initial margin is in effect.</param>
/// <param name="MaintenanceInEffect">What of the maintenance margin is in effect.</param>
internal readonly record struct HistoryMargins(
    Int128 Equity, Int128 Initial, Int128 Maintenance, Int128 InitialInEffect, Int128 MaintenanceInEffect);
