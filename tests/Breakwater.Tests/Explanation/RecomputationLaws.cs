using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Explanation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Explanation;

public sealed class RecomputationLaws
{
    private static readonly TinyMarket Tiny = TinyMarket.Build(randomCount: 60, seed: 3);

    private static readonly ExplainedMarket Market = new(
        Tiny.Market, Tiny.Forecast, Tiny.Surfaces, Tiny.Scenarios, Tiny.Parameters);

    private static readonly ImmutableArray<VanillaOption> Options =
        [.. TinyMarket.Instruments.OfType<VanillaOption>()];

    [Fact]
    public void Row_10_incremental_margin_is_a_full_recomputation_bit_for_bit()
    {
        Subaccount book = Book(1_000_000);
        RiskArrays shared = Market.Revalue(BookInstruments.Of(book));
        foreach (IncrementalMargin own in IncrementalMargin.Of(book, shared, Market))
        {
            Subaccount without = book with
            {
                Positions = [.. book.Positions.Where(position => position.Instrument != own.Instrument)],
            };
            MarginReport rest = PortfolioMargin.Assess(
                without, Market.Revalue(BookInstruments.Of(without)), Tiny.Parameters);
            MarginReport all = PortfolioMargin.Assess(
                book, Market.Revalue(BookInstruments.Of(book)), Tiny.Parameters);
            Assert.Equal(all.InitialMargin - rest.InitialMargin, own.Initial);
            Assert.Equal(all.MaintenanceMargin - rest.MaintenanceMargin, own.Maintenance);
        }
    }

    [Fact]
    public void Row_29_the_schedule_equals_recomputation_then_with_a_frozen_market()
    {
        Subaccount book = Book(1_000_000);
        ImmutableArray<MarginDecay> schedule = MarginDecay.Of(book, Market);
        Assert.Equal(MarginDecay.ScheduleHours, schedule.Select(own => own.Hours));
        foreach (MarginDecay own in schedule)
        {
            Timestamp then = Timestamp.FromUnixMilliseconds(
                Tiny.Market.At.UnixMilliseconds + (own.Hours * Timestamp.HourMilliseconds));
            Subaccount left = book with
            {
                Positions =
                [
                    .. book.Positions.Where(position =>
                        position.Instrument is not VanillaOption option || option.Expiry > then),
                ],
            };
            RiskArrays arrays = FullRevaluation.Run(
                BookInstruments.Of(left), Tiny.Market with { At = then }, Tiny.Forecast, Tiny.Surfaces,
                Tiny.Scenarios, Tiny.Parameters);
            MarginReport report = PortfolioMargin.Assess(left, arrays, Tiny.Parameters);
            Assert.Equal(report.InitialMargin, own.Initial);
            Assert.Equal(report.MaintenanceMargin, own.Maintenance);
        }

        MarginReport now = PortfolioMargin.Assess(
            book, Market.Revalue(BookInstruments.Of(book)), Tiny.Parameters);
        Assert.Equal(now.InitialMargin, schedule[0].Initial);
        Assert.NotEqual(schedule[0], schedule[^1] with { Hours = 0 });
    }

    [Fact]
    public void The_six_factors_sum_to_the_core_to_the_last_unit()
    {
        Subaccount book = Book(1_000_000);
        MarginReport report = PortfolioMargin.Assess(
            book, Market.Revalue(BookInstruments.Of(book)), Tiny.Parameters);
        ImmutableArray<FactorSplit> split = FactorSplit.Of(book, Market);
        Assert.Equal(
            report.Positions.Select(line => line.ComponentLoss).Concat(
                report.Collateral.Select(line => line.ComponentLoss)),
            split.Select(own => own.Total));
        Assert.Equal(
            report.CoreMaintenance.Amount,
            split.Aggregate(Money.Zero, (sum, own) => sum + own.Total));
        FactorSplit perpetual = split.Single(own => own.Holding is Perpetual);
        Assert.Equal(Money.Zero, perpetual.Vega);
        Assert.Equal(Money.Zero, perpetual.Theta);
        Assert.NotEqual(Money.Zero, perpetual.Delta);
    }

    [Theory]
    [InlineData(CureRequirement.Maintenance)]
    [InlineData(CureRequirement.Target)]
    [InlineData(CureRequirement.Initial)]
    public void The_smallest_deposit_cures_and_one_micro_dollar_less_does_not(CureRequirement requirement)
    {
        Subaccount book = Book(1);
        Cure deposit = CureSearch.Of(book, Market)
            .Single(cure => cure.Requirement == requirement && cure.Kind == CureKind.Deposit);
        Assert.True(ShortAfter(deposit.Amount.MicroDollars) <= Money.Zero);
        Assert.True(ShortAfter(deposit.Amount.MicroDollars - 1) > Money.Zero);

        Money ShortAfter(Int128 units) => ShortOf(requirement, book with
        {
            Collateral = book.Collateral.Add(
                new CollateralBalance(AssetId.Numeraire, units, string.Empty, BridgeClass.Native)),
        });
    }

    [Fact]
    public void Cures_that_work_come_first_and_cheapest_first_and_a_healthy_account_needs_none()
    {
        foreach (CureRequirement requirement in Enum.GetValues<CureRequirement>())
        {
            Cure[] cures = [.. CureSearch.Of(Book(1), Market).Where(cure => cure.Requirement == requirement)];
            Assert.Contains(cures, cure => cure.Kind == CureKind.Hedge);
            Assert.All(cures.Where(cure => cure.Kind is not CureKind.Hedge), cure => Assert.True(cure.IsCured));
            Assert.Equal(
                cures.OrderBy(cure => cure.IsCured ? 0 : 1).ThenBy(cure => cure.Cost.MicroDollars)
                    .Select(cure => cure.Cost),
                cures.Select(cure => cure.Cost));
        }

        Assert.Empty(CureSearch.Of(Book(100_000_000), Market));
    }

