using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Tests.Forecasts;

namespace Breakwater.Tests.Scenarios;

/// <summary>What recorded futures and perpetuals say about the laws of the basis; every figure stands in
/// docs/methodology/scenario-calibration.md. Nothing was recorded before 2024-07.</summary>
public sealed class BasisCalibrationTests
{
    private const double DayHours = 24d;
    private const double BucketDays = 91d;
    private const double LastDays = 7d; // nearer to expiry a basis has nowhere to go
    private const double BlockHours = 168d;
    private const double BasisPoint = 1e-4;

    private static readonly Lazy<ImmutableArray<Change>> Changes = new(() => [.. Load()]);

    private static FactorLawParameters Shipped => ShippedParameters.Value.FactorLaws;

    // Root mean square of the changes of ln(mark ÷ index) over 20 to 28 h by √day, basis points; errors over weeks.
    [Theory]
    [InlineData("BTC", 0, "10.1", "1.2")]
    [InlineData("BTC", 1, "13.2", "1.1")]
    [InlineData("BTC", 2, "16.8", "1.4")]
    [InlineData("BTC", 3, "18.8", "2.5")]
    [InlineData("ETH", 0, "12.1", "1.1")]
    [InlineData("ETH", 1, "14.5", "1.2")]
    [InlineData("ETH", 2, "16.2", "1.9")]
    [InlineData("ETH", 3, "18.7", "2.0")]
    public void Dated_futures_move_against_spot_as_documented(string asset, int bucket, string deviation, string error)
    {
        (double root, double jackknife) = Deviation(change => change.Asset == asset && change.Bucket == bucket);
        Assert.Equal((deviation, error), (Text(root / BasisPoint), Text(jackknife / BasisPoint)));
    }

    [Fact]
    public void The_shipped_law_of_dated_futures_is_that_of_both_assets_rounded_up()
    {
        double[] shipped =
        [
            Shipped.QuarterBasisDaily1, Shipped.QuarterBasisDaily2, Shipped.QuarterBasisDaily3,
            Shipped.QuarterBasisDaily4,
        ];
        for (int bucket = 0; bucket < shipped.Length; bucket++)
        {
            double both = Deviation(change => change.Bucket == bucket).Root;
            Assert.InRange(shipped[bucket], both, both + BasisPoint);
        }
    }

    // Correlations of the mean changes of two buckets between the same two snapshots; the shipped share is their
    // common part. A wrong index moves all buckets alike, so that the observed correlations are upper bounds.
    [Theory]
    [InlineData("BTC", "0.66", "0.92")]
    [InlineData("ETH", "0.70", "0.94")]
    public void Quarters_have_about_as_much_in_common_as_shipped(string asset, string least, string most)
    {
        double[][] means =
        [
            .. Changes.Value.Where(change => change.Asset == asset)
                .GroupBy(change => (change.From, change.To))
                .Select(pair => Enumerable.Range(0, 4)
                    .Select(bucket => pair.Where(change => change.Bucket == bucket)
                        .Select(change => change.Log).DefaultIfEmpty(double.NaN).Average()).ToArray())
                .Where(buckets => buckets.All(double.IsFinite)),
        ];
        double[] correlations =
        [
            .. from one in Enumerable.Range(0, 4)
               from other in Enumerable.Range(one + 1, 3 - one)
               select Statistics.Correlation([.. means.Select(mean => (mean[one], mean[other]))]),
        ];
        Assert.Equal((least, most), (Text(correlations.Min(), "0.00"), Text(correlations.Max(), "0.00")));
        Assert.InRange(FactorLaws.BasisCommonShare, correlations.Min() - 0.01, correlations.Max());
    }

    // Perpetual of Binance against its spot at 00:00 UTC, change of a day, basis points.
    [Theory]
    [InlineData("btc", "1.6", "7.5")]
    [InlineData("eth", "2.0", "20.6")]
    public void Perpetuals_move_less_against_spot_than_shipped(string asset, string deviation, string greatest)
    {
        Dictionary<double, double> perpetual = RecordedHistory.Hourly($"perp_{asset}usdt_1h.csv.gz")
            .ToDictionary(point => Hours(point.At), point => point.Value);
        double[] basis =
        [
            .. from row in RecordedTable.Read($"spot_{asset}usdt_1d_taker_2024-07_2025-10.csv", "date", "close")
               let closed = RecordedTable.Hours(row[0]) + DayHours
               where perpetual.ContainsKey(closed)
               select Math.Log(perpetual[closed] / RecordedTable.Number(row[1])),
        ];
        double[] changes = [.. basis.Skip(1).Zip(basis, (later, earlier) => later - earlier)];
        double root = Math.Sqrt(changes.Average(change => change * change));
        Assert.Equal(
            (453, deviation, greatest),
            (changes.Length, Text(root / BasisPoint), Text(changes.Max(Math.Abs) / BasisPoint)));
        Assert.True(Shipped.PerpetualBasisDaily > 2d * root);
    }

