namespace Breakwater.Books;

/// <summary>How a slot is gone through in one tick.</summary>
internal enum TickWay : byte
{
    /// <summary>Kept cells only.</summary>
    Kept,

    /// <summary>Cells that the bounds let through; those with a loss at or above the cut are kept.</summary>
    Renewed,

    /// <summary>Every scenario.</summary>
    Whole,

    /// <summary>Not at all: the account needs the plain margin.</summary>
    Plain,
}

/// <summary>Between which losses a boundary must lie: below it candidates do not count, at or above it they lie in the
/// tail.</summary>
/// <param name="Low">No boundary is below it.</param>
/// <param name="High">Every boundary is below it; infinite where the tail is not to be summed on the way.</param>
internal readonly record struct TickWindow(double Low, double High);

/// <summary>What a <see cref="TickSweep"/> remembers of its slots from tick to tick, and room to work in.</summary>
internal sealed class TickScratch
{
    // Candidates beyond the expected number of the tail: what is kept besides it must have room as well.
    private const int CapacityFactor = 5;
    private const int CapacityRoom = 64; // where a window is enough: it holds some ten losses

    /// <summary>Room for so many slots; nothing is remembered of any.</summary>
    /// <param name="tiling">Where scenarios stand.</param>
    /// <param name="masses">Tails.</param>
    /// <param name="slots">Slots.</param>
    internal TickScratch(ScenarioTiling tiling, TailMasses masses, int slots)
    {
        PlaceCount = tiling.TileCount * ScenarioTiling.TileSize;
        long mass = Math.Max(masses.Shortfall, masses.ValueAtRisk);
        double share = PlaceCount == 0 ? 0.0 : mass / ((double)masses.Unit * tiling.WeightTotal);
        bool isSummed = masses.Shortfall == masses.ValueAtRisk;
        Capacity = Math.Min(
            PlaceCount, CapacityRoom + (isSummed ? 0 : (int)(CapacityFactor * share * PlaceCount)));
        Stride = Capacity + ScenarioTiling.CellSize;
        MaskStride = (slots + sizeof(ulong) - 1) / sizeof(ulong) * sizeof(ulong);
        Weights = tiling.Weights.ToArray();
        Masks = new byte[tiling.TileCount * MaskStride];
        Ways = new TickWay[slots];
        WeightNumbers = new AlignedNumbers(PlaceCount);
        Cuts = new double[slots];
        Boundaries = new double[slots];
        Windows = new TickWindow[slots];
        Paces = new double[slots];
        Counts = new int[slots];
        Above = new AlignedNumbers(slots * ScenarioTiling.CellSize);
        Excess = new AlignedNumbers(slots * ScenarioTiling.CellSize);
        Losses = new double[slots * Stride];
        LossWeights = new int[slots * Stride];
        TileLosses = new AlignedNumbers(ScenarioTiling.TileSize);
        Named = new double[tiling.DampeningNano.Length];
        FullLosses = new double[PlaceCount + ScenarioTiling.CellSize];
        FullWeights = new int[PlaceCount + ScenarioTiling.CellSize];
        Selector = new TailSelector(PlaceCount);
        Renew(tiling.Weights);
    }

    /// <summary>Places of the tiles.</summary>
    internal int PlaceCount { get; }

    /// <summary>Candidates that a slot has room for.</summary>
    internal int Capacity { get; }

    /// <summary>Numbers from slot to slot: room for one more vector at the end.</summary>
    internal int Stride { get; }

    /// <summary>Masks from tile to tile: a whole number of words.</summary>
    internal int MaskStride { get; }

    /// <summary>[place] weights.</summary>
    internal int[] Weights { get; }

    /// <summary>[place] the same as doubles.</summary>
    internal AlignedNumbers WeightNumbers { get; }

    /// <summary>[tile × slot] bits of the kept cells.</summary>
    internal byte[] Masks { get; }

    /// <summary>[slot] how it is gone through.</summary>
    internal TickWay[] Ways { get; }

    /// <summary>[slot] no loss outside the kept cells reaches it; infinite where nothing is known.</summary>
    internal double[] Cuts { get; }

    /// <summary>[slot] value at risk or expected shortfall's boundary, the lower one, at the last tick, without
    /// constants; NaN where it is not known.</summary>
    internal double[] Boundaries { get; }

    /// <summary>[slot] between which losses the boundary must lie now.</summary>
    internal TickWindow[] Windows { get; }

    /// <summary>[slot × lane] weight of the losses at or above the window, by lanes.</summary>
    internal AlignedNumbers Above { get; }

    /// <summary>[slot × lane] Σ weight × (loss − end of the window) over them, by lanes.</summary>
    internal AlignedNumbers Excess { get; }

    /// <summary>[slot] what a tick has lately moved losses by, at most.</summary>
    internal double[] Paces { get; }

    /// <summary>[slot] how many candidates there are.</summary>
    internal int[] Counts { get; }

    /// <summary>[slot × stride] candidates: losses in the window.</summary>
    internal double[] Losses { get; }

    /// <summary>[slot × stride] their weights.</summary>
    internal int[] LossWeights { get; }

    /// <summary>[cell × scenario] losses of one slot in one tile.</summary>
    internal AlignedNumbers TileLosses { get; }

    /// <summary>[deterministic place] losses of one slot.</summary>
    internal double[] Named { get; }

    /// <summary>[place] losses of one slot in all scenarios or kept cells, and room for a vector.</summary>
    internal double[] FullLosses { get; }

    /// <summary>[place] their weights, and room for a vector.</summary>
    internal int[] FullWeights { get; }

    /// <summary>Finds tails.</summary>
    internal TailSelector Selector { get; }

    /// <summary>Takes over other weights; what is known of the slots is void.</summary>
    /// <param name="weights">[place] weights.</param>
    internal void Renew(ReadOnlySpan<int> weights)
    {
        weights.CopyTo(Weights);
        for (int place = 0; place < PlaceCount; place++) WeightNumbers.Span[place] = weights[place];
        Forget();
    }

    /// <summary>Forgets what is known of every slot.</summary>
    internal void Forget() => Boundaries.AsSpan().Fill(double.NaN);
}
