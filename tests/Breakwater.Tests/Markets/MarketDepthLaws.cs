using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Markets;

public sealed class MarketDepthLaws
{
    private static readonly Timestamp At = Timestamp.Parse("2026-02-05T09:36:47Z");
    private static readonly AssetId Btc = AssetId.Of("BTC");

    [Fact]
    public void Depth_is_that_of_the_thinner_side()
    {
        MarketDepth depth = Assert.IsType<MarketDepth>(Of([Book("a", bid: 7d, ask: 5d)]).Depth);

        Assert.Equal(5d, depth.NearUsd);
        Assert.Equal(5d, depth.ReferenceUsd);
        Assert.Equal([new DepthLevel(0.01, 5d), new DepthLevel(0.02, 10d)], depth.Levels);
    }

    [Fact]
    public void Row_6_venues_add_up_net_of_double_listing()
    {
        DepthSeries one = Book("a", 7d, 5d);
        DepthSeries other = Book("b", 4d, 3d);
        DepthSeries copy = one with { Source = "copy", Samples = one.Samples[..100] };

        Assert.Equal(8d, Of([one, other]).Depth!.NearUsd);
        (MarketDepth? depth, List<Finding> findings) = Of([one, other, copy]);
        Assert.Equal(8d, depth!.NearUsd);
        Assert.Contains(findings, finding => finding.Message.Contains("published twice", StringComparison.Ordinal));
    }

    [Fact]
    public void Row_7_one_sample_moves_nothing()
    {
        DepthSeries book = Book("a", 7d, 5d);
        foreach (double factor in (double[])[0d, 0.1, 10d, 1e6])
        {
            ImmutableArray<DepthLevel> Spoilt(ImmutableArray<DepthLevel> side) =>
                [.. side.Select(level => level with { CumulativeUsd = level.CumulativeUsd * factor })];
            DepthSample last = book.Samples[^1];
            DepthSample bad = last with { Bids = Spoilt(last.Bids), Asks = Spoilt(last.Asks) };

            Assert.Equal(
                Of([book]).Depth!.NearUsd, Of([book with { Samples = book.Samples.SetItem(119, bad) }]).Depth!.NearUsd);
        }
    }

    [Fact]
    public void The_reference_remembers_what_the_last_hour_forgot()
    {
        DepthSeries calm = Book("a", 10d, 10d, count: 240, until: At.AddMilliseconds(-Timestamp.HourMilliseconds));
        DepthSeries thin = Book("a", 2d, 2d);
        (MarketDepth? depth, _) = Of([calm with { Samples = [.. calm.Samples, .. thin.Samples] }]);

        Assert.Equal(2d, depth!.NearUsd);
        Assert.Equal(10d, depth.ReferenceUsd);
    }

    [Fact]
    public void Old_depth_is_a_finding_and_not_used()
    {
        (MarketDepth? depth, List<Finding> findings) =
            Of([Book("a", 7d, 5d, until: At.AddMilliseconds(-Timestamp.DayMilliseconds - 1))]);

        Assert.Null(depth);
        Assert.Contains(findings, finding => finding.Kind == FindingKind.StaleInput);
    }

    [Fact]
    public void Nothing_after_the_snapshot_is_read()
    {
        DepthSeries book = Book("a", 7d, 5d);
        DepthSeries later = Book("a", 1d, 1d, until: At.AddMilliseconds(2 * Timestamp.HourMilliseconds));

        Assert.Equal(5d, Of([book with { Samples = [.. book.Samples, .. later.Samples] }]).Depth!.NearUsd);
    }

    private static (MarketDepth? Depth, List<Finding> Findings) Of(ImmutableArray<DepthSeries> books)
    {
        List<Finding> findings = [];
        return (DepthAssembly.Of(UnderlyingObservations.None(Btc) with { Depths = books }, At, findings), findings);
    }

    // A sample every half minute; twice the depth at twice the distance.
    private static DepthSeries Book(string name, double bid, double ask, int count = 120, Timestamp? until = null) =>
        new(
            name,
            [
                .. Enumerable.Range(1 - count, count).Select(step => new DepthSample(
                    (until ?? At).AddMilliseconds(30_000L * step), Side(bid), Side(ask))),
            ],
            0);

    private static ImmutableArray<DepthLevel> Side(double near) =>
        [new DepthLevel(0.01, near), new DepthLevel(0.02, 2d * near)];
}
