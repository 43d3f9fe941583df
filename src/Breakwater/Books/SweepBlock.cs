using System.Runtime.CompilerServices;

namespace Breakwater.Books;

/// <summary>The sweep of one block of accounts with one width of vectors.</summary>
internal readonly ref partial struct SweepBlock<TLanes, TVector>
    where TLanes : struct, ITailLanes<TVector>
    where TVector : struct
{
    private const double ExactLimit = 1L << 52; // sums below it are exact, also after rounding of the check itself
    private const double LoosenedShare = 0.1; // of the distance from value at risk to expected shortfall

    private readonly TiledArrays _arrays;
    private readonly ScreenArrays _screen;
    private readonly BookHoldings _book;
    private readonly BookCores _cores;
    private readonly TailMasses _masses;
    private readonly TailScratch _scratch;
    private readonly int _horizon;
    private readonly int _first;
    private readonly int _count;
    private readonly int _slotFirst;
    private readonly int _times;

    internal SweepBlock(
        TiledArrays arrays,
        BookHoldings book,
        BookCores cores,
        TailMasses masses,
        TailScratch scratch,
        int horizon,
        int first,
        int count)
    {
        (_arrays, _book, _cores, _masses, _scratch) = (arrays, book, cores, masses, scratch);
        (_horizon, _first, _count) = (horizon, first, count);
        _slotFirst = book.SlotFirst[first];
        _times = arrays.Tiling.TimeCount;
        _screen = arrays.Screen!; // read only where there is one
        scratch.Reserve(book.SlotFirst[first + count] - _slotFirst);
    }

    /// <summary>All steps.</summary>
    internal SweepCounts Run()
    {
        SweepCounts counts = default;
        Prepare();
        FindWorst();
        bool hasTail = _scratch.CountOfTile.Length > 0;
        if (hasTail) counts += new SweepCounts { Screened = Keep() + Screen() };
        FindPending();
        if (hasTail)
        {
            GuessCuts();
            FindTiles();
            for (int tile = 0; tile < _scratch.CountOfTile.Length; tile++)
            {
                counts += Sweep(tile);
            }
        }

        return counts + Conclude();
    }

    // Thresholds without constants; accounts whose sums could leave the whole numbers of doubles get a slot marked.
    private void Prepare()
    {
        ReadOnlySpan<int> slots = _book.SlotFirst;
        Array.Clear(_scratch.CountOfTile);
        for (int account = _first; account < _first + _count; account++)
        {
            bool isExact = _book.IsHeld(account) && GrossOf(account) < ExactLimit;
            for (int slot = slots[account]; slot < slots[account + 1]; slot++)
            {
                double threshold = _cores.Thresholds[slot];
                _scratch.IsScreened[slot - _slotFirst] =
                    double.IsNaN(threshold) || _cores.Bindings[slot] == SlotBinding.Scenario;
                _scratch.IsSettled[slot - _slotFirst] = false;
                _scratch.Cuts[slot - _slotFirst] = double.IsNaN(threshold)
                    ? double.NegativeInfinity
                    : threshold - _book.Constants[(2 * slot) + _horizon];
                _scratch.CountOfSlot[slot - _slotFirst] = 0;
                _scratch.Worst[slot - _slotFirst] = 0;
                _cores.BindingsToFill[slot] = isExact ? SlotBinding.ExpectedShortfall : SlotBinding.Plain;
                _cores.AmountsToFill[slot] = 0;
            }
        }
    }

    private double GrossOf(int account)
    {
        double gross = _book.Constants[(2 * _book.SlotFirst[account]) + _horizon];
        foreach (Holding own in HoldingsOf(account))
        {
            gross += Math.Abs(own.Minus) * _arrays.Greatest(own.Row);
        }

        return gross;
    }

    private ReadOnlySpan<Holding> HoldingsOf(int account)
    {
        ReadOnlySpan<int> groups = _book.AccountGroup;
        return _book.Holdings[_book.GroupFirst[groups[account]].._book.GroupFirst[groups[account + 1]]];
    }

    private ReadOnlySpan<Holding> HoldingsOfGroup(int group) =>
        _book.Holdings[_book.GroupFirst[group].._book.GroupFirst[group + 1]];

    private bool IsSwept(int account) => _cores.Bindings[_book.SlotFirst[account]] != SlotBinding.Plain;

    // Accounts of which a slot is not settled yet.
    private ReadOnlySpan<int> Pending => _scratch.Pending.AsSpan(0, _scratch.PendingCount);

    private void FindPending()
    {
        _scratch.PendingCount = 0;
        for (int account = _first; account < _first + _count; account++)
        {
            if (!IsSwept(account)) continue;
            ReadOnlySpan<bool> settled = _scratch.IsSettled.AsSpan(
                _book.SlotFirst[account] - _slotFirst, _book.SlotFirst[account + 1] - _book.SlotFirst[account]);
            if (settled.Contains(false)) _scratch.Pending[_scratch.PendingCount++] = account;
        }
    }

    // Coarse bounds: which tiles can matter to which account.
    private void FindTiles()
    {
        int tiles = _scratch.CountOfTile.Length;
        foreach (int account in Pending)
        {
            for (int tile = 0; tile < tiles; tile += 4 * TLanes.Count)
            {
                uint alive = AliveTiles(account, tile);
                alive &= tiles - tile >= 32 ? uint.MaxValue : (1u << (tiles - tile)) - 1;
                for (; alive != 0; alive &= alive - 1)
                {
                    int own = tile + System.Numerics.BitOperations.TrailingZeroCount(alive);
                    _scratch.AccountsOfTile[(own * _scratch.BlockAccounts) + _scratch.CountOfTile[own]++] =
                        account - _first;
                }
            }
        }
    }

    // Bits of the tiles, four vectors from one on, whose bounds reach a cut of the account or of an underlying of it.
    private uint AliveTiles(int account, int tile)
    {
        uint alive = 0;
        ReadOnlySpan<int> groups = _book.AccountGroup;
        int slot = _book.SlotFirst[account] - _slotFirst;
        bool hasGroups = groups[account + 1] - groups[account] > 1;
        int stride = 2 * _arrays.CoarseStride;
        for (int part = 0; part < 4 && tile + (part * TLanes.Count) < _arrays.CoarseStride; part++)
        {
            ref double bounds = ref Unsafe.Add(ref _arrays.Coarse, tile + (part * TLanes.Count));
            TVector whole = TLanes.Of(0.0);
            uint own = 0;
            for (int group = groups[account]; group < groups[account + 1]; group++)
            {
                ReadOnlySpan<Holding> holdings = HoldingsOfGroup(group);
                TVector bound = SweepKernel<TLanes, TVector>.Bound(
                    holdings, ref bounds, stride, _arrays.CoarseStride);
                whole = TLanes.Add(whole, bound);
                if (hasGroups)
                {
                    own |= TLanes.AtLeast(bound, TLanes.Of(_scratch.Cuts[slot + 1 + group - groups[account]]));
                }
            }

            own |= TLanes.AtLeast(whole, TLanes.Of(_scratch.Cuts[slot]));
            alive |= own << (part * TLanes.Count);
        }

        return alive;
    }
}
