using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Explanation;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Files;

/// <summary>Reads the moves of a what-if question: <c>"moves": [ { "underlying", "priceRelative",
/// "volatilityRelative" } ]</c>, each underlying once, each move −0.9 to 5 (−90 % to +500 %).</summary>
internal static class MoveFields
{
    private const string Price = "priceRelative";
    private const string Volatility = "volatilityRelative";

    /// <summary>The moves, in order of underlying.</summary>
    /// <param name="rows">Their objects.</param>
    /// <param name="file">File they stand in.</param>
    /// <param name="holdings">Knows underlyings.</param>
    /// <param name="failures">Refusals are added.</param>
    internal static ImmutableArray<MarketShift> Read(
        IReadOnlyList<JsonValue> rows, string file, HoldingFields holdings, List<Failure> failures)
    {
        SortedDictionary<AssetId, MarketShift> shifts = [];
        foreach (JsonValue row in rows)
        {
            JsonFields fields = new(row, file, failures, "underlying", Price, Volatility);
            AssetId? underlying = holdings.Underlying(fields, "underlying");
            double price = Relative(fields, Price);
            double volatility = Relative(fields, Volatility);
            if (!fields.Has(Price) && !fields.Has(Volatility))
            {
                fields.RefuseMember(
                    FailureReason.Missing, "a move says what moves", Price, $"{Price}, {Volatility} or both");
            }

            if (underlying is { } asset && !shifts.TryAdd(asset, MarketShift.Of(asset, price, volatility)))
            {
                fields.RefuseMember(
                    FailureReason.Duplicate, "the underlying is moved twice", "underlying", "once each");
            }
        }

        return [.. shifts.Values];
    }

    // 0 where it is absent or refused.
    private static double Relative(JsonFields fields, string name)
    {
        if (fields.Decimal(name, isRequired: false) is not { } text) return 0d;
        if (StrictNumber.TryDouble(text, out double value)
            && value is >= MarketShift.RelativeMinimum and <= MarketShift.RelativeMaximum)
        {
            return value;
        }

        fields.RefuseMember(
            FailureReason.OutOfRange, "the move is out of range", name, string.Create(
                CultureInfo.InvariantCulture, $"{MarketShift.RelativeMinimum} to {MarketShift.RelativeMaximum}"));
        return 0d;
    }
}
