using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Server.History;

namespace Breakwater.IntegrationTests.Server;

/// <summary>A thinned history is a part of the whole one, within its number, and loses no extreme.</summary>
public sealed class HistoryThinningLaws
{
    [Fact]
    public void What_is_left_is_in_order_within_its_number_and_has_both_ends() => ForAll((all, thin, countMax) =>
    {
        Assert.True(thin.Length <= countMax, $"{thin.Length} of at most {countMax}");
        Assert.Equal(thin, all.Where(own => thin.Contains(own)));
        Assert.Equal((all[0], all[^1]), (thin[0], thin[^1]));
        if (all.Length <= countMax) Assert.Equal(all, thin);
    });

    [Fact]
    public void No_extreme_of_a_line_is_lost_and_the_worst_stage_is_there() => ForAll((all, thin, _) =>
    {
        foreach (Func<HistoryMargins, Int128> line in (Func<HistoryMargins, Int128>[])[
            static own => own.Equity, static own => own.InitialInEffect, static own => own.MaintenanceInEffect])
        {
            Int128[] whole = [.. all.Select(static own => own.Margins).OfType<HistoryMargins>().Select(line)];
            Int128[] left = [.. thin.Select(static own => own.Margins).OfType<HistoryMargins>().Select(line)];
            if (whole.Length > 0) Assert.Equal((whole.Min(), whole.Max()), (left.Min(), left.Max()));
        }

        Assert.Equal(all.Max(static own => own.Stage), thin.Max(static own => own.Stage));
    });

    [Fact]
    public void Changes_of_stage_that_fit_into_half_of_the_room_are_all_there_on_both_sides() =>
        ForAll((all, thin, countMax) =>
        {
            int[] changes = [.. Enumerable.Range(1, all.Length - 1)
                .Where(index => all[index].Stage != all[index - 1].Stage)];
            if (2 * changes.Length > (countMax - HistoryThinning.CountMin) / 2) return;
            Assert.All(changes, index => Assert.True(thin.Contains(all[index]) && thin.Contains(all[index - 1])));
        });

    private static void ForAll(Action<ImmutableArray<HistoryPoint>, ImmutableArray<HistoryPoint>, int> holds)
    {
        Random random = new(5);
        for (int round = 0; round < 200; round++)
        {
            int stays = random.Next(1, 200);
            MarginStage stage = MarginStage.Healthy;
            ImmutableArray<HistoryPoint> all =
            [
                .. Enumerable.Range(0, random.Next(1, 2_000)).Select(index =>
                {
                    if (random.Next(stays) == 0) stage = (MarginStage)random.Next(6);
                    HistoryMargins? margins = random.Next(50) == 0 ? null : new HistoryMargins(
                        random.Next(-100, 1_000), random.Next(500), random.Next(400), random.Next(500),
                        random.Next(400));
                    return new HistoryPoint(
                        Timestamp.FromUnixMilliseconds(index), index, stage, margins, []);
                }),
            ];
            int countMax = random.Next(HistoryThinning.CountMin, 600);
            holds(all, HistoryThinning.Of(all, countMax), countMax);
        }
    }
}
