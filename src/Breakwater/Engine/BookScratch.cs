using Breakwater.Books;
using Breakwater.Scenarios;

namespace Breakwater.Engine;

/// <summary>What one thread needs to margin accounts at every tick: made when the scenario sets change, used without
/// allocation.</summary>
internal sealed class BookScratch
{
    private readonly CoreSweep _maintenance;
    private readonly CoreSweep _initial; // never at the same time: both use one scratch
    private LineSheet _lines;

    /// <summary>Scratch for loaded arrays.</summary>
    /// <param name="tables">The arrays.</param>
    /// <param name="blockAccounts">Accounts that are swept together; ≥ 1.</param>
    internal BookScratch(BookTables tables, int blockAccounts)
    {
        _maintenance = Sweep(tables.Maintenance, tables, blockAccounts);
        _initial = new CoreSweep(
            tables.Initial.Tiling, TailMasses.Of(tables.Initial.Tiling, tables.Parameters.Margin), _maintenance);
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
        _lines = new LineSheet(tables.Constants);
    }

    /// <summary>Margins neighbouring accounts of a book.</summary>
    /// <param name="tables">The arrays the scratch was made for.</param>
    /// <param name="book">Holdings, cores and lines.</param>
    /// <param name="first">Index of the first account.</param>
    /// <param name="count">How many.</param>
    internal void Run(BookTables tables, BookSheets book, int first, int count)
    {
        _maintenance.Run(
            tables.Maintenance, book.Holdings, MarginHorizon.Maintenance, first, count, book.Maintenance);
        _initial.Run(tables.Initial, book.Holdings, MarginHorizon.Initial, first, count, book.Initial);
        _lines.Run(book.Holdings, book.Funds, book.Maintenance, book.Initial, first, count, book.Lines);
    }

    private static CoreSweep Sweep(TiledArrays arrays, BookTables tables, int blockAccounts) => new(
        arrays.Tiling, TailMasses.Of(arrays.Tiling, tables.Parameters.Margin), blockAccounts);
}
