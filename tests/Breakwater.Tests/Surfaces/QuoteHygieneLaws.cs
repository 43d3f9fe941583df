using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Surfaces;

namespace Breakwater.Tests.Surfaces;

public sealed class QuoteHygieneLaws
{
    [Fact]
    public void Quotes_of_a_sound_surface_are_all_kept_with_their_volatilities() => Drawn.Always(60, draw =>
    {
        VolatilitySurface surface = QuotedMarket.Known(draw);
        double halfSpread = draw.Between(0.001, 0.02);
        (ImmutableArray<SliceQuotes> slices, ImmutableArray<Finding> findings) =
            QuotedMarket.Clean(QuotedMarket.Of(surface, halfSpread));
        return findings.IsEmpty && slices.Length == 5 && slices.All(slice => slice.Quotes.Length == 15
            && slice.Quotes.All(quote => Math.Abs(quote.HalfSpread - halfSpread) <= 1e-9
                && Math.Abs(quote.MidVolatility - Volatility(surface, slice, quote.K)) <= 1e-9));
    });

    [Fact]
    public void The_order_of_rows_does_not_matter() => Drawn.Always(60, draw =>
    {
        UnderlyingMarket market = Spoilt(draw);
        ImmutableArray<SliceQuotes> shuffled =
            QuotedMarket.Clean(market with { Quotes = draw.Shuffled(market.Quotes) }).Slices;
        ImmutableArray<SliceQuotes> slices = QuotedMarket.Clean(market).Slices;
        return slices.Length == shuffled.Length && slices.Zip(shuffled).All(pair =>
            pair.First.Expiry == pair.Second.Expiry && pair.First.Quotes.SequenceEqual(pair.Second.Quotes));
    });

    [Fact]
    public void Any_quotes_whatever_give_slices_that_can_be_fitted_and_never_an_exception() => Drawn.Always(150, draw =>
        QuotedMarket.Clean(Spoilt(draw)).Slices.All(slice => slice.ExpiryYears > 0.0
            && slice.Quotes.All(quote => double.IsFinite(quote.K)
                && quote.AskVolatility is > 0.0 and < double.PositiveInfinity
                && quote.BidVolatility >= 0.0 && quote.HalfSpread >= 0.0
                && quote.Weight is >= 0.1 and < double.PositiveInfinity
                && quote.Scale >= quote.HalfSpread + 0.005)));

