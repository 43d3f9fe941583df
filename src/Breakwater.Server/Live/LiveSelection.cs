using System.Collections.Immutable;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Feeds.Binance;
using Breakwater.Adapters.Feeds.Deribit;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Server.Live;

/// <summary>Which venues a live server listens to, and of what.</summary>
/// <param name="Underlyings">Underlyings.</param>
/// <param name="Deribit">Feeds of Deribit's form.</param>
/// <param name="Binance">Feeds of Binance's form.</param>
internal sealed record LiveSelection(
    ImmutableArray<AssetId> Underlyings, ImmutableArray<DeribitSettings> Deribit,
    ImmutableArray<BinanceSettings> Binance)
{
    /// <summary>Folder in which refused inputs are kept; <c>null</c>: only counted.</summary>
    internal string? QuarantineFolder { get; init; }

    /// <summary>What a Deribit feed listens to: quotes of everything listed, indices, books and trades of perpetuals.
    /// </summary>
    /// <param name="address">Its WebSocket.</param>
    /// <param name="underlyings">Underlyings.</param>
    internal static DeribitSettings DeribitOf(Uri address, ImmutableArray<AssetId> underlyings)
    {
        ImmutableArray<Instrument> perpetuals =
            [.. underlyings.Select(static own => new Perpetual(own, Settlement.Inverse))];
        return new DeribitSettings(address) { Underlyings = underlyings, Books = perpetuals, Trades = perpetuals };
    }

    /// <summary>What a Binance feed listens to: book and trades of each underlying against dollars.</summary>
    /// <param name="kind">Futures or spot.</param>
    /// <param name="stream">Address of combined streams.</param>
    /// <param name="depth">Address of snapshots.</param>
    /// <param name="underlyings">Underlyings.</param>
    internal static BinanceSettings BinanceOf(
        BinanceMarketKind kind, Uri stream, Uri depth, ImmutableArray<AssetId> underlyings) =>
        new(kind, stream, depth)
        {
            Source = kind == BinanceMarketKind.Futures ? "binance" : "binance-spot",
            Markets =
            [
                .. underlyings.Select(own => new BinanceMarket(
                    $"{own.Name}USDT",
                    kind == BinanceMarketKind.Futures ? new Perpetual(own, Settlement.Linear) : new Spot(own))),
            ],
        };

    /// <summary>Sources of the index of an underlying: what venues state themselves, and books of spot.</summary>
    /// <param name="asset">The underlying.</param>
    /// <returns>The rules, or why there are none: of fewer than three sources there is no index (T-I4).</returns>
    internal Result<IndexRules> RulesOf(AssetId asset) => IndexRules.Of(
    [
        .. Deribit.Select(static own => new SourceWeight(own.Source, 1d)),
        .. Binance.SelectMany(own => own.Markets.Where(market => market.Instrument.Underlying == asset).Select(
            market => new SourceWeight(
                market.Instrument is Spot ? IndexBoard.SourceOf(own.Source, market.Instrument) : own.Source, 1d))),
    ]);

    /// <summary>The feeds; each connects when it is read.</summary>
    /// <param name="ledger">Where they are counted.</param>
    /// <param name="time">Clock of receipts.</param>
    internal ImmutableArray<IMarketFeed> Feeds(FeedLedger ledger, TimeProvider time) =>
    [
        .. Deribit.Select(own => DeribitFeed.Of(own, ledger, time)),
        .. Binance.Select(own => BinanceFeed.Of(own, ledger, time)),
    ];
}
