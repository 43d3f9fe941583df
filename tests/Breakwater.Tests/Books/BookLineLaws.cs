using Breakwater.Accounts;
using Breakwater.Books;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Tests.Margin;

namespace Breakwater.Tests.Books;

/// <summary>Lines of a book equal those of the plain margin of each account to the last unit.</summary>
public sealed class BookLineLaws
{
    private const int Markets = 40;
    private const int AccountsPerMarket = 60;

    private static readonly MarginHorizon[] Horizons = [MarginHorizon.Maintenance, MarginHorizon.Initial];

    [Fact]
    public void Lines_totals_and_stage_of_a_book_equal_the_plain_ones()
    {
        int here = 0;
        int all = 0;
        HashSet<(BookLine, MarginHorizon)> seen = [];
        HashSet<string> parts = [];
        for (int seed = 0; seed < Markets; seed++)
        {
            Case own = new(seed);
            own.FillPlainCores();
            int left = own.Run();
            for (int account = 0; account < own.Reports.Count; account++)
            {
                all++;
                if (!own.Lines.IsHere(account)) continue;
                here++;
                left++;
                AssertPlain(own.Reports[account], own.Lines, account, $"seed {seed}, account {account}", seen);
                parts.UnionWith(own.Reports[account].LineParts.Where(static part => part.Maintenance > Money.Zero)
                    .Select(static part => part.Name));
            }

            Assert.Equal(own.Reports.Count, left);
        }

        Assert.True(here > all / 2, $"{here} of {all}");
        Assert.Equal(
            [BookLine.Core, BookLine.Multipliers, BookLine.Buffer, BookLine.Diversification, BookLine.Liquidity,
                BookLine.Pin, BookLine.Basis, BookLine.Flow, BookLine.ShortOptionMinimum, BookLine.MinimumRatio,
                BookLine.Scheduled],
            seen.Select(static line => line.Item1).Distinct().Order());
        Assert.Superset(new HashSet<string> { "impact", "longer horizon", "vega" }, parts);
    }

    [Fact]
    public void Lines_from_the_sweep_equal_the_plain_ones()
    {
        for (int seed = 0; seed < 6; seed++)
        {
            Case own = new(seed);
            own.Sweep();
            own.Run();
            for (int account = 0; account < own.Reports.Count; account++)
            {
                if (!own.Lines.IsHere(account)) continue;
                AssertPlain(own.Reports[account], own.Lines, account, $"seed {seed}, account {account}", []);
            }
        }
    }

    [Fact]
    public void Lines_of_one_account_with_coin_equal_the_plain_ones()
    {
        int here = 0;
        int withCoin = 0;
        int all = 0;
        for (int seed = 0; seed < Markets / 2; seed++)
        {
            LineMarket market = new(seed);
            Solo solo = new(market.Arrays);
            for (int drawn = 0; drawn < AccountsPerMarket; drawn++)
            {
                Subaccount held = market.DrawWithCoin();
                MarginContext context = market.DrawContext();
                if (market.Admit(held) is not { } account) continue;
                all++;
                (BookLines lines, bool hasCoin) = solo.Run(account, context);
                if (!lines.IsHere(0)) continue;
                here++;
                withCoin += hasCoin ? 1 : 0;
                MarginReport plain = PortfolioMargin.Assess(held, market.Arrays, LawMarket.Parameters, context);
                AssertPlain(plain, lines, 0, $"seed {seed}, account {drawn}", []);
            }
        }

        Assert.True(here > all / 2, $"{here} of {all}");
        Assert.True(withCoin > here / 2, $"{withCoin} of {here} hold coin");
    }

