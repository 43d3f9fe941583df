using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds.Deribit;

/// <summary>What is listened to at Deribit.</summary>
/// <param name="Address">WebSocket address of the public interface, such as <c>wss://www.deribit.com/ws/api/v2</c>.
/// </param>
public sealed record DeribitSettings(Uri Address)
{
    /// <summary>Name of the feed.</summary>
    public string Source { get; init; } = "deribit";

    /// <summary>Underlyings whose instruments, price index and volatility index are listened to.</summary>
    public ImmutableArray<AssetId> Underlyings { get; init; } = [];

    /// <summary>Instruments whose quotes are listened to; empty: of all that are listed.</summary>
    public ImmutableArray<Instrument> Quotes { get; init; } = [];

    /// <summary>Instruments whose books are listened to.</summary>
    public ImmutableArray<Instrument> Books { get; init; } = [];

    /// <summary>Instruments whose trades are listened to.</summary>
    public ImmutableArray<Instrument> Trades { get; init; } = [];

    /// <summary>Interval of notifications; the public one is <c>100ms</c>.</summary>
    public string Interval { get; init; } = "100ms";

    /// <summary>How connections are made, watched and made again.</summary>
    public LinkSettings Link { get; init; } = new();
}