    [Fact]
    public void A_book_that_covers_maintenance_is_shown_the_ways_to_the_rest_alone()
    {
        Money deposit = CureSearch.Of(Book(1), Market).First(cure => cure.Kind == CureKind.Deposit).Amount;
        long dollars = (long)deposit.ToUsd() + 2;
        ImmutableArray<Cure> cures = CureSearch.Of(Book(dollars), Market);
        Assert.NotEmpty(cures);
        Assert.DoesNotContain(cures, cure => cure.Requirement == CureRequirement.Maintenance);
    }

    [Fact]
    public void Every_reduction_and_hedge_leaves_what_a_full_recomputation_with_it_says()
    {
        Subaccount book = PinnedBook.Of(Book(20_000), Market.Revalue(BookInstruments.Of(Book(20_000))));
        Cure[] trades = [.. CureSearch.Of(Book(20_000), Market).Where(cure => cure.Instrument is not null)];
        Assert.NotEmpty(trades);
        foreach (Cure cure in trades)
        {
            RiskArrays arrays = Market.Revalue([.. BookInstruments.Of(book), cure.Instrument!]);
            SubaccountChange change = new([new Order(cure.Instrument!, cure.Lots, null, IsReduceOnly: false)], []);
            Subaccount after = OrderPremium.Settle(change, book, arrays, Tiny.Parameters).Apply(book).Value;
            Assert.Equal(ShortOf(cure.Requirement, after) + cure.Cost, cure.Remaining);
        }
    }

    [Fact]
    public void A_short_call_can_be_hedged_by_spot_bought_and_by_the_perpetual()
    {
        VanillaOption call = Options.First(option => option.Right == OptionRight.Call);
        Subaccount book = new(
            "short", [new CollateralBalance(AssetId.Numeraire, 1_000_000_000, string.Empty, BridgeClass.Native)],
            [new Position(call, -20, [new PositionEntry(-20, null)])]);
        Cure[] hedges = [.. CureSearch.Of(book, Market).Where(cure => cure.Kind == CureKind.Hedge)];
        Assert.Contains(hedges, cure => cure.Instrument is Perpetual && cure.Lots > 0);
        Assert.Contains(hedges, cure => cure.Instrument is Spot && cure.Lots > 0);
        Assert.DoesNotContain(hedges, cure => cure.Instrument is Spot && cure.Lots < 0);
    }

    private static Money ShortOf(CureRequirement requirement, Subaccount book)
    {
        MarginReport report = PortfolioMargin.Assess(
            book, Market.Revalue(BookInstruments.Of(book)), Tiny.Parameters);
        return requirement switch
        {
            CureRequirement.Maintenance => report.MaintenanceMargin,
            CureRequirement.Target => report.TargetMargin,
            _ => report.InitialMargin,
        } - report.Equity;
    }

    [Fact]
    public void A_binding_price_separates_covered_from_uncovered()
    {
        Subaccount bare = PinnedBook.Of(Book(1), Market.Revalue(BookInstruments.Of(Book(1))));
        BookState poor = BookState.Of(bare, Market);
        long dollars = (long)((2.0 * poor.Maintenance.ToUsd()) - poor.Equity.ToUsd());
        Subaccount book = bare with { Collateral = Book(dollars).Collateral };
        PriceProfile profile = PriceProfile.Of(book, Market, [0.1, 0.5, 0.8, 1.0, 1.2, 2.0, 6.0]);
        LiquidationPrice price = LiquidationPrice.Of(book, profile, Market).Single(own => own.Underlying.Name == "BTC");
        Assert.True(price.Down is not null || price.Up is not null);
        double index = Tiny.Market.Find(AssetId.Of("BTC"))!.IndexUsd;
        foreach ((Money? bound, double away) in new[] { (price.Down, -1e-5), (price.Up, 1e-5) })
        {
            if (bound is not { } known) continue;
            double ratio = known.ToUsd() / index;
            Assert.True(RoomAt(ratio * (1.0 - away)) > Money.Zero);
            Assert.True(RoomAt(ratio * (1.0 + away)) < Money.Zero);
        }

        Money RoomAt(double ratio) =>
            BookState.Of(book, MarketMove.WithSpot(Market, AssetId.Of("BTC"), ratio)).Room;
    }

    // A short call, a long put and a long perpetual of BTC against so many dollars.
    private static Subaccount Book(long dollars)
    {
        VanillaOption call = Options.First(own => own is { Right: OptionRight.Call, Settlement: Settlement.Inverse }
            && own.Underlying.Name == "BTC");
        VanillaOption put = Options.First(own => own is { Right: OptionRight.Put, Settlement: Settlement.Inverse }
            && own.Underlying.Name == "BTC" && own.Expiry > call.Expiry);
        Perpetual perpetual = new(AssetId.Of("BTC"), Settlement.Linear);
        return SubaccountNetting.Net(new Subaccount(
            "book",
            [new CollateralBalance(AssetId.Numeraire, dollars * (Int128)1_000_000, string.Empty, BridgeClass.Native)],
            [Held(call, -50), Held(put, 20), Held(perpetual, 4_000)]));
    }

    private static Position Held(Instrument instrument, Int128 lots) =>
        new(instrument, lots, [new PositionEntry(lots, null)]);
}
