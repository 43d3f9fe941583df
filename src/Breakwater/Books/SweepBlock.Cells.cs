using System.Numerics;
using System.Runtime.CompilerServices;

namespace Breakwater.Books;

/// <content>Losses of an account in cells that its bounds let through. A cell named twice is summed twice and counted
/// once.</content>
internal readonly ref partial struct SweepBlock<TLanes, TVector>
{
    // Two cells at two times each.
    private void CollectTimes(
        int tile, (int, int) cells, int group, int groups, int slot, ref double numbers, ReadOnlySpan<uint> alive)
    {
        uint mask = (1u << cells.Item1) | (1u << cells.Item2);
        bool isWhole = (alive[0] & mask) != 0;
        for (int lane = 0; lane < Cell; lane += TLanes.Count)
        {
            (int near, int far) = (PlaceInRow(cells.Item1) + lane, PlaceInRow(cells.Item2) + lane);
            TVector a = TLanes.Of(0.0);
            (TVector b, TVector c, TVector d) = (a, a, a);
            for (int own = 0; own < groups; own++)
            {
                if (!isWhole && (alive[own + 1] & mask) == 0) continue;
                (TVector ownA, TVector ownB, TVector ownC, TVector ownD) = SweepKernel<TLanes, TVector>.Sum(
                    HoldingsOfGroup(group + own), ref numbers, _arrays.RowStride,
                    (near, near + Cell), (far, far + Cell));
                uint bits = alive[own + 1];
                Append(slot + own + 1, tile, cells.Item1, lane, bits, TLanes.Greater(ownA, ownB));
                Append(slot + own + 1, tile, cells.Item2, lane, bits & OtherThan(cells), TLanes.Greater(ownC, ownD));
                (a, b) = (TLanes.Add(a, ownA), TLanes.Add(b, ownB));
                (c, d) = (TLanes.Add(c, ownC), TLanes.Add(d, ownD));
            }

            Append(slot, tile, cells.Item1, lane, alive[0], TLanes.Greater(a, b));
            Append(slot, tile, cells.Item2, lane, alive[0] & OtherThan(cells), TLanes.Greater(c, d));
        }
    }

    // Two cells at one time.
    private void CollectTwo(
        int tile, (int, int) cells, int group, int groups, int slot, ref double numbers, ReadOnlySpan<uint> alive)
    {
        uint mask = (1u << cells.Item1) | (1u << cells.Item2);
        bool isWhole = (alive[0] & mask) != 0;
        for (int lane = 0; lane < Cell; lane += TLanes.Count)
        {
            TVector a = TLanes.Of(0.0);
            TVector b = a;
            for (int own = 0; own < groups; own++)
            {
                if (!isWhole && (alive[own + 1] & mask) == 0) continue;
                (TVector ownA, TVector ownB) = SweepKernel<TLanes, TVector>.Sum(
                    HoldingsOfGroup(group + own), ref numbers, _arrays.RowStride,
                    (PlaceInRow(cells.Item1) + lane, PlaceInRow(cells.Item2) + lane));
                uint bits = alive[own + 1];
                Append(slot + own + 1, tile, cells.Item1, lane, bits, ownA);
                Append(slot + own + 1, tile, cells.Item2, lane, bits & OtherThan(cells), ownB);
                (a, b) = (TLanes.Add(a, ownA), TLanes.Add(b, ownB));
            }

            Append(slot, tile, cells.Item1, lane, alive[0], a);
            Append(slot, tile, cells.Item2, lane, alive[0] & OtherThan(cells), b);
        }
    }

    // Four cells at one time, of which the last two may be the same.
    private void CollectFour(
        int tile, (int, int, int, int) cells, int group, int groups, int slot, ref double numbers,
        ReadOnlySpan<uint> alive)
    {
        uint mask = (1u << cells.Item1) | (1u << cells.Item2) | (1u << cells.Item3) | (1u << cells.Item4);
        bool isWhole = (alive[0] & mask) != 0;
        uint last = OtherThan((cells.Item3, cells.Item4));
        for (int lane = 0; lane < Cell; lane += TLanes.Count)
        {
            TVector a = TLanes.Of(0.0);
            (TVector b, TVector c, TVector d) = (a, a, a);
            for (int own = 0; own < groups; own++)
            {
                if (!isWhole && (alive[own + 1] & mask) == 0) continue;
                (TVector ownA, TVector ownB, TVector ownC, TVector ownD) = SweepKernel<TLanes, TVector>.Sum(
                    HoldingsOfGroup(group + own), ref numbers, _arrays.RowStride,
                    (PlaceInRow(cells.Item1) + lane, PlaceInRow(cells.Item2) + lane),
                    (PlaceInRow(cells.Item3) + lane, PlaceInRow(cells.Item4) + lane));
                uint bits = alive[own + 1];
                Append(slot + own + 1, tile, cells.Item1, lane, bits, ownA);
                Append(slot + own + 1, tile, cells.Item2, lane, bits, ownB);
                Append(slot + own + 1, tile, cells.Item3, lane, bits, ownC);
                Append(slot + own + 1, tile, cells.Item4, lane, bits & last, ownD);
                (a, b) = (TLanes.Add(a, ownA), TLanes.Add(b, ownB));
                (c, d) = (TLanes.Add(c, ownC), TLanes.Add(d, ownD));
            }

            Append(slot, tile, cells.Item1, lane, alive[0], a);
            Append(slot, tile, cells.Item2, lane, alive[0], b);
            Append(slot, tile, cells.Item3, lane, alive[0], c);
            Append(slot, tile, cells.Item4, lane, alive[0] & last, d);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlaceInRow(int cell) => unchecked((2 * Cells) + (cell * _times * Cell));

    // All bits if the two cells differ, else none: the second is there to fill up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint OtherThan((int, int) cells) => cells.Item1 == cells.Item2 ? 0u : uint.MaxValue;

    // Lanes that reach the cut go to the end of the slot's candidates; a full slot is done again later.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(int slot, int tile, int cell, int lane, uint alive, TVector losses)
    {
        unchecked // indices lie inside the scratch
        {
            if ((alive >> cell & 1) == 0) return;
            uint lanes = TLanes.AtLeast(losses, TLanes.Of(_scratch.Cuts[slot]));
            if (lanes == 0) return;
            int place = (tile * ScenarioTiling.TileSize) + (cell * Cell) + lane;
            ref int count = ref _scratch.CountOfSlot[slot];
            int at = (slot * _scratch.Stride) + count;
            TLanes.Append(
                losses, ref _scratch.Weights[place], lanes, ref _scratch.Losses[at], ref _scratch.LossWeights[at]);
            count = Math.Min(count + BitOperations.PopCount(lanes), _scratch.Capacity);
        }
    }
}
