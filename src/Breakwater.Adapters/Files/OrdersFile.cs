using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Adapters.Files;

/// <summary>Reads a what-if question: <c>{ "orders": [ { "instrument", "quantity", "limitPrice", "reduceOnly",
/// "resting" } ], "collateral": [ { "asset", "quantity" } ], "moves": [ { "underlying", "priceRelative",
/// "volatilityRelative" } ] }</c>.</summary>
/// <remarks>Orders count as filled at their limit price, or at the mark without one; with <c>"resting": true</c> they
/// rest, unfilled, and are margined as such. Collateral is a signed change. The market moves after both.</remarks>
public static class OrdersFile
{
    /// <summary>Reads a file; refused whole if anything in it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="market">The market that makes an instrument known.</param>
    /// <param name="parameters">Lots and decimals.</param>
    public static Result<WhatIfQuestion> Load(string path, MarketSnapshot market, RiskParameters parameters)
    {
        List<Failure> failures = [];
        JsonValue? root = StrictJson.Load(path, failures);
        WhatIfQuestion? read = root is null
            ? null
            : Read(root, path, new HoldingFields(market, parameters), failures);
        return failures.Count == 0 && read is not null
            ? Result<WhatIfQuestion>.Accepted(read)
            : Result<WhatIfQuestion>.Refused(failures);
    }

    private static WhatIfQuestion Read(JsonValue root, string file, HoldingFields holdings, List<Failure> failures)
    {
        JsonFields fields = new(root, file, failures, "orders", "collateral", "moves");
        if (root.Kind == JsonKind.Object && root.Members.IsEmpty)
        {
            fields.RefuseMember(FailureReason.Missing, "the document asks nothing", "orders",
                "orders, collateral or moves");
        }

        return Read(fields, file, holdings, failures);
    }

    /// <summary>Reads members <c>orders</c>, <c>collateral</c> and <c>moves</c> of a document that has others beside
    /// them.</summary>
    /// <param name="fields">Fields of the document.</param>
    /// <param name="file">Name of the document, for refusals.</param>
    /// <param name="holdings">Reads instruments and lots.</param>
    /// <param name="failures">Receives the refusals; with any, the result must not be used.</param>
    internal static WhatIfQuestion Read(
        JsonFields fields, string file, HoldingFields holdings, List<Failure> failures)
    {
        IReadOnlyList<JsonValue> rows = PortfolioFile.Rows(fields, "orders");
        SubaccountChange change = new(
            [
                .. rows.Where(row => !OrderFields.IsResting(row))
                    .Select(row => OrderFields.Read(row, file, holdings, failures, mayRest: true)).OfType<Order>(),
            ],
            [
                .. PortfolioFile.Rows(fields, "collateral")
                    .Select(row => holdings.Collateral(
                        new JsonFields(row, file, failures, "asset", "quantity", "chain", "bridge")))
                    .OfType<CollateralChange>(),
            ])
        {
            Resting =
            [
                .. rows.Where(OrderFields.IsResting)
                    .Select(row => OrderFields.Read(row, file, holdings, failures, mayRest: true)).OfType<Order>(),
            ],
        };
        return new WhatIfQuestion(
            change, MoveFields.Read(PortfolioFile.Rows(fields, "moves"), file, holdings, failures));
    }
}
