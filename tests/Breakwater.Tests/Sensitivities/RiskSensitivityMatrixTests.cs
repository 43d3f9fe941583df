using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Sensitivities;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Sensitivities;

public sealed class RiskSensitivityMatrixTests
{
    private const double Tolerance = 1e-12; // relative: sums of a few terms

    private static readonly TinyMarket Tiny = TinyMarket.Default;

    [Fact]
    public void A_position_and_its_opposite_leave_nothing() => Assert.All(
        Of([], ("BTC-27MAR26-66000-C", 7), ("BTC-27MAR26-66000-C", -7)).Rows,
        row => Assert.Equal(default, row.Greeks with { }));

    [Fact]
    public void Rows_stand_by_underlying_kind_and_expiry()
    {
        RiskSensitivityMatrix matrix = Of(
            [new CollateralBalance(TinyMarket.Btc, 50_000_000, "", BridgeClass.Native)],
            ("ETH-26JUN26-1500-P", 1), ("BTC-26JUN26", 10), ("BTC-13FEB26-64000-C", 1), ("BTC-PERPETUAL", 10),
            ("BTC-26JUN26-50000-P", 1));

        Assert.Equal(
            [
                ("BTC", SensitivityBucketKind.Spot, null), ("BTC", SensitivityBucketKind.Perpetual, null),
                ("BTC", SensitivityBucketKind.Expiry, "2026-02-13T08:00:00Z"),
                ("BTC", SensitivityBucketKind.Expiry, "2026-06-26T08:00:00Z"),
                ("ETH", SensitivityBucketKind.Expiry, "2026-06-26T08:00:00Z"),
            ],
            matrix.Rows.Select(row => (row.Underlying.Name, row.Kind, row.Expiry?.ToString())));
        Assert.Equal(["BTC", "ETH"], matrix.Totals.Select(row => row.Underlying.Name));
    }

    [Fact]
    public void Row_8_totals_are_the_sums_of_their_buckets()
    {
        RiskSensitivityMatrix matrix = Of(
            [new CollateralBalance(TinyMarket.Btc, 50_000_000, "", BridgeClass.Native)],
            ("BTC-26JUN26-50000-P", 3), ("BTC-13FEB26-64000-C", -2), ("BTC-PERPETUAL", 10));
        GreekVector total = Assert.Single(matrix.Totals).Greeks;

        Same(matrix.Rows.Sum(row => row.Greeks.Delta), total.Delta);
        Same(matrix.Rows.Sum(row => row.Greeks.Gamma), total.Gamma);
        Same(matrix.Rows.Sum(row => row.Greeks.Vega), total.Vega);
        Same(matrix.Rows.Sum(row => row.Greeks.Charm), total.Charm);
        Same(matrix.Rows.Sum(row => row.DollarDelta), matrix.DollarDeltaTotal);
        Same(matrix.Rows.Sum(row => row.ThetaPerDay), matrix.ThetaPerDayTotal);
        Assert.Equal(0.5, matrix.Rows[0].Greeks.Delta); // 50,000,000 satoshi of collateral
    }

    // n·(1/entry − 1/F)·S moves by n/entry units of coin, each S/F of the future's move (docs/adr/0030).
    [Fact]
    public void An_inverse_perpetual_moves_like_the_coin_of_its_entry()
    {
        GreekVector greeks = Assert.Single(OfEntries([], ("BTC-PERPETUAL", 1_000, 50_000m)).Rows).Greeks;
        double scale = Tiny.Of(TinyMarket.Btc).IndexUsd / Tiny.Of(TinyMarket.Btc).PerpetualMarkUsd!.Value;

        Same(scale * 10_000.0 / 50_000.0, greeks.Delta); // 1,000 lots of 10 USD
        Assert.Equal(0.0, greeks.Gamma);
    }

    [Fact]
    public void The_numeraire_has_no_sensitivity_row() => Assert.Empty(
        Of([new CollateralBalance(AssetId.Numeraire, 5_000_000, "", BridgeClass.Native)]).Rows);

    private static RiskSensitivityMatrix OfEntries(
        ImmutableArray<CollateralBalance> collateral, params (string Name, int Lots, decimal? Entry)[] positions) =>
        RiskSensitivityMatrix.Of(
            new Subaccount("desk", collateral, [.. positions.Select(position => new Position(
                InstrumentName.Parse(position.Name),
                position.Lots,
                [new PositionEntry(position.Lots, position.Entry)]))]),
            Tiny.Market,
            Tiny.Surfaces,
            Tiny.Parameters);

    private static RiskSensitivityMatrix Of(
        ImmutableArray<CollateralBalance> collateral, params (string Name, int Lots)[] positions) =>
        OfEntries(collateral, [.. positions.Select(position => (position.Name, position.Lots, (decimal?)null))]);

    private static void Same(double expected, double actual) => Assert.InRange(
        actual - expected, -Tolerance * Math.Abs(expected), Tolerance * Math.Abs(expected));
}
