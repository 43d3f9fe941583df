using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Adapters.Files;

/// <summary>Reads bar closes: price histories and volatility indices of any bar length.</summary>
/// <remarks>
/// A stamp is the OPEN of its bar (column <c>time_utc</c>, or <c>date</c> for a day); its length is the median distance
/// of the stamps; a close is known when the bar ends. Bars not closed at the instant asked for are checked and left
/// out. Volume is <c>quote_volume</c> in USD, else <c>volume</c> in coins at the close; without a column <c>close</c>
/// its unit is not known and it is not used.
/// </remarks>
internal static class BarFile
{
    /// <summary>Columns whose numbers must be well-formed even though they are not used.</summary>
    private static readonly ImmutableArray<string> Checked = ["trades", "taker_buy_base", "taker_buy_quote"];

    /// <summary>Reads prices of one asset: column <c>close</c>, else the one named by the asset, else <c>price</c>,
    /// else a known alias.</summary>
    internal static Result<PriceSeries> ReadPrices(string path, AssetId asset, Timestamp at) =>
        Read(path, ["close", asset.Name, "price", .. Aliases(asset)], 1, asset, at);

    // Columns that state the same price under another name: WETH is ETH by contract, one for one; a pool of two
    // dollars states one in units of the other.
    private static ImmutableArray<string> Aliases(AssetId asset) => asset.Name switch
    {
        "ETH" => ["WETH"],
        "USDC" => ["usdt_per_usdc"],
        _ => [],
    };

    /// <summary>Reads a volatility index in percent: column <c>dvol_pct</c> or <c>dvol_close_pct</c>; as
    /// fractions.</summary>
    internal static Result<PriceSeries> ReadVolatilityIndex(string path, AssetId asset, Timestamp at) =>
        Read(path, ["dvol_pct", "dvol_close_pct"], 100, asset, at);

    private static Result<PriceSeries> Read(
        string path, ImmutableArray<string> valueNames, double divisor, AssetId asset, Timestamp at)
    {
        Result<CsvTable> opened = CsvTable.Open(path);
        if (!opened.IsAccepted)
        {
            return Result<PriceSeries>.Refused(opened.Failures);
        }

        using CsvTable table = opened.Value;
        BarColumns columns = BarColumns.Of(table, valueNames, Checked);
        List<ReadBar> opens = table.Failures.Count == 0 ? ReadRows(table, columns, divisor, asset) : [];
        if (table.Failures.Count == 0 && opens.Count == 0)
        {
            table.Refuse(FailureReason.Missing, $"the file has no value of {asset}", []);
        }

        return table.Failures.Count > 0
            ? Result<PriceSeries>.Refused(table.Failures)
            : Result<PriceSeries>.Accepted(Close(path, columns.IsDate, opens, at));
    }

    private static List<ReadBar> ReadRows(CsvTable table, BarColumns columns, double divisor, AssetId asset)
    {
        List<ReadBar> opens = [];
        Timestamp? last = null;
        while (table.Read())
        {
            foreach (int column in columns.Checked)
            {
                table.Number(column, NumberDomain.Any);
            }

            bool isTimed = table.TryTime(columns.Time, out Timestamp open);
            double? value = table.Number(columns.Value, NumberDomain.Positive);
            BarDetail detail = columns.Detail.Read(table, value, divisor);
            if (!isTimed || !columns.IsOf(table, asset))
            {
                continue;
            }

            CheckOrder(table, columns, open, last);
            last = open;
            if (value is { } known)
            {
                opens.Add(new ReadBar(new PricePoint(open, known / divisor), detail));
            }
        }

        return opens;
    }

    private static void CheckOrder(CsvTable table, BarColumns columns, Timestamp open, Timestamp? last)
    {
        if (open == last)
        {
            table.Refuse(FailureReason.Duplicate, "the time stands twice", table[columns.Time]);
        }
        else if (open < last)
        {
            table.Refuse(FailureReason.OutOfOrder, "times must rise", table[columns.Time], $"> {last}");
        }
    }

    private static PriceSeries Close(string path, bool isDate, List<ReadBar> opens, Timestamp at)
    {
        List<ReadBar> seen = [.. opens.Where(row => row.Point.At <= at)];
        long bar = BarMilliseconds(seen, isDate ? Timestamp.DayMilliseconds : Timestamp.HourMilliseconds);
        List<ReadBar> closed = [.. seen.Where(row => row.Point.At.AddMilliseconds(bar) <= at)];
        return new PriceSeries(
            path, bar, [.. closed.Select(row => row.Point with { At = row.Point.At.AddMilliseconds(bar) })])
        {
            Bars = [.. closed.Select(row => row.Detail)],
        };
    }

    /// <summary>Median distance of the stamps; <paramref name="single"/> where there are fewer than two.</summary>
    private static long BarMilliseconds(List<ReadBar> opens, long single)
    {
        if (opens.Count < 2)
        {
            return single;
        }

        long[] distances = new long[opens.Count - 1];
        for (int row = 1; row < opens.Count; row++)
        {
            distances[row - 1] = opens[row].Point.At.MillisecondsSince(opens[row - 1].Point.At);
        }

        Array.Sort(distances);
        return distances[(distances.Length - 1) / 2];
    }

    private readonly record struct ReadBar(PricePoint Point, BarDetail Detail);
}

/// <summary>Positions of the columns of a bar file.</summary>
/// <param name="Time">Time of the open.</param>
/// <param name="IsDate">Whether that is a date.</param>
/// <param name="Value">The value.</param>
/// <param name="Symbol">Trading pair, where a file holds several; or absent.</param>
/// <param name="Checked">Columns to check.</param>
/// <param name="Detail">What else a bar states.</param>
internal sealed record BarColumns(
    int Time, bool IsDate, int Value, int Symbol, ImmutableArray<int> Checked, BarDetailColumns Detail)
{
    /// <summary>Finds the columns, or records refusals.</summary>
    internal static BarColumns Of(
        CsvTable table, ImmutableArray<string> valueNames, ImmutableArray<string> checkedNames)
    {
        bool isDate = table.Column("date") != CsvTable.Absent;
        int time = isDate ? table.Column("date") : table.Require("time_utc");
        int value = valueNames.Select(table.Column)
            .FirstOrDefault(column => column != CsvTable.Absent, CsvTable.Absent);
        if (value == CsvTable.Absent)
        {
            table.Refuse(FailureReason.Missing, $"there is no column {string.Join(" or ", valueNames)}", []);
        }

        return new BarColumns(
            time, isDate, value, table.Column("symbol"),
            [.. checkedNames.Select(table.Column).Where(column => column != CsvTable.Absent)],
            BarDetailColumns.Of(table));
    }

    /// <summary>Whether the current row is about an asset: its pair is that asset in USD, USDT or USDC.</summary>
    internal bool IsOf(CsvTable table, AssetId asset)
    {
        if (Symbol == CsvTable.Absent)
        {
            return true;
        }

        ReadOnlySpan<byte> pair = table[Symbol];
        ReadOnlySpan<byte> name = System.Text.Encoding.ASCII.GetBytes(asset.Name);
        return pair.StartsWith(name)
            && (pair[name.Length..].SequenceEqual("USDT"u8) || pair[name.Length..].SequenceEqual("USDC"u8)
                || pair[name.Length..].SequenceEqual("USD"u8) || pair.Length == name.Length);
    }
}
