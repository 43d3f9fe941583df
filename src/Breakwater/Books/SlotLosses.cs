using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>Losses of one slot in every scenario, kept from fill to fill: a fill reads its own row, and only where the
/// tail may be, however many holdings there are.</summary>
/// <remarks>
/// Of every tile it keeps a bound, and losses that are brought up to date when the bound reaches the tail. For accounts
/// that trade; a book at rest is swept. Equal to <see cref="CoreSweep"/> to the last unit. It begins anew when rows
/// have been loaded. Lots of one instrument are one holding, as an account nets them. It works in the scratch of an
/// <see cref="AccountSweep"/>, on the same thread.
/// </remarks>
public sealed class SlotLosses
{
    private const int Cell = ScenarioTiling.CellSize;
    private const double ExactLimit = 1L << 52; // as in SweepBlock
    private const int NeverSummed = -2; // a version that no fill follows

    private readonly AccountSweep _sweep;
    private readonly AccountScratch _scratch;
    private readonly TailMasses _masses;
    private readonly AlignedNumbers _losses;
    private readonly AlignedNumbers _deterministic;
    private readonly AlignedNumbers _bounds;
    private readonly int[] _versions;
    private Holding[] _holdings;
    private TiledArrays? _arrays;
    private int _count;
    private int _version;
    private double _constant;
    private double _gross;
    private double _cut;
    private double _spread;

