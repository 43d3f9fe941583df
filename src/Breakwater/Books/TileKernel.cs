using System.Numerics;
using System.Runtime.CompilerServices;

namespace Breakwater.Books;

/// <summary>Bounds and losses of some holdings in one tile.</summary>
internal static class TileKernel<TLanes, TVector>
    where TLanes : struct, ITailLanes<TVector>
    where TVector : struct
{
    private const int Cell = ScenarioTiling.CellSize;
    private const int Cells = ScenarioTiling.TileCells;

    /// <summary>Bits of the cells whose bounds reach a cut.</summary>
    /// <param name="arrays">Entries and bounds.</param>
    /// <param name="tile">Which tile.</param>
    /// <param name="holdings">Holdings.</param>
    /// <param name="coins">Coin.</param>
    /// <param name="cut">The cut.</param>
    internal static uint Reaching(
        TiledArrays arrays, int tile, ReadOnlySpan<Holding> holdings, ReadOnlySpan<CoinHolding> coins, double cut)
    {
        uint cells = 0;
        ref double numbers = ref arrays.Tile(tile);
        for (int lane = 0; lane < Cells; lane += TLanes.Count)
        {
            ref double bounds = ref Unsafe.Add(ref numbers, lane);
            TVector bound = SweepKernel<TLanes, TVector>.Bound(holdings, ref bounds, arrays.RowStride, Cells);
            bound = CoinKernel<TLanes, TVector>.Bound(bound, coins, ref bounds, arrays.RowStride, Cells);
            cells |= TLanes.AtLeast(bound, TLanes.Of(cut)) << lane;
        }

        return cells;
    }

    /// <summary>Losses in some cells.</summary>
    /// <param name="arrays">Entries.</param>
    /// <param name="tile">Which tile.</param>
    /// <param name="holdings">Holdings.</param>
    /// <param name="coins">Coin.</param>
    /// <param name="cells">Bits of the cells.</param>
    /// <param name="losses">First of [cell × scenario] losses: filled in those cells, the worse of both times where
    /// there are two.</param>
    internal static void Sum(
        TiledArrays arrays, int tile, ReadOnlySpan<Holding> holdings, ReadOnlySpan<CoinHolding> coins, uint cells,
        ref double losses)
    {
        ref double numbers = ref arrays.Tile(tile);
        bool isTwice = arrays.Tiling.TimeCount == 2;
        while (cells != 0)
        {
            if (isTwice) SumTimes(holdings, coins, ref numbers, arrays.RowStride, ref cells, ref losses);
            else SumCells(holdings, coins, ref numbers, arrays.RowStride, ref cells, ref losses);
        }
    }

    // Four vectors at once, so that sums need not wait for each other: two cells at two times.
    private static void SumTimes(
        ReadOnlySpan<Holding> holdings, ReadOnlySpan<CoinHolding> coins, ref double numbers, int stride,
        ref uint cells, ref double losses)
    {
        int first = Take(ref cells, 0);
        int second = Take(ref cells, first);
        for (int lane = 0; lane < Cell; lane += TLanes.Count)
        {
            int near = (2 * Cells) + (first * 2 * Cell) + lane;
            int far = (2 * Cells) + (second * 2 * Cell) + lane;
            (TVector a, TVector b, TVector c, TVector d) = SweepKernel<TLanes, TVector>.Sum(
                holdings, ref numbers, stride, (near, near + Cell), (far, far + Cell));
            if (!coins.IsEmpty)
            {
                (a, b) = (With(coins, a, ref numbers, stride, near), With(coins, b, ref numbers, stride, near + Cell));
                (c, d) = (With(coins, c, ref numbers, stride, far), With(coins, d, ref numbers, stride, far + Cell));
            }

            Store(TLanes.Greater(a, b), ref losses, first, lane);
            Store(TLanes.Greater(c, d), ref losses, second, lane);
        }
    }

    // Four or two cells at one time; what is too much repeats the last one.
    private static void SumCells(
        ReadOnlySpan<Holding> holdings, ReadOnlySpan<CoinHolding> coins, ref double numbers, int stride,
        ref uint cells, ref double losses)
    {
        int first = Take(ref cells, 0);
        int second = Take(ref cells, first);
        bool isTwo = cells == 0;
        int third = Take(ref cells, second);
        int fourth = Take(ref cells, third);
        for (int lane = 0; lane < Cell; lane += TLanes.Count)
        {
            (int First, int Second) near = (PlaceOf(first) + lane, PlaceOf(second) + lane);
            (int First, int Second) far = (PlaceOf(third) + lane, PlaceOf(fourth) + lane);
            if (isTwo)
            {
                (TVector a, TVector b) = SweepKernel<TLanes, TVector>.Sum(holdings, ref numbers, stride, near);
                Store(With(coins, a, ref numbers, stride, near.First), ref losses, first, lane);
                Store(With(coins, b, ref numbers, stride, near.Second), ref losses, second, lane);
            }
            else
            {
                (TVector a, TVector b, TVector c, TVector d) = SweepKernel<TLanes, TVector>.Sum(
                    holdings, ref numbers, stride, near, far);
                Store(With(coins, a, ref numbers, stride, near.First), ref losses, first, lane);
                Store(With(coins, b, ref numbers, stride, near.Second), ref losses, second, lane);
                Store(With(coins, c, ref numbers, stride, far.First), ref losses, third, lane);
                Store(With(coins, d, ref numbers, stride, far.Second), ref losses, fourth, lane);
            }
        }
    }

    private static TVector With(
        ReadOnlySpan<CoinHolding> coins, TVector lots, ref double numbers, int stride, int place) =>
        coins.IsEmpty ? lots : CoinKernel<TLanes, TVector>.Sum(lots, coins, ref numbers, stride, place);

    private static int PlaceOf(int cell) => (2 * Cells) + (cell * Cell);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector own, ref double losses, int cell, int lane) =>
        SweepKernel<TLanes, TVector>.Store(own, ref Unsafe.Add(ref losses, (cell * Cell) + lane));

    private static int Take(ref uint cells, int otherwise)
    {
        if (cells == 0) return otherwise;
        int cell = BitOperations.TrailingZeroCount(cells);
        cells &= cells - 1;
        return cell;
    }
}
