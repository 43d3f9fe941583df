using System.Text.Json;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Reports;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Server.Access;
using Breakwater.Server.Loop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Breakwater.Server.Api;

/// <summary>What the ledger keeps of a subaccount: balances, what was realised, funding, fees, what is held.</summary>
internal static class LedgerRoutes
{
    /// <summary>Adds the route.</summary>
    internal static void Map(IEndpointRouteBuilder routes, EngineHost engine) => routes.MapGet(
            "/v1/subaccounts/{id}/ledger",
            (string id, HttpContext context) => Answer(engine.View, Caller.KeyOf(context), id))
        .Needs(Scope.Read).WithSummary(
            "Balances of the subaccount with what was realised, received as funding (negative: paid) and paid as fees, "
            + "and what it holds.");

    private static IResult Answer(RiskView view, ApiKey key, string id) =>
        key.Sees(id) && view.State.Ledger.Find(id) is { } account
            ? Documents.Of(json => Write(json, view, account))
            : Problem.NotFound("subaccount", id);

    private static void Write(Utf8JsonWriter json, RiskView view, LedgerAccount account)
    {
        Ledger ledger = view.State.Ledger;
        string Told(AssetId asset, Int128 units) =>
            new FixedDecimal(units, ledger.Find(asset)!.Decimals).ToString(); // whoever has some has it admitted

        json.WriteString("subaccount", account.Id);
        json.WriteNumber("sequence", view.Sequence);
        json.WriteString("at", view.At.ToString());
        json.Objects("cash", account.Cash, own =>
        {
            json.WriteString("asset", own.Asset.Name);
            json.WriteString("tokens", Told(own.Asset, own.Tokens));
            json.WriteString("claim", Told(own.Asset, own.Claim));
            json.WriteString("realised", Told(own.Asset, own.Realised));
            json.WriteString("funding", Told(own.Asset, own.Funding));
            json.WriteString("fees", Told(own.Asset, own.Fees));
        });
        json.Objects("elsewhere", account.Elsewhere, own =>
        {
            json.WriteString("asset", own.Asset.Name);
            json.WriteString("chain", own.Chain);
            json.WriteString("bridge", own.Bridge.ToString());
            json.WriteString("tokens", Told(own.Asset, own.Units));
        });
        json.Objects("holdings", account.Holdings, own => Write(json, ledger, own));
    }

    private static void Write(Utf8JsonWriter json, Ledger ledger, Holding own)
    {
        FixedDecimal lot = FixedDecimal.Of(ledger.Find(own.Instrument)!.Terms.LotQuantity); // what is held is listed
        json.WriteString("instrument", own.Instrument.Name);
        json.WriteString("quantity", new FixedDecimal(own.Lots * lot.Units, lot.Decimals).Shortest().ToString());
        json.WriteString("entryPrice", FixedDecimal.Of(own.EntryPrice).Shortest().ToString());
    }
}