    [Fact]
    public void Every_quote_that_is_dropped_is_counted_in_a_finding() => Drawn.Always(150, draw =>
    {
        UnderlyingMarket market = Spoilt(draw);
        int candidates = market.Quotes.Count(quote => quote.Option.Expiry > market.At && IsOutOfTheMoney(quote));
        (ImmutableArray<SliceQuotes> slices, ImmutableArray<Finding> findings) = QuotedMarket.Clean(market);
        int dropped = findings.Sum(finding =>
            int.Parse(finding.Message.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
        return candidates == dropped + slices.Sum(slice => slice.Quotes.Length);
    });

    [Theory]
    [InlineData("crossed", FindingKind.CrossedQuote)]
    [InlineData("locked", FindingKind.CrossedQuote)]
    [InlineData("no ask", FindingKind.RejectedQuote)]
    [InlineData("no bid", FindingKind.RejectedQuote)]
    [InlineData("wide", FindingKind.RejectedQuote)]
    [InlineData("above the forward", FindingKind.RejectedQuote)]
    [InlineData("too dear for its neighbours", FindingKind.RejectedQuote)]
    [InlineData("old", FindingKind.StaleInput)]
    [InlineData("another forward", FindingKind.AbsurdValue)]
    public void A_poor_quote_alone_is_dropped_and_named(string fault, FindingKind kind) => Drawn.Always(20, draw =>
    {
        UnderlyingMarket market = QuotedMarket.Of(QuotedMarket.Known(draw));
        OptionQuote victim = Victim(draw, market);
        UnderlyingMarket spoilt = market with { Quotes = market.Quotes.Replace(victim, Broken(victim, fault)) };
        (ImmutableArray<SliceQuotes> slices, ImmutableArray<Finding> findings) = QuotedMarket.Clean(spoilt);
        return findings.Length == 1 && findings[0].Kind == kind
            && findings[0].Subject == $"BTC-{InstrumentName.Date(victim.Option.Expiry)}"
            && slices.Sum(slice => slice.Quotes.Length) == 5 * 15 - 1;
    });

    // Neither at the money, where another forward changes the side, nor outermost, where any price is convex.
    private static OptionQuote Victim(Drawn draw, UnderlyingMarket market)
    {
        OptionQuote[] candidates = [.. market.Quotes.Where(IsOutOfTheMoney).GroupBy(quote => quote.Option.Expiry)
            .SelectMany(slice => slice.OrderBy(quote => quote.Option.StrikeUsd).Skip(2).SkipLast(2))
            .Where(quote => Math.Abs(Math.Log((double)quote.Option.StrikeUsd / QuotedMarket.IndexUsd)) > 0.01)];
        return candidates[draw.Count(0, candidates.Length)];
    }

    private static OptionQuote Broken(OptionQuote quote, string fault) => fault switch
    {
        "crossed" => quote with { BidCoin = quote.AskCoin * 1.01, AskCoin = quote.BidCoin },
        "locked" => quote with { BidCoin = quote.AskCoin },
        "no ask" => quote with { AskCoin = null },
        "no bid" => quote with { BidCoin = null, AskCoin = quote.AskCoin + 0.5 },
        "wide" => quote with { AskCoin = quote.AskCoin + 0.5 },
        "above the forward" => quote with { AskCoin = 3.0, BidCoin = quote.BidCoin },
        "too dear for its neighbours" => quote with { BidCoin = quote.BidCoin * 1.5, AskCoin = quote.BidCoin * 1.5001 },
        "old" => quote with { At = Drawn.At.AddMilliseconds(-301_000) },
        "another forward" => quote with { ForwardUsd = quote.ForwardUsd * (1.0 + 0.03 * Side(quote)) },
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault"),
    };

    // Towards the side on which the option stays out of the money.
    private static double Side(OptionQuote quote) => quote.Option.Right == OptionRight.Call ? -1.0 : 1.0;

    /// <summary>A sound market of which about a third of all quotes are spoilt, each in some way.</summary>
    internal static UnderlyingMarket Spoilt(Drawn draw)
    {
        UnderlyingMarket market =
            QuotedMarket.Of(QuotedMarket.Known(draw), draw.Between(0.001, 0.2), draw.Count(2, 16));
        return QuotedMarket.With(market.Quotes.Select(quote => draw.Count(0, 3) > 0 ? quote : quote with
        {
            BidCoin = Price(draw, quote.BidCoin),
            AskCoin = Price(draw, quote.AskCoin),
            At = draw.Count(0, 10) == 0 ? Drawn.At.AddMilliseconds(-draw.Count(0, 1_000_000)) : quote.At,
            ForwardUsd = quote.ForwardUsd
                * (draw.Count(0, 10) == 0 ? draw.Between(0.01, 5.0) : draw.Between(0.999, 1.001)),
        }));
    }

    private static double? Price(Drawn draw, double? sound) => draw.Count(0, 6) switch
    {
        0 => null,
        1 => 0.0,
        2 => draw.Between(0.0, 2.0),
        3 => Math.Exp(draw.Between(-40.0, 40.0)),
        _ => sound,
    };

    private static bool IsOutOfTheMoney(OptionQuote quote) => quote.Option.Right == OptionRight.Call
        ? (double)quote.Option.StrikeUsd >= quote.ForwardUsd
        : (double)quote.Option.StrikeUsd < quote.ForwardUsd;

    private static double Volatility(VolatilitySurface surface, SliceQuotes slice, double k) =>
        Math.Sqrt(surface.Slices.First(other => other.Expiry == slice.Expiry).Svi.TotalVariance(k) / slice.ExpiryYears);
}
