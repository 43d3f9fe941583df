using Breakwater.Accounts;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Files;
using Breakwater.Adapters.Reports;
using Breakwater.Attestation;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Server.Access;
using Microsoft.AspNetCore.Http;

namespace Breakwater.Server.Api;

/// <summary>What orders, collateral changes and moves of the market would make of a margin: <c>{ "subaccount" |
/// "portfolio", "orders", "collateral", "moves" }</c>. Nothing changes by asking.</summary>
/// <param name="view">The state asked of.</param>
/// <param name="reports">Keeps reports of before.</param>
/// <param name="gate">Where questions wait for a processor.</param>
/// <param name="moves">Where questions wait in which the market moves: they revalue what is held.</param>
internal sealed class WhatIf(RiskView view, ReportDesk reports, AnswerGate gate, ExplanationGate moves)
{
    /// <summary>What the OpenAPI document says of the body.</summary>
    internal const string Form =
        "Changes nothing. Body: subaccount (a name) or portfolio (as in a portfolio file); orders, as the command "
        + "margin --what-if reads them; collateral: signed changes; moves: [ { underlying, priceRelative, "
        + "volatilityRelative } ], each underlying once, relative moves as decimals from -0.9 to 5, such as \"-0.1\" "
        + "for 10 % down. Orders and collateral change at the prices of now, then the market moves, and everything "
        + "held is revalued: before is the margin now, after the margin there, change the difference. Right after a "
        + "tick, for some tens of milliseconds, now is the market of the tick before: at says which.";

    private const string Input = "body";

    /// <summary>The answer: before, after and change, as the command <c>margin --what-if --json</c> prints them.
    /// </summary>
    /// <param name="key">Who asks.</param>
    /// <param name="body">What was sent.</param>
    /// <param name="cancel">The client has gone.</param>
    internal async Task<IResult> AnswerAsync(ApiKey key, Result<JsonValue> body, CancellationToken cancel)
    {
        if (!body.IsAccepted) return Problem.Of(body.Failures);
        if (view.Valuation is not { } newest) return Documents.Unvalued();
        ReportShelf shelf = await reports.AtOnceAsync(view, newest).ConfigureAwait(false);
        MarketValuation valuation = shelf.Basis.Valuation;
        List<Failure> failures = [];
        JsonFields fields = new(
            body.Value, Input, failures, "subaccount", "portfolio", "orders", "collateral", "moves");
        string name = body.Value.Find("subaccount") is { Kind: JsonKind.Text } text ? text.Text : string.Empty;
        if (fields.Has("subaccount") == fields.Has("portfolio"))
        {
            fields.RefuseMember(
                FailureReason.Inconsistent, "either a subaccount or a portfolio", "portfolio", "one of the two");
        }

        WhatIfQuestion asked = OrdersFile.Read(
            fields, Input, new HoldingFields(valuation.Market, view.Parameters), failures);
        LedgerAccount? account = name.Length > 0 && key.Sees(name) ? view.State.Ledger.Find(name) : null;
        Subaccount? held = body.Value.Find("portfolio") is { } portfolio
            ? PortfolioFile.Read(portfolio, Input, valuation.Market, view.Parameters, failures)
            : account is null ? null : LedgerSubaccount.Of(account);
        if (failures.Count > 0) return Problem.Of([.. failures]);
        if (held is null) return Problem.NotFound("subaccount", name);
        IResult Answered() => Compared(shelf, account, held, asked);
        return asked.Moves.IsEmpty
            ? await gate.RunAsync(Answered, cancel).ConfigureAwait(false)
            : await moves.RunAsync(Answered, cancel).ConfigureAwait(false);
    }

    // Whether a change may be is asked of the market of now; the market moves after it.
    private IResult Compared(ReportShelf shelf, LedgerAccount? account, Subaccount held, WhatIfQuestion asked)
    {
        Result<AttestationReport> before =
            account is null ? AccountReport.Of(shelf.Basis, held) : shelf.Of(account);
        if (!before.IsAccepted) return Problem.Of(before.Failures);
        Result<AttestationReport> after = view.WhatIf(held, asked.Change, shelf.Basis);
        if (!after.IsAccepted) return Problem.Of(after.Failures);
        Failure? restricted = MarketRestriction.Check(
            view.State.ModeOf, asked.Change, before.Value.Margin, after.Value.Margin);
        if (restricted is not null) return Problem.Of(restricted);
        MarginView was = new(before.Value, shelf.Basis.Explained, IsExplained: false);
        if (asked.Moves.IsEmpty) return Written(was, was with { Report = after.Value });
        Result<MovedReport> moved = view.Moved(held, asked.Change, asked.Moves, shelf.Basis);
        return moved.IsAccepted
            ? Written(was, was with { Report = moved.Value.Report, Market = moved.Value.Market })
            : Problem.Of(moved.Failures);
    }

    private static IResult Written(MarginView before, MarginView after) =>
        Documents.Of(json => ComparisonJson.Write(json, before, after));
}
