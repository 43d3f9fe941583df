using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Tests.Forecasts;

namespace Breakwater.Tests.Margin;

/// <summary>The speed limit of METHODOLOGY 4.7 over generated paths of computed margins and times.</summary>
public sealed class SpeedLimitLaws
{
    private const int Seeds = 40;
    private const int Steps = 300;
    private static readonly AddOnParameters Limits = ShippedParameters.Value.AddOns;
    private static readonly Timestamp Start = Timestamp.Parse("2025-06-01T00:00:00Z");

    [Fact]
    public void INV_M10_No_window_rises_or_falls_faster_than_its_limit() => ForEach((path, marks) =>
    {
        for (int last = 1; last < marks.Length; last++)
        {
            decimal now = Amount(marks[last]);
            decimal before = Amount(marks[last - 1]);
            bool isRise = now > before;
            foreach (MarginMark mark in Within(marks, last, Timestamp.HourMilliseconds))
            {
                decimal most = path[last].Mode == SpeedMode.Override ? 1.3m : 1.1m;
                Assert.True(!isRise || now <= most * Amount(mark), $"{now} within an hour of {Amount(mark)}");
                Assert.True(now >= before || now >= 0.95m * Amount(mark), $"{now} within an hour of {Amount(mark)}");
            }

            if (isRise && path[last].Mode == SpeedMode.Ordinary)
            {
                Assert.All(
                    Within(marks, last, Timestamp.DayMilliseconds),
                    mark => Assert.True(now <= 1.5m * Amount(mark), $"{now} within a day of {Amount(mark)}"));
            }
        }
    });

    [Fact]
    public void INV_M10_What_is_in_effect_never_leaves_the_range_of_what_was_and_what_is_computed() =>
        ForEach((path, marks) =>
        {
            for (int step = 1; step < marks.Length; step++)
            {
                Money before = marks[step - 1].Maintenance;
                Money now = marks[step].Maintenance;
                Assert.True(now >= Money.Min(before, path[step].Computed));
                Assert.True(now <= Money.Max(before, path[step].Computed));
            }
        });

    [Theory]
    [InlineData(4.0)]
    [InlineData(0.2)]
    public void INV_M10_Margin_in_effect_reaches_what_is_computed_if_the_market_stays(double ratio)
    {
        MarginMemory memory = MarginMemory.Start(Start, Usd(1_000m));
        Money computed = Usd(1_000m * (decimal)ratio);
        int hours = 0;
        while (memory.InEffect != computed && hours++ < 200)
        {
            memory = SpeedLimit.Step(memory, After(hours), computed, SpeedMode.Ordinary, Limits);
        }

        Assert.Equal(computed, memory.InEffect);
        Assert.Equal(MarginMemory.NanoOne, memory.RatioNano);
        Assert.Equal(Money.Zero, memory.Scheduled);

        // ×4 needs three whole days of ×1.5 and a part of the fourth; a fall of 80 % needs ln 0.2/ln 0.95 hours.
        Assert.InRange(hours, ratio > 1 ? 72 : 32, ratio > 1 ? 96 : 32);
    }

    [Fact]
    public void INV_M10_Override_lifts_the_hourly_limit_to_thirty_percent_and_the_daily_one()
    {
        MarginMemory memory = MarginMemory.Start(Start, Usd(1_000m));
        memory = SpeedLimit.Step(memory, After(1), Usd(9_000m), SpeedMode.Override, Limits);
        Assert.Equal(Usd(1_300m), memory.InEffect);
        memory = SpeedLimit.Step(memory, After(2), Usd(9_000m), SpeedMode.Override, Limits);
        Assert.Equal(Usd(1_690m), memory.InEffect);

        // The ordinary limit forbids further rises until the day's least value has left the window, and forces no fall.
        memory = SpeedLimit.Step(memory, After(3), Usd(9_000m), SpeedMode.Ordinary, Limits);
        Assert.Equal(Usd(1_690m), memory.InEffect);
    }

    [Fact]
    public void INV_M10_The_schedule_is_what_comes_into_effect_if_the_market_stays()
    {
        MarginMemory memory = MarginMemory.Start(Start, Usd(1_000m));
        memory = SpeedLimit.Step(memory, After(1), Usd(2_500m), SpeedMode.Ordinary, Limits);
        ImmutableArray<MarginMark> scheduled = SpeedLimit.Scheduled(memory, Limits);
        Assert.Equal(Usd(2_500m), scheduled[^1].Maintenance);
        Assert.Equal(After(2), scheduled[0].At);
        MarginMemory ahead = memory;
        for (int hour = 2; ahead.InEffect < Usd(2_500m); hour++)
        {
            Money before = ahead.InEffect;
            ahead = SpeedLimit.Step(ahead, After(hour), Usd(2_500m), SpeedMode.Ordinary, Limits);
            Assert.Equal(ahead.InEffect > before, scheduled.Contains(new MarginMark(After(hour), ahead.InEffect)));
        }
    }

