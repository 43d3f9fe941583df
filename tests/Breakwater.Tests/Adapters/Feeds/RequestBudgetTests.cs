using Breakwater.Adapters.Feeds;

namespace Breakwater.Tests.Adapters.Feeds;

/// <summary>A client never asks more than a venue allows, and comes back slower and slower.</summary>
public sealed class RequestBudgetTests
{
    [Fact]
    public void Credits_are_spent_to_the_last_and_come_back_with_time_up_to_their_limit()
    {
        ManualTime time = new(DateTimeOffset.UnixEpoch);
        RequestBudget budget = new(new VenueBudget(30_000, 10_000), time);
        Assert.Equal(10, Enumerable.Range(0, 20).Count(_ => budget.TrySpend(3_000)));
        time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.False(budget.TrySpend(3_000));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(budget.TrySpend(3_000));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(10, Enumerable.Range(0, 20).Count(_ => budget.TrySpend(3_000)));
    }

    [Fact]
    public void Waits_double_from_failure_to_failure_with_jitter_and_begin_anew_after_a_success()
    {
        LinkSettings settings = new();
        BackOff backOff = new(settings, new Random(1));
        double expected = settings.BackOffFirst.TotalMilliseconds;
        SortedSet<double> waits = [];
        for (int failure = 0; failure < 40; failure++)
        {
            double wait = backOff.Next().TotalMilliseconds;
            Assert.InRange(wait, 0.5 * expected, expected);
            waits.Add(wait);
            expected = Math.Min(2d * expected, settings.BackOffMax.TotalMilliseconds);
        }

        Assert.Equal(40, waits.Count);
        backOff.Reset();
        Assert.InRange(backOff.Next(), TimeSpan.Zero, settings.BackOffFirst);
    }
}
