using Breakwater.Books;

namespace Breakwater.Engine;

/// <summary>Accounts of one thread: many settled ones, and the few that changed since.</summary>
internal sealed class BookPartition
{
    private const int RecentMinimum = 64;
    private const int RecentShare = 16; // of the settled accounts, from which on all are settled anew
    private const int BlockMinimum = 64;

    private readonly SortedDictionary<string, LivePlace> _places = new(StringComparer.Ordinal);
    private BookSection _settled = new();
    private BookSection _recent = new();
    private readonly List<LiveAccount> _unasked = []; // whose rows nobody asked for yet
    private BookScratch? _scratch;

    /// <summary>Puts an account in, in place of the one of the same name.</summary>
    internal void Put(LiveAccount account, LivePlace place)
    {
        _unasked.Add(account);
        if (place.Index < 0) _places.Add(account.Subaccount.Id, place);
        else if (place.IsRecent)
        {
            _recent.Replace(place.Index, account);
            return;
        }
        else _settled.Leave(place.Index);

        (place.IsRecent, place.Index) = (true, _recent.Add(account));
    }

    /// <summary>Takes an account out.</summary>
    internal void Remove(string id)
    {
        if (!_places.Remove(id, out LivePlace? place)) return;
        (place.IsRecent ? _recent : _settled).Leave(place.Index);
    }

    /// <summary>Forgets what was made of arrays that are no more.</summary>
    internal void Forget()
    {
        _scratch = null;
        _settled.Unbuild();
        _recent.Unbuild();
        _unasked.Clear();
        _unasked.AddRange(_places.Values.Select(AccountOf));
    }

    /// <summary>Asks for the rows of accounts that have come or changed.</summary>
    /// <param name="tables">Where.</param>
    internal void Ask(BookTables tables)
    {
        foreach (LiveAccount account in _unasked) tables.Ask(account);
        _unasked.Clear();
    }

    /// <summary>Margins what changed.</summary>
    /// <param name="tables">The market, loaded.</param>
    /// <param name="changed">Bits of the assets that changed.</param>
    internal void Refresh(BookTables tables, ulong changed)
    {
        if (_recent.Count > Math.Max(RecentMinimum, _settled.Count / RecentShare)) Settle();
        BookScratch scratch = Scratch(tables, changed);
        _settled.Refresh(tables, scratch, changed);
        _recent.Refresh(tables, scratch, changed);
    }

    /// <summary>Margin of an account as of the last refresh.</summary>
    internal AccountMargin? Of(LivePlace place) => (place.IsRecent ? _recent : _settled).Of(place.Index);

    /// <summary>Margin of an account that need not be here.</summary>
    internal AccountMargin Assess(BookTables tables, LiveAccount account)
    {
        foreach (int row in tables.Ask(account) ? tables.Due() : []) tables.Load(row);
        return SoloMargin.Of(tables, Scratch(tables, 0), account);
    }

    private LiveAccount AccountOf(LivePlace place) => (place.IsRecent ? _recent : _settled)[place.Index];

    private BookScratch Scratch(BookTables tables, ulong changed)
    {
        int block = Math.Clamp(_settled.Count, BlockMinimum, CoreSweep.BlockAccountsDefault);
        if (_scratch is null || _scratch.BlockAccounts < block) _scratch = new BookScratch(tables, block);
        else if (changed != 0) _scratch.Renew(tables);
        return _scratch;
    }

    // In order of name, so that it does not matter who changed when.
    private void Settle()
    {
        BookSection settled = new();
        foreach (LivePlace place in _places.Values)
        {
            (place.IsRecent, place.Index) = (false, settled.Add(AccountOf(place)));
        }

        _settled = settled;
        _recent = new BookSection();
    }
}
