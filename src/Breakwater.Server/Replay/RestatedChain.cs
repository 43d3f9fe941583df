using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Pricing;

namespace Breakwater.Server.Replay;

/// <summary>A recorded chain between its recordings: every option at its recorded implied volatility, at the index of
/// now, with the recorded spread.</summary>
/// <remarks>Not a record: a stand-in where a replay has prices of every hour and quotes of a few instants only. It
/// moves what depends on price and time and leaves the volatilities where they were recorded.</remarks>
internal static class RestatedChain
{
    private const double PriceStep = 1e-8; // coin; finer than any tick

    /// <summary>The chain at another instant and index.</summary>
    /// <param name="recorded">The recording.</param>
    /// <param name="indexUsd">Index now, USD; finite, &gt; 0.</param>
    /// <param name="at">Now; not before the recording.</param>
    internal static ChainObservation Of(ChainObservation recorded, double indexUsd, Timestamp at) => new(
        at,
        [
            .. recorded.Rows.Where(own => own.Option.Expiry > at).Select(own => Row(own, indexUsd, at))
                .OfType<ChainRow>(),
        ]);

    private static ChainRow? Row(ChainRow own, double indexUsd, Timestamp at)
    {
        if (own is not
            {
                MarkVolatilityAnnual: > 0d and { } volatility,
                ForwardUsd: { } forward,
                IndexUsd: { } index,
                MarkCoin: > 0d and { } mark,
            })
        {
            return null;
        }

        double then = forward * (indexUsd / index);
        double years = own.Option.Expiry.YearsSince(at);
        double coin = InverseOption.CoinValue(
            own.Option.Right, then, (double)own.Option.StrikeUsd, volatility * volatility * years);
        return own with
        {
            BidCoin = Moved(own.BidCoin, mark, coin),
            AskCoin = Moved(own.AskCoin, mark, coin),
            MarkCoin = Rounded(coin),
            ForwardUsd = then,
            IndexUsd = indexUsd,
            QuotedAt = null,
        };
    }

    // As far from the mark, in coin, as it was recorded; what would be no price any more is not quoted.
    private static double? Moved(double? quote, double mark, double coin) =>
        quote is { } known && coin + (known - mark) is > PriceStep and var moved ? Rounded(moved) : null;

    private static double Rounded(double coin) => Math.Round(coin / PriceStep) * PriceStep;
}
