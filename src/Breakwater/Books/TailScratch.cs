namespace Breakwater.Books;

/// <summary>Room that one thread needs for a block of accounts.</summary>
internal sealed class TailScratch
{
    // Candidates beyond the expected number of the tail: a threshold that leaves more is no threshold.
    private const int CapacityFactor = 6;

    private ScenarioTiling? _tiling;

    /// <summary>Room for blocks of so many accounts.</summary>
    /// <param name="tiling">Where scenarios stand.</param>
    /// <param name="masses">Tails.</param>
    /// <param name="blockAccounts">Accounts of a block.</param>
    internal TailScratch(ScenarioTiling tiling, TailMasses masses, int blockAccounts)
    {
        int places = tiling.TileCount * ScenarioTiling.TileSize;
        long mass = Math.Max(masses.Shortfall, masses.ValueAtRisk);
        double share = places == 0 ? 0.0 : mass / ((double)masses.Unit * tiling.WeightTotal);
        Capacity = Math.Min(places, 64 + (int)(CapacityFactor * share * places));
        Stride = Capacity + ScenarioTiling.CellSize;
        Weights = new int[places];
        Dampening = new double[tiling.DampeningNano.Length];
        ScreenWeights = new float[places];
        AccountsOfTile = new int[tiling.TileCount * blockAccounts];
        CountOfTile = new int[tiling.TileCount];
        BlockAccounts = blockAccounts;
        ScreenAccounts = new int[tiling.TileCount * blockAccounts];
        ScreenCountOfTile = new int[tiling.TileCount];
        Pending = new int[blockAccounts];
        SlackCountOfTile = new int[tiling.TileCount];
        FullLosses = new double[places + ScenarioTiling.CellSize];
        PlaceCount = places;
        FullWeights = new int[places + ScenarioTiling.CellSize];
        Selector = new TailSelector(places);
        Deterministic = new AlignedNumbers(tiling.DampeningNano.Length);
        Whole = new AlignedNumbers(2 * tiling.DampeningNano.Length);
        Reserve(3 * blockAccounts);
        Renew(tiling);
    }

    /// <summary>Candidates that a slot has room for.</summary>
    internal int Capacity { get; }

    /// <summary>Numbers from slot to slot: room for one more vector at the end.</summary>
    internal int Stride { get; }

    /// <summary>[place] weights.</summary>
    internal int[] Weights { get; }

    /// <summary>[place] dampening, nearest doubles: for choosing, not for results.</summary>
    internal double[] Dampening { get; }

    /// <summary>[tile × account of the block] accounts that a tile may matter to.</summary>
    internal int[] AccountsOfTile { get; }

    /// <summary>[tile] how many.</summary>
    internal int[] CountOfTile { get; }

    /// <summary>[place] weights in single precision: whole numbers below 2²⁴.</summary>
    internal float[] ScreenWeights { get; }

    /// <summary>[tile × account of the block] accounts that a tile is screened for.</summary>
    internal int[] ScreenAccounts { get; }

    /// <summary>[tile] how many.</summary>
    internal int[] ScreenCountOfTile { get; }

    /// <summary>[<see cref="PendingCount"/>] accounts whose tails have to be found exactly.</summary>
    internal int[] Pending { get; }

    /// <summary>How many there are.</summary>
    internal int PendingCount { get; set; }

    /// <summary>[tile × slack stride] by account of the tile and its underlyings: how far losses of the time that is
    /// not summed may lie above those of the other; negative where the first time is summed.</summary>
    internal float[] Slacks { get; private set; } = [];

    /// <summary>Slacks from tile to tile.</summary>
    internal int SlackStride { get; private set; }

    /// <summary>[tile] how many slacks there are.</summary>
    internal int[] SlackCountOfTile { get; }

    /// <summary>[underlying × lane] how far losses of the first time of one account may lie above those of the second,
    /// in neighbouring tiles.</summary>
    internal float[] DifferenceMost { get; } = new float[BookHoldings.GroupsMax * ScreenKernel.Lanes];

    /// <summary>[underlying × lane] the least of the same.</summary>
    internal float[] DifferenceLeast { get; } = new float[BookHoldings.GroupsMax * ScreenKernel.Lanes];

    /// <summary>[slot] what the screen asks and adds up.</summary>
    internal ScreenSums[] Screens { get; private set; } = [];

    /// <summary>[slot] whether a screen is worth it: the last tick's core was a deterministic loss, or is unknown.
    /// </summary>
    internal bool[] IsScreened { get; private set; } = [];

    /// <summary>[slot] whether the screen has decided.</summary>
    internal bool[] IsSettled { get; private set; } = [];

    /// <summary>Accounts of a block.</summary>
    internal int BlockAccounts { get; }

    /// <summary>Places of the tiles.</summary>
    internal int PlaceCount { get; }

    /// <summary>Finds tails.</summary>
    internal TailSelector Selector { get; }

    /// <summary>[place] losses of one slot in all scenarios, and room for a vector.</summary>
    internal double[] FullLosses { get; }

    /// <summary>[place] their weights.</summary>
    internal int[] FullWeights { get; }

    /// <summary>[place] deterministic losses of one slot.</summary>
    internal AlignedNumbers Deterministic { get; }

    /// <summary>[time × place] deterministic losses of a whole account.</summary>
    internal AlignedNumbers Whole { get; }

    /// <summary>[slot × stride] candidates.</summary>
    internal double[] Losses { get; private set; } = [];

    /// <summary>[slot × stride] their weights.</summary>
    internal int[] LossWeights { get; private set; } = [];

    /// <summary>[slot] how many candidates there are.</summary>
    internal int[] CountOfSlot { get; private set; } = [];

    /// <summary>[slot] thresholds less what every scenario costs.</summary>
    internal double[] Cuts { get; private set; } = [];

    /// <summary>[slot] worst dampened deterministic losses.</summary>
    internal long[] Worst { get; private set; } = [];

    /// <summary>Takes over weights and dampening.</summary>
    /// <param name="tiling">A tiling of the same places.</param>
    internal void Renew(ScenarioTiling tiling)
    {
        if (ReferenceEquals(tiling, _tiling)) return;
        _tiling = tiling;
        tiling.Weights.CopyTo(Weights);
        for (int place = 0; place < Weights.Length; place++)
        {
            ScreenWeights[place] = Weights[place];
        }

        for (int place = 0; place < Dampening.Length; place++)
        {
            Dampening[place] = tiling.DampeningNano[place] / 1e9;
        }
    }

    /// <summary>Makes room for so many slots of a block: the first block that needs more pays for it.</summary>
    /// <param name="slots">Slots.</param>
    internal void Reserve(int slots)
    {
        if (CountOfSlot.Length >= slots) return;
        Losses = new double[slots * Stride];
        LossWeights = new int[slots * Stride];
        CountOfSlot = new int[slots];
        Cuts = new double[slots];
        Worst = new long[slots];
        Screens = new ScreenSums[slots];
        IsScreened = new bool[slots];
        IsSettled = new bool[slots];
        SlackStride = slots;
        Slacks = new float[slots * CountOfTile.Length];
    }
}
