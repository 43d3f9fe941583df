using System.Numerics;
using System.Runtime.CompilerServices;

namespace Breakwater.Books;

/// <summary>The cores of one account with one width of vectors.</summary>
internal readonly ref struct AccountBlock<TLanes, TVector>
    where TLanes : struct, ITailLanes<TVector>
    where TVector : struct
{
    private const int Cell = ScenarioTiling.CellSize;
    private const double ExactLimit = 1L << 52; // as in SweepBlock
    private const double CrowdedMasses = 1.5; // candidates that weigh so much more than the tail raise the cut
    private const double FirstShare = 0.9; // of the worst deterministic loss: from there on tails are looked at first

    private readonly TiledArrays _arrays;
    private readonly BookHoldings _book;
    private readonly BookCores _cores;
    private readonly TailMasses _masses;
    private readonly AccountScratch _scratch;
    private readonly int _horizon;
    private readonly long _mass;

    internal AccountBlock(
        TiledArrays arrays, BookHoldings book, BookCores cores, TailMasses masses, AccountScratch scratch, int horizon)
    {
        (_arrays, _book, _cores, _masses, _scratch, _horizon) = (arrays, book, cores, masses, scratch, horizon);
        _mass = Math.Max(masses.Shortfall, masses.ValueAtRisk);
    }

    /// <summary>All slots of an account.</summary>
    /// <returns>Cells that were summed.</returns>
    internal int Run(int account)
    {
        (int first, int end) = (_book.SlotFirst[account], _book.SlotFirst[account + 1]);
        ReadOnlySpan<Holding> holdings = BookSlots.HoldingsOf(_book, account, 0);
        bool isExact = _book.IsHeldAlone(account)
            && GrossOf(first, holdings, BookSlots.CoinsOf(_book, account, 0)) < ExactLimit;
        if (!isExact)
        {
            _cores.BindingsToFill[first..end].Fill(SlotBinding.Plain);
            _cores.AmountsToFill[first..end].Clear();
            _cores.TailMost[first..end].Fill(double.NaN);
            return 0;
        }

        int cells = 0;
        for (int slot = first; slot < end; slot++)
        {
            cells += Core(
                slot, BookSlots.HoldingsOf(_book, account, slot - first),
                BookSlots.CoinsOf(_book, account, slot - first));
        }

        return cells;
    }

    /// <summary>Whether losses of an account from some amount on weigh more than a stated weight.</summary>
    /// <param name="account">Index of the account.</param>
    /// <param name="least">The least of these losses, micro-dollars.</param>
    /// <param name="most">The weight, in the unit of the scenarios' weights.</param>
    internal bool Outweighs(int account, double least, long most)
    {
        ReadOnlySpan<Holding> holdings = BookSlots.HoldingsOf(_book, account, 0);
        ReadOnlySpan<CoinHolding> coins = BookSlots.CoinsOf(_book, account, 0);
        double cut = least - _book.Constants[(2 * _book.SlotOf(account)) + _horizon];
        long weight = 0;
        BoundTiles(holdings, coins);
        while (weight <= most && TakeGreatest(out int tile) is double bound
            && bound >= cut && !double.IsNegativeInfinity(bound))
        {
            uint reaching = TileKernel<TLanes, TVector>.Reaching(_arrays, tile, holdings, coins, cut);
            if (reaching == 0) continue;
            TileKernel<TLanes, TVector>.Sum(
                _arrays, tile, holdings, coins, reaching, ref _scratch.TileLosses.First);
            int none = 0;
            weight += Append(tile, reaching, cut, ref none);
        }

        return weight > most;
    }

    private double GrossOf(int slot, ReadOnlySpan<Holding> holdings, ReadOnlySpan<CoinHolding> coins)
    {
        double gross = _book.Constants[(2 * slot) + _horizon];
        foreach (Holding own in holdings) gross += Math.Abs(own.Minus) * _arrays.Greatest(own.Row);
        foreach (ref readonly CoinHolding own in coins)
        {
            double greatest = _arrays.Greatest(own.Row);
            gross += greatest < CoinHolding.EntryMax ? own.CoinsMax * greatest : double.PositiveInfinity;
        }

        return gross;
    }

    private int Core(int slot, ReadOnlySpan<Holding> holdings, ReadOnlySpan<CoinHolding> coins)
    {
        double constant = _book.Constants[(2 * slot) + _horizon];
        long worst = NamedWorst.Of<TLanes, TVector>(_arrays, holdings, coins, constant, _scratch.Named);
        if (_arrays.Tiling.TileCount == 0)
        {
            Decide(slot, SlotCore.OfNamed(worst));
            return 0;
        }

        // Without a cut everything is collected, and all scenarios weigh more than a tail.
        double own = worst - constant;
        double from = own > 0.0 ? Math.Floor(own * FirstShare) : double.NegativeInfinity;
        int cells = Collect(holdings, coins, from, out int count, out long weight);
        if (weight * _masses.Unit <= _mass)
        {
            if (IsBeyondTail(own, from, count, weight))
            {
                Decide(slot, SlotCore.OfNamed(worst));
                return cells;
            }

            cells += Collect(holdings, coins, double.NegativeInfinity, out count, out _);
        }

        TailSelection.Part tail = Find(count, _masses.Shortfall);
        long atRisk = _masses.ValueAtRisk == _masses.Shortfall
            ? tail.Boundary
            : Find(count, _masses.ValueAtRisk).Boundary;
        Decide(slot, SlotCore.Of(tail, atRisk, _masses, constant, worst));
        return cells;
    }

    private void Decide(int slot, in SlotCore core)
    {
        _cores.AmountsToFill[slot] = core.Amount;
        _cores.TailMost[slot] = double.NaN;
        _cores.BindingsToFill[slot] = core.Binding;
        _cores.Thresholds[slot] = core.Threshold;
    }

    private TailSelection.Part Find(int count, long mass) => _scratch.Selector.Find<TLanes, TVector>(
        _scratch.Losses, _scratch.LossWeights, count, _masses.Unit, mass);

    // Whether the worst deterministic loss is beyond a tail of which all losses from some t on are known. For every t:
    // ES ≤ t + Σ weight·(loss − t)⁺ ÷ mass (Rockafellar, Uryasev 2002, theorem 10); both numbers are rounded up alike.
    private bool IsBeyondTail(double worst, double from, int count, long weight)
    {
        ReadOnlySpan<double> losses = _scratch.Losses.AsSpan(0, count);
        ReadOnlySpan<int> weights = _scratch.LossWeights.AsSpan(0, count);
        TailSelection.Part part = new((long)from, weight, TailSelection.Sum(losses, weights, (long)from));
        if (TailSelection.ShortfallUp(part, _masses.Unit, _masses.Shortfall) >= worst) return false;
        long reaching = 0;
        for (int candidate = 0; candidate < count; candidate++)
        {
            reaching += losses[candidate] >= worst ? weights[candidate] : 0;
        }

        return reaching * _masses.Unit <= _masses.ValueAtRisk;
    }

    // Losses at or above a cut, from the tile of the greatest bound down. The cut rises where they weigh more than the
    // tail: value at risk is then not below it.
    private int Collect(
        ReadOnlySpan<Holding> holdings, ReadOnlySpan<CoinHolding> coins, double cut, out int count, out long weight)
    {
        int cells = 0;
        weight = 0;
        count = 0;
        BoundTiles(holdings, coins);
        while (TakeGreatest(out int tile) is double bound && bound >= cut && !double.IsNegativeInfinity(bound))
        {
            uint reaching = TileKernel<TLanes, TVector>.Reaching(_arrays, tile, holdings, coins, cut);
            if (reaching == 0) continue;
            cells += BitOperations.PopCount(reaching);
            TileKernel<TLanes, TVector>.Sum(
                _arrays, tile, holdings, coins, reaching, ref _scratch.TileLosses.First);
            weight += Append(tile, reaching, cut, ref count);
            if (weight * _masses.Unit > CrowdedMasses * _mass)
            {
                cut = Find(count, _mass).Boundary;
                weight = Shorten(cut, ref count);
            }
        }

        return cells;
    }

    private void BoundTiles(ReadOnlySpan<Holding> holdings, ReadOnlySpan<CoinHolding> coins)
    {
        Span<double> bounds = _scratch.Bounds.Span;
        for (int tile = 0; tile < bounds.Length; tile += TLanes.Count)
        {
            ref double coarse = ref Unsafe.Add(ref _arrays.Coarse, tile);
            TVector bound = SweepKernel<TLanes, TVector>.Bound(
                holdings, ref coarse, 2 * _arrays.CoarseStride, _arrays.CoarseStride);
            bound = CoinKernel<TLanes, TVector>.Bound(
                bound, coins, ref coarse, 2 * _arrays.CoarseStride, _arrays.CoarseStride);
            SweepKernel<TLanes, TVector>.Store(bound, ref bounds[tile]);
        }

        bounds[_arrays.Tiling.TileCount..].Fill(double.NegativeInfinity);
    }

    // The greatest bound left; its tile is done with. Of equal ones the first.
    private double TakeGreatest(out int tile)
    {
        ref double first = ref _scratch.Bounds.First;
        int length = _scratch.Bounds.Count;
        TVector most = SweepKernel<TLanes, TVector>.Load(ref first);
        for (int at = TLanes.Count; at < length; at += TLanes.Count)
        {
            most = TLanes.Greater(most, SweepKernel<TLanes, TVector>.Load(ref Unsafe.Add(ref first, at)));
        }

        double greatest = TLanes.Greatest(most);
        TVector limit = TLanes.Of(greatest);
        uint lanes = 0;
        tile = -TLanes.Count;
        while (lanes == 0)
        {
            tile += TLanes.Count;
            lanes = TLanes.AtLeast(SweepKernel<TLanes, TVector>.Load(ref Unsafe.Add(ref first, tile)), limit);
        }

        tile += BitOperations.TrailingZeroCount(lanes);
        Unsafe.Add(ref first, tile) = double.NegativeInfinity;
        return greatest;
    }

    private long Append(int tile, uint cells, double cut, ref int count)
    {
        int before = count;
        TVector limit = TLanes.Of(cut);
        for (; cells != 0; cells &= cells - 1)
        {
            int cell = BitOperations.TrailingZeroCount(cells);
            for (int lane = 0; lane < Cell; lane += TLanes.Count)
            {
                int at = (cell * Cell) + lane;
                TVector loss = SweepKernel<TLanes, TVector>.Load(ref Unsafe.Add(ref _scratch.TileLosses.First, at));
                uint lanes = TLanes.AtLeast(loss, limit);
                TLanes.Append(
                    loss, ref _scratch.Weights[(tile * ScenarioTiling.TileSize) + at], lanes,
                    ref _scratch.Losses[count], ref _scratch.LossWeights[count]);
                count += BitOperations.PopCount(lanes);
            }
        }

        return TailSelection.Weigh(_scratch.LossWeights.AsSpan(before, count - before));
    }

    // Drops candidates below a raised cut, in place: what is written never reaches what is not read yet.
    private long Shorten(double cut, ref int count)
    {
        int kept = 0;
        TVector limit = TLanes.Of(cut);
        for (int at = 0; at < count; at += TLanes.Count)
        {
            TVector loss = SweepKernel<TLanes, TVector>.Load(ref _scratch.Losses[at]);
            uint lanes = TLanes.AtLeast(loss, limit) & ((1u << Math.Min(TLanes.Count, count - at)) - 1);
            TLanes.Append(
                loss, ref _scratch.LossWeights[at], lanes, ref _scratch.Losses[kept], ref _scratch.LossWeights[kept]);
            kept += BitOperations.PopCount(lanes);
        }

        count = kept;
        return TailSelection.Weigh(_scratch.LossWeights.AsSpan(0, kept));
    }
}
