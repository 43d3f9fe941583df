using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Parameters;
using Breakwater.Surfaces;
using Breakwater.Tests;

namespace Breakwater.IntegrationTests.Surfaces;

/// <summary>What the recorded chains of 2025-12-31 to 2026-03-25 say about the laws of skew, smile and term structure;
/// every figure stands in docs/methodology/scenario-calibration.md.</summary>
public sealed class TwistCalibrationTests
{
    private const double Year = 400d / 365d;
    private const double Third = 120d / 365d;

    private static FactorLawParameters Shipped => RecordedChains.Parameters.FactorLaws;

    // √(Σ change² ÷ Σ days) over consecutive snapshots, per √day, and its error by leaving out one change after
    // the other: shift of ρ, relative change of b.
    [Theory]
    [InlineData("BTC", Year, "all", "0.020", "0.003", "0.061", "0.011")]
    [InlineData("BTC", Year, "stressed", "0.039", "0.006", "0.146", "0.039")]
    [InlineData("BTC", Year, "other", "0.016", "0.004", "0.039", "0.007")]
    [InlineData("BTC", Third, "stressed", "0.046", "0.007", "0.149", "0.035")]
    [InlineData("ETH", Year, "all", "0.019", "0.003", "0.045", "0.008")]
    [InlineData("ETH", Year, "stressed", "0.034", "0.010", "0.109", "0.018")]
    [InlineData("ETH", Year, "other", "0.016", "0.004", "0.029", "0.012")]
    [InlineData("ETH", Third, "stressed", "0.032", "0.005", "0.117", "0.019")]
    public void Skew_and_smile_move_as_documented(
        string asset, double longest, string which, string rho, string rhoError, string smile, string smileError)
    {
        SmileChange[] changes = [.. Of(asset, longest, which)];
        (double rhoRoot, double rhoJackknife) = Deviation(changes, change => change.RhoShift);
        (double smileRoot, double smileJackknife) = Deviation(changes, change => change.SmileRelative);
        Assert.Equal(
            [rho, rhoError, smile, smileError],
            new[] { rhoRoot, rhoJackknife, smileRoot, smileJackknife }.Select(value => Text(value)));
        Assert.True(rhoRoot < Shipped.SkewTwistDaily);
        Assert.True(which == "stressed" || smileRoot < Shipped.SmileTwistDaily);
    }

    // Shift of ρ on log return, through zero, consecutive snapshots; 1.2 is shipped for past crashes.
    [Theory]
    [InlineData("BTC", "0.40")]
    [InlineData("ETH", "0.23")]
    public void Skew_follows_falls_less_than_the_past_crashes_assume(string asset, string slope)
    {
        ImmutableArray<SmileChange> changes = SmileChange.Of(asset, Year);
        double fitted = changes.Sum(change => change.RhoShift * change.Return)
            / changes.Sum(change => change.Return * change.Return);
        Assert.Equal(slope, Text(fitted, "0.00"));
    }

    // Slope of the log change of at-the-money volatility at other tenors on that at 30 days over 20 to 28 h, 359
    // snapshots, against g(T) of METHODOLOGY 2.5.
    [Theory]
    [InlineData("BTC", "atm_7d", "1.63", "1.55")]
    [InlineData("BTC", "atm_90d", "0.55", "0.87")]
    [InlineData("BTC", "atm_180d", "0.32", "0.79")]
    [InlineData("ETH", "atm_7d", "1.95", "1.55")]
    [InlineData("ETH", "atm_90d", "0.49", "0.87")]
    [InlineData("ETH", "atm_180d", "0.27", "0.79")]
    public void Level_shocks_reach_far_expiries_less_than_the_methodology_says(
        string asset, string tenor, string slope, string scale)
    {
        (double At, double Month, double Other)[] points =
        [
            .. RecordedTable
                .Read("deribit_surface_summary_derived.csv.gz", "snapshot_utc", "currency", "atm_30d", tenor)
                .Where(row => row[1] == asset && row[3].Length > 0)
                .Select(row => (RecordedTable.Hours(row[0]), Math.Log(RecordedTable.Number(row[2])),
                    Math.Log(RecordedTable.Number(row[3])))),
        ];
        var changes = points.SelectMany(from => points
            .Where(to => to.At >= from.At + 20d && to.At < from.At + 28d)
            .Select(to => (X: to.Month - from.Month, Y: to.Other - from.Other))).ToArray();
        double fitted = changes.Sum(change => change.X * change.Y) / changes.Sum(change => change.X * change.X);
        double days = RecordedTable.Number(tenor[4..^1]);
        Assert.Equal((slope, scale), (Text(fitted, "0.00"), Text(SurfaceShock.TermScale(days / 365d), "0.00")));
    }

    // Shape at 7 to 60 days, medians: skew ∂ln σ/∂z and curvature (σ(z) + σ(−z) − 2σ(0))/(z²σ(0)) at z = ¾, with
    // z = k ÷ √w(0); the last row is the default of METHODOLOGY 2.4 as shipped.
    [Theory]
    [InlineData("BTC", "-0.112", "0.126")]
    [InlineData("ETH", "-0.092", "0.119")]
    [InlineData("default", "-0.045", "0.176")]
    public void The_default_smile_has_less_skew_and_more_curvature_than_recorded(
        string asset, string skew, string curvature)
    {
        SurfaceParameters shipped = RecordedChains.Parameters.Surfaces;
        SviParameters[] slices = asset == "default"
            ? [new EssviParameters(1d, shipped.DefaultRhoOf(1), shipped.DefaultSmileOf(1)).ToSvi()]
            :
            [
                .. RecordedChains.All.Where(chain => chain.Surface.Underlying.Name == asset)
                    .SelectMany(chain => chain.Surface.Slices)
                    .Where(slice => slice.ExpiryYears is > 7d / 365d and < 60d / 365d)
                    .Select(slice => slice.Svi.AtLevel(1d / Math.Sqrt(slice.Svi.TotalVariance(0d)))),
            ];
        Assert.Equal(
            (skew, curvature),
            (Text(Median(slices, slice => 0.5 * slice.Slope(0d))), Text(Median(slices, Curvature))));
    }

    private static double Curvature(SviParameters slice)
    {
        const double Z = 0.75;
        return (Math.Sqrt(slice.TotalVariance(Z)) + Math.Sqrt(slice.TotalVariance(-Z)) - 2d) / (Z * Z);
    }

    private static double Median(SviParameters[] slices, Func<SviParameters, double> figure) =>
        Statistics.Quantile(slices.Select(figure), 0.5);

    private static IEnumerable<SmileChange> Of(string asset, double longest, string which) =>
        SmileChange.Of(asset, longest).Where(change => which switch
        {
            "stressed" => change.IsStressed,
            "other" => !change.IsStressed,
            _ => true,
        });

    private static (double Root, double Error) Deviation(SmileChange[] changes, Func<SmileChange, double> figure) =>
        Statistics.RootOfRatio([.. changes.Select((change, block) => (
            Square: figure(change) * figure(change), Size: change.Days, Block: block))]);

    private static string Text(double value, string format = "0.000") =>
        value.ToString(format, CultureInfo.InvariantCulture);
}
