using Breakwater.Books;
using Breakwater.Margin;
using Breakwater.Scenarios;

namespace Breakwater.Engine;

/// <summary>What one thread needs to margin accounts at every tick: made when the scenario sets change, used without
/// allocation.</summary>
internal sealed class BookScratch
{
    private readonly CoreSweep _maintenance;
    private readonly CoreSweep _initial; // never at the same time: both use one scratch
    private readonly AccountSweep _oneMaintenance;
    private readonly AccountSweep _oneInitial;
    private LineSheet _lines;

    /// <summary>Scratch for loaded arrays.</summary>
    /// <param name="tables">The arrays.</param>
    /// <param name="blockAccounts">Accounts that are swept together; ≥ 1.</param>
    internal BookScratch(BookTables tables, int blockAccounts)
    {
        TailMasses maintenance = TailMasses.Of(tables.Maintenance.Tiling, tables.Parameters.Margin);
        TailMasses initial = TailMasses.Of(tables.Initial.Tiling, tables.Parameters.Margin);
        _maintenance = new CoreSweep(tables.Maintenance.Tiling, maintenance, blockAccounts);
        _initial = new CoreSweep(tables.Initial.Tiling, initial, _maintenance);
        _oneMaintenance = new AccountSweep(tables.Maintenance.Tiling, maintenance);
        _oneInitial = new AccountSweep(tables.Initial.Tiling, initial);
        _lines = new LineSheet(tables.Constants);
        BlockAccounts = blockAccounts;
    }

    /// <summary>Accounts that are swept together.</summary>
    internal int BlockAccounts { get; }

    /// <summary>Takes the constants of a new market, and weights and dampening of its scenario sets.</summary>
    internal void Renew(BookTables tables)
    {
        _maintenance.Renew(tables.Maintenance.Tiling);
        _initial.Renew(tables.Initial.Tiling);
        _oneMaintenance.Renew(tables.Maintenance.Tiling);
        _oneInitial.Renew(tables.Initial.Tiling);
        _lines = new LineSheet(tables.Constants);
    }

    /// <summary>Margins neighbouring accounts of a book.</summary>
    /// <param name="tables">The arrays the scratch was made for.</param>
    /// <param name="book">Holdings, cores and lines.</param>
    /// <param name="first">Index of the first account.</param>
    /// <param name="count">How many.</param>
    internal void Run(BookTables tables, BookSheets book, int first, int count)
    {
        if (count == 1)
        {
            _oneMaintenance.Run(
                tables.Maintenance, book.Holdings, MarginHorizon.Maintenance, first, book.Maintenance);
            _oneInitial.Run(tables.Initial, book.Holdings, MarginHorizon.Initial, first, book.Initial);
        }
        else
        {
            _maintenance.Run(
                tables.Maintenance, book.Holdings, MarginHorizon.Maintenance, first, count, book.Maintenance);
            _initial.Run(tables.Initial, book.Holdings, MarginHorizon.Initial, first, count, book.Initial);
        }

        _lines.Run(book.Holdings, book.Funds, book.Maintenance, book.Initial, first, count, book.Lines);
    }

    /// <summary>Whether liquidation of an account is likely (<see cref="LiquidationLikelihood"/>), by its lines and
    /// cores.</summary>
    /// <param name="tables">The arrays the scratch was made for.</param>
    /// <param name="holdings">Holdings.</param>
    /// <param name="initial">Cores of the initial horizon.</param>
    /// <param name="lines">Lines of both sides.</param>
    /// <param name="account">An account that the lines hold.</param>
    /// <remarks>Beyond the core lies less than the tail of value at risk: nothing to weigh.</remarks>
    internal bool IsLiquidationLikely(
        BookTables tables, BookHoldings holdings, BookCores initial, BookLines lines, int account)
    {
        BookTotals totals = lines.Totals(account);
        long room = totals.Equity - totals.Maintenance;
        if (room < 0) return true;
        ScenarioSet set = tables.Valuation.Scenarios.Initial;
        if (LiquidationLikelihood.IsHarmless(room, initial.Amounts[holdings.SlotOf(account)], set)) return false;
        double least = (double)LiquidationLikelihood.MostHarmless(room, set) + 1.0; // below the core, whole
        return _oneInitial.Outweighs(
            tables.Initial, holdings, MarginHorizon.Initial, account, least, LiquidationLikelihood.EndShare);
    }

    /// <summary>Margins the one account of a book, which may hold coin.</summary>
    /// <param name="tables">The arrays the scratch was made for.</param>
    /// <param name="holdings">Its holdings.</param>
    /// <param name="funds">Its funds.</param>
    internal (BookLines Lines, bool IsLikely) RunOne(BookTables tables, BookHoldings holdings, BookFunds funds)
    {
        tables.MustHold(holdings);
        (BookCores maintenance, BookCores initial) = (new BookCores(holdings), new BookCores(holdings));
        BookLines lines = new(1);
        _oneMaintenance.Run(tables.Maintenance, holdings, MarginHorizon.Maintenance, 0, maintenance);
        _oneInitial.Run(tables.Initial, holdings, MarginHorizon.Initial, 0, initial);
        _lines.Run(holdings, funds, maintenance, initial, 0, 1, lines);
        return (lines, lines.IsHere(0) && IsLiquidationLikely(tables, holdings, initial, lines, 0));
    }
}
