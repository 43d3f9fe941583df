using Breakwater.Accounts;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Files;

/// <summary>Reads one order of a portfolio or of a what-if question.</summary>
internal static class OrderFields
{
    /// <summary>Whether the order says that it rests.</summary>
    internal static bool IsResting(JsonValue row) =>
        row.Kind == JsonKind.Object && row.Find("resting") is { Kind: JsonKind.Truth, Text: "true" };

    /// <summary>The order; <c>null</c> if refused. A resting order needs its limit price.</summary>
    /// <param name="row">Its object.</param>
    /// <param name="file">File it stands in.</param>
    /// <param name="holdings">Reads instruments and lots.</param>
    /// <param name="failures">Refusals are added.</param>
    /// <param name="mayRest">Whether <c>resting</c> may be said: not in a portfolio, where every order rests.</param>
    internal static Order? Read(
        JsonValue row, string file, HoldingFields holdings, List<Failure> failures, bool mayRest)
    {
        string[] known = ["instrument", "quantity", "limitPrice", "reduceOnly"];
        JsonFields fields = new(row, file, failures, mayRest ? [.. known, "resting"] : known);
        Instrument? instrument = holdings.Instrument(fields, "instrument");
        decimal? limitPrice = HoldingFields.Price(fields, "limitPrice");
        bool isReduceOnly = Truth(row, fields, "reduceOnly");
        bool rests = Truth(row, fields, "resting") || !mayRest;
        if (rests && !fields.Has("limitPrice"))
        {
            fields.RefuseMember(
                FailureReason.Missing, "a resting order has a limit price", "limitPrice",
                "coin for inverse options, else USD");
        }

        if (instrument is null)
        {
            fields.Decimal("quantity");
            return null;
        }

        Int128? lots = holdings.Lots(fields, "quantity", instrument);
        if (lots == 0)
        {
            fields.RefuseMember(FailureReason.OutOfRange, "an order trades something", "quantity", "not 0");
        }

        return lots is { } traded && traded != 0 ? new Order(instrument, traded, limitPrice, isReduceOnly) : null;
    }

    private static bool Truth(JsonValue row, JsonFields fields, string name)
    {
        if (row.Kind != JsonKind.Object || row.Find(name) is not { } value)
        {
            return false;
        }

        if (value.Kind != JsonKind.Truth)
        {
            fields.RefuseMember(FailureReason.Malformed, "no boolean", name, "true or false");
        }

        return value is { Kind: JsonKind.Truth, Text: "true" };
    }
}
