namespace Breakwater.Books;

/// <summary>Room that one thread needs for one account.</summary>
internal sealed class AccountScratch
{
    /// <summary>Room for tilings of one shape.</summary>
    /// <param name="tiling">Where scenarios stand.</param>
    internal AccountScratch(ScenarioTiling tiling)
    {
        int places = tiling.TileCount * ScenarioTiling.TileSize;
        Weights = tiling.Weights.ToArray();
        Bounds = new AlignedNumbers(
            (tiling.TileCount + ScenarioTiling.CellSize - 1) / ScenarioTiling.CellSize * ScenarioTiling.CellSize);
        TileLosses = new AlignedNumbers(ScenarioTiling.TileSize);
        Named = new double[tiling.DampeningNano.Length];
        Losses = new double[places + ScenarioTiling.CellSize];
        LossWeights = new int[places + ScenarioTiling.CellSize];
        Selector = new TailSelector(places);
    }

    /// <summary>No cores: for questions that fill none.</summary>
    internal BookCores None { get; } = new(new BookDraft().Build());

    /// <summary>[place] weights.</summary>
    internal int[] Weights { get; }

    /// <summary>[tile] greatest loss that a tile can hold; −∞ once it is done with, and where it only fills.</summary>
    internal AlignedNumbers Bounds { get; }

    /// <summary>[cell × scenario] losses in one tile.</summary>
    internal AlignedNumbers TileLosses { get; }

    /// <summary>[deterministic place] losses.</summary>
    internal double[] Named { get; }

    /// <summary>[candidate] losses, and room for a vector.</summary>
    internal double[] Losses { get; }

    /// <summary>[candidate] their weights, and room for a vector.</summary>
    internal int[] LossWeights { get; }

    /// <summary>Finds tails.</summary>
    internal TailSelector Selector { get; }
}
