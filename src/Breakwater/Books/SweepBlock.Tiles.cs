using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Breakwater.Books;

internal readonly ref partial struct SweepBlock<TLanes, TVector>
{
    private const int Cell = ScenarioTiling.CellSize;
    private const int Cells = ScenarioTiling.TileCells;

    // Candidates of one tile, account by account.
    private SweepCounts Sweep(int tile)
    {
        long cells = 0;
        long groupCells = 0;
        ref double numbers = ref _arrays.Tile(tile);
        ReadOnlySpan<int> accounts = _scratch.AccountsOfTile.AsSpan(
            tile * _scratch.BlockAccounts, _scratch.CountOfTile[tile]);
        Span<uint> alive = stackalloc uint[BookHoldings.GroupsMax + 1];
        foreach (int local in accounts)
        {
            int account = _first + local;
            int group = _book.AccountGroup[account];
            int groups = _book.AccountGroup[account + 1] - group;
            int slot = _book.SlotFirst[account] - _slotFirst;
            FindCells(group, groups, slot, ref numbers, alive);
            uint any = alive[0];
            for (int own = 1; groups > 1 && own <= groups; own++)
            {
                any |= alive[own];
                groupCells += BitOperations.PopCount(alive[own] | alive[0]);
            }

            cells += BitOperations.PopCount(alive[0]);
            for (; any != 0; any &= any - 1)
            {
                int cell = BitOperations.TrailingZeroCount(any);
                Collect(tile, cell, group, groups, slot, ref numbers, alive);
            }
        }

        return new SweepCounts(accounts.Length, cells, groupCells, 0, 0);
    }

    // Bits of the cells that can matter: [0] to the whole account, then to each of its underlyings if it has several.
    private void FindCells(int group, int groups, int slot, ref double numbers, Span<uint> alive)
    {
        alive.Clear();
        for (int lane = 0; lane < Cells; lane += TLanes.Count)
        {
            TVector whole = TLanes.Of(0.0);
            for (int own = 0; own < groups; own++)
            {
                ReadOnlySpan<Holding> holdings = HoldingsOfGroup(group + own);
                TVector bound = SweepKernel<TLanes, TVector>.Bound(
                    ref MemoryMarshal.GetReference(holdings), holdings.Length,
                    ref Unsafe.Add(ref numbers, lane), _arrays.RowStride, Cells);
                whole = TLanes.Add(whole, bound);
                if (groups > 1)
                {
                    alive[own + 1] |= TLanes.AtLeast(bound, TLanes.Of(_scratch.Cuts[slot + own + 1])) << lane;
                }
            }

            alive[0] |= TLanes.AtLeast(whole, TLanes.Of(_scratch.Cuts[slot])) << lane;
        }
    }

    private void Collect(
        int tile, int cell, int group, int groups, int slot, ref double numbers, ReadOnlySpan<uint> alive)
    {
        bool isWhole = (alive[0] >> cell & 1) != 0;
        int place = (tile * ScenarioTiling.TileSize) + (cell * Cell);
        for (int lane = 0; lane < Cell; lane += TLanes.Count)
        {
            ref double entries = ref Unsafe.Add(ref numbers, (2 * Cells) + (cell * _times * Cell) + lane);
            TVector first = TLanes.Of(0.0);
            TVector second = TLanes.Of(0.0);
            for (int own = 0; own < groups; own++)
            {
                bool isGroup = (alive[own + 1] >> cell & 1) != 0;
                if (!(isWhole || isGroup)) continue;
                ReadOnlySpan<Holding> holdings = HoldingsOfGroup(group + own);
                TVector ownFirst = TLanes.Of(0.0);
                TVector ownSecond = TLanes.Of(0.0);
                SweepKernel<TLanes, TVector>.Sum(
                    ref MemoryMarshal.GetReference(holdings), holdings.Length, ref entries, _arrays.RowStride, _times,
                    ref ownFirst, ref ownSecond);
                if (isGroup) Append(slot + own + 1, place + lane, ownFirst, ownSecond);
                first = TLanes.Add(first, ownFirst);
                second = TLanes.Add(second, ownSecond);
            }

            if (isWhole) Append(slot, place + lane, first, second);
        }
    }

    // Lanes that reach the cut go to the end of the slot's candidates; a full slot is done again later.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(int slot, int place, TVector first, TVector second)
    {
        TVector losses = SweepKernel<TLanes, TVector>.Worse(first, second, _times);
        uint lanes = TLanes.AtLeast(losses, TLanes.Of(_scratch.Cuts[slot]));
        if (lanes == 0) return;
        ref int count = ref _scratch.CountOfSlot[slot];
        int at = (slot * _scratch.Stride) + count;
        TLanes.Append(
            losses, ref _scratch.Weights[place], lanes, ref _scratch.Losses[at], ref _scratch.LossWeights[at]);
        count = Math.Min(count + BitOperations.PopCount(lanes), _scratch.Capacity);
    }
}
