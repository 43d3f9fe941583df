using System.Numerics;
using System.Runtime.CompilerServices;

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
        if (accounts.Length > _arrays.RowCount) _ = _arrays.Touch(tile);
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
            while (any != 0)
            {
                // Four vectors at once: two cells at two times or four at one. Fewer are filled up with the last one.
                int cell = TakeCell(ref any, 0);
                int next = TakeCell(ref any, cell);
                if (_times == 1 && any != 0)
                {
                    int third = TakeCell(ref any, next);
                    int fourth = TakeCell(ref any, third);
                    CollectFour(tile, (cell, next, third, fourth), group, groups, slot, ref numbers, alive);
                }
                else if (_times == 1)
                {
                    CollectTwo(tile, (cell, next), group, groups, slot, ref numbers, alive);
                }
                else
                {
                    CollectTimes(tile, (cell, next), group, groups, slot, ref numbers, alive);
                }
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
                    holdings, ref Unsafe.Add(ref numbers, lane), _arrays.RowStride, Cells);
                whole = TLanes.Add(whole, bound);
                if (groups > 1)
                {
                    alive[own + 1] |= TLanes.AtLeast(bound, TLanes.Of(_scratch.Cuts[slot + own + 1])) << lane;
                }
            }

            alive[0] |= TLanes.AtLeast(whole, TLanes.Of(_scratch.Cuts[slot])) << lane;
        }
    }

    private static int TakeCell(ref uint cells, int otherwise)
    {
        if (cells == 0) return otherwise;
        int cell = BitOperations.TrailingZeroCount(cells);
        cells &= cells - 1;
        return cell;
    }
}
