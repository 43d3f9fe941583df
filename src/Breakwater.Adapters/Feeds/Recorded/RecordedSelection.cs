using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds.Recorded;

/// <summary>A recording of one instrument.</summary>
/// <param name="Instrument">The instrument that its messages are about.</param>
/// <param name="Path">Path of the file.</param>
public sealed record RecordedFile(Instrument Instrument, string Path);

/// <summary>Recordings that are replayed as one feed (their columns: INTERFACES 3).</summary>
/// <param name="Until">Nothing later is replayed.</param>
public sealed record RecordedSelection(Timestamp Until)
{
    /// <summary>Name of the feed.</summary>
    public string Source { get; init; } = "recorded";

    /// <summary>Nothing earlier is replayed, except what a book needs to begin with.</summary>
    public Timestamp From { get; init; }

    /// <summary>Option chains: every row of every snapshot is a quote.</summary>
    public ImmutableArray<string> Chains { get; init; } = [];

    /// <summary>Price histories: every close is a price of its asset when its bar ends; of one asset, the later file
    /// wins where they overlap.</summary>
    public ImmutableArray<AssetFile> Histories { get; init; } = [];

    /// <summary>Volatility indices, likewise.</summary>
    public ImmutableArray<AssetFile> VolatilityIndices { get; init; } = [];

    /// <summary>Order-book recordings and best quotes.</summary>
    public ImmutableArray<RecordedFile> Books { get; init; } = [];

    /// <summary>Executed trades.</summary>
    public ImmutableArray<RecordedFile> Trades { get; init; } = [];
}
