using System.Collections.Immutable;
using Breakwater.Scenarios;

namespace Breakwater.Revaluation;

/// <summary>One future or option, with everything that no scenario changes worked out.</summary>
/// <param name="RowIndex">Row in the risk arrays.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsLinear">Whether it is settled in the numeraire.</param>
/// <param name="Lot">Quantity of one lot: units of underlying, USD of an inverse future.</param>
/// <param name="StrikeUsd">Strike of an option, USD; 0 of a future.</param>
/// <param name="LogStrikeOverForward">ln(K/F) of an option; 0 of a future.</param>
internal readonly record struct ExpiryLeg(
    int RowIndex, ExpiryLegKind Kind, bool IsLinear, double Lot, double StrikeUsd, double LogStrikeOverForward);

/// <summary>Kinds of <see cref="ExpiryLeg"/>.</summary>
internal enum ExpiryLegKind
{
    /// <summary>Dated future.</summary>
    Future,

    /// <summary>Call option.</summary>
    Call,

    /// <summary>Put option.</summary>
    Put,
}

/// <summary>One of the two times of revaluation of one expiry.</summary>
/// <param name="RemainingYears">Time to expiry then, years; 0 if it is settled by then.</param>
/// <param name="BasisRetained">Fraction of log basis and shock left (<see cref="BasisDynamics.Retained"/>).</param>
/// <param name="VarianceFactor">w_eff ÷ w of the settlement average.</param>
/// <param name="Discount">Discount factor of options settled in the numeraire.</param>
internal readonly record struct ExpiryTime(
    double RemainingYears, double BasisRetained, double VarianceFactor, double Discount)
{
    /// <summary>Whether the instrument has settled, at the scenario's spot.</summary>
    internal bool IsSettled => RemainingYears <= 0.0;
}

/// <summary>Futures, or options, of one underlying at one expiry: they share a forward.</summary>
/// <param name="ForwardUsd">Mark of the futures, or forward of the options, USD.</param>
/// <param name="LogBasis">ln(F/S).</param>
/// <param name="Basis">How basis factors reach this expiry.</param>
/// <param name="Frozen">Frozen time.</param>
/// <param name="AdvancedMaintenance">Advanced by the maintenance horizon.</param>
/// <param name="AdvancedInitial">Advanced by the initial horizon.</param>
/// <param name="Legs">Its futures or options, in order of row.</param>
/// <param name="BaseValuesUsd">[leg] USD value now of one unit of an option; 0 of a future.</param>
internal sealed record ExpiryPlan(
    double ForwardUsd,
    double LogBasis,
    BasisDynamics Basis,
    ExpiryTime Frozen,
    ExpiryTime AdvancedMaintenance,
    ExpiryTime AdvancedInitial,
    ImmutableArray<ExpiryLeg> Legs,
    ImmutableArray<double> BaseValuesUsd)
{
    /// <summary>Whether the legs are options, not futures.</summary>
    internal bool IsOptions => Legs[0].Kind != ExpiryLegKind.Future;

    /// <summary>Advanced time of one horizon.</summary>
    /// <param name="horizon">Which scenario set.</param>
    internal ExpiryTime Advanced(MarginHorizon horizon) =>
        horizon == MarginHorizon.Maintenance ? AdvancedMaintenance : AdvancedInitial;

    /// <summary>Whether the forward moves alike in frozen and in advanced time, in every scenario.</summary>
    /// <param name="advanced">Advanced time of a horizon.</param>
    internal bool HasOneMove(in ExpiryTime advanced) =>
        !advanced.IsSettled && !Frozen.IsSettled && advanced.BasisRetained == Frozen.BasisRetained;

    /// <summary>Log change of the forward: ln(F'/F), or ln(S'/F) once settled.</summary>
    /// <param name="time">Time of valuation.</param>
    /// <param name="spotReturn">x, log return of spot.</param>
    /// <param name="basisShock">q, log change of forward over spot.</param>
    internal double LogMove(in ExpiryTime time, double spotReturn, double basisShock) => time.IsSettled
        ? spotReturn - LogBasis
        : spotReturn + basisShock + (LogBasis + basisShock) * (time.BasisRetained - 1.0);
}
