using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Adapters.Files;

/// <summary>Reads recordings of an order book, told apart by their columns: changes of levels with a snapshot
/// (<c>kind</c>), or best quotes (<c>bid_price</c>).</summary>
internal static class BookFile
{
    private static readonly ImmutableArray<string> ChangeColumns =
        ["recv_ns", "exch_ms", "kind", "first_update_id", "last_update_id", "side", "price", "qty"];

    private static readonly ImmutableArray<string> QuoteColumns =
        ["recv_ns", "exch_ms", "update_id", "bid_price", "bid_qty", "ask_price", "ask_qty"];

    /// <summary>Reads one file; every row is checked, nothing after <paramref name="at"/> is kept.</summary>
    internal static Result<FlowObservations> Read(string path, Timestamp at)
    {
        Result<CsvTable> opened = CsvTable.Open(path);
        if (!opened.IsAccepted)
        {
            return Result<FlowObservations>.Refused(opened.Failures);
        }

        using CsvTable table = opened.Value;
        bool isQuotes = table.Column("bid_price") != CsvTable.Absent;
        table.RefuseUnknown(isQuotes ? QuoteColumns : ChangeColumns);
        FlowObservations flow = isQuotes
            ? FlowObservations.None with { Quotes = Quotes(table, at) }
            : FlowObservations.None with { Book = Frames(table, at) };
        if (table.Failures.Count > 0)
        {
            return Result<FlowObservations>.Refused(table.Failures);
        }

        return Result<FlowObservations>.Accepted(flow);
    }

    private static ImmutableArray<QuoteFrame> Quotes(CsvTable table, Timestamp at)
    {
        int received = table.Require("recv_ns");
        int exchange = table.Require("exch_ms");
        int id = table.Require("update_id");
        ImmutableArray<int> numbers =
        [
            table.Require("bid_price"), table.Require("bid_qty"), table.Require("ask_price"),
            table.Require("ask_qty"),
        ];
        ImmutableArray<QuoteFrame>.Builder quotes = ImmutableArray.CreateBuilder<QuoteFrame>();
        Timestamp last = default;
        long lastId = 0;
        int count = 0;
        for (; table.Failures.Count == 0 && table.Read(); count++)
        {
            bool isWhole = FeedClock.Check(table, received, FeedClock.Nanoseconds)
                & FeedClock.TryRead(table, exchange, FeedClock.MillisecondsPerMillisecond, out Timestamp time)
                & table.TryWhole(id, lastId, long.MaxValue, out long update);
            double?[] values = [.. numbers.Select(column => table.Number(column, NumberDomain.Positive))];
            if (values.Any(value => value is null))
            {
                table.Refuse(FailureReason.Missing, "a best quote lacks a price or a size", []);
            }
            else if (isWhole)
            {
                FeedClock.CheckOrder(table, exchange, count > 0, last, time);
                (last, lastId) = (time, update);
                quotes.Add(new QuoteFrame(
                    time, update, new BestQuotes(
                        values[0]!.Value, values[1]!.Value, values[2]!.Value, values[3]!.Value))); // none is null
            }
        }

        RefuseEmpty(table, count);
        return [.. quotes.Where(quote => quote.At <= at)];
    }

    private static ImmutableArray<BookFrame> Frames(CsvTable table, Timestamp at)
    {
        BookColumns columns = BookColumns.Of(table);
        ImmutableArray<BookFrame>.Builder frames = ImmutableArray.CreateBuilder<BookFrame>();
        ImmutableArray<BookChange>.Builder changes = ImmutableArray.CreateBuilder<BookChange>();
        BookRow before = default;
        int count = 0;
        for (; table.Failures.Count == 0 && table.Read(); count++)
        {
            if (columns.Row(table) is not { } row)
            {
                continue;
            }

            if (count > 0 && row.Received < before.Received)
            {
                table.Refuse(FailureReason.OutOfOrder, "times must not fall", table[columns.Received]);
            }

            if (changes.Count > 0 && !row.IsOfFrame(before))
            {
                frames.Add(before.Frame(frames, changes));
                changes.Clear();
            }

            changes.Add(row.Change);
            before = row;
        }

        if (changes.Count > 0)
        {
            frames.Add(before.Frame(frames, changes));
        }

        RefuseEmpty(table, count);
        return [.. frames.Where(frame => frame.At <= at)];
    }

    private static void RefuseEmpty(CsvTable table, int rowCount)
    {
        if (rowCount == 0 && table.Failures.Count == 0)
        {
            table.Refuse(FailureReason.Missing, "the file has no rows", []);
        }
    }

    private readonly record struct BookRow(
        Timestamp Received, Timestamp At, bool IsSnapshot, long First, long Last, BookChange Change)
    {
        internal bool IsOfFrame(in BookRow other) =>
            IsSnapshot == other.IsSnapshot && First == other.First && Last == other.Last;

        // A frame is known when its clock says so, and not before the one received before it.
        internal BookFrame Frame(ImmutableArray<BookFrame>.Builder frames, ImmutableArray<BookChange>.Builder changes)
        {
            Timestamp known = frames.Count > 0 && frames[^1].At > At ? frames[^1].At : At;
            return new BookFrame(known, IsSnapshot, First, Last, changes.ToImmutable());
        }
    }

    private sealed record BookColumns(
        int Received, int Exchange, int Kind, int First, int Last, int Side, int Price, int Quantity)
    {
        internal static BookColumns Of(CsvTable table) => new(
            table.Require("recv_ns"), table.Require("exch_ms"), table.Require("kind"),
            table.Require("first_update_id"), table.Require("last_update_id"), table.Require("side"),
            table.Require("price"), table.Require("qty"));

        internal BookRow? Row(CsvTable table)
        {
            bool isWhole = FeedClock.TryRead(table, Received, FeedClock.Nanoseconds, out Timestamp received)
                & FeedClock.TryRead(table, Exchange, FeedClock.MillisecondsPerMillisecond, out Timestamp time)
                & table.TryWhole(First, 0, long.MaxValue, out long first)
                & table.TryWhole(Last, first, long.MaxValue, out long last);
            double? price = table.Number(Price, NumberDomain.Positive);
            double? quantity = table.Number(Quantity, NumberDomain.NotNegative);
            bool isSnapshot = table[Kind].SequenceEqual("snapshot"u8);
            bool isBid = table[Side].SequenceEqual("B"u8);
            if (!isSnapshot && !table[Kind].SequenceEqual("update"u8))
            {
                table.Refuse(FailureReason.Malformed, "no kind of frame", table[Kind], "snapshot or update");
            }

            if (!isBid && !table[Side].SequenceEqual("A"u8))
            {
                table.Refuse(FailureReason.Malformed, "no side of a book", table[Side], "B or A");
            }

            if (price is null || quantity is null)
            {
                table.Refuse(FailureReason.Missing, "a level has no price or no size", []);
            }

            return isWhole && price is { } level && quantity is { } size
                ? new BookRow(received, time, isSnapshot, first, last, new BookChange(isBid, level, size))
                : null;
        }
    }
}
