using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Adapters.Files;

/// <summary>Reads bars of executed volume with the takers' share: a stamp is the OPEN of its bar.</summary>
internal static class TakerBarRows
{
    private static readonly ImmutableArray<string> Checked =
        ["open", "high", "low", "quote_volume", "trades", "taker_buy_quote"];

    private static readonly ImmutableArray<string> Known =
        [.. Checked, "time_utc", "date", "close", "volume", "taker_buy_base"];

    /// <summary>Reads the rows of an opened file.</summary>
    internal static FlowObservations Read(CsvTable table, Timestamp at)
    {
        table.RefuseUnknown(Known);
        bool isDate = table.Column("date") != CsvTable.Absent;
        int time = isDate ? table.Column("date") : table.Require("time_utc");
        int close = table.Require("close");
        int volume = table.Require("volume");
        int buys = table.Column("taker_buy_base");
        ImmutableArray<int> others = [.. Checked.Select(table.Column).Where(column => column != CsvTable.Absent)];
        List<FlowBar> opens = [];
        int count = 0;
        for (; table.Failures.Count == 0 && table.Read(); count++)
        {
            foreach (int column in others)
            {
                table.Number(column, NumberDomain.NotNegative);
            }

            bool isTimed = table.TryTime(time, out Timestamp open);
            double? price = table.Number(close, NumberDomain.Positive);
            double? quantity = table.Number(volume, NumberDomain.NotNegative);
            double? bought = table.Number(buys, NumberDomain.NotNegative);
            CheckRow(table, time, opens, open, price, quantity, bought);
            if (isTimed && price is { } last && quantity is { } whole && bought is { } part)
            {
                opens.Add(new FlowBar(open, last, part, whole));
            }
        }

        if (count == 0 && table.Failures.Count == 0)
        {
            table.Refuse(FailureReason.Missing, "the file has no rows", []);
        }

        return FlowObservations.None with { Bars = [Close(table.File, isDate, opens, at)] };
    }

    private static void CheckRow(
        CsvTable table, int time, List<FlowBar> opens, Timestamp open, double? price, double? quantity,
        double? bought)
    {
        if (price is null || quantity is null || bought is null)
        {
            table.Refuse(FailureReason.Missing, "a bar has no close, no volume or no taker volume", []);
        }
        else if (bought > quantity)
        {
            table.Refuse(FailureReason.Inconsistent, "takers bought more than was traded", [], "volume");
        }
        else if (opens.Count > 0 && open <= opens[^1].At)
        {
            table.Refuse(
                open == opens[^1].At ? FailureReason.Duplicate : FailureReason.OutOfOrder, "times must rise",
                table[time], $"> {opens[^1].At}");
        }
    }

    private static FlowBarSeries Close(string path, bool isDate, List<FlowBar> opens, Timestamp at)
    {
        long bar = isDate ? Timestamp.DayMilliseconds : Timestamp.HourMilliseconds;
        if (opens.Count > 1)
        {
            long[] distances = [.. Enumerable.Range(1, opens.Count - 1)
                .Select(row => opens[row].At.MillisecondsSince(opens[row - 1].At))];
            Array.Sort(distances);
            bar = distances[(distances.Length - 1) / 2];
        }

        return new FlowBarSeries(path, bar,
        [
            .. opens.Select(own => own with { At = own.At.AddMilliseconds(bar) }).Where(own => own.At <= at),
        ]);
    }
}
