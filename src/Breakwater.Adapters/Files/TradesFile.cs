using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Adapters.Files;

/// <summary>Reads executed flow, told apart by its columns: trades with <c>aggressor</c> and two clocks, trades with
/// <c>exch_us</c> and <c>side</c>, or bars with <c>taker_buy_base</c>.</summary>
/// <remarks>
/// A path that ends in <c>@10USD</c> says that amounts are contracts of that many USD, as on coin-margined venues; else
/// they are units of the asset. Times not after the instant asked for are kept; all rows are checked.
/// </remarks>
internal static class TradesFile
{
    private const string ContractSuffix = "USD";

    private static readonly ImmutableArray<string> RecordedColumns =
        ["recv_ns", "exch_ms", "trade_id", "price", "qty", "aggressor", "order_type"];

    private static readonly ImmutableArray<string> PublicColumns = ["exch_us", "id", "side", "price", "amount"];

    /// <summary>Reads one file.</summary>
    /// <param name="path">Path, with the size of a contract after an <c>@</c> where amounts are contracts.</param>
    /// <param name="at">Nothing later is kept.</param>
    internal static Result<FlowObservations> Read(string path, Timestamp at)
    {
        (string file, double contractUsd) = Contract(path);
        Result<CsvTable> opened = CsvTable.Open(file);
        if (!opened.IsAccepted)
        {
            return Result<FlowObservations>.Refused(opened.Failures);
        }

        using CsvTable table = opened.Value;
        FlowObservations flow = table switch
        {
            _ when table.Column("taker_buy_base") != CsvTable.Absent => TakerBarRows.Read(table, at),
            _ when table.Column("exch_us") != CsvTable.Absent => Public(table, at, contractUsd),
            _ => Recorded(table, at, contractUsd),
        };
        return table.Failures.Count > 0
            ? Result<FlowObservations>.Refused(table.Failures)
            : Result<FlowObservations>.Accepted(flow);
    }

    private static (string File, double ContractUsd) Contract(string path)
    {
        int mark = path.LastIndexOf('@');
        return mark > 0 && path.EndsWith(ContractSuffix, StringComparison.Ordinal)
            && StrictNumber.TryDouble(path[(mark + 1)..^ContractSuffix.Length], out double size) && size > 0d
            ? (path[..mark], size)
            : (path, 0d);
    }

    private static FlowObservations Recorded(CsvTable table, Timestamp at, double contractUsd)
    {
        table.RefuseUnknown(RecordedColumns);
        int received = table.Require("recv_ns");
        TradeColumns columns = new(
            table.Require("exch_ms"), FeedClock.MillisecondsPerMillisecond, table.Require("trade_id"),
            table.Require("price"), table.Require("qty"), table.Require("aggressor"), ["B", "S"]);
        return Rows(table, columns, at, contractUsd, () => FeedClock.Check(table, received, FeedClock.Nanoseconds));
    }

    private static FlowObservations Public(CsvTable table, Timestamp at, double contractUsd)
    {
        table.RefuseUnknown(PublicColumns);
        TradeColumns columns = new(
            table.Require("exch_us"), FeedClock.Microseconds, table.Require("id"),
            table.Require("price"), table.Require("amount"), table.Require("side"), ["buy", "sell"]);
        return Rows(table, columns, at, contractUsd, () => true);
    }

    private static FlowObservations Rows(
        CsvTable table, TradeColumns columns, Timestamp at, double contractUsd, Func<bool> checkRow)
    {
        ImmutableArray<Trade>.Builder trades = ImmutableArray.CreateBuilder<Trade>();
        long lastId = -1;
        Timestamp last = default;
        int count = 0;
        for (; table.Failures.Count == 0 && table.Read(); count++)
        {
            bool isWhole = checkRow() & FeedClock.TryRead(table, columns.Time, columns.ClockPerMillisecond, out
                Timestamp time);
            isWhole &= table.TryWhole(columns.Id, lastId + 1, long.MaxValue, out long id);
            double? price = table.Number(columns.Price, NumberDomain.Positive);
            double? amount = table.Number(columns.Amount, NumberDomain.Positive);
            bool? isBuy = columns.SideOf(table);
            if (price is null || amount is null)
            {
                table.Refuse(FailureReason.Missing, "a trade has no price or no size", []);
            }

            if (!isWhole || isBuy is null || price is not { } paid || amount is not { } size)
            {
                continue;
            }

            FeedClock.CheckOrder(table, columns.Time, count > 0, last, time);
            (lastId, last) = (id, time);
            if (time <= at)
            {
                trades.Add(new Trade(time, paid, contractUsd > 0d ? size * contractUsd / paid : size, isBuy.Value));
            }
        }

        if (count == 0 && table.Failures.Count == 0)
        {
            table.Refuse(FailureReason.Missing, "the file has no rows", []);
        }

        return FlowObservations.None with { Trades = trades.ToImmutable() };
    }

    private sealed record TradeColumns(
        int Time, long ClockPerMillisecond, int Id, int Price, int Amount, int Side, ImmutableArray<string> Sides)
    {
        internal bool? SideOf(CsvTable table)
        {
            string side = System.Text.Encoding.ASCII.GetString(table[Side]);
            int index = Sides.IndexOf(side, StringComparer.Ordinal);
            if (index < 0)
            {
                table.Refuse(
                    FailureReason.Malformed, "no side of a trade", table[Side], string.Join(" or ", Sides));
            }

            return index < 0 ? null : index == 0;
        }
    }
}
