using System.Collections.Immutable;
using Breakwater.Cli.Drills;
using Breakwater.Cli.Loads;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>The soak in a short form, and what it calls growth.</summary>
public sealed class SoakDrillTests
{
    private const long MiB = 1 << 20;

    [Fact]
    public async Task A_server_under_load_answers_everything_and_streams()
    {
        using TemporaryFolder folder = new();
        SoakRequest request = new(
            folder.PathOf("."), SampleFiles.Of(SampleMarket.Folder), IntervalCount: 1, TimeSpan.FromSeconds(1),
            PopulationCount: 8, RatePerSecond: 20, StreamCount: 2,
            LoadMix.Of((LoadKind.WhatIf, 1), (LoadKind.Margin, 1), (LoadKind.Command, 1)));
        SoakResult result = await SoakDrill.RunAsync(request, static _ => { });
        Assert.True(result.HasHeld, $"{result.FailedCount} failed, ended with {result.ExitCode}");
        Assert.Null(result.MemoryGrowthFraction);
        SoakInterval only = Assert.Single(result.Intervals);
        Assert.Equal(20, only.Load.Tallies.Sum(static own => own.DueCount));
        Assert.True(only.ResidentBytesMedian > 10 * MiB);
        Assert.True(only.StreamedCount > 0);
    }

    [Fact]
    public void Memory_that_grows_without_end_is_found_and_a_rise_at_the_start_is_not_held_against_it()
    {
        Assert.Equal(0d, Growth(300, 390, 395, 400, 400, 400, 400, 400, 400));
        double leaking = Growth(200, 240, 280, 320, 360, 400, 440, 480, 520);
        Assert.Equal(480d / 360d - 1d, leaking, 9);
        Assert.True(leaking > SoakResult.GrowthFractionMax);
    }

    private static double Growth(params double[] mebibytes)
    {
        ImmutableArray<SoakInterval> intervals =
        [
            .. mebibytes.Select(static (own, index) => new SoakInterval(
                index + 1, [new SoakLook((long)own * MiB, 1, 0, 0)], null!, 0)), // the load is not looked at
        ];
        return SoakResult.Growth(intervals, static own => own.ResidentBytesMedian)!.Value; // nine intervals
    }
}