    // Perpetual mark against spot, 2025-10-24 to 12-02, at the horizons of BTC: basis points, not per √day.
    [Theory]
    [InlineData(4, "1.7")]
    [InlineData(12, "1.7")]
    public void Perpetuals_move_less_over_the_horizons_than_shipped(int hours, string deviation)
    {
        Dictionary<double, double> marks = RecordedTable
            .Read("binance_btcusdt_perp_mark_5m_2025-10_2025-12.csv.gz", "time_utc", "close")
            .ToDictionary(
                row => Math.Round((12d * RecordedTable.Hours(row[0])) + 1d), row => RecordedTable.Number(row[1]));
        Dictionary<double, double> basis = RecordedHistory.Hourly("spot_btcusdt_1h_2025-10-24_2025-12-02.csv.gz")
            .Where(point => marks.ContainsKey(12d * Hours(point.At)))
            .ToDictionary(point => Hours(point.At), point => Math.Log(marks[12d * Hours(point.At)] / point.Value));
        double root = Math.Sqrt(basis.Keys.Where(hour => basis.ContainsKey(hour + hours))
            .Average(hour => Math.Pow(basis[hour + hours] - basis[hour], 2d)));
        Assert.Equal(deviation, Text(root / BasisPoint));
        Assert.True(Shipped.PerpetualBasisDaily * Math.Sqrt(hours / DayHours) > root);
    }

    private static (double Root, double Error) Deviation(Func<Change, bool> isWanted) =>
        Statistics.RootOfRatio([.. Changes.Value.Where(isWanted).Select(change => (
            Square: change.Log * change.Log * DayHours / (change.To - change.From),
            Size: 1d,
            Block: (int)(change.From / BlockHours)))]);

    // Every pair of snapshots of a future 20 to 28 h apart.
    private static IEnumerable<Change> Load()
    {
        Dictionary<(string, string), double> indices = RecordedTable
            .Read("deribit_surface_summary_derived.csv.gz", "snapshot_utc", "currency", "index_price")
            .ToDictionary(row => (row[0], row[1]), row => RecordedTable.Number(row[2]));
        var futures = RecordedTable
            .Read("deribit_term_futures_marks.csv.gz", "snapshot_utc", "currency", "future", "mark")
            .Where(row => indices.ContainsKey((row[0], row[1])))
            .GroupBy(row => row[2]);
        foreach (var future in futures)
        {
            double expiry = Expiry(future.Key);
            (string Asset, double At, double Basis)[] points =
            [
                .. future.Select(row => (row[1], RecordedTable.Hours(row[0]),
                    Math.Log(RecordedTable.Number(row[3]) / indices[(row[0], row[1])]))),
            ];
            foreach ((string asset, double from, double basis) in points)
            {
                double days = (expiry - from) / DayHours;
                foreach ((_, double to, double later) in points.Where(point =>
                    point.At >= from + 20d && point.At < from + 28d && days >= LastDays))
                {
                    yield return new Change(asset, Math.Min(3, (int)(days / BucketDays)), from, to, later - basis);
                }
            }
        }
    }

    // BTC-27MAR26: 08:00 UTC of that day.
    private static double Expiry(string future)
    {
        string[] parts = future.Split('-');
        DateTime day = DateTime.ParseExact(
            parts[^1], "dMMMyy", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        return (day - DateTime.UnixEpoch).TotalHours + 8d;
    }

    private static double Hours(Timestamp at) => at.UnixMilliseconds / (double)Timestamp.HourMilliseconds;

    private static string Text(double value, string format = "0.0") =>
        value.ToString(format, CultureInfo.InvariantCulture);

    private readonly record struct Change(string Asset, int Bucket, double From, double To, double Log);
}
