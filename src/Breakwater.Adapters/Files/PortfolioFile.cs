using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Adapters.Files;

/// <summary>Reads a portfolio: <c>{ "subaccount", "collateral": [ … ], "positions": [ … ], "orders": [ … ],
/// "protections": [ { "underlying", "deltaMaximum" } ] }</c> (INTERFACES 3).</summary>
/// <remarks>Rows of one instrument are netted, rows of one asset, chain and bridge are added; orders rest. Every list
/// may
/// be absent.</remarks>
public static class PortfolioFile
{

    /// <summary>Reads a file; refused whole if anything in it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="market">The market that makes an instrument known.</param>
    /// <param name="parameters">Lots and decimals.</param>
    /// <returns>The subaccount in canonical form, or every refusal with its path.</returns>
    public static Result<Subaccount> Load(string path, MarketSnapshot market, RiskParameters parameters)
    {
        List<Failure> failures = [];
        JsonValue? root = StrictJson.Load(path, failures);
        Subaccount? read = root is null ? null : Read(root, path, new HoldingFields(market, parameters), failures);
        return failures.Count == 0 && read is not null
            ? Result<Subaccount>.Accepted(SubaccountNetting.Net(read))
            : Result<Subaccount>.Refused(failures);
    }

    /// <summary>Reads a portfolio that stands in another document.</summary>
    /// <param name="root">Its object.</param>
    /// <param name="file">Name of the document, for refusals.</param>
    /// <param name="market">The market that makes an instrument known.</param>
    /// <param name="parameters">Lots and decimals.</param>
    /// <param name="failures">Receives the refusals; with any, the result must not be used.</param>
    internal static Subaccount Read(
        JsonValue root, string file, MarketSnapshot market, RiskParameters parameters, List<Failure> failures) =>
        SubaccountNetting.Net(Read(root, file, new HoldingFields(market, parameters), failures));

    private static Subaccount Read(JsonValue root, string file, HoldingFields holdings, List<Failure> failures)
    {
        JsonFields fields = new(root, file, failures, "subaccount", "collateral", "positions", "orders", "protections");
        string name = fields.Text("subaccount", "the name of the subaccount");
        if (name.Length > 0 && !SubaccountName.IsAllowed(name))
        {
            fields.RefuseMember(
                FailureReason.Malformed, "no name of a subaccount", "subaccount", SubaccountName.Form);
        }

        return new Subaccount(
            name,
            [
                .. Rows(fields, "collateral")
                    .Select(row => Balance(row, file, holdings, failures)).OfType<CollateralBalance>(),
            ],
            [.. Rows(fields, "positions").Select(row => Held(row, file, holdings, failures)).OfType<Position>()])
        {
            Orders =
            [
                .. Rows(fields, "orders")
                    .Select(row => OrderFields.Read(row, file, holdings, failures, mayRest: false)).OfType<Order>(),
            ],
            Protections = Protected(fields, file, holdings, failures),
        };
    }

    private static ImmutableArray<FillProtection> Protected(
        JsonFields fields, string file, HoldingFields holdings, List<Failure> failures)
    {
        SortedDictionary<AssetId, FillProtection> protections = [];
        foreach (JsonValue row in Rows(fields, "protections"))
        {
            JsonFields own = new(row, file, failures, "underlying", "deltaMaximum");
            AssetId? underlying = holdings.Underlying(own, "underlying");
            decimal? cap = HoldingFields.Price(own, "deltaMaximum");
            if (!own.Has("deltaMaximum"))
            {
                own.RefuseMember(
                    FailureReason.Missing, "a protection has a cap", "deltaMaximum", "units of the underlying, > 0");
            }

            if (underlying is { } asset && cap is { } most
                && !protections.TryAdd(asset, new FillProtection(asset, most)))
            {
                own.RefuseMember(
                    FailureReason.Duplicate, "the underlying is protected twice", "underlying", "once each");
            }
        }

        return [.. protections.Values];
    }

    /// <summary>Items of an optional list of at most <see cref="HoldingFields.RowsMax"/>.</summary>
    internal static IReadOnlyList<JsonValue> Rows(JsonFields fields, string name)
    {
        IReadOnlyList<JsonValue> rows = fields.Array(name, isRequired: false);
        if (rows.Count <= HoldingFields.RowsMax)
        {
            return rows;
        }

        fields.RefuseMember(FailureReason.TooLarge, $"{rows.Count} rows", name, $"at most {HoldingFields.RowsMax}");
        return [];
    }

    private static CollateralBalance? Balance(
        JsonValue row, string file, HoldingFields holdings, List<Failure> failures)
    {
        JsonFields fields = new(row, file, failures, "asset", "quantity", "chain", "bridge");
        CollateralChange? read = holdings.Collateral(fields);
        if (read is { Units: var units } && units < 0)
        {
            fields.RefuseMember(FailureReason.OutOfRange, "collateral is never negative", "quantity", "≥ 0");
            return null;
        }

        return read is null ? null : new CollateralBalance(read.Asset, read.Units, read.Chain, read.Bridge);
    }

    private static Position? Held(JsonValue row, string file, HoldingFields holdings, List<Failure> failures)
    {
        JsonFields fields = new(row, file, failures, "instrument", "quantity", "entryPrice");
        Instrument? instrument = holdings.Instrument(fields, "instrument");
        decimal? entryPrice = HoldingFields.Price(fields, "entryPrice");
        if (instrument is null)
        {
            fields.Decimal("quantity");
            return null;
        }

        return holdings.Lots(fields, "quantity", instrument) is { } lots
            ? new Position(instrument, lots, [new PositionEntry(lots, entryPrice)])
            : null;
    }
}
