using Breakwater.Books;

namespace Breakwater.Engine;

/// <summary>Accounts of one book as sweeps and lines read and write them.</summary>
/// <param name="Holdings">Lots.</param>
/// <param name="Funds">Cash and entries.</param>
/// <param name="Maintenance">Cores of the maintenance horizon.</param>
/// <param name="Initial">Cores of the initial horizon.</param>
/// <param name="Lines">Lines of both sides.</param>
/// <param name="Funding">Perpetuals.</param>
internal sealed record BookSheets(
    BookHoldings Holdings,
    BookFunds Funds,
    BookCores Maintenance,
    BookCores Initial,
    BookLines Lines,
    FundingSheet Funding);
