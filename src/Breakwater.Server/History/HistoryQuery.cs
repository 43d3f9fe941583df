using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Adapters.Storage.Projections;
using Breakwater.Instruments;
using Breakwater.Margin;
using Microsoft.Data.Sqlite;

namespace Breakwater.Server.History;

/// <summary>What the history holds of one subaccount between two instants.</summary>
/// <param name="Points">Points in order of time, all of them.</param>
/// <param name="Marks">The newest marks, in order.</param>
/// <param name="MarkCount">How many marks there are.</param>
/// <param name="Gaps">Events that the history does not know of, first and last.</param>
internal sealed record HistoryExcerpt(
    ImmutableArray<HistoryPoint> Points, ImmutableArray<HistoryMark> Marks, long MarkCount,
    ImmutableArray<(long First, long Last)> Gaps)
{
    /// <summary>Nothing.</summary>
    internal static HistoryExcerpt Empty { get; } = new([], [], 0, []);
}

/// <summary>Asks the history, beside the one who writes it: whole transactions are seen, and nobody waits.</summary>
internal static class HistoryQuery
{
    /// <summary>What is known of a subaccount.</summary>
    /// <param name="path">The SQLite file.</param>
    /// <param name="account">Its name.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">Last instant.</param>
    /// <param name="marksMax">Most marks.</param>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    internal static HistoryExcerpt Of(string path, string account, Timestamp from, Timestamp to, int marksMax)
    {
        using SqliteConnection connection = ProjectionFile.ConnectToRead(path);
        using ProjectionRows rows = new(connection);
        rows.Run("BEGIN");
        ImmutableArray<(long, long)> gaps =
        [
            .. rows.All("SELECT first, last FROM gaps ORDER BY first")
                .Select(static own => (Long(own[0]), Long(own[1]))),
        ];
        if (rows.First("SELECT id FROM accounts WHERE name = $1", account) is not long id)
        {
            return HistoryExcerpt.Empty with { Gaps = gaps };
        }

        (long first, long last) = (from.UnixMilliseconds, to.UnixMilliseconds);
        return new HistoryExcerpt(
            Points(rows, id, first, last),
            [
                .. rows.All(
                    "SELECT sequence, at_ms, kind, subject, quantity, price, refusal FROM marks "
                    + "WHERE account = $1 AND at_ms >= $2 AND at_ms <= $3 ORDER BY id DESC LIMIT $4",
                    id, first, last, marksMax).Reverse().Select(static own => new HistoryMark(
                        Long(own[0]), Timestamp.FromUnixMilliseconds(Long(own[1])), (string)own[2]!, (string)own[3]!,
                        (string?)own[4], (string?)own[5], (string?)own[6])), // columns 2 and 3 are not null
            ],
            Long(rows.First(
                "SELECT COUNT(*) FROM marks WHERE account = $1 AND at_ms >= $2 AND at_ms <= $3", id, first, last)),
            gaps);
    }

    private static ImmutableArray<HistoryPoint> Points(ProjectionRows rows, long id, long first, long last)
    {
        Dictionary<long, string> assets = rows.All("SELECT id, name FROM assets").ToDictionary(
            static own => Long(own[0]), static own => (string)own[1]!); // not null
        ILookup<long, (long Asset, double IndexUsd)> prices = rows.All(
            "SELECT p.sequence, p.asset, p.index_usd FROM samples s JOIN prices p ON p.sequence = s.sequence "
            + "WHERE s.at_ms >= $1 AND s.at_ms <= $2", first, last).ToLookup(
                static own => Long(own[0]), static own => (Long(own[1]), (double)own[2]!)); // not null
        return
        [
            .. rows.All(
                "SELECT s.sequence, s.at_ms, p.stage, p.held, p.equity, p.initial, p.maintenance, "
                + "p.initial_in_effect, p.maintenance_in_effect FROM samples s JOIN points p "
                + "ON p.sequence = s.sequence AND p.account = $1 WHERE s.at_ms >= $2 AND s.at_ms <= $3 "
                + "ORDER BY s.sequence", id, first, last)
                .Select(own => new HistoryPoint(
                    Timestamp.FromUnixMilliseconds(Long(own[1])), Long(own[0]), (MarginStage)Long(own[2]),
                    own[4] is null ? null : new HistoryMargins(
                        Micro(own[4]), Micro(own[5]), Micro(own[6]), Micro(own[7]), Micro(own[8])),
                    [
                        .. prices[Long(own[0])].Where(price => (Long(own[3]) & (1L << (int)price.Asset)) != 0)
                            .Select(price => (assets[price.Asset], price.IndexUsd))
                            .OrderBy(static price => price.Item1, StringComparer.Ordinal),
                    ])),
        ];
    }

    private static long Long(object? value) => (long)value!; // of columns and counts that are not null

    // Beyond 64 bits an amount is kept as text.
    private static Int128 Micro(object? value) => value is string text
        ? Int128.Parse(text, CultureInfo.InvariantCulture)
        : Long(value);
}
