using Breakwater.Numerics;

namespace Breakwater.Accounts.Ledgers;

/// <summary>What a trade does to one side's holding: average cost, exact to the least unit (docs/adr/0085).</summary>
/// <remarks>
/// More of the same side adds cost and averages the price; less releases its share of the cost, rounded up, and keeps
/// the price; through zero is a close and an opening. Paid amounts are rounded up, so both sides of a trade together
/// pay 0 or a few least units more than they receive: the residue. What a release rounds stays in the cost of the rest.
/// Source of the rule: average entry price of Deribit, Bybit and Binance.
/// </remarks>
/// <param name="After">The holding after; <c>null</c> if nothing is left.</param>
/// <param name="PaidUnits">What the trade costs, least units, rounded up; negative if it brings.</param>
/// <param name="RealisedUnits">Profit or loss realised, least units.</param>
/// <param name="CostChange">Change of the cost of what is held, least units; realised = cost change − paid.</param>
internal readonly record struct HoldingTrade(
    Holding? After, Int128 PaidUnits, Int128 RealisedUnits, Int128 CostChange)
{
    /// <summary>The trade of signed lots at a price.</summary>
    /// <param name="terms">Terms of the instrument.</param>
    /// <param name="before">What is held before; <c>null</c> if nothing.</param>
    /// <param name="lots">Signed lots, positive to buy; not 0, of magnitude ≤ 2⁵³.</param>
    /// <param name="pricePico">Price, 10⁻¹² of the quoted unit; &gt; 0.</param>
    /// <returns><c>null</c> if lots or amounts become too great.</returns>
    internal static HoldingTrade? Of(ContractTerms terms, Holding? before, Int128 lots, Int128 pricePico)
    {
        Int128 held = before?.Lots ?? 0;
        if (!terms.Admits(held + lots))
        {
            return null;
        }

        bool isThrough = held != 0 && held > 0 != lots > 0 && Int128.Abs(lots) > Int128.Abs(held);
        if (!isThrough)
        {
            return terms.PaidUp(lots, pricePico) is { } paid && Int128.Abs(paid) <= LedgerLimits.UnitsMax
                ? Once(terms, before, lots, pricePico, paid)
                : null;
        }

        return Of(terms, before, -held, pricePico) is { } closing
            && Of(terms, null, lots + held, pricePico) is { } opening
            ? new HoldingTrade(
                opening.After, closing.PaidUnits + opening.PaidUnits, closing.RealisedUnits,
                closing.CostChange + opening.CostChange)
            : null;
    }

    /// <summary>All lots leave for an amount: settlement.</summary>
    /// <param name="before">What is held.</param>
    /// <param name="paid">What the holder pays, least units, negative if it receives.</param>
    internal static HoldingTrade Closing(Holding before, Int128 paid) =>
        new(null, paid, -paid - before.CostUnits, -before.CostUnits);

    private static HoldingTrade? Once(
        ContractTerms terms, Holding? before, Int128 lots, Int128 pricePico, Int128 paid)
    {
        if (before is null)
        {
            return new HoldingTrade(new Holding(terms.Instrument, lots, pricePico, paid), paid, 0, paid);
        }

        Int128 left = before.Lots + lots;
        if (left == 0)
        {
            return Closing(before, paid);
        }

        if (Int128.Abs(left) > Int128.Abs(before.Lots))
        {
            Int128 average = AveragePrice.Of(terms, before.Lots, before.EntryPricePico, lots, pricePico);
            Int128 cost = before.CostUnits + paid;
            return Int128.Abs(cost) <= LedgerLimits.UnitsMax
                ? new HoldingTrade(
                    before with { Lots = left, EntryPricePico = average, CostUnits = cost }, paid, 0, paid)
                : null;
        }

        Int128 released = ReleasedUp(before, Int128.Abs(lots));
        return new HoldingTrade(
            before with { Lots = left, CostUnits = before.CostUnits - released }, paid, -paid - released, -released);
    }

    // The share of the cost that closed lots had: up, so that no close realises more than it should.
    private static Int128 ReleasedUp(Holding before, Int128 closed)
    {
        UInt128 cost = (UInt128)Int128.Abs(before.CostUnits);
        UInt128 lots = (UInt128)Int128.Abs(before.Lots);
        return before.CostUnits >= 0
            ? (Int128)WideShare.Up(cost, (UInt128)closed, lots)!.Value // a share of what is below the limit is too
            : -(Int128)WideShare.Down(cost, (UInt128)closed, lots)!.Value;
    }
}

/// <summary>Average entry price, 10⁻¹² of the quoted unit: up for a long, down for a short, against both.</summary>
internal static class AveragePrice
{
    /// <summary>Mean of two prices, weighted by lots: of what is paid, so harmonic for inverse futures.</summary>
    /// <param name="terms">Terms of the instrument.</param>
    /// <param name="held">Signed lots held.</param>
    /// <param name="heldPico">Their price; &gt; 0.</param>
    /// <param name="added">Signed lots added, of the same sign.</param>
    /// <param name="addedPico">Their price; &gt; 0.</param>
    internal static Int128 Of(ContractTerms terms, Int128 held, Int128 heldPico, Int128 added, Int128 addedPico)
    {
        if (heldPico == addedPico)
        {
            return heldPico;
        }

        (UInt128 first, UInt128 second) = ((UInt128)Int128.Abs(held), (UInt128)Int128.Abs(added));
        (UInt128 p, UInt128 q) = ((UInt128)heldPico, (UInt128)addedPico);
        (UInt128 left, UInt128 right, UInt128 divisor) = terms.IsInverseFuture
            ? ((first + second) * p, q, (first * q) + (second * p))
            : ((first * p) + (second * q), UInt128.One, first + second);
        UInt128? mean = held > 0 ? WideShare.Up(left, right, divisor) : WideShare.Down(left, right, divisor);
        return (Int128)mean!.Value; // between two prices, which are below the limit
    }
}
