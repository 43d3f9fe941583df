using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Sensitivities;
using Breakwater.Surfaces;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Sensitivities;

public sealed class MarkingTests
{
    private static readonly TinyMarket Tiny = TinyMarket.Default;
    private static readonly UnderlyingMarket Btc = Tiny.Of(TinyMarket.Btc);

    [Fact]
    public void A_perpetual_without_a_mark_is_marked_at_its_index_with_a_finding()
    {
        InstrumentMark mark = Marked("BTC-PERPETUAL", Btc with { PerpetualMarkUsd = null });

        Assert.Equal(Btc.IndexUsd, mark.MarkPriceUsd);
        Assert.Equal(FindingKind.MissingInput, Assert.Single(mark.Findings).Kind);
    }

    [Fact]
    public void A_future_without_a_mark_is_marked_on_the_forward_curve_with_a_finding()
    {
        VolatilitySurface surface = Tiny.Surfaces.Find(TinyMarket.Btc)!;
        InstrumentMark mark = Marked("BTC-10APR26", Btc);

        Assert.Equal(surface.Forwards.ForwardUsd(mark.ExpiryYears), mark.MarkPriceUsd);
        Assert.Equal(FindingKind.MissingInput, Assert.Single(mark.Findings).Kind);
    }

    [Fact]
    public void An_observed_future_is_marked_at_its_mark() => Assert.Empty(Marked("BTC-27MAR26", Btc).Findings);

    [Fact]
    public void An_option_behind_the_last_quoted_expiry_is_a_finding() => Assert.Equal(
        FindingKind.ExtrapolatedExpiry, Assert.Single(Marked("BTC-26MAR27-64000-C", Btc).Findings).Kind);

    [Fact]
    public void An_option_in_its_settlement_window_is_a_finding() => Assert.Contains(
        Marked("BTC-6FEB26-64000-C", Btc, Timestamp.Parse("2026-02-06T07:45:00Z")).Findings,
        finding => finding.Message.Contains("settlement window", StringComparison.Ordinal));

    [Fact]
    public void An_expired_instrument_is_refused() => Assert.Throws<ArgumentException>(() =>
        Marked("BTC-6FEB26-64000-C", Btc, Timestamp.Parse("2026-02-06T08:00:00Z")));

    // One USD of face at the mark: n/F units of coin, worth S/F of the future's move each.
    [Fact]
    public void An_inverse_future_at_its_mark_is_long_index_over_mark_squared()
    {
        InstrumentMark mark = Marked("BTC-27MAR26", Btc);

        Assert.Equal(Btc.IndexUsd / (mark.MarkPriceUsd * mark.MarkPriceUsd), mark.Greeks.Delta, 1e-15);
        Assert.Equal(0.0, mark.Greeks.Gamma);
    }

    private static InstrumentMark Marked(string name, UnderlyingMarket market, Timestamp? at = null) => Marking.Of(
        InstrumentName.Parse(name), at ?? Tiny.Market.At, market, Tiny.Surfaces.Find(market.Asset),
        Tiny.Parameters.Valuation);
}
