using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Explanation;

/// <summary>Cheapest ways to bring equity up to initial margin (METHODOLOGY 4.9).</summary>
/// <remarks>
/// Every candidate is margined in full from the same arrays. Sizes are searched on a coarse grid, then halved to the
/// least whole size that cures: one less does not. Margin is nearly convex in the size of a hedge, so where none cures
/// the best is found by narrowing three ways.
/// </remarks>
public sealed class CureSearch
{
    private const int CoarseSteps = 16;
    private const int Thousand = 1000;

    private readonly Subaccount _book;
    private readonly RiskArrays _arrays;
    private readonly ExplainedMarket _market;
    private readonly TradeCost _costs;

    private CureSearch(Subaccount book, ExplainedMarket market)
    {
        _market = market;
        _arrays = market.Revalue([.. BookInstruments.Of(book), .. Hedges(book)]);
        _book = PinnedBook.Of(book, _arrays);
        _costs = new TradeCost(_arrays, market.Parameters);
    }

    /// <summary>Cures of a book, those that work first, the cheapest first; empty if equity covers initial margin.
    /// </summary>
    /// <param name="subaccount">The book.</param>
    /// <param name="market">The market.</param>
    public static ImmutableArray<Cure> Of(Subaccount subaccount, ExplainedMarket market)
    {
        CureSearch search = new(SubaccountNetting.Net(subaccount), market);
        if (search.Shortfall(search._book) <= Money.Zero) return [];
        List<Cure> cures = [search.Deposit()];
        foreach (Position position in search._book.Positions.Where(position => position.Lots != 0))
        {
            if (search.Reduction(position) is { } reduction) cures.Add(reduction);
        }

        if (search.Proportional() is { } proportional) cures.Add(proportional);
        cures.AddRange(Hedges(search._book).Select(search.Hedge).OfType<Cure>());
        return
        [
            .. cures.OrderBy(cure => cure.IsCured ? 0 : 1).ThenBy(cure => cure.Cost.MicroDollars)
                .ThenBy(cure => cure.Amount.MicroDollars),
        ];
    }

    private static ImmutableArray<Instrument> Hedges(Subaccount book) =>
    [
        .. BookInstruments.Of(book).Select(instrument => instrument.Underlying).Distinct().Order()
            .Select(asset => new Perpetual(asset, Settlement.Linear)),
    ];

    private Cure Deposit()
    {
        Int128 most = 2 * Shortfall(_book).MicroDollars;
        Int128 least = LeastThatCures(0, most, units => Deposited(units) <= Money.Zero);
        return new Cure(
            CureKind.Deposit, null, 0, Money.FromMicroDollars(least), Money.Zero, Deposited(least));
    }

    private Money Deposited(Int128 units) => Shortfall(_book with
    {
        Collateral = _book.Collateral.Add(
            new CollateralBalance(AssetId.Numeraire, units, string.Empty, BridgeClass.Native)),
    });

    private Cure? Reduction(Position position)
    {
        Int128 whole = Int128.Abs(position.Lots);
        Int128 side = -Int128.Sign(position.Lots);
        return Sized(whole, size => Traded(position.Instrument, side * size)) is { } size
            ? CureOf(CureKind.Reduction, position.Instrument, side * size)
            : null;
    }

    private Cure? Hedge(Instrument perpetual)
    {
        (Int128 up, Money upRemaining) = BestHedge(perpetual, 1);
        (Int128 down, Money downRemaining) = BestHedge(perpetual, -1);
        Int128 best = upRemaining <= downRemaining ? up : -down;
        if (best == 0) return null;
        Int128 side = Int128.Sign(best);
        Int128 least = Traded(perpetual, best) <= Money.Zero
            ? LeastThatCures(0, Int128.Abs(best), size => Traded(perpetual, side * size) <= Money.Zero)
            : Int128.Abs(best);
        return CureOf(CureKind.Hedge, perpetual, side * least);
    }

    // Golden section in whole lots: the remaining shortfall falls, then rises.
    private (Int128 Lots, Money Remaining) BestHedge(Instrument perpetual, Int128 side)
    {
        (Int128 low, Int128 high) = (0, _costs.LotsOfGross(_book, perpetual));
        while (high - low > 2)
        {
            Int128 third = Int128.Max(1, (high - low) * 382 / Thousand); // 1 − 1/golden ratio
            if (Traded(perpetual, side * (low + third)) <= Traded(perpetual, side * (high - third))) high -= third;
            else low += third;
        }

        Int128 best = low;
        for (Int128 lots = low; lots <= high; lots++)
        {
            if (Traded(perpetual, side * lots) < Traded(perpetual, side * best)) best = lots;
        }

        return (best, Traded(perpetual, side * best));
    }

    private Cure? Proportional()
    {
        if (Sized(Thousand, ReducedBy) is not { } thousandths) return null;
        SubaccountChange change = ProportionalChange(thousandths);
        return new Cure(
            CureKind.ProportionalReduction, null, thousandths, _costs.Notional(change), _costs.Of(change),
            ReducedBy(thousandths));
    }

    private Money ReducedBy(Int128 thousandths) => After(ProportionalChange(thousandths));

    private SubaccountChange ProportionalChange(Int128 thousandths) => new(
        [
            .. _book.Positions.Select(position => new Order(
                    position.Instrument, -(position.Lots * thousandths / Thousand), null, IsReduceOnly: true))
                .Where(order => order.Lots != 0),
        ],
        []);

    private Cure CureOf(CureKind kind, Instrument instrument, Int128 lots)
    {
        SubaccountChange change = new([new Order(instrument, lots, null, IsReduceOnly: false)], []);
        return new Cure(kind, instrument, lots, _costs.Notional(change), _costs.Of(change), After(change));
    }

    private Money Traded(Instrument instrument, Int128 lots) => lots == 0
        ? Shortfall(_book)
        : After(new SubaccountChange([new Order(instrument, lots, null, IsReduceOnly: false)], []));

    // Requirement less equity after trades at the mark, their cost counted; beyond reach where cash does not suffice.
    private Money After(SubaccountChange change)
    {
        SubaccountChange settled = OrderPremium.Settle(change, _book, _arrays, _market.Parameters);
        Result<Subaccount> after = settled.Apply(_book);
        return after.IsAccepted
            ? Shortfall(after.Value) + _costs.Of(change)
            : Money.FromMicroDollars(Int128.MaxValue / 4);
    }

    private Money Shortfall(Subaccount book)
    {
        MarginReport report = PortfolioMargin.Assess(book, _arrays, _market.Parameters, _market.Context);
        return report.InitialMargin - report.Equity;
    }

    // Least size among 1 … most that cures, where the first of a coarse grid does; null if none of the grid does.
    private static Int128? Sized(Int128 most, Func<Int128, Money> remaining)
    {
        Int128 before = 0;
        for (int step = 1; step <= CoarseSteps; step++)
        {
            Int128 size = most * step / CoarseSteps;
            if (size > before && remaining(size) <= Money.Zero)
            {
                return LeastThatCures(before, size, tried => remaining(tried) <= Money.Zero);
            }

            before = size;
        }

        return null;
    }

    // The size above `failing` that cures while one less does not.
    private static Int128 LeastThatCures(Int128 failing, Int128 curing, Func<Int128, bool> cures)
    {
        while (curing - failing > 1)
        {
            Int128 middle = failing + ((curing - failing) / 2);
            if (cures(middle)) curing = middle;
            else failing = middle;
        }

        return curing;
    }
}
