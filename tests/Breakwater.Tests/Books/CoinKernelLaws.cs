using System.Runtime.Intrinsics;
using Breakwater.Books;
using Breakwater.Instruments;
using Breakwater.Margin;

namespace Breakwater.Tests.Books;

/// <summary>Lanes lose of coin what the plain margin loses of it, to the last unit.</summary>
public sealed class CoinKernelLaws
{
    private const int Legs = 4_000;
    private const int EntriesPerLeg = 16;

    [Fact]
    public void Losses_in_lanes_equal_the_plain_ones_at_every_width()
    {
        Random random = new(17);
        for (int drawn = 0; drawn < Legs; drawn++)
        {
            ExposureLeg leg = Draw(random);
            Assert.True(CoinHolding.TryOf(leg, out CoinHolding coin), $"{leg}");
            Assert.Equal(leg.Down == leg.Up, coin.IsExact);
            double[] entries = [.. Enumerable.Range(0, EntriesPerLeg).Select(_ => EntryOf(random, coin))];
            for (int at = 0; at < entries.Length; at += Vector512<double>.Count)
            {
                Vector512<double> eight = Vector512.Create(entries.AsSpan(at));
                Vector512<double> losses = CoinKernel<TailLanes8, Vector512<double>>.LossOf(coin, eight);
                Vector256<double> four = CoinKernel<TailLanes4, Vector256<double>>.LossOf(coin, eight.GetLower());
                for (int lane = 0; lane < Vector512<double>.Count; lane++)
                {
                    double one = CoinKernel<TailLanes1, double>.LossOf(coin, eight[lane]);
                    Int128 plain = -LegArithmetic.Profit(leg, LegArithmetic.UnitOf(leg), (long)eight[lane]);
                    Assert.True(plain == (Int128)one, $"{leg}, entry {eight[lane]}: {plain}, not {one}");
                    Assert.Equal(one, losses[lane]);
                    if (lane < Vector256<double>.Count) Assert.Equal(one, four[lane]);
                }
            }
        }
    }

    [Fact]
    public void No_entry_between_two_bounds_loses_more_than_their_bound()
    {
        Random random = new(18);
        for (int drawn = 0; drawn < Legs; drawn++)
        {
            Assert.True(CoinHolding.TryOf(Draw(random), out CoinHolding coin));
            double[] entries = [.. Enumerable.Range(0, EntriesPerLeg).Select(_ => EntryOf(random, coin))];
            double[] bounds = [entries.Max(), entries.Min()]; // one lane, one row
            double bound = CoinKernel<TailLanes1, double>.Bound(0.0, [coin with { }], ref bounds[0], 2, 1);
            double worst = entries.Max(entry => CoinKernel<TailLanes1, double>.LossOf(coin, entry));
            Assert.True(worst <= bound, $"{coin}: {worst} above {bound}");
        }
    }

    [Fact]
    public void What_lanes_cannot_hold_is_refused()
    {
        Assert.False(CoinHolding.TryOf(new ExposureLeg(0, 1, 1, 0), out _));
        Assert.False(CoinHolding.TryOf(new ExposureLeg(0, 1, 1, 19), out _));
        Assert.False(CoinHolding.TryOf(new ExposureLeg(0, Int128.One << 60, Int128.One << 60, 1), out _));
    }

    // Of row 0: no coin, some, much, a little on either side of a whole one.
    private static ExposureLeg Draw(Random random)
    {
        int decimals = random.Next(1, 19);
        Int128 unit = DecimalParts.PowerOfTen(decimals);
        Int128 units = random.Next(4) switch
        {
            0 => random.Next(-3, 4),
            1 => (random.Next(-50, 50) * unit) + random.Next(-2, 3),
            2 => random.NextInt64(-(1L << 60), 1L << 60) % (1000 * unit),
            _ => (random.NextInt64(-(1L << 40), 1L << 40) * unit) + (random.NextInt64(1L << 60) % unit),
        };
        return new ExposureLeg(0, units, units + random.Next(2), decimals);
    }

    // As great as sums of whole numbers below 2^53 let entries be.
    private static double EntryOf(Random random, in CoinHolding coin)
    {
        double most = Math.Min(CoinHolding.EntryMax - 1.0, Math.Floor((1L << 52) / coin.CoinsMax));
        double size = random.Next(3) switch
        {
            0 => Math.Min(most, random.Next(4)),
            1 => most - random.Next((int)Math.Min(most, 3.0) + 1),
            _ => Math.Floor(most * Math.Pow(random.NextDouble(), 6)),
        };
        return random.Next(2) == 0 ? size : -size;
    }
}
