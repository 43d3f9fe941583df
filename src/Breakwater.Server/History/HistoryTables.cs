using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Storage.Projections;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Server.History;

/// <summary>Rows of the history: samples of every subaccount, prices, marks; the oldest of too many go.</summary>
/// <remarks>Rows of a sample stand together, so that a sample is written and forgotten in one place, and one
/// subaccount costs one step per sample.</remarks>
internal sealed class HistoryTables
{
    /// <summary>Statements that make the tables (<see cref="IProjection.Schema"/>).</summary>
    internal static readonly ImmutableArray<string> Schema =
    [
        "CREATE TABLE accounts (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
        "CREATE TABLE assets (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
        "CREATE TABLE samples (sequence INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, row_count INTEGER NOT NULL)",
        "CREATE INDEX samples_by_time ON samples (at_ms)",
        "CREATE TABLE points (sequence INTEGER NOT NULL, account INTEGER NOT NULL, stage INTEGER NOT NULL, "
            + "equity, initial, maintenance, initial_in_effect, maintenance_in_effect, held INTEGER NOT NULL, "
            + "PRIMARY KEY (sequence, account)) WITHOUT ROWID",
        "CREATE TABLE prices (sequence INTEGER NOT NULL, asset INTEGER NOT NULL, index_usd REAL NOT NULL, "
            + "PRIMARY KEY (sequence, asset)) WITHOUT ROWID",
        "CREATE TABLE marks (id INTEGER PRIMARY KEY, account INTEGER NOT NULL, sequence INTEGER NOT NULL, "
            + "at_ms INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, quantity TEXT, price TEXT, "
            + "refusal TEXT)",
        "CREATE INDEX marks_by_account ON marks (account, id)",
        "CREATE TABLE gaps (first INTEGER PRIMARY KEY, last INTEGER NOT NULL)",
    ];

    private const int AssetsMax = 63; // bits of what a row says it held

    private readonly ProjectionRows _rows;
    private readonly HistoryOptions _options;
    private readonly Dictionary<string, long> _accounts;
    private readonly Dictionary<AssetId, int> _assets;
    private readonly Queue<(long Sequence, long At, long Count)> _samples;
    private long _markCount;

    /// <summary>Tables as they are.</summary>
    /// <param name="rows">Statements on them.</param>
    /// <param name="options">What is kept.</param>
    internal HistoryTables(ProjectionRows rows, HistoryOptions options)
    {
        _rows = rows;
        _options = options;
        _accounts = rows.All("SELECT name, id FROM accounts").ToDictionary(
            static own => (string)own[0]!, static own => (long)own[1]!, StringComparer.Ordinal); // columns not null
        _assets = rows.All("SELECT name, id FROM assets").ToDictionary(
            static own => AssetId.Of((string)own[0]!), static own => (int)(long)own[1]!);
        _samples = new(rows.All("SELECT sequence, at_ms, row_count FROM samples ORDER BY sequence").Select(
            static own => ((long)own[0]!, (long)own[1]!, (long)own[2]!)));
        RowCount = _samples.Sum(static own => own.Count);
        _markCount = (long)rows.First("SELECT COUNT(*) FROM marks")!; // a count is a number
        SampledAt = _samples.Count > 0 ? Timestamp.FromUnixMilliseconds(_samples.Last().At) : null;
    }

    /// <summary>Engine time of the newest sample; <c>null</c> if there is none.</summary>
    internal Timestamp? SampledAt { get; private set; }

    /// <summary>Rows of samples.</summary>
    internal long RowCount { get; private set; }

    /// <summary>Notes events that the history does not know of.</summary>
    /// <param name="first">First of them.</param>
    /// <param name="last">Last of them.</param>
    internal void WriteGap(long first, long last) => _rows.Run("INSERT INTO gaps VALUES ($1, $2)", first, last);

