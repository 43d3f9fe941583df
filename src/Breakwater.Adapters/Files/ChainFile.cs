using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Adapters.Files;

/// <summary>Reads option chains: one row per instrument and snapshot, several snapshots and underlyings per
/// file.</summary>
internal static class ChainFile
{
    private static readonly ImmutableArray<string> Known =
    [
        "snapshot_utc", "currency", "instrument", "option_type", "strike", "expiry_utc", "time_to_maturity",
        "bid_price", "ask_price", "mark_price", "mark_iv", "underlying_name", "underlying_price", "index_price",
        "delta",
        "vega",
        "open_interest", "volume_24h", "volume_24h_usd",
    ];

    /// <summary>Reads every row, and hands over those not after <paramref name="at"/> with the time of their snapshot.
    /// </summary>
    /// <returns>The refusals; empty if the file is accepted. With any, what was handed over must not be used.</returns>
    internal static ImmutableArray<Failure> Read(string path, Timestamp at, Action<Timestamp, ChainRow> add)
    {
        Result<CsvTable> opened = CsvTable.Open(path);
        if (!opened.IsAccepted)
        {
            return opened.Failures;
        }

        using CsvTable table = opened.Value;
        foreach (string name in table.Header.Where(name => !Known.Contains(name, StringComparer.Ordinal)))
        {
            table.Refuse(
                FailureReason.Unknown, "a column is not of an option chain", System.Text.Encoding.ASCII.GetBytes(name));
        }

        ChainColumns columns = ChainColumns.Of(table);
        if (table.Failures.Count > 0)
        {
            return [.. table.Failures];
        }

        ChainInstruments instruments = new();
        int rowCount = 0;
        for (; table.Read(); rowCount++)
        {
            ReadRow(table, columns, instruments, at, add);
        }

        return rowCount == 0 && table.Failures.Count == 0
            ? [new Failure(FailureReason.Missing, "the file has no rows", path)]
            : [.. table.Failures];
    }

    private static void ReadRow(
        CsvTable table, in ChainColumns columns, ChainInstruments instruments, Timestamp at,
        Action<Timestamp, ChainRow> add)
    {
        bool hasTime = table.TryTime(columns.Snapshot, out Timestamp snapshot);
        ListedOption? listed = instruments.Find(table, columns.Instrument);
        ChainNumbers numbers = ChainNumbers.Read(table, columns);
        if (!hasTime || listed is null || !IsConsistent(table, columns, listed)
            || !instruments.IsNext(table, columns, listed, snapshot) || snapshot > at)
        {
            return;
        }

        bool isListed = !table[columns.ForwardName].StartsWith("SYN."u8);
        add(snapshot, new ChainRow(
            listed.Option, numbers.BidCoin, numbers.AskCoin, numbers.MarkCoin, numbers.MarkVolatilityAnnual,
            numbers.ForwardUsd, isListed, numbers.IndexUsd, numbers.OpenInterest ?? 0)
        {
            VolumeDaily = numbers.VolumeDaily ?? 0,
        });
    }

    private static bool IsConsistent(CsvTable table, in ChainColumns columns, ListedOption listed)
    {
        int before = table.Failures.Count;
        if (!table[columns.Currency].SequenceEqual(listed.Currency))
        {
            table.Refuse(
                FailureReason.Inconsistent, "currency is not the instrument's", table[columns.Currency],
                listed.Option.Name);
        }

        if (table[columns.OptionType] is { IsEmpty: false } type && !type.SequenceEqual(listed.Side))
        {
            table.Refuse(FailureReason.Inconsistent, "option_type is not the instrument's", type, listed.Option.Name);
        }

        if (table.Number(columns.Strike, NumberDomain.Positive) is { } strike && strike != listed.StrikeUsd)
        {
            table.Refuse(
                FailureReason.Inconsistent, "strike is not the instrument's", table[columns.Strike],
                listed.Option.Name);
        }

        if (!table[columns.Expiry].IsEmpty && table.TryTime(columns.Expiry, out Timestamp expiry)
            && expiry != listed.Option.Expiry)
        {
            table.Refuse(
                FailureReason.Inconsistent, "expiry_utc is not the instrument's", table[columns.Expiry],
                listed.Option.Name);
        }

        return table.Failures.Count == before;
    }
}

/// <summary>Numbers of one chain row, <c>null</c> where blank.</summary>
internal readonly record struct ChainNumbers(
    double? BidCoin, double? AskCoin, double? MarkCoin, double? MarkVolatilityAnnual, double? ForwardUsd,
    double? IndexUsd, double? OpenInterest, double? VolumeDaily)
{
    /// <summary>Reads them, and checks the form of the columns that are not used.</summary>
    internal static ChainNumbers Read(CsvTable table, in ChainColumns columns)
    {
        table.Number(columns.Years, NumberDomain.Any);
        table.Number(columns.Delta, NumberDomain.Any);
        table.Number(columns.Vega, NumberDomain.Any);
        table.Number(columns.VolumeUsd, NumberDomain.NotNegative);
        return new ChainNumbers(
            table.Number(columns.Bid, NumberDomain.NotNegative),
            table.Number(columns.Ask, NumberDomain.NotNegative),
            table.Number(columns.Mark, NumberDomain.NotNegative),
            table.Number(columns.MarkVolatility, NumberDomain.NotNegative),
            table.Number(columns.Forward, NumberDomain.Positive),
            table.Number(columns.Index, NumberDomain.Positive),
            table.Number(columns.OpenInterest, NumberDomain.NotNegative),
            table.Number(columns.Volume, NumberDomain.NotNegative));
    }
}

/// <summary>Positions of the columns of a chain.</summary>
internal readonly record struct ChainColumns(
    int Snapshot, int Currency, int Instrument, int Bid, int Ask, int Mark, int MarkVolatility, int Forward, int Index)
{
    internal int ForwardName { get; private init; }

    internal int OptionType { get; private init; }

    internal int Strike { get; private init; }

    internal int Expiry { get; private init; }

    internal int Years { get; private init; }

    internal int Delta { get; private init; }

    internal int Vega { get; private init; }

    internal int OpenInterest { get; private init; }

    internal int Volume { get; private init; }

    internal int VolumeUsd { get; private init; }

    /// <summary>Finds the columns; those a snapshot cannot do without are refused if absent.</summary>
    internal static ChainColumns Of(CsvTable table) => new(
        table.Require("snapshot_utc"), table.Require("currency"), table.Require("instrument"),
        table.Require("bid_price"), table.Require("ask_price"), table.Require("mark_price"), table.Require("mark_iv"),
        table.Require("underlying_price"), table.Require("index_price"))
    {
        ForwardName = table.Column("underlying_name"),
        OptionType = table.Column("option_type"),
        Strike = table.Column("strike"),
        Expiry = table.Column("expiry_utc"),
        Years = table.Column("time_to_maturity"),
        Delta = table.Column("delta"),
        Vega = table.Column("vega"),
        OpenInterest = table.Column("open_interest"),
        Volume = table.Column("volume_24h"),
        VolumeUsd = table.Column("volume_24h_usd"),
    };
}
