using Breakwater.Accounts;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Margin;

namespace Breakwater.Tests.Engine;

public sealed class LiveBookTests
{
    private const int Accounts = 400;

    private static readonly MarketValuation Start =
        MarketRevaluation.Of(EngineWorld.Base, null, UnitRuns.InOrder, MadeUpDesign.Build).Value;

    [Fact]
    public void A_tick_allocates_nothing_for_accounts_that_lines_can_hold()
    {
        LiveBook few = BookOf(8);
        LiveBook many = BookOf(Accounts);
        MarketValuation ticked = Start;
        foreach (double index in (double[])[65_100d, 64_900d, 65_300d])
        {
            ticked = Ticked(index, ticked);
            Bytes(few, ticked);
            Bytes(many, ticked);
        }

        MarketValuation again = Ticked(65_200d, ticked);
        Assert.Equal(Bytes(few, again), Bytes(many, again));
    }

    [Fact]
    public void Only_accounts_that_hold_what_moved_are_margined_anew()
    {
        LiveBook book = BookOf(Accounts);
        AccountMargin[] before = [.. Enumerable.Range(0, Accounts).Select(index => book.Of(NameOf(index))!)];
        book.Refresh(Ticked(65_100d, Start));
        for (int index = 0; index < Accounts; index++)
        {
            bool isHit = index % 2 == 0;
            Assert.Equal(isHit, before[index].Equity != book.Of(NameOf(index))!.Equity);
        }
    }

    [Fact]
    public void A_context_that_remembers_is_refused() => Assert.Throws<ArgumentException>(() =>
        new LiveBook().Put(Holding("a", "BTC-PERPETUAL", 1), MarginContext.Neutral with { InEffectNano = 2 }));

    [Fact]
    public void An_account_that_left_is_not_found_and_its_name_can_come_again()
    {
        LiveBook book = BookOf(4);
        Assert.True(book.Remove(NameOf(2)));
        Assert.False(book.Remove(NameOf(2)));
        Assert.Null(book.Of(NameOf(2)));
        book.Refresh(Start);
        Assert.Null(book.Of(NameOf(2)));
        book.Put(Holding(NameOf(2), "ETH-PERPETUAL", 5));
        Assert.Null(book.Of(NameOf(2)));
        book.Refresh(Start);
        Assert.NotNull(book.Of(NameOf(2)));
    }

    [Fact]
    public void An_account_that_takes_what_nobody_held_is_margined_as_in_a_new_book()
    {
        MarketValuation ticked = Ticked(65_100d, Start);
        Subaccount[] takers = [Holding("b", "BTC_USDC-13FEB26-55000-P", -3), Holding("c", "BTC-27MAR26-75000-C", 40)];
        LiveBook kept = BookOf(8);
        kept.Refresh(ticked);
        AccountMargin asked = kept.Assess(takers[0]); // between ticks: its row was passed over until now
        foreach (Subaccount taker in takers) kept.Put(taker);
        kept.Refresh(ticked);
        LiveBook fresh = new();
        foreach (Subaccount taker in takers) fresh.Put(taker);
        fresh.Refresh(ticked);
        Assert.Equal(fresh.Of("b"), asked);
        Assert.True(asked.IsKnown && fresh.Of("c")!.IsKnown);
        foreach (double index in (double[])[65_000d, 65_400d])
        {
            Assert.All(takers, taker => Assert.Equal(fresh.Of(taker.Id), kept.Of(taker.Id)));
            ticked = Ticked(index, ticked);
            kept.Refresh(ticked);
            fresh = new LiveBook();
            foreach (Subaccount taker in takers) fresh.Put(taker);
            fresh.Refresh(ticked);
        }
    }

    private static long Bytes(LiveBook book, MarketValuation valuation)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        book.Refresh(valuation);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static MarketValuation Ticked(double index, MarketValuation before) => MarketRevaluation.Of(
        EngineWorld.Base with
        {
            Observations = EngineWorld.Base.Observations with
            {
                Underlyings =
                [
                    .. EngineWorld.Base.Observations.Underlyings.Select(own => own.Asset != MadeUpMarket.Btc ? own
                        : own with
                        {
                            Chain = own.Chain! with
                            {
                                Rows = [.. own.Chain.Rows.Select(row => row with { IndexUsd = index })],
                            },
                            Futures = own.Futures! with { PerpetualMarkUsd = index },
                        }),
                ],
            },
        },
        before, UnitRuns.InOrder, MadeUpDesign.Build).Value;

    private static LiveBook BookOf(int accounts)
    {
        LiveBook book = new();
        for (int index = 0; index < accounts; index++)
        {
            book.Put(Holding(
                NameOf(index), index % 2 == 0 ? "BTC_USDC-PERPETUAL" : "ETH-13FEB26-1900-C", 100 + index));
        }

        book.Refresh(Start);
        return book;
    }

    private static string NameOf(int index) => $"a{index:000}";

    private static Subaccount Holding(string id, string instrument, Int128 lots) => new(
        id,
        [new CollateralBalance(AssetId.Numeraire, 1_000_000_000_000, string.Empty, BridgeClass.Native)],
        [
            new Position(
                InstrumentName.Parse(instrument), lots,
                [
                    new PositionEntry(
                        lots, instrument.Contains("_USDC-PERP", StringComparison.Ordinal) ? 64_000m : null),
                ]),
        ]);
}