    /// <summary>Writes a sample of every margined subaccount, and forgets what it makes too much.</summary>
    /// <param name="state">The state after a tick.</param>
    internal void Write(RiskState state)
    {
        foreach (UnderlyingMarket own in state.Valuation?.Market.Underlyings ?? [])
        {
            if (BitOf(own.Asset) is { } asset)
            {
                _rows.Run("INSERT INTO prices VALUES ($1, $2, $3)", state.Sequence, asset, own.IndexUsd);
            }
        }

        long count = 0;
        foreach (LedgerAccount account in state.Ledger.Accounts.Values)
        {
            if (state.StandingOf(account.Id) is { Memory: not null } standing)
            {
                Write(state, account, standing);
                count++;
            }
        }

        _rows.Run("INSERT INTO samples VALUES ($1, $2, $3)", state.Sequence, state.At.UnixMilliseconds, count);
        _samples.Enqueue((state.Sequence, state.At.UnixMilliseconds, count));
        RowCount += count;
        SampledAt = state.At;
        Forget(state.At);
    }

    /// <summary>Writes the marks of what happened; they are numbered as they come.</summary>
    /// <param name="happened">What happened.</param>
    internal void Write(IHistoryEntry happened)
    {
        foreach ((string account, HistoryMark own) in happened.Marks())
        {
            _rows.Run(
                "INSERT INTO marks VALUES (NULL, $1, $2, $3, $4, $5, $6, $7, $8)",
                IdOf(account), own.Sequence, own.At.UnixMilliseconds, own.Kind, own.Subject, own.Quantity, own.Price,
                own.Refusal);
            _markCount++;
        }
    }

    private void Write(RiskState state, LedgerAccount account, AccountStanding standing)
    {
        bool isKnown = standing.Computed.IsKnown;
        object? Stored(Numerics.Money money) => !isKnown ? null
            : money.MicroDollars is var micro && micro >= long.MinValue && micro <= long.MaxValue ? (long)micro
            : micro.ToString(System.Globalization.CultureInfo.InvariantCulture);

        _rows.Run(
            "INSERT INTO points VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            state.Sequence, IdOf(account.Id), (long)standing.Stage, Stored(standing.Equity),
            Stored(standing.Computed.Initial), Stored(standing.Computed.Maintenance),
            Stored(standing.InitialInEffect(state.Parameters.Margin)), Stored(standing.MaintenanceInEffect),
            HeldBy(account));
    }

    private long HeldBy(LedgerAccount account)
    {
        long held = 0;
        foreach (Holding own in account.Holdings) held |= Bit(own.Instrument.Underlying);
        foreach (AccountCash own in account.Cash) held |= Bit(own.Asset);
        foreach (Accounts.CollateralBalance own in account.Elsewhere) held |= Bit(own.Asset);
        return held;
    }

    private long Bit(AssetId asset) =>
        asset != AssetId.Numeraire && BitOf(asset) is { } number ? 1L << number : 0L;

    // The place of an asset among the bits; of those that come after the last bit no price is kept.
    private int? BitOf(AssetId asset)
    {
        if (_assets.TryGetValue(asset, out int known)) return known;
        if (_assets.Count >= AssetsMax) return null;
        int id = _assets.Count;
        _rows.Run("INSERT INTO assets VALUES ($1, $2)", id, asset.Name);
        _assets.Add(asset, id);
        return id;
    }

    private long IdOf(string account)
    {
        if (_accounts.TryGetValue(account, out long known)) return known;
        long id = _accounts.Count + 1;
        _rows.Run("INSERT INTO accounts VALUES ($1, $2)", id, account);
        _accounts.Add(account, id);
        return id;
    }

    private void Forget(Timestamp now)
    {
        long oldest = now.UnixMilliseconds - _options.KeptMilliseconds;
        while (_samples.TryPeek(out (long Sequence, long At, long Count) first) && _samples.Count > 1
            && (first.At < oldest || RowCount > _options.RowsMax))
        {
            _samples.Dequeue();
            _rows.Run("DELETE FROM points WHERE sequence = $1", first.Sequence);
            _rows.Run("DELETE FROM prices WHERE sequence = $1", first.Sequence);
            _rows.Run("DELETE FROM samples WHERE sequence = $1", first.Sequence);
            RowCount -= first.Count;
        }

        _markCount -= _rows.Run(
            "DELETE FROM marks WHERE id < (SELECT id FROM marks WHERE at_ms >= $1 ORDER BY id LIMIT 1)", oldest);
        if (_markCount <= _options.MarksMax) return;
        _markCount -= _rows.Run(
            "DELETE FROM marks WHERE id IN (SELECT id FROM marks ORDER BY id LIMIT $1)",
            _markCount - _options.MarksMax);
    }
}
