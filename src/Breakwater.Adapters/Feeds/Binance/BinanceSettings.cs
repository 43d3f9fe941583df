using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds.Binance;

/// <summary>Which rules a depth stream follows.</summary>
public enum BinanceMarketKind
{
    /// <summary>Futures margined in USDT: ranges that name the one before.</summary>
    Futures,

    /// <summary>Spot: ranges that join.</summary>
    Spot,
}

/// <summary>A market of the venue, and what it is here.</summary>
/// <param name="Symbol">The venue's name, such as <c>BTCUSDT</c>.</param>
/// <param name="Instrument">The instrument it is a price of.</param>
public sealed record BinanceMarket(string Symbol, Instrument Instrument);

/// <summary>What is listened to at a venue with a depth stream of Binance's form.</summary>
/// <param name="Kind">Which rules.</param>
/// <param name="StreamAddress">Address of combined streams, such as <c>wss://fstream.binance.com/stream</c>.</param>
/// <param name="DepthAddress">Address of snapshots, such as <c>https://fapi.binance.com/fapi/v1/depth</c>.</param>
public sealed record BinanceSettings(BinanceMarketKind Kind, Uri StreamAddress, Uri DepthAddress)
{
    /// <summary>Name of the feed.</summary>
    public string Source { get; init; } = "binance";

    /// <summary>Markets whose book and trades are listened to; of futures also mark and index.</summary>
    public ImmutableArray<BinanceMarket> Markets { get; init; } = [];

    /// <summary>How connections are made, watched and made again.</summary>
    public LinkSettings Link { get; init; } = new();
}
