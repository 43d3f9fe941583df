using Breakwater.Accounts;
using Breakwater.Adapters.Files;
using Breakwater.Adapters.Reports;
using Breakwater.Attestation;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Server.Access;
using Microsoft.AspNetCore.Http;

namespace Breakwater.Server.Api;

/// <summary>What orders and collateral changes would make of a margin: <c>{ "subaccount" | "portfolio", "orders",
/// "collateral" }</c>. Nothing changes by asking.</summary>
internal static class WhatIf
{
    private const string Input = "body";

    /// <summary>The answer: before, after and change, as the command <c>margin --what-if --json</c> prints them.
    /// </summary>
    /// <param name="view">The state asked of.</param>
    /// <param name="key">Who asks.</param>
    /// <param name="body">What was sent.</param>
    internal static IResult Answer(RiskView view, ApiKey key, Result<JsonValue> body)
    {
        if (!body.IsAccepted) return Problem.Of(body.Failures);
        if (view.Valuation is not { } valuation) return Documents.Unvalued();
        List<Failure> failures = [];
        JsonFields fields = new(body.Value, Input, failures, "subaccount", "portfolio", "orders", "collateral");
        string name = body.Value.Find("subaccount") is { Kind: JsonKind.Text } text ? text.Text : string.Empty;
        if (fields.Has("subaccount") == fields.Has("portfolio"))
        {
            fields.RefuseMember(
                FailureReason.Inconsistent, "either a subaccount or a portfolio", "portfolio", "one of the two");
        }

        SubaccountChange change = OrdersFile.Read(
            fields, Input, new HoldingFields(valuation.Market, view.Parameters), failures);
        Subaccount? held = body.Value.Find("portfolio") is { } portfolio
            ? PortfolioFile.Read(portfolio, Input, valuation.Market, view.Parameters, failures)
            : key.Sees(name) ? view.Find(name) : null;
        if (failures.Count > 0) return Problem.Of([.. failures]);
        return held is null ? Problem.NotFound("subaccount", name) : Compared(view, valuation, held, change);
    }

    private static IResult Compared(
        RiskView view, MarketValuation valuation, Subaccount held, SubaccountChange change)
    {
        Result<AttestationReport> before = AccountReport.Of(valuation, held);
        if (!before.IsAccepted) return Problem.Of(before.Failures);
        Result<AttestationReport> after = view.WhatIf(held, change);
        if (!after.IsAccepted) return Problem.Of(after.Failures);
        Failure? restricted = MarketRestriction.Check(
            valuation.Surfaces, change, before.Value.Margin, after.Value.Margin);
        if (restricted is not null) return Problem.Of(restricted);
        MarginView was = new(before.Value, AccountReport.Explained(valuation), IsExplained: false);
        return Documents.Of(json => ComparisonJson.Write(json, was, was with { Report = after.Value }));
    }
}
