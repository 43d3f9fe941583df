using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Benchmarks;

/// <summary>The book of the benchmarks: 20 options of two underlyings, inverse and linear, near and far.</summary>
internal static class TwentyOptions
{
    private static readonly string[] Names =
    [
        "BTC-13FEB26-64000-C", "BTC-13FEB26-64000-P", "BTC-27FEB26-50000-P", "BTC-27FEB26-90000-C",
        "BTC-27MAR26-66000-C", "BTC-27MAR26-66000-P", "BTC-26JUN26-90000-C", "BTC-26JUN26-50000-P",
        "BTC_USDC-25DEC26-90000-C", "BTC_USDC-25DEC26-50000-P", "ETH-13FEB26-1900-C", "ETH-13FEB26-1900-P",
        "ETH-27FEB26-1500-P", "ETH-27FEB26-2500-C", "ETH-27MAR26-1900-C", "ETH-27MAR26-1900-P", "ETH-26JUN26-2500-C",
        "ETH-26JUN26-1500-P", "ETH_USDC-25DEC26-2500-C", "ETH_USDC-25DEC26-1500-P",
    ];

    /// <summary>Its instruments.</summary>
    internal static ImmutableArray<Instrument> All => [.. Names.Select(InstrumentName.Parse)];
}