    /// <summary>Room for a slot; it has to begin.</summary>
    /// <param name="sweep">Whose tiling, tails and scratch it shares.</param>
    /// <param name="holdingsMax">Holdings that it has room for; more make it allocate.</param>
    public SlotLosses(AccountSweep sweep, int holdingsMax = 64)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        (_sweep, _masses, _scratch) = (sweep, sweep.Masses, sweep.Scratch);
        ArgumentOutOfRangeException.ThrowIfZero(Tiling.TileCount, nameof(sweep));
        _losses = new AlignedNumbers(Tiling.TileCount * TileNumbers);
        _deterministic = new AlignedNumbers(Tiling.DampeningNano.Length * Tiling.TimeCount);
        _bounds = new AlignedNumbers(_scratch.Bounds.Count);
        _versions = new int[Tiling.TileCount];
        _holdings = new Holding[holdingsMax];
    }

    /// <summary>Where scenarios stand.</summary>
    public ScenarioTiling Tiling => _sweep.Tiling;

    /// <summary>Bytes that one more slot costs.</summary>
    public long ByteCount => (sizeof(double) * ((long)_losses.Count + _deterministic.Count + _bounds.Count))
        + (sizeof(int) * (long)_versions.Length) + (Unsafe.SizeOf<Holding>() * (long)_holdings.Length);

    private int TileNumbers => ScenarioTiling.TileSize * Tiling.TimeCount;

    /// <summary>Takes over the holdings of an account or of one of its underlyings.</summary>
    /// <param name="arrays">Entries; they stay as they are until it begins again.</param>
    /// <param name="book">The book.</param>
    /// <param name="account">Index of the account.</param>
    /// <param name="slot">0 for the whole account; else one more than the index of the underlying among its own.
    /// </param>
    /// <param name="horizon">Whose constants count.</param>
    /// <param name="cores">Cores of the book, whose threshold saves work and changes nothing.</param>
    public void Begin(
        TiledArrays arrays, BookHoldings book, int account, int slot, MarginHorizon horizon, BookCores cores)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(cores);
        ArgumentOutOfRangeException.ThrowIfNotEqual(cores.Thresholds.Length, book.SlotCount);
        if (arrays.Tiling != Tiling) throw new ArgumentException("arrays of another tiling", nameof(arrays));
        ReadOnlySpan<Holding> holdings = BookSlots.HoldingsOf(book, account, slot);
        _arrays = arrays;
        (_count, _version, _gross, _spread) = (0, 0, book.IsHeld(account) ? 0.0 : double.PositiveInfinity, 0.0);
        int index = book.SlotFirst[account] + Math.Min(slot, book.SlotFirst[account + 1] - book.SlotFirst[account] - 1);
        _constant = book.Constants[(2 * index) + (int)horizon];
        double threshold = cores.Thresholds[index] - _constant;
        _cut = double.IsFinite(threshold) ? threshold : double.NegativeInfinity;
        _versions.AsSpan().Fill(NeverSummed);
        _bounds.Span.Clear();
        _bounds.Span[Tiling.TileCount..].Fill(double.NegativeInfinity);
        _deterministic.Span.Clear();
        foreach (Holding own in holdings) _ = Take(own.Row, own.Minus);
    }

    /// <summary>Core after a fill, with the widest vectors of the hardware.</summary>
    /// <param name="row">Row of the instrument.</param>
    /// <param name="lots">Signed lots filled; at most 2⁵¹ in magnitude; 0 asks for the core as it is.</param>
    /// <param name="funding">Change of expected funding over the horizon, micro-dollars, a whole number.</param>
    /// <returns>The core; the plain margin's where sums could leave the whole numbers of doubles.</returns>
    public SlotCore Fill(int row, long lots, double funding = 0.0) =>
        Vector512.IsHardwareAccelerated ? Fill<TailLanes8, Vector512<double>>(row, lots, funding)
        : Vector256.IsHardwareAccelerated ? Fill<TailLanes4, Vector256<double>>(row, lots, funding)
        : Fill<TailLanes1, double>(row, lots, funding);

    /// <summary>The same with one width.</summary>
    /// <param name="row">Row of the instrument.</param>
    /// <param name="lots">Signed lots.</param>
    /// <param name="funding">Change of expected funding.</param>
    internal SlotCore Fill<TLanes, TVector>(int row, long lots, double funding)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        if (_arrays is null) throw new InvalidOperationException("no holdings: it has to begin first");
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _arrays.RowCount);
        Require.InRange(lots, -BookHoldings.LotsMax, BookHoldings.LotsMax);
        _version++;
        _constant += funding + Take(row, -lots);
        if (!(_gross + Math.Abs(_constant) < ExactLimit)) return SlotCore.Plain;
        long worst = Worst();
        long mass = Math.Max(_masses.Shortfall, _masses.ValueAtRisk);
        int count = Collect<TLanes, TVector>(row, -lots);
        for (double step = _spread;
            TailSelection.Weigh(_scratch.LossWeights.AsSpan(0, count)) * _masses.Unit <= mass; step = 0.0)
        {
            // Too little lies above the cut: it is lowered by the depth of the tail, then wholly.
            _cut = step > 0.0 ? _cut - step : double.NegativeInfinity;
            count = Collect<TLanes, TVector>(row, -lots);
        }

        TailSelection.Part tail = Find<TLanes, TVector>(count, _masses.Shortfall);
        long atRisk = _masses.ValueAtRisk == _masses.Shortfall
            ? tail.Boundary
            : Find<TLanes, TVector>(count, _masses.ValueAtRisk).Boundary;
        SlotCore core = SlotCore.Of(tail, atRisk, _masses, _constant, worst);
        _cut = core.Threshold - _constant;
        _spread = Math.Max(TailSelection.ShortfallUp(tail, _masses.Unit, _masses.Shortfall), atRisk) - _cut;
        return core;
    }

    private TailSelection.Part Find<TLanes, TVector>(int count, long mass)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct => _scratch.Selector.Find<TLanes, TVector>(
        _scratch.Losses, _scratch.LossWeights, count, _masses.Unit, mass);

    // Changes the holding, the bounds of all tiles and the deterministic losses. Returns the change of lots sold: each
    // costs a unit in every scenario.
    private double Take(int row, double minus)
    {
        TiledArrays arrays = _arrays!; // set by Begin
        _gross += Math.Abs(minus) * arrays.Greatest(row);
        if (minus == 0.0) return 0.0;
        int at = 0;
        while (at < _count && _holdings[at].Row != row) at++;
        if (at == _holdings.Length) Array.Resize(ref _holdings, 2 * (at + 1));
        double before = at < _count ? _holdings[at].Minus : 0.0;
        double whole = before + minus;
        _count = Math.Max(_count, at + 1);
        _holdings[at] = new Holding(whole, row, whole > 0.0 ? 0 : 1);
        int side = minus > 0.0 ? 0 : arrays.CoarseStride;
        ref double coarse = ref Unsafe.Add(ref arrays.Coarse, (row * 2 * arrays.CoarseStride) + side);
        Span<double> bounds = _bounds.Span;
        for (int tile = 0; tile < bounds.Length; tile++) bounds[tile] += minus * Unsafe.Add(ref coarse, tile);
        ref double entries = ref Unsafe.Add(ref arrays.Deterministic, row * arrays.DeterministicStride);
        Span<double> losses = _deterministic.Span;
        for (int place = 0; place < losses.Length; place++) losses[place] += minus * Unsafe.Add(ref entries, place);
        return Math.Max(whole, 0.0) - Math.Max(before, 0.0);
    }

    // Losses at or above the cut, of the tiles whose bounds reach it.
    private int Collect<TLanes, TVector>(int row, double minus)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        int count = 0;
        TVector cut = TLanes.Of(_cut);
        for (int first = 0; first < _bounds.Count; first += TLanes.Count)
        {
            TVector bounds = SweepKernel<TLanes, TVector>.Load(ref Unsafe.Add(ref _bounds.First, first));
            uint reaching = TLanes.AtLeast(bounds, cut);
            for (; reaching != 0; reaching &= reaching - 1)
            {
                int tile = first + BitOperations.TrailingZeroCount(reaching);
                if (tile >= Tiling.TileCount) break; // where only the cut is lower
                BringUpToDate<TLanes, TVector>(tile, row, minus);
                Collect<TLanes, TVector>(tile, cut, ref count);
            }
        }

        return count;
    }

    // A tile that was up to date before the fill lacks one row; another one is summed anew.
    private void BringUpToDate<TLanes, TVector>(int tile, int row, double minus)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        ref double losses = ref Unsafe.Add(ref _losses.First, tile * TileNumbers);
        if (_versions[tile] == _version - 1)
        {
            Add<TLanes, TVector>(tile, row, minus, ref losses);
        }
        else if (_versions[tile] != _version)
        {
            _losses.Span.Slice(tile * TileNumbers, TileNumbers).Clear();
            foreach (Holding own in _holdings.AsSpan(0, _count))
            {
                Add<TLanes, TVector>(tile, own.Row, own.Minus, ref losses);
            }
        }

        _versions[tile] = _version;
    }

    private void Add<TLanes, TVector>(int tile, int row, double minus, ref double losses)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        TVector factor = TLanes.Of(minus);
        ref double entries = ref Unsafe.Add(
            ref _arrays!.Tile(tile), (row * _arrays.RowStride) + (2 * ScenarioTiling.TileCells)); // set by Begin
        for (int at = 0; at < TileNumbers; at += TLanes.Count)
        {
            ref double own = ref Unsafe.Add(ref losses, at);
            SweepKernel<TLanes, TVector>.Store(
                TLanes.Fma(
                    factor, SweepKernel<TLanes, TVector>.Load(ref Unsafe.Add(ref entries, at)),
                    SweepKernel<TLanes, TVector>.Load(ref own)),
                ref own);
        }
    }

    // Losses of one tile at or above the cut; its bound is its greatest loss.
    private void Collect<TLanes, TVector>(int tile, TVector cut, ref int count)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        ref double losses = ref Unsafe.Add(ref _losses.First, tile * TileNumbers);
        int second = Tiling.TimeCount == 2 ? Cell : 0;
        TVector greatest = TLanes.Of(double.NegativeInfinity);
        for (int place = 0; place < ScenarioTiling.TileSize; place += TLanes.Count)
        {
            ref double own = ref Unsafe.Add(ref losses, (place / Cell * (Cell + second)) + (place % Cell));
            TVector worse = TLanes.Greater(
                SweepKernel<TLanes, TVector>.Load(ref own),
                SweepKernel<TLanes, TVector>.Load(ref Unsafe.Add(ref own, second)));
            greatest = TLanes.Greater(greatest, worse);
            uint lanes = TLanes.AtLeast(worse, cut);
            if (lanes == 0) continue;
            TLanes.Append(
                worse, ref _scratch.Weights[(tile * ScenarioTiling.TileSize) + place], lanes,
                ref _scratch.Losses[count], ref _scratch.LossWeights[count]);
            count += BitOperations.PopCount(lanes);
        }

        _bounds.Span[tile] = TLanes.Greatest(greatest);
    }

    private long Worst()
    {
        ReadOnlySpan<double> losses = _deterministic.Span;
        int second = Tiling.TimeCount == 2 ? Cell : 0;
        for (int place = 0; place < _scratch.Named.Length; place++)
        {
            int at = (place / Cell * (Cell + second)) + (place % Cell);
            double worse = losses[at] < losses[at + second] ? losses[at + second] : losses[at];
            _scratch.Named[place] = _constant + worse;
        }

        return NamedWorst.Of(_scratch.Named, Tiling.DampeningNano);
    }
}
