using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Scenarios;

/// <summary>A day markets will not forget, as simple returns over 24 h.</summary>
/// <param name="Date">UTC date the move ended on, <c>yyyy-MM-dd</c>.</param>
/// <param name="Name">What it is remembered for.</param>
/// <param name="Btc">Return of BTC.</param>
/// <param name="Eth">Return of ETH over the same hours; <c>null</c> if not recorded.</param>
/// <param name="Bnb">Return of BNB; likewise.</param>
/// <param name="Sol">Return of SOL; likewise.</param>
/// <param name="VolatilityIndex">Relative change of the 30-day volatility index of BTC over the same hours; likewise.
/// </param>
internal sealed record BlackSwanEvent(
    string Date, string Name, double Btc, double? Eth, double? Bnb, double? Sol, double? VolatilityIndex)
{
    /// <summary>First instant at which the event is known: the end of its date.</summary>
    public Timestamp KnownAt => Timestamp.Parse(Date).AddMilliseconds(Timestamp.DayMilliseconds);

    /// <summary>Return of an asset; <c>null</c> if it was not recorded.</summary>
    public double? Of(string asset) => asset switch
    {
        "BTC" => Btc,
        "ETH" => Eth,
        "BNB" => Bnb,
        "SOL" => Sol,
        _ => null,
    };
}

/// <summary>Events of block C (METHODOLOGY 3.6).</summary>
/// <remarks>
/// BTC: METHODOLOGY 3.6 where it states a figure (largest 24 h moves on Binance BTCUSDT, 2 h bars 2017-08..2025-08, or
/// the low where it says so). All others: Binance USDT perpetuals, hourly closes (lows for 2021-12-04, 2022-05-12 and
/// 2025-10-10) against the close 24 h before, at the hour of the extreme of BTC, of ETH for 2021-01-04, 2021-05-24 and
/// 2022-05-12. Volatility index: Deribit DVOL of BTC, recorded since 2021-03-24. Derivation:
/// docs/methodology/scenario-calibration.md.
/// </remarks>
internal static class BlackSwanEvents
{
    /// <summary>Every event; the set may grow, removal takes two thirds of the vote (METHODOLOGY 10).</summary>
    public static ImmutableArray<BlackSwanEvent> All { get; } =
    [
        new("2020-03-13", "covid crash", -0.465, -0.4832, -0.5105, null, null),
        new("2018-01-16", "bubble unwinds", -0.272, null, null, null, null),
        new("2017-12-22", "bubble breaks", -0.253, null, null, null, null),
        new("2018-02-06", "bubble bottoms", -0.241, null, null, null, null),
        new("2017-09-15", "China closes exchanges", -0.216, null, null, null, null),
        new("2019-06-27", "summer reversal", -0.211, null, null, null, null),
        new("2021-01-11", "January flush", -0.204, -0.2512, -0.1638, -0.1902, null),
        new("2022-06-14", "lenders halt", -0.191, -0.1921, -0.1518, -0.1077, 0.1109),
        new("2021-05-19", "May cascade, low", -0.313, -0.3180, -0.3481, -0.3999, 0.2242),
        new("2021-12-04", "December cascade, low", -0.263, -0.2586, -0.2162, -0.2811, 0.1169),
        new("2022-11-09", "FTX fails", -0.158, -0.2407, -0.2289, -0.5431, 0.6188),
        new("2019-10-26", "China embraces", 0.348, null, null, null, null),
        new("2020-03-14", "covid rebound", 0.327, 0.3892, 0.4184, null, null),
        new("2017-12-11", "futures launch", 0.278, null, null, null, null),
        new("2018-02-07", "bubble rebound", 0.269, null, null, null, null),
        new("2021-02-09", "treasury purchase", 0.224, 0.0863, 0.3075, 0.1242, null),
        new("2021-01-04", "ether breaks away", -0.0221, 0.3916, 0.1036, 0.0827, null),
        new("2021-05-24", "May rebound", 0.1977, 0.3479, 0.4605, 0.3916, -0.1919),
        new("2022-05-12", "UST fails, low", -0.1502, -0.2496, -0.2832, -0.3884, 0.6055),
        new("2023-03-13", "USDC regains its peg", 0.1799, 0.1452, 0.1304, 0.1621, 0.1163),
        new("2024-08-05", "carry trade unwinds", -0.1842, -0.2377, -0.2174, -0.2282, 0.2730),
        new("2025-10-10", "October cascade, low", -0.1638, -0.2194, -0.3439, -0.3583, 0.2274),
    ];
}
