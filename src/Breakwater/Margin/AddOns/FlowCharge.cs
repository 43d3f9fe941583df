using System.Numerics;
using Breakwater.Collateral;
using Breakwater.Scenarios;

namespace Breakwater.Margin.AddOns;

/// <summary>A_flow of one underlying: the drift the order flow foretells, where it is against the account (METHODOLOGY
/// 4.6).</summary>
internal static class FlowCharge
{
    /// <summary>The charge, femto-dollars, rounded down; ≥ 0: never in favour of the account.</summary>
    /// <param name="book">Deltas of positions and collateral.</param>
    /// <param name="horizon">Which horizon.</param>
    internal static BigInteger Of(UnderlyingBook book, MarginHorizon horizon)
    {
        long drift = horizon == MarginHorizon.Maintenance
            ? book.Terms.Flow.DriftMaintenanceNano
            : book.Terms.Flow.DriftInitialNano;
        BigInteger against = drift < 0 ? book.DeltaAll.Greatest : -book.DeltaAll.Least;
        return against.Sign <= 0 ? BigInteger.Zero : Femto.Times(against, Math.Abs(drift));
    }
}
