using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Adapters;

public sealed class DepthFileTests
{
    private static readonly Timestamp At = Timestamp.Parse("2025-10-10T16:00:00Z");

    [Fact]
    public void A_sample_with_a_suspect_row_is_left_out_whole()
    {
        DepthSeries series = Read(
            """
            time_utc,percentage,depth,notional,suspect
            2025-10-10T15:00:00Z,-1,1,100,0
            2025-10-10T15:00:00Z,1,1,90,0
            2025-10-10T15:00:30Z,-1,1,100,1
            2025-10-10T15:00:30Z,1,1,90,0
            2025-10-10T17:00:00Z,1,1,90,0
            """).Value;

        DepthSample sample = Assert.Single(series.Samples);
        Assert.Equal(1, series.SuspectCount);
        Assert.Equal([new DepthLevel(0.01, 100)], sample.Bids);
        Assert.Equal([new DepthLevel(0.01, 90)], sample.Asks);
    }

    [Theory]
    [InlineData("2025-10-10T15:00:00Z,0,1,100,0", FailureReason.OutOfRange)]
    [InlineData("2025-10-10T15:00:00Z,1,1,-100,0", FailureReason.OutOfRange)]
    [InlineData("2025-10-10T15:00:00Z,1,1,100,2", FailureReason.OutOfRange)]
    [InlineData("2025-10-10T15:00:00Z,1,1,NaN,0", FailureReason.Malformed)]
    [InlineData("2025-10-10T15:00:00Z,1,1,,0", FailureReason.Missing)]
    [InlineData("2025-10-10 15h,1,1,100,0", FailureReason.Malformed)]
    [InlineData("2025-10-10T15:00:00Z,1,1,1,0\n2025-10-10T15:00:00Z,1,1,1,0", FailureReason.Duplicate)]
    [InlineData("2025-10-10T15:00:00Z,1,1,1,0\n2025-10-10T14:00:00Z,1,1,1,0", FailureReason.OutOfOrder)]
    public void A_bad_row_is_refused_by_name(string row, FailureReason reason) => Assert.Contains(
        Read("time_utc,percentage,depth,notional,suspect\n" + row).Failures, failure => failure.Reason == reason);

    [Fact]
    public void The_phantom_bid_of_2025_10_10_is_never_used()
    {
        string file = RecordedMarket.Data("binance_btcusdt_perp_bookdepth_2025-10-10.csv.gz");

        DepthSeries noon = DepthFile.Read(file, Timestamp.Parse("2025-10-10T12:00:00Z")).Value;
        DepthSeries night = DepthFile.Read(file, Timestamp.Parse("2025-10-10T23:59:59Z")).Value;

        Assert.Equal(0, noon.SuspectCount);
        Assert.True(night.SuspectCount > 900, $"{night.SuspectCount}");
        // Data README: suspect from 15:30:42 on.
        Assert.True(night.Samples[^1].At < Timestamp.Parse("2025-10-10T15:30:42Z"));
    }

    private static Result<DepthSeries> Read(string text)
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, text + "\n");
        Result<DepthSeries> result = DepthFile.Read(path, At);
        File.Delete(path);
        return result;
    }
}
