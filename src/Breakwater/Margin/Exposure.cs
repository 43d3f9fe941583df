using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>A holding of one risk row, in the row's unit (a lot, or a whole coin for spot) ÷ 10^decimals.</summary>
/// <remarks>
/// The holding may be known only between two whole numbers; whichever is worse counts in each scenario. So its profit
/// is a minimum of linear functions: super-additive and, up to the last unit, positively homogeneous, as M3 to M5 need.
/// </remarks>
/// <param name="RowIndex">Row of the risk arrays.</param>
/// <param name="Down">Signed holding rounded down.</param>
/// <param name="Up">Signed holding rounded up.</param>
/// <param name="Decimals">0 for lots, the token's decimals for coin.</param>
internal readonly record struct ExposureLeg(int RowIndex, Int128 Down, Int128 Up, int Decimals);

/// <summary>One position or collateral balance as margin sees it: integers only.</summary>
/// <param name="Legs">Holdings that scenarios move.</param>
/// <param name="FundingMaintenance">Expected funding over the maintenance horizon, micro-dollars; ≥ 0.</param>
/// <param name="FundingInitial">Likewise over the initial horizon.</param>
/// <param name="Value">Its part of equity, micro-dollars, rounded down.</param>
/// <param name="Unrealised">Part of the value from futures and perpetuals, micro-dollars.</param>
internal sealed record Exposure(
    ImmutableArray<ExposureLeg> Legs,
    Int128 FundingMaintenance,
    Int128 FundingInitial,
    Int128 Value,
    Int128 Unrealised)
{
    /// <summary>Expected funding over a horizon, micro-dollars; ≥ 0.</summary>
    internal Int128 FundingOf(MarginHorizon horizon) =>
        horizon == MarginHorizon.Maintenance ? FundingMaintenance : FundingInitial;
}

/// <summary>Holding × micro-dollars per unit, rounded down once.</summary>
internal static class LegArithmetic
{
    /// <summary>floor(units × amount ÷ 10^decimals), without overflow while the result fits.</summary>
    /// <param name="units">Signed holding in units of 10^−decimals.</param>
    /// <param name="amount">Signed micro-dollars per whole unit; magnitude at most 2^54.</param>
    /// <param name="unit">10^decimals; at most 10^18.</param>
    internal static Int128 ProductDown(Int128 units, Int128 amount, Int128 unit)
    {
        if (unit == 1)
        {
            return units * amount;
        }

        Int128 whole = WholeDivision.Down(units, unit);
        return (whole * amount) + WholeDivision.Down((units - (whole * unit)) * amount, unit);
    }

    /// <summary>Profit of a leg where one long unit earns <paramref name="entry"/>, rounded against the
    /// account.</summary>
    /// <param name="leg">The holding.</param>
    /// <param name="unit">10^decimals of the leg.</param>
    /// <param name="entry">floor of the profit of one long unit, micro-dollars; a short unit loses entry + 1.</param>
    internal static Int128 Profit(in ExposureLeg leg, Int128 unit, long entry)
    {
        Int128 units = entry >= 0 ? leg.Down : leg.Up;
        return ProductDown(units, units >= 0 ? entry : entry + 1L, unit);
    }

    /// <summary>10^decimals of a leg.</summary>
    internal static Int128 UnitOf(in ExposureLeg leg) => DecimalParts.PowerOfTen(leg.Decimals);
}
