using System.Collections.Immutable;
using Breakwater.Books;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Engine;

/// <summary>The margin of one account by itself, made of the market as it is: for trades, and for accounts whose coin a
/// book of many does not hold (docs/adr/0103).</summary>
internal static class SoloMargin
{
    /// <summary>The margin, or why the account cannot be margined.</summary>
    /// <param name="tables">The market, loaded.</param>
    /// <param name="scratch">Scratch of this thread.</param>
    /// <param name="live">The account.</param>
    internal static AccountMargin Of(BookTables tables, BookScratch scratch, LiveAccount live)
    {
        (RiskArrays arrays, RiskParameters parameters) = (tables.Valuation.Arrays, tables.Parameters);
        ImmutableArray<Failure> refusals = MarginAdmission.Check(live.Subaccount, arrays, parameters);
        return refusals.IsEmpty ? OfAdmitted(tables, scratch, live) : AccountMargin.Refused(refusals);
    }

    /// <summary>The margin of an account that can be margined.</summary>
    internal static AccountMargin OfAdmitted(BookTables tables, BookScratch scratch, LiveAccount live)
    {
        (RiskArrays arrays, RiskParameters parameters) = (tables.Valuation.Arrays, tables.Parameters);
        MarginAccount account = MarginAccount.Of(live.Subaccount, arrays, parameters, live.Context.Protocol);
        BookHoldings holdings = new BookDraft().AddAlone(account).Build();
        BookFunds funds = new BookFundsDraft().AddAlone(account, live.Context).Build();
        (BookLines lines, bool isLikely) = scratch.RunOne(tables, holdings, funds);
        return lines.IsHere(0)
            ? Of(lines.Totals(0), isLikely)
            : AccountMargin.Of(live.Subaccount, arrays, parameters, live.Context);
    }

    /// <summary>The margin of the totals of a book.</summary>
    /// <param name="totals">The totals.</param>
    /// <param name="isLikely">Whether liquidation is likely.</param>
    internal static AccountMargin Of(in BookTotals totals, bool isLikely) => new(
        Money.FromMicroDollars(totals.Equity), Money.FromMicroDollars(totals.Initial),
        Money.FromMicroDollars(totals.Target), Money.FromMicroDollars(totals.Maintenance), totals.Stage, [])
    {
        IsLiquidationLikely = isLikely,
    };
}
