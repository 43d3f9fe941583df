using Breakwater.Instruments;
using Breakwater.Scenarios;

namespace Breakwater.Revaluation;

/// <summary>Fills the entries of one unit of a plan: moves prices once, then values leg after leg and
/// quantises.</summary>
internal readonly ref struct UnitFilling
{
    private readonly RevaluationPlan _plan;
    private readonly UnderlyingPlan _underlying;
    private readonly ScenarioSet _set;
    private readonly int _first;
    private readonly MovedPrices _moved;
    private readonly Span<double> _pnlUsd;

    /// <summary>Moves the prices of a unit.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="unitIndex">Which unit.</param>
    internal UnitFilling(RevaluationPlan plan, int unitIndex)
    {
        _plan = plan;
        (_underlying, _set, _first, int count) = plan.UnitOf(unitIndex);
        _moved = new MovedPrices(_underlying, _set, _first, count);
        _pnlUsd = new double[count];
    }

    /// <summary>Values all legs into their entries.</summary>
    /// <param name="entries">All entries of the plan; the unit's own are overwritten.</param>
    /// <returns><c>null</c>, or the first P&amp;L that does not fit.</returns>
    internal Failure? Into(Span<long> entries)
    {
        foreach (SpotLeg leg in _underlying.SpotLegs)
        {
            LegPnl.OfSpotLeg(leg, _moved, _pnlUsd);
            Failure? failure = Quantise(leg.RowIndex, RevaluationTime.Frozen, entries)
                ?? Quantise(leg.RowIndex, RevaluationTime.Advanced, entries);
            if (failure is not null) return failure;
        }

        for (int expiry = 0; expiry < _underlying.Expiries.Length; expiry++)
        {
            _moved.MoveExpiry(expiry);
            for (int leg = 0; leg < _underlying.Expiries[expiry].Legs.Length; leg++)
            {
                Failure? failure = OfDatedLeg(expiry, leg, RevaluationTime.Frozen, entries)
                    ?? OfDatedLeg(expiry, leg, RevaluationTime.Advanced, entries);
                if (failure is not null) return failure;
            }
        }

        return null;
    }

    private Failure? OfDatedLeg(int expiryIndex, int legIndex, RevaluationTime which, Span<long> entries)
    {
        ExpiryPlan expiry = _underlying.Expiries[expiryIndex];
        ExpiryTime at = which == RevaluationTime.Frozen ? expiry.Frozen : expiry.Advanced(_set.Horizon);
        LegPnl.OfDatedLeg(expiry, legIndex, (which, at), _moved, _pnlUsd);
        return Quantise(expiry.Legs[legIndex].RowIndex, which, entries);
    }

    private Failure? Quantise(int rowIndex, RevaluationTime time, Span<long> entries)
    {
        int place = RiskArrays.Offset(rowIndex, _set.Horizon, time, _plan.Count) + _first;
        int refused = RiskArray.Quantize(_pnlUsd, entries.Slice(place, _pnlUsd.Length));
        if (refused < 0) return null;
        Instrument instrument = _plan.Rows[rowIndex].Instrument;
        Scenario scenario = _set.Scenarios[_first + refused];
        return new Failure(
            FailureReason.OutOfRange,
            $"{instrument}: P&L of one lot in scenario {scenario.Id} ({scenario.Label}) is too large",
            Value: $"{_pnlUsd[refused]:R} USD",
            Limit: $"below {RiskArrays.EntryLimit} micro-dollars");
    }
}
