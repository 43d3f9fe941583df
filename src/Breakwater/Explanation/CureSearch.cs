using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Explanation;

/// <summary>Cheapest ways to bring equity up to each requirement that it does not cover (METHODOLOGY 4.9, 6.1).
/// </summary>
/// <remarks>
/// Every candidate is margined in full from the same arrays. Sizes are searched on a coarse grid, then halved to the
/// least whole size that cures: one less does not. Margin is nearly convex in the size of a hedge, so where none cures
/// the best is found by golden section (<see cref="SizeSearch"/>).
/// </remarks>
public sealed class CureSearch
{
    private const int SpotSizes = 100_000; // to a hundred-thousandth of the most that is asked
    private const int Thousand = 1000;

    private readonly Subaccount _book;
    private readonly RiskArrays _arrays;
    private readonly ExplainedMarket _market;
    private readonly TradeCost _costs;
    private readonly CureRequirement _requirement;

    private CureSearch(Subaccount book, RiskArrays arrays, ExplainedMarket market, CureRequirement requirement)
    {
        _market = market;
        _arrays = arrays;
        _book = book;
        _costs = new TradeCost(_arrays, market.Parameters);
        _requirement = requirement;
    }

    /// <summary>Cures of a book: by requirement that equity does not cover, the most pressing first; of each those
    /// that work first, the cheapest first. Empty if equity covers all.</summary>
    /// <param name="subaccount">The book.</param>
    /// <param name="market">The market.</param>
    public static ImmutableArray<Cure> Of(Subaccount subaccount, ExplainedMarket market)
    {
        Subaccount netted = SubaccountNetting.Net(subaccount);
        RiskArrays arrays = market.Revalue([.. BookInstruments.Of(netted), .. Hedges(netted)]);
        Subaccount book = PinnedBook.Of(netted, arrays);
        return
        [
            .. Enum.GetValues<CureRequirement>().SelectMany(requirement =>
                new CureSearch(book, arrays, market, requirement).Cures()),
        ];
    }

    private ImmutableArray<Cure> Cures()
    {
        if (Shortfall(_book) <= Money.Zero) return [];
        List<Cure> cures = [Deposit()];
        foreach (Position position in _book.Positions.Where(position => position.Lots != 0))
        {
            if (Reduction(position) is { } reduction) cures.Add(reduction);
        }

        if (Proportional() is { } proportional) cures.Add(proportional);
        cures.AddRange(Hedges(_book).Select(Hedge).OfType<Cure>());
        return
        [
            .. cures.OrderBy(cure => cure.IsCured ? 0 : 1).ThenBy(cure => cure.Cost.MicroDollars)
                .ThenBy(cure => cure.Amount.MicroDollars),
        ];
    }

    // Of every underlying held: assets that are collateral alone have no perpetual.
    private static ImmutableArray<Instrument> Hedges(Subaccount book) =>
    [
        .. BookInstruments.Of(book).Select(instrument => instrument.Underlying).Distinct().Order()
            .SelectMany(asset => (Instrument[])[new Perpetual(asset, Settlement.Linear), new Spot(asset)]),
    ];

    private Cure Deposit()
    {
        Int128 most = 2 * Shortfall(_book).MicroDollars;
        Int128 least = SizeSearch.LeastBetween(0, most, units => Deposited(units) <= Money.Zero);
        return new Cure(
            _requirement, CureKind.Deposit, null, 0, Money.FromMicroDollars(least), Money.Zero, Deposited(least));
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
        Int128 step = StepOf(position.Instrument, whole);
        return SizeSearch.Least((whole + step - 1) / step, steps => Traded(position.Instrument, LotsOf(steps)))
            is { } least
            ? CureOf(CureKind.Reduction, position.Instrument, LotsOf(least))
            : null;

        Int128 LotsOf(Int128 steps) => side * Int128.Min(whole, steps * step);
    }

    // Spot that is not held is only bought: nothing lends it.
    private Cure? Hedge(Instrument instrument)
    {
        Int128 most = _costs.LotsOfGross(_book, instrument);
        Int128 step = StepOf(instrument, most);
        (Int128 up, Money upRemaining) = SizeSearch.Best(most / step, steps => Traded(instrument, steps * step));
        (Int128 down, Money downRemaining) = instrument is Spot
            ? (Int128.Zero, upRemaining)
            : SizeSearch.Best(most / step, steps => Traded(instrument, -steps * step));
        Int128 side = upRemaining <= downRemaining ? step : -step;
        (Int128 best, Money remaining) = side > 0 ? (up, upRemaining) : (down, downRemaining);
        if (best == 0) return null;
        Int128 least = remaining <= Money.Zero
            ? SizeSearch.LeastBetween(0, best, steps => Traded(instrument, side * steps) <= Money.Zero)
            : best;
        return CureOf(CureKind.Hedge, instrument, side * least);
    }

    // The least unit of a token may be a billionth of a billionth: spot is sized to some five digits.
    private static Int128 StepOf(Instrument instrument, Int128 most)
    {
        Int128 step = 1;
        while (instrument is Spot && most / step > SpotSizes) step *= 10;
        return step;
    }

    private Cure? Proportional()
    {
        if (SizeSearch.Least(Thousand, ReducedBy) is not { } thousandths) return null;
        SubaccountChange change = ProportionalChange(thousandths);
        return new Cure(
            _requirement, CureKind.ProportionalReduction, null, thousandths, _costs.Notional(change), _costs.Of(change),
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
        return new Cure(
            _requirement, kind, instrument, lots, _costs.Notional(change), _costs.Of(change), After(change));
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
        Money required = _requirement switch
        {
            CureRequirement.Maintenance => report.MaintenanceMargin,
            CureRequirement.Target => report.TargetMargin,
            _ => report.InitialMargin,
        };
        return required - report.Equity;
    }
}
