using Breakwater.Adapters.Reports;
using Breakwater.Attestation;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Server.Access;
using Breakwater.Server.Loop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Breakwater.Server.Api;

/// <summary>What a key may see of its subaccounts. A subaccount of somebody else reads like one that is not there.
/// </summary>
internal static class AccountRoutes
{
    /// <summary>Adds the routes.</summary>
    internal static void Map(IEndpointRouteBuilder routes, EngineHost engine, ExplanationGate gate)
    {
        routes.MapGet("/v1/subaccounts", (HttpContext context) => List(engine.View, Caller.KeyOf(context)))
            .Needs(Scope.Read).WithSummary("Where each subaccount of the key stands, in order of name.");
        routes.MapGet("/v1/subaccounts/{id}/margin", (string id, HttpContext context) =>
                Margin(engine.View, Caller.KeyOf(context), id))
            .Needs(Scope.Read).WithSummary("The margin report: the bytes that the command margin --json prints.");
        routes.MapGet("/v1/subaccounts/{id}/explain", (string id, HttpContext context) =>
                gate.RunAsync(() => Explain(engine.View, Caller.KeyOf(context), id), context.RequestAborted))
            .Needs(Scope.Read).WithSummary("The report with what made every number.");
    }

    private static IResult List(RiskView view, ApiKey key) => Documents.Of(json =>
    {
        json.WriteNumber("sequence", view.Sequence);
        json.WriteString("at", view.At.ToString());
        json.Objects("subaccounts", view.State.Accounts.Where(own => key.Sees(own.Key)), own =>
            StandingJson.Write(json, own.Key, own.Value, view.Parameters));
    });

    private static IResult Margin(RiskView view, ApiKey key, string id)
    {
        if (!key.Sees(id) || view.Find(id) is not { } subaccount) return Problem.NotFound("subaccount", id);
        if (view.Valuation is not { } valuation) return Documents.Unvalued();
        Result<AttestationReport> report = AccountReport.Of(valuation, subaccount);
        return report.IsAccepted
            ? Documents.Of(json => MarginJson.Write(
                json, new MarginView(report.Value, AccountReport.Explained(valuation), IsExplained: false)))
            : Problem.Of(report.Failures);
    }

    private static IResult Explain(RiskView view, ApiKey key, string id)
    {
        if (!key.Sees(id) || view.Find(id) is not { } subaccount) return Problem.NotFound("subaccount", id);
        if (view.Valuation is not { } valuation) return Documents.Unvalued();
        Result<AttestationReport> report = AccountReport.Of(valuation, subaccount);
        if (!report.IsAccepted) return Problem.Of(report.Failures);
        MarginView shown = new(report.Value, AccountReport.Explained(valuation), IsExplained: true)
        {
            Explanation = AccountExplanation.Of(subaccount, AccountReport.Explained(valuation)),
        };
        return Documents.Of(json => MarginJson.Write(json, shown));
    }
}
