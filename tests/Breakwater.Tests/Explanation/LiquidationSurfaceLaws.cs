using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Explanation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Scenarios;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Explanation;

public sealed class LiquidationSurfaceLaws
{
    private static readonly TinyMarket Tiny = TinyMarket.Default;
    private static readonly AssetId Btc = AssetId.Of("BTC");

    // Scenarios of the design itself: they are built anew where volatility moves.
    private static readonly ExplainedMarket Market = new(
        Tiny.Market, Tiny.Forecast, Tiny.Surfaces,
        ScenarioDesign.Build(Tiny.Market, Tiny.Surfaces, Tiny.Forecast, Tiny.Parameters, ScenarioSeed.NoBeacon),
        Tiny.Parameters);

    private static readonly Subaccount Options = OptionBook();
    private static readonly Subaccount Perpetual = PerpetualBook(4_000);
    private static readonly ImmutableArray<LiquidationSurface> OptionSurfaces =
        LiquidationSurface.Of(Options, Market);

    private static readonly LiquidationSurface PerpetualSurface = LiquidationSurface.Of(Perpetual, Market).Single();

    [Fact]
    public void Where_nothing_moves_it_is_the_report_to_the_last_unit()
    {
        foreach ((Subaccount book, ImmutableArray<LiquidationSurface> surfaces) in
            ((Subaccount, ImmutableArray<LiquidationSurface>)[])
            [(Options, OptionSurfaces), (Perpetual, [PerpetualSurface])])
        {
            MarginReport report = PortfolioMargin.Assess(
                book, Market.Revalue(BookInstruments.Of(book)), Tiny.Parameters);
            foreach (LiquidationSurface surface in surfaces)
            {
                Assert.Equal(report.Equity, surface.Unmoved.Equity);
                Assert.Equal(report.MaintenanceMargin, surface.Unmoved.Maintenance);
                Assert.Equal(report.MarginRatio, surface.Unmoved.MarginRatio);
            }
        }
    }

    [Fact]
    public void Equity_is_full_recomputation_at_every_point_and_margin_near_it()
    {
        // Between computed points margin bends by a fraction of itself; see docs/methodology/liquidation-surface.
        const double MeanError = 0.03;
        const double WorstError = 0.20;
        Random random = new(11);
        Subaccount book = PinnedBook.Of(Options, Market.RevalueMaintenance(BookInstruments.Of(Options)));
        List<double> errors = [];
        for (int draw = 0; draw < 24; draw++)
        {
            LiquidationSurface surface = OptionSurfaces[random.Next(OptionSurfaces.Length)];
            int shock = random.Next(surface.VolatilityShocks.Length);
            int spot = random.Next(surface.SpotRatios.Length);
            BookState full = Recomputed(book, surface, shock, spot);
            Assert.Equal(full.Equity, surface.At(shock, spot).Equity);
            double asked = full.Maintenance.ToUsd();
            errors.Add(Math.Abs((surface.At(shock, spot).Maintenance.ToUsd() / asked) - 1.0));
        }

        Assert.InRange(errors.Average(), 0.0, MeanError);
        Assert.InRange(errors.Max(), 0.0, WorstError);
    }

    [Fact]
    public void Margin_is_full_recomputation_at_its_own_points()
    {
        Subaccount book = PinnedBook.Of(Options, Market.RevalueMaintenance(BookInstruments.Of(Options)));
        foreach (LiquidationSurface surface in OptionSurfaces)
        {
            foreach (int shock in SurfaceAxes.ShockIndicesOfMargin)
            {
                int spot = SurfaceAxes.RatiosOfMargin[(shock * 7) % SurfaceAxes.RatiosOfMargin.Length];
                Assert.Equal(Recomputed(book, surface, shock, spot), surface.At(shock, spot));
            }
        }
    }

