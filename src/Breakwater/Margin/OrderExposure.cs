using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>A resting order as margin sees it: what its fill would hold, and what the fill itself would lose.</summary>
/// <param name="Order">The order.</param>
/// <param name="Exposure">Holding after a fill at the mark.</param>
/// <param name="AdverseMicroUsd">Loss of a fill at the limit price against the mark, rounded up; a gain counts nothing
/// (METHODOLOGY 4.6a); ≥ 0.</param>
internal sealed record OrderExposure(Order Order, Exposure Exposure, Int128 AdverseMicroUsd)
{
    /// <summary>Exposure of one order.</summary>
    internal static OrderExposure Of(Order order, RiskArrays arrays, RiskParameters parameters)
    {
        Position filled = new(order.Instrument, order.Lots, [new PositionEntry(order.Lots, null)]);
        Exposure atMark = PositionExposure.Of(filled, arrays, parameters);
        Int128 adverse = order.Instrument is VanillaOption or Spot
            ? OrderPremium.CostMicroUsd(order, order.Lots, arrays, parameters) - atMark.Value
            : -PositionExposure.Of(
                filled with { Entries = [new PositionEntry(order.Lots, order.LimitPrice)] }, arrays, parameters).Value;
        return new OrderExposure(order, atMark, Int128.Max(0, adverse));
    }

    /// <summary>Loss of a fill in one scenario, counting the fill itself; 0 if the fill would gain.</summary>
    /// <param name="arrays">Risk arrays.</param>
    /// <param name="horizon">Which scenario set.</param>
    /// <param name="time">Which valuation.</param>
    /// <param name="scenario">Which scenario.</param>
    internal Int128 Loss(RiskArrays arrays, MarginHorizon horizon, RevaluationTime time, int scenario)
    {
        Int128 loss = AdverseMicroUsd
            + (horizon == MarginHorizon.Maintenance ? Exposure.FundingMaintenance : Exposure.FundingInitial);
        foreach (ExposureLeg leg in Exposure.Legs)
        {
            long entry = arrays.Entries(leg.RowIndex, horizon, time)[scenario];
            loss -= LegArithmetic.Profit(leg, LegArithmetic.UnitOf(leg), entry);
        }

        return Int128.Max(0, loss);
    }
}
