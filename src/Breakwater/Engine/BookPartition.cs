using Breakwater.Books;

namespace Breakwater.Engine;

/// <summary>Accounts of one thread: many settled ones, and the few that changed since.</summary>
internal sealed class BookPartition
{
    private const int RecentMinimum = 64;
    private const int RecentShare = 16; // of the settled accounts, from which on all are settled anew
    private const int BlockMinimum = 64;

    private readonly SortedDictionary<string, (bool IsRecent, int Index)> _places = new(StringComparer.Ordinal);
    private BookSection _settled = new();
    private BookSection _recent = new();
    private BookScratch? _scratch;

    /// <summary>Puts an account in, in place of the one of the same name.</summary>
    internal void Put(LiveAccount account)
    {
        string id = account.Subaccount.Id;
        if (_places.TryGetValue(id, out (bool IsRecent, int Index) place))
        {
            if (place.IsRecent)
            {
                _recent.Replace(place.Index, account);
                return;
            }

            _settled.Leave(place.Index);
        }

        _places[id] = (true, _recent.Add(account));
    }

    /// <summary>Takes an account out.</summary>
    internal void Remove(string id)
    {
        if (!_places.Remove(id, out (bool IsRecent, int Index) place)) return;
        (place.IsRecent ? _recent : _settled).Leave(place.Index);
    }

    /// <summary>Forgets what was made of arrays that are no more.</summary>
    internal void Forget()
    {
        _scratch = null;
        _settled.Unbuild();
        _recent.Unbuild();
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
    internal AccountMargin? Of(string id) => _places.TryGetValue(id, out (bool IsRecent, int Index) place)
        ? (place.IsRecent ? _recent : _settled).Of(place.Index)
        : null;

    /// <summary>Margin of an account that need not be here.</summary>
    internal AccountMargin Assess(BookTables tables, LiveAccount account) =>
        SoloMargin.Of(tables, Scratch(tables, 0), account);

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
        foreach ((string id, (bool isRecent, int index)) in _places.ToArray())
        {
            LiveAccount own = (isRecent ? _recent : _settled)[index];
            _places[id] = (false, settled.Add(own));
        }

        _settled = settled;
        _recent = new BookSection();
    }
}
