using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Breakwater.Forecasts;
using Breakwater.Markets;

namespace Breakwater.Engine;

/// <summary>Gives the old object where a new one has the same content.</summary>
/// <remarks>
/// Collections of the same content are replaced by the old ones; then the records are compared as records. A field that
/// is not mentioned here makes a record look changed, which costs work and nothing else.
/// </remarks>
internal static class Settling
{
    /// <summary>The assembled market of an asset.</summary>
    internal static AssembledUnderlying Of(AssembledUnderlying after, AssembledUnderlying before)
    {
        AssembledUnderlying settled = new(
            after.Market is { } market && before.Market is { } known ? Of(market, known) : after.Market,
            SameRecords(after.Findings, before.Findings));
        return settled == before ? before : settled;
    }

    /// <summary>The forecast of an underlying.</summary>
    internal static UnderlyingForecast Of(UnderlyingForecast after, UnderlyingForecast before)
    {
        FilteredHistory history = new(
            SameNumbers(after.History.Hours, before.History.Hours),
            SameNumbers(after.History.LogPrices, before.History.LogPrices),
            SameNumbers(after.History.VarianceHourly, before.History.VarianceHourly));
        UnderlyingForecast settled = after with
        {
            History = history == before.History ? before.History : history,
            Findings = SameRecords(after.Findings, before.Findings),
            Liquidity = Of(after.Liquidity, before.Liquidity),
        };
        return settled == before ? before : settled;
    }

    /// <summary>The forecast of an asset as collateral.</summary>
    internal static CollateralForecast Of(CollateralForecast after, CollateralForecast before)
    {
        CollateralForecast settled = after with
        {
            Findings = SameRecords(after.Findings, before.Findings),
            Liquidity = Of(after.Liquidity, before.Liquidity),
        };
        return settled == before ? before : settled;
    }

    private static LiquidityForecast? Of(LiquidityForecast? after, LiquidityForecast? before) =>
        after is null || before is null
            ? after
            : after with { Profile = SameNumbers(after.Profile, before.Profile) };

    private static UnderlyingMarket Of(UnderlyingMarket after, UnderlyingMarket before) => after with
    {
        Quotes = SameRecords(after.Quotes, before.Quotes),
        FutureMarks = SameRecords(after.FutureMarks, before.FutureMarks),
        Prices = new PriceHistory(
            SameNumbers(after.Prices.Hourly, before.Prices.Hourly),
            SameNumbers(after.Prices.Bridging, before.Prices.Bridging),
            SameNumbers(after.Prices.Daily, before.Prices.Daily)),
        VolatilityIndex = SameNumbers(after.VolatilityIndex, before.VolatilityIndex),
        DailyVolumes = SameNumbers(after.DailyVolumes, before.DailyVolumes),
        Depth = after.Depth is { } depth && before.Depth is { } known
            ? depth with { Levels = SameNumbers(depth.Levels, known.Levels) }
            : after.Depth,
        Flow = Of(after.Flow, before.Flow),
    };

    private static FlowObservations Of(FlowObservations after, FlowObservations before) => new(
        after.Bars.Length == before.Bars.Length
            ? SameRecords([.. after.Bars.Select((bars, index) => Of(bars, before.Bars[index]))], before.Bars)
            : after.Bars,
        SameNumbers(after.Trades, before.Trades),
        SameRecords(after.Book, before.Book),
        SameNumbers(after.Quotes, before.Quotes));

    private static FlowBarSeries Of(FlowBarSeries after, FlowBarSeries before) =>
        after with { Bars = SameNumbers(after.Bars, before.Bars) };

    // Bit by bit; padding may differ, which costs work only.
    private static ImmutableArray<T> SameNumbers<T>(ImmutableArray<T> after, ImmutableArray<T> before)
        where T : unmanaged =>
        after == before || MemoryMarshal.AsBytes(after.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(before.AsSpan()))
            ? before
            : after;

    private static ImmutableArray<T> SameRecords<T>(ImmutableArray<T> after, ImmutableArray<T> before)
        where T : class, IEquatable<T> =>
        after == before || after.AsSpan().SequenceEqual(before.AsSpan()) ? before : after;
}
