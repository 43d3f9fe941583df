using Breakwater.Accounts;
using Breakwater.Margin;

namespace Breakwater.Engine;

/// <summary>Margins of all accounts, kept up with valuations and fills: scratch that changes, like the sweeps it is
/// made of (docs/adr/0070, 0080).</summary>
/// <remarks>
/// Accounts are cut into partitions, each with scratch of its own, so that a shell may refresh them on as many threads;
/// what is shared is read only. A partition has many settled accounts and a few recent ones: an account that changes
/// moves to the recent, so that a fill builds few accounts anew. A refresh redoes the accounts that read an asset that
/// was revalued, and those that changed. The result is that of <see cref="PortfolioMargin.Assess"/> for each account,
/// to the last unit, whatever the history of the book (EngineLaws). One writer: nothing here may be asked from another
/// thread while it changes.
/// </remarks>
public sealed class LiveBook
{
    private readonly Dictionary<string, LivePlace> _places = new(StringComparer.Ordinal);
    private readonly BookPartition[] _partitions;
    private BookTables? _tables;

    /// <summary>A book without accounts.</summary>
    /// <param name="partitionCount">Partitions: as many as threads work at once; ≥ 1.</param>
    public LiveBook(int partitionCount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partitionCount, 1);
        _partitions = [.. Enumerable.Range(0, partitionCount).Select(static _ => new BookPartition())];
    }

    /// <summary>Accounts.</summary>
    public int AccountCount => _places.Count;

    /// <summary>The valuation that margins are of; <c>null</c> before the first refresh.</summary>
    public MarketValuation? Valuation => _tables?.Valuation;

    /// <summary>Puts an account in, in place of what the one of the same name held.</summary>
    /// <param name="subaccount">What it holds now.</param>
    /// <param name="context">Multipliers and what the protocol holds; what is remembered has to be neutral.</param>
    /// <exception cref="ArgumentException">The context remembers: what is in effect is not computed here.</exception>
    public void Put(Subaccount subaccount, MarginContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(subaccount);
        MarginContext given = context ?? MarginContext.Neutral;
        if (given.InEffectNano != MarginContext.InEffectOne)
        {
            throw new ArgumentException($"{subaccount.Id}: the context remembers", nameof(context));
        }

        if (!_places.TryGetValue(subaccount.Id, out LivePlace? place))
        {
            place = new LivePlace(_places.Count % _partitions.Length);
            _places.Add(subaccount.Id, place);
        }

        _partitions[place.Partition].Put(new LiveAccount(SubaccountNetting.Net(subaccount), given), place);
    }

    /// <summary>Takes an account out.</summary>
    /// <param name="id">Its name.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string id)
    {
        if (!_places.Remove(id, out LivePlace? place)) return false;
        _partitions[place.Partition].Remove(id);
        return true;
    }

    /// <summary>Margins every account of a valuation.</summary>
    /// <param name="valuation">The valuation, of at least one row; a later one of the same market is cheap.</param>
    /// <param name="run">Runs loads and partitions; <c>null</c>: one after another.</param>
    public void Refresh(MarketValuation valuation, UnitRun? run = null)
    {
        ArgumentNullException.ThrowIfNull(valuation);
        UnitRun runs = run ?? UnitRuns.InOrder;
        ulong changed = Load(valuation, runs);
        BookTables tables = _tables!; // loaded
        runs(_partitions.Length, index => _partitions[index].Refresh(tables, changed));
    }

    /// <summary>Margin of an account as of the last refresh.</summary>
    /// <param name="id">Its name.</param>
    /// <returns><c>null</c> if there is no such account, or it came or changed after the last refresh.</returns>
    public AccountMargin? Of(string id) => _places.TryGetValue(id, out LivePlace? place) ? Of(place) : null;

    /// <summary>The same of the account that stands at a place, without a search.</summary>
    internal AccountMargin? Of(LivePlace place) => _partitions[place.Partition].Of(place);

    /// <summary>Place of an account, as long as it is in the book.</summary>
    internal LivePlace PlaceOf(string id) => _places[id];

    /// <summary>Margin of an account that need not be in the book, as of the valuation of the last refresh.</summary>
    /// <param name="subaccount">What it holds.</param>
    /// <param name="context">Multipliers and what the protocol holds.</param>
    /// <exception cref="InvalidOperationException">There was no refresh yet.</exception>
    public AccountMargin Assess(Subaccount subaccount, MarginContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(subaccount);
        return AssessNetted(SubaccountNetting.Net(subaccount), context ?? MarginContext.Neutral);
    }

    /// <summary>The same of a subaccount in canonical form.</summary>
    internal AccountMargin AssessNetted(Subaccount netted, MarginContext context)
    {
        BookTables tables = _tables ?? throw new InvalidOperationException("the book has no valuation yet");
        return _partitions[0].Assess(tables, new LiveAccount(netted, context));
    }

    // Bits of the assets that changed; every row that did and is held is in the tiles afterwards.
    private ulong Load(MarketValuation valuation, UnitRun run)
    {
        ulong changed = ulong.MaxValue;
        _tables?.ForgetMoves(); // every partition was refreshed since they were noted
        if (_tables is { } known && known.Fits(valuation))
        {
            changed = known.Take(valuation);
        }
        else
        {
            _tables = new BookTables(valuation);
            foreach (BookPartition partition in _partitions) partition.Forget();
        }

        BookTables tables = _tables;
        foreach (BookPartition partition in _partitions) partition.Ask(tables);
        int[] rows = tables.Due();
        run(rows.Length, index => tables.Load(rows[index]));
        return changed;
    }
}