    [Fact]
    public void Of_perpetuals_alone_the_contour_passes_through_the_binding_prices()
    {
        const double Tolerance = 2e-4; // of the price; add-ons of size are not in proportion to it
        Subaccount book = PinnedBook.Of(Perpetual, Market.RevalueMaintenance(BookInstruments.Of(Perpetual)));
        PriceProfile profile = PriceProfile.Of(book, Market, [0.5, 0.8, 0.9, 1.0]);
        LiquidationPrice binding = Assert.Single(LiquidationPrice.Of(book, profile, Market));
        Assert.NotNull(binding.Down);
        PlanePoint crossing = PerpetualSurface.Covered(1.0).Border().SelectMany(line => line)
            .Single(point => point.Y == 0.0);
        Assert.Equal(binding.Down.Value.ToUsd() / PerpetualSurface.IndexUsd, crossing.X, Tolerance);
    }

    [Fact]
    public void Without_options_equity_does_not_follow_volatility_and_margin_does_not_fall_with_it()
    {
        LiquidationSurface surface = PerpetualSurface;
        for (int spot = 0; spot < surface.SpotRatios.Length; spot++)
        {
            for (int shock = 1; shock < surface.VolatilityShocks.Length; shock++)
            {
                Assert.Equal(surface.At(0, spot).Equity, surface.At(shock, spot).Equity);
                Assert.True(surface.At(shock, spot).Maintenance >= surface.At(shock - 1, spot).Maintenance);
            }
        }

        Assert.True(surface.At(surface.VolatilityShocks.Length - 1, 0).Maintenance > surface.At(0, 0).Maintenance);
    }

    [Fact]
    public void A_row_worked_out_alone_has_the_bits_of_the_whole()
    {
        LiquidationSurfacePlan plan = LiquidationSurfacePlan.Of(Perpetual, Market);
        int spots = PerpetualSurface.SpotRatios.Length;
        foreach (int row in (int[])[plan.RowCount - 1, 0])
        {
            SurfaceRow own = plan.RowOf(row);
            Assert.Equal(
                PerpetualSurface.States.Skip(row * spots).Take(spots).Select(state => state.Equity), own.Equity);
            Assert.Equal(
                SurfaceAxes.RatiosOfMargin.Select(spot => PerpetualSurface.At(row, spot).Maintenance),
                own.Maintenance);
        }
    }

    [Fact]
    public void Maintenance_alone_is_that_of_the_whole_report_bit_for_bit()
    {
        foreach (Subaccount book in (Subaccount[])[Options, Perpetual])
        {
            MarginReport report = PortfolioMargin.Assess(
                book, Market.Revalue(BookInstruments.Of(book)), Tiny.Parameters);
            Assert.Equal(
                (report.Equity, report.MaintenanceMargin),
                PortfolioMargin.AssessMaintenance(
                    book, Market.RevalueMaintenance(BookInstruments.Of(book)), Tiny.Parameters,
                    MarginContext.Neutral));
        }
    }

    private static BookState Recomputed(Subaccount book, LiquidationSurface surface, int shock, int spot)
    {
        ExplainedMarket moved = MarketMove.WithFusedVolatility(
            MarketMove.WithSurface(Market, surface.Underlying, surface.VolatilityShocks[shock]),
            surface.Underlying, Market);
        return BookState.Of(book, MarketMove.WithSpot(moved, surface.Underlying, surface.SpotRatios[spot]));
    }

    private static Subaccount OptionBook()
    {
        VanillaOption call = TinyMarket.Instruments.OfType<VanillaOption>().First(own =>
            own is { Right: OptionRight.Call, Settlement: Settlement.Inverse } && own.Underlying == Btc);
        VanillaOption put = TinyMarket.Instruments.OfType<VanillaOption>().First(own =>
            own is { Right: OptionRight.Put, Settlement: Settlement.Linear } && own.Underlying != Btc
            && own.Expiry > call.Expiry);
        return Book(3_000_000, Held(call, -50), Held(put, 200), Held(new Perpetual(Btc, Settlement.Inverse), 40));
    }

    private static Subaccount PerpetualBook(long dollars) =>
        Book(dollars, Held(new Perpetual(Btc, Settlement.Linear), 4_000));

    private static Subaccount Book(long dollars, params ReadOnlySpan<Position> positions) => SubaccountNetting.Net(
        new Subaccount(
            "book",
            [new CollateralBalance(AssetId.Numeraire, dollars * (Int128)1_000_000, string.Empty, BridgeClass.Native)],
            [.. positions]));

    private static Position Held(Instrument instrument, Int128 lots) =>
        new(instrument, lots, [new PositionEntry(lots, null)]);
}
