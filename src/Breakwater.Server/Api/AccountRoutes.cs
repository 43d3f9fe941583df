using System.Collections.Immutable;
using Breakwater.Adapters.Reports;
using Breakwater.Attestation;
using Breakwater.Engine;
using Breakwater.Explanation;
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
    private const int PageMax = 10_000;
    private const int BinCount = 60; // a bar of ten pixels and more on a page, 1 % to 2 % of the weight each

    /// <summary>Adds the routes.</summary>
    internal static void Map(
        IEndpointRouteBuilder routes, EngineHost engine, ReportDesk reports, AnswerGate margins, ExplanationGate gate)
    {
        routes.MapGet("/v1/subaccounts", (string? after, string? limit, HttpContext context) =>
                List(engine.View, Caller.KeyOf(context), after, limit))
            .Needs(Scope.Read).WithSummary(
                "Where each subaccount of the key stands, in order of name; ?limit=1..10000 a page, ?after= the name "
                + "that the page before told as next.");
        routes.MapGet("/v1/subaccounts/{id}/margin", async (string id, HttpContext context) =>
                await MarginAsync(engine.View, Caller.KeyOf(context), id, reports, margins, context.RequestAborted))
            .Needs(Scope.Read).WithSummary("The margin report: the bytes that the command margin --json prints.");
        routes.MapGet("/v1/subaccounts/{id}/explain", (string id, HttpContext context) =>
                gate.RunAsync(() => Explain(engine.View, Caller.KeyOf(context), id), context.RequestAborted))
            .Needs(Scope.Read).WithSummary("The report with what made every number.");
        routes.MapGet("/v1/subaccounts/{id}/distribution", (string id, string? bins, HttpContext context) =>
                gate.RunAsync(() => Distribution(engine.View, Caller.KeyOf(context), id, bins), context.RequestAborted))
            .Needs(Scope.Read).WithSummary(
                "Losses of the core at both horizons: bins with weights, value at risk and expected shortfall, the "
                + "tail by name, the deterministic scenarios; ?bins=1..512, 60 unless said.");
    }

    // Without a limit all of them. Pages of one sequence are of one state; a name that is gone begins after its place.
    private static IResult List(RiskView view, ApiKey key, string? after, string? limit)
    {
        QueryFields query = new();
        int count = query.Whole("limit", limit, int.MaxValue, 1, PageMax);
        if (!query.Failures.IsEmpty) return Problem.Of(query.Failures);
        List<KeyValuePair<string, AccountStanding>> page = [];
        bool isMore = false;
        foreach (KeyValuePair<string, AccountStanding> own in view.State.Accounts)
        {
            if ((after is not null && string.CompareOrdinal(own.Key, after) <= 0) || !key.Sees(own.Key)) continue;
            isMore = page.Count == count;
            if (isMore) break;
            page.Add(own);
        }

        return Documents.Of(json =>
        {
            json.WriteNumber("sequence", view.Sequence);
            json.WriteString("at", view.At.ToString());
            json.Objects("subaccounts", page, own => StandingJson.Write(json, own.Key, own.Value, view.Parameters));
            json.WriteString("next", isMore ? page[^1].Key : null);
        });
    }

    private static async Task<IResult> MarginAsync(
        RiskView view, ApiKey key, string id, ReportDesk reports, AnswerGate gate, CancellationToken cancel)
    {
        if (!key.Sees(id) || view.State.Ledger.Find(id) is not { } account) return Problem.NotFound("subaccount", id);
        if (view.Valuation is not { } valuation) return Documents.Unvalued();
        ReportShelf shelf = await reports.OfAsync(view, valuation).ConfigureAwait(false);
        return await gate.RunAsync(Answered, cancel).ConfigureAwait(false);

        IResult Answered()
        {
            Result<AttestationReport> report = shelf.Of(account);
            return report.IsAccepted
                ? Documents.Of(json => MarginJson.Write(
                    json, new MarginView(report.Value, shelf.Basis.Explained, IsExplained: false)))
                : Problem.Of(report.Failures);
        }
    }

    private static IResult Explain(RiskView view, ApiKey key, string id)
    {
        if (!key.Sees(id) || view.Find(id) is not { } subaccount) return Problem.NotFound("subaccount", id);
        if (view.Valuation is not { } valuation) return Documents.Unvalued();
        Result<AttestationReport> report = AccountReport.Of(valuation, subaccount, view.Protocol);
        if (!report.IsAccepted) return Problem.Of(report.Failures);
        MarginView shown = new(report.Value, view.Explained!, IsExplained: true)
        {
            Explanation = AccountExplanation.Of(subaccount, view.Explained!),
        };
        return Documents.Of(json => MarginJson.Write(json, shown));
    }

    private static IResult Distribution(RiskView view, ApiKey key, string id, string? bins)
    {
        if (!key.Sees(id) || view.Find(id) is not { } subaccount) return Problem.NotFound("subaccount", id);
        QueryFields query = new();
        int count = query.Whole("bins", bins, BinCount, 1, LossDistribution.BinCountMax);
        if (!query.Failures.IsEmpty) return Problem.Of(query.Failures);
        if (view.Valuation is not { } valuation) return Documents.Unvalued();
        Result<ImmutableArray<LossDistribution>> losses = AccountReport.Distribution(
            valuation, subaccount, view.Protocol, count);
        if (!losses.IsAccepted) return Problem.Of(losses.Failures);
        ExplainedMarket market = view.Explained!;
        ImmutableArray<AssetId> held =
            [.. BookInstruments.Of(subaccount).Select(static own => own.Underlying).Distinct().Order()];
        return Documents.Of(json =>
        {
            json.WriteString("subaccount", id);
            json.WriteString("at", valuation.Market.At.ToString());
            json.WriteNumber("sequence", view.Sequence);
            json.WriteNumber("parameterVersion", view.Parameters.Version);
            json.Objects("horizons", losses.Value, own => DistributionJson.Write(json, own, market, held));
        });
    }
}