    [Fact]
    public void Lines_allocate_nothing()
    {
        Case own = new(3);
        own.FillPlainCores();
        own.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        own.Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void No_account_that_was_left_changes_the_next_one()
    {
        Case own = new(8);
        own.FillPlainCores();
        own.Run();
        BookLines alone = new(own.Reports.Count);
        for (int account = own.Reports.Count - 1; account >= 0; account--)
        {
            own.RunAlone(account, alone);
        }

        for (int account = 0; account < own.Reports.Count; account++)
        {
            Assert.Equal(own.Lines.Totals(account), alone.Totals(account));
            Assert.Equal(own.Lines.IsHere(account), alone.IsHere(account));
        }
    }

    private static void AssertPlain(
        MarginReport plain, BookLines lines, int account, string place, HashSet<(BookLine, MarginHorizon)> seen)
    {
        Assert.Equal(BookLines.LineCount, plain.Lines.Length);
        for (int line = 0; line < BookLines.LineCount; line++)
        {
            foreach (MarginHorizon horizon in Horizons)
            {
                MarginLine expected = plain.Lines[line];
                Money amount = horizon == MarginHorizon.Initial ? expected.Initial : expected.Maintenance;
                long own = lines.Amounts(account, horizon)[line];
                Assert.Equal(((BookLine)line).ToString(), expected.Name);
                Assert.True(
                    amount.MicroDollars == own, $"{place}: {expected.Name} {horizon} {amount.MicroDollars}, not {own}");
                if (own != 0) seen.Add(((BookLine)line, horizon));
            }
        }

        BookTotals totals = lines.Totals(account);
        Assert.True(plain.Equity.MicroDollars == totals.Equity, $"{place}: equity {plain.Equity} not {totals.Equity}");
        Assert.True(plain.InitialMargin.MicroDollars == totals.Initial, $"{place}: initial");
        Assert.True(plain.TargetMargin.MicroDollars == totals.Target, $"{place}: target");
        Assert.True(plain.MaintenanceMargin.MicroDollars == totals.Maintenance, $"{place}: maintenance");
        Assert.True((plain.MarginRatio?.Units ?? 0) == totals.RatioMicro, $"{place}: ratio");
        Assert.True(plain.Stage == totals.Stage, $"{place}: stage {plain.Stage}, not {totals.Stage}");
    }

    private sealed class Solo(RiskArrays arrays)
    {
        private readonly LineSheet _sheet = new(LineConstants.Of(arrays, LawMarket.Parameters));
        private readonly (TiledArrays Arrays, AccountSweep Sweep)[] _tiles =
        [
            .. Horizons.Select(horizon => TiledArrays.Of(arrays, horizon)).Select(static own => (own, new AccountSweep(
                own.Tiling, TailMasses.Of(own.Tiling, LawMarket.Parameters.Margin)))),
        ];

        internal (BookLines Lines, bool HasCoin) Run(MarginAccount account, MarginContext context)
        {
            BookHoldings book = new BookDraft().AddAlone(account).Build();
            BookCores[] cores = [new(book), new(book)];
            foreach (MarginHorizon horizon in Horizons)
            {
                (TiledArrays tiles, AccountSweep sweep) = _tiles[(int)horizon];
                sweep.Run(tiles, book, horizon, 0, cores[(int)horizon]);
            }

            BookLines lines = new(1);
            BookFunds funds = new BookFundsDraft().AddAlone(account, context).Build();
            _sheet.Run(book, funds, cores[0], cores[1], 0, 1, lines);
            return (lines, book.IsHeldAlone(0) && !book.IsHeld(0));
        }
    }

    private sealed class Case
    {
        private readonly LineMarket _market;
        private readonly LineSheet _sheet;
        private readonly BookFunds _funds;
        private readonly BookCores _maintenance;
        private readonly BookCores _initial;

        internal Case(int seed)
        {
            _market = new LineMarket(seed);
            BookDraft draft = new();
            BookFundsDraft funds = new();
            while (Reports.Count < AccountsPerMarket)
            {
                Subaccount drawn = Reports.Count == 0 ? LawMarket.Empty : _market.Draw();
                if (_market.Admit(drawn) is not { } account) continue;
                MarginContext context = _market.DrawContext();
                draft.Add(account);
                funds.Add(account, context);
                Reports.Add(PortfolioMargin.Assess(drawn, _market.Arrays, LawMarket.Parameters, context));
            }

            (Book, _funds) = (draft.Build(), funds.Build());
            (_maintenance, _initial) = (new BookCores(Book), new BookCores(Book));
            Lines = new BookLines(Book.AccountCount);
            _sheet = new LineSheet(LineConstants.Of(_market.Arrays, LawMarket.Parameters));
        }

        internal List<MarginReport> Reports { get; } = [];

        internal BookHoldings Book { get; }

        internal BookLines Lines { get; }

        internal int Run() => _sheet.Run(Book, _funds, _maintenance, _initial, 0, Book.AccountCount, Lines);

        internal void RunAlone(int account, BookLines lines) =>
            _sheet.Run(Book, _funds, _maintenance, _initial, account, 1, lines);

        internal void Sweep()
        {
            foreach (MarginHorizon horizon in Horizons)
            {
                TiledArrays arrays = TiledArrays.Of(_market.Arrays, horizon);
                CoreSweep sweep = new(arrays.Tiling, TailMasses.Of(arrays.Tiling, LawMarket.Parameters.Margin), 16);
                BookCores cores = horizon == MarginHorizon.Maintenance ? _maintenance : _initial;
                sweep.Run(arrays, Book, horizon, 0, Book.AccountCount, cores);
            }
        }

        internal void FillPlainCores()
        {
            for (int account = 0; account < Reports.Count; account++)
            {
                MarginReport report = Reports[account];
                int slot = Book.SlotOf(account);
                Set(slot, report.CoreMaintenance.Amount, report.CoreInitial.Amount);
                ReadOnlySpan<int> assets = Book.AssetsOf(account);
                for (int own = 0; assets.Length > 1 && own < assets.Length; own++)
                {
                    AssetId asset = _market.Arrays.Scenarios.Maintenance.Underlyings[assets[own]];
                    UnderlyingLine line = report.Underlyings.Single(other => other.Underlying == asset);
                    Set(slot + 1 + own, line.CoreMaintenance, line.CoreInitial);
                }
            }
        }

        private void Set(int slot, Money maintenance, Money initial)
        {
            bool isHere = Money.Max(maintenance, initial).MicroDollars < long.MaxValue;
            SlotBinding binding = isHere ? SlotBinding.ExpectedShortfall : SlotBinding.Plain;
            _maintenance.AmountsToFill[slot] = isHere ? (long)maintenance.MicroDollars : 0;
            _initial.AmountsToFill[slot] = isHere ? (long)initial.MicroDollars : 0;
            _maintenance.BindingsToFill[slot] = binding;
            _initial.BindingsToFill[slot] = binding;
        }
    }
}
