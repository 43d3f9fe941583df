using System.Collections.Immutable;
using Breakwater.Surfaces;

namespace Breakwater.Revaluation;

/// <summary>One instrument that moves with the spot alone, or with the perpetual basis.</summary>
/// <param name="RowIndex">Row in the risk arrays.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Lot">Quantity of one lot: units of underlying, USD of an inverse perpetual.</param>
/// <param name="ReferenceUsd">Index of spot, mark of a perpetual, USD.</param>
internal readonly record struct SpotLeg(int RowIndex, SpotLegKind Kind, double Lot, double ReferenceUsd);

/// <summary>Kinds of <see cref="SpotLeg"/>.</summary>
internal enum SpotLegKind
{
    /// <summary>The asset.</summary>
    Spot,

    /// <summary>Perpetual settled in the numeraire.</summary>
    LinearPerpetual,

    /// <summary>Perpetual settled in coin.</summary>
    InversePerpetual,
}

/// <summary>Everything to revalue of one underlying or collateral asset.</summary>
/// <param name="UnderlyingIndex">Index in the scenario layout's underlyings; −1 for a collateral asset.</param>
/// <param name="ReturnColumn">Column of its log return in the layout.</param>
/// <param name="IndexUsd">Index, USD.</param>
/// <param name="Surface">Surface, its slices cut behind those its options need; <c>null</c> if it has no
/// option.</param>
/// <param name="SpotLegs">Spot and perpetuals, in order of row.</param>
/// <param name="Expiries">Futures and options by expiry.</param>
internal sealed record UnderlyingPlan(
    int UnderlyingIndex,
    int ReturnColumn,
    double IndexUsd,
    VolatilitySurface? Surface,
    ImmutableArray<SpotLeg> SpotLegs,
    ImmutableArray<ExpiryPlan> Expiries)
{
    /// <summary>Number of options of the expiry that has most.</summary>
    internal int OptionCountMax { get; } =
        Expiries.Select(static expiry => expiry.IsOptions ? expiry.Legs.Length : 0).DefaultIfEmpty().Max();
}