    [Fact]
    public void INV_M10_A_change_of_positions_leaves_the_ratio_and_moves_no_limit()
    {
        MarginMemory memory = MarginMemory.Start(Start, Usd(1_000m));
        memory = SpeedLimit.Step(memory, After(1), Usd(2_500m), SpeedMode.Ordinary, Limits);
        MarginMemory doubled = SpeedLimit.Reposition(memory, Usd(5_000m));
        Assert.Equal(memory.RatioNano, doubled.RatioNano);
        Assert.Equal(Usd(2_200m), doubled.InEffect);
        Assert.Equal(
            Usd(2m * 1_210m), SpeedLimit.Step(doubled, After(2), Usd(5_000m), SpeedMode.Ordinary, Limits).InEffect);
        MarginMemory closed = SpeedLimit.Reposition(memory, Money.Zero);
        Assert.Equal(Money.Zero, closed.InEffect);
        Assert.Equal(Usd(700m), SpeedLimit.Reposition(closed, Usd(700m)).InEffect);
    }

    [Fact]
    public void A_day_of_marks_is_scaled_as_each_of_them_by_itself()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            MarginMemory memory = new(
                Drawn(random) + Money.FromMicroDollars(1),
                [
                    .. Enumerable.Range(1, random.Next(1, 30)).Select(minute =>
                        new MarginMark(Start.AddMilliseconds(60_000 * minute), Drawn(random))),
                ]);
            Money computed = random.Next(4) == 0 ? memory.Computed : Drawn(random);
            MarginMemory moved = SpeedLimit.Reposition(memory, computed);
            Assert.Equal(computed, moved.Computed);
            Assert.Equal(
                memory.Past.Select(mark => mark with
                {
                    Maintenance = SpeedLimit.Scaled(mark.Maintenance, computed, memory.Computed),
                }),
                moved.Past);
        }
    }

    [Fact]
    public void INV_M1_Initial_margin_in_effect_is_at_least_its_multiple_of_maintenance_in_effect()
    {
        MarginParameters ratios = ShippedParameters.Value.Margin;
        Assert.Equal(Usd(1_250m), SpeedLimit.InitialInEffect(Usd(900m), Usd(1_000m), ratios));
        Assert.Equal(Usd(2_000m), SpeedLimit.InitialInEffect(Usd(2_000m), Usd(1_000m), ratios));
    }

    [Fact]
    public void A_step_back_in_time_and_a_negative_margin_are_refused()
    {
        MarginMemory memory = MarginMemory.Start(Start, Usd(1m));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SpeedLimit.Step(memory, Start, Usd(1m), SpeedMode.Ordinary, Limits));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SpeedLimit.Step(memory, After(1), Usd(-1m), SpeedMode.Ordinary, Limits));
    }

    // Of any number of bits, some beyond a word.
    private static Money Drawn(Random random) =>
        Money.FromMicroDollars(((Int128)random.NextInt64(long.MaxValue) << random.Next(3)) >> random.Next(63));

    private static void ForEach(Action<(Money Computed, SpeedMode Mode)[], MarginMark[]> law)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Random random = new(seed);
            MarginMemory memory = MarginMemory.Start(Start, Usd(1_000m));
            List<(Money Computed, SpeedMode Mode)> path = [(memory.Computed, SpeedMode.Ordinary)];
            List<MarginMark> marks = [memory.Past[^1]];
            for (int step = 1; step < Steps; step++)
            {
                long wait = random.Next(1, random.Next(2) == 0 ? 600_000 : 4 * (int)Timestamp.HourMilliseconds);
                SpeedMode mode = random.Next(10) == 0 ? SpeedMode.Override : SpeedMode.Ordinary;
                double factor = Math.Exp(0.15 * (random.NextDouble() - 0.5) + (random.Next(40) == 0 ? 1.0 : 0.0)
                    - (random.Next(40) == 0 ? 1.0 : 0.0));
                Money computed = Money.FromDoubleUp(Math.Clamp((double)Amount(memory.Computed) * factor, 1e-3, 1e9));
                memory = SpeedLimit.Step(memory, memory.At.AddMilliseconds(wait), computed, mode, Limits);
                path.Add((computed, mode));
                marks.Add(memory.Past[^1]);
            }

            law([.. path], [.. marks]);
        }
    }

    // Everything in effect at some instant of the window that ends at a mark, the mark itself left out.
    private static IEnumerable<MarginMark> Within(MarginMark[] marks, int last, long milliseconds) =>
        Enumerable.Range(0, last).Select(index => last - 1 - index).TakeWhile(index =>
            index == last - 1 || marks[last].At.MillisecondsSince(marks[index + 1].At) < milliseconds)
            .Select(index => marks[index]);

    private static decimal Amount(MarginMark mark) => Amount(mark.Maintenance);

    private static decimal Amount(Money money) => (decimal)(long)money.MicroDollars / Money.MicroDollarsPerDollar;

    private static Money Usd(decimal amount) =>
        Money.FromMicroDollars((Int128)(amount * Money.MicroDollarsPerDollar));

    private static Timestamp After(int hours) => Start.AddMilliseconds(hours * Timestamp.HourMilliseconds);
}
