namespace Breakwater.Revaluation;

/// <summary>P&amp;L of one leg over a run of moved prices, per lot, USD (METHODOLOGY 1.1).</summary>
internal static class LegPnl
{
    /// <summary>Fills the P&amp;L of spot or a perpetual, alike in frozen and advanced time.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="moved">Moved prices.</param>
    /// <param name="pnlUsd">[scenario] filled, USD.</param>
    internal static void OfSpotLeg(in SpotLeg leg, MovedPrices moved, Span<double> pnlUsd)
    {
        ReadOnlySpan<double> spots = moved.Spots;
        ReadOnlySpan<double> growths = moved.PerpetualGrowths;
        double mark = leg.ReferenceUsd;
        for (int i = 0; i < pnlUsd.Length; i++)
        {
            pnlUsd[i] = leg.Lot * (leg.Kind switch
            {
                SpotLegKind.Spot => spots[i] - mark,
                SpotLegKind.LinearPerpetual => mark * growths[i] - mark,
                _ => InverseGain(mark, mark * growths[i], spots[i]),
            });
        }
    }

    /// <summary>Fills the P&amp;L of a future or option at one time.</summary>
    /// <param name="expiry">Its expiry, the one moved last.</param>
    /// <param name="legIndex">Index of the leg in its expiry.</param>
    /// <param name="time">Time of valuation, and which of the two it is.</param>
    /// <param name="moved">Moved prices.</param>
    /// <param name="pnlUsd">[scenario] filled, USD.</param>
    internal static void OfDatedLeg(
        ExpiryPlan expiry,
        int legIndex,
        (RevaluationTime Which, ExpiryTime At) time,
        MovedPrices moved,
        Span<double> pnlUsd)
    {
        ExpiryLeg leg = expiry.Legs[legIndex];
        ReadOnlySpan<double> forwards = moved.Forwards(time.Which);
        if (leg.Kind == ExpiryLegKind.Future)
        {
            OfFuture(leg, expiry.ForwardUsd, forwards, moved.Spots, pnlUsd);
            return;
        }

        OptionKernel.Columns columns = new(
            forwards,
            moved.Spots,
            moved.LogMoneyness(legIndex, time.Which),
            moved.Deviations(legIndex, time.Which),
            pnlUsd);
        OptionKernel.Fill(leg, time.At.Discount, expiry.BaseValuesUsd[legIndex], columns);
    }

    private static void OfFuture(
        in ExpiryLeg leg,
        double markUsd,
        ReadOnlySpan<double> forwards,
        ReadOnlySpan<double> spots,
        Span<double> pnlUsd)
    {
        for (int i = 0; i < pnlUsd.Length; i++)
        {
            double gain = leg.IsLinear ? forwards[i] - markUsd : InverseGain(markUsd, forwards[i], spots[i]);
            pnlUsd[i] = leg.Lot * gain;
        }
    }

    // Coin earned by one USD of face, at the scenario's spot.
    private static double InverseGain(double before, double after, double spot) => (1.0 / before - 1.0 / after) * spot;
}
