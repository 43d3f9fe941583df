using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>What resting orders may lose in a scenario: each fills exactly where its fill hurts (METHODOLOGY 4.6a,
/// docs/adr/0066).</summary>
/// <remarks>
/// The sum over orders of max(0, loss of the fill) bounds every set of fills, grows with every order and vanishes
/// without orders. Where market-maker protection caps the filled delta of an underlying, its orders lose at most the
/// cap
/// times the worst loss per unit of delta.
/// </remarks>
internal static class OpenOrderLosses
{
    private const int DeltaDecimals = 12;

    /// <summary>Adds the losses of one valuation.</summary>
    /// <param name="orders">Orders that count.</param>
    /// <param name="protections">Caps by underlying; may be empty.</param>
    /// <param name="arrays">Risk arrays.</param>
    /// <param name="horizon">Which scenario set.</param>
    /// <param name="time">Which valuation.</param>
    /// <param name="losses">[scenario] micro-dollars, added to.</param>
    internal static void Add(
        ImmutableArray<OrderExposure> orders,
        ImmutableArray<FillProtection> protections,
        RiskArrays arrays,
        MarginHorizon horizon,
        RevaluationTime time,
        Span<Int128> losses)
    {
        foreach (IGrouping<AssetId, OrderExposure> group in orders
            .GroupBy(order => order.Order.Instrument.Underlying).OrderBy(group => group.Key))
        {
            OrderExposure[] own = [.. group];
            BigInteger? cap = CapPico(group.Key, protections);
            BigInteger[] deltas = [.. own.Select(order =>
                BigInteger.Abs(ReportLines.GreeksOf(order.Exposure, arrays).Delta.Units))];
            for (int scenario = 0; scenario < losses.Length; scenario++)
            {
                losses[scenario] += cap is { } pico
                    ? Capped(own, deltas, pico, arrays, horizon, time, scenario)
                    : Sum(own, arrays, horizon, time, scenario);
            }
        }
    }

    private static Int128 Sum(
        OrderExposure[] orders, RiskArrays arrays, MarginHorizon horizon, RevaluationTime time, int scenario)
    {
        Int128 sum = 0;
        foreach (OrderExposure order in orders)
        {
            sum += order.Loss(arrays, horizon, time, scenario);
        }

        return sum;
    }

    // An order whose delta is below the cap may fill whole; the others only as far as the cap lets them.
    private static Int128 Capped(
        OrderExposure[] orders, BigInteger[] deltas, BigInteger cap, RiskArrays arrays, MarginHorizon horizon,
        RevaluationTime time, int scenario)
    {
        Int128 sum = 0;
        BigInteger bound = 0;
        bool isBounded = true;
        for (int index = 0; index < orders.Length; index++)
        {
            Int128 loss = orders[index].Loss(arrays, horizon, time, scenario);
            sum += loss;
            isBounded &= loss == 0 || !deltas[index].IsZero;
            if (loss > 0 && !deltas[index].IsZero)
            {
                bound = BigInteger.Max(bound, ((loss * cap) + deltas[index] - 1) / deltas[index]);
            }
        }

        return isBounded && bound < sum ? (Int128)bound : sum;
    }

    private static BigInteger? CapPico(AssetId underlying, ImmutableArray<FillProtection> protections)
    {
        foreach (FillProtection protection in protections)
        {
            if (protection.Underlying == underlying)
            {
                (Int128 whole, int decimals) = DecimalParts.Of(protection.DeltaMaximum);
                return whole * BigInteger.Pow(10, Math.Max(0, DeltaDecimals - decimals))
                    / BigInteger.Pow(10, Math.Max(0, decimals - DeltaDecimals));
            }
        }

        return null;
    }
}
