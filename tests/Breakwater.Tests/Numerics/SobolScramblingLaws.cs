using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

public sealed class SobolScramblingLaws
{
    private static readonly int[] Dimensions = [0, 1, 2, 5, 17, 100, 500, 1110];

    [Fact]
    public void Every_stratum_of_every_axis_is_hit_exactly_once()
    {
        foreach (int dimension in Dimensions)
        {
            foreach (uint first in new uint[] { 0, 4096 })
            {
                double[] points = new double[4096];
                SobolSequence.FillScrambled(first, dimension, 42, points);
                Assert.Equal(4096, points.Select(u => (int)(u * 4096.0)).Distinct().Count());
            }
        }
    }

    [Fact]
    public void Elementary_rectangles_of_the_first_two_axes_are_hit_exactly_once()
    {
        // Dimensions 1 and 2 of the Sobol sequence form a (0, m, 2)-net; scrambling keeps it (Owen 1995, prop. 1).
        const int points = 1 << 10;
        for (int bits = 0; bits <= 10; bits++)
        {
            int side = 1 << bits;
            int otherSide = points / side;
            HashSet<int> cells = [];
            for (uint i = 0; i < points; i++)
            {
                int column = (int)(SobolSequence.ScrambledPoint(i, 0, 7) * side);
                int row = (int)(SobolSequence.ScrambledPoint(i, 1, 7) * otherSide);
                cells.Add((column * otherSide) + row);
            }

            Assert.Equal(points, cells.Count);
        }
    }

    [Fact]
    public void Equal_prefixes_stay_equal_and_the_next_bit_differs()
    {
        ulong[] words = Points.Words(2_000).ToArray();
        for (int i = 0; i < words.Length; i++)
        {
            uint a = (uint)(words[i] & 0xFFFFFFFF);
            int common = (int)((words[i] >> 32) & 31);
            uint b = a ^ (0x80000000u >> common); // the first `common` bits agree, the next does not
            uint difference = SobolScrambling.Scramble(a, 3, 99) ^ SobolScrambling.Scramble(b, 3, 99);
            Assert.Equal(common, System.Numerics.BitOperations.LeadingZeroCount(difference));
        }
    }

    [Fact]
    public void A_point_is_uniform_over_seeds()
    {
        // 4,000 seeds in 16 cells: χ² with 15 degrees of freedom is below 40 with probability 0.9995.
        const int seeds = 4_000;
        int[] counts = new int[16];
        for (ulong seed = 0; seed < seeds; seed++) counts[(int)(SobolSequence.ScrambledPoint(5, 3, seed) * 16.0)]++;
        double expected = seeds / 16.0;
        Assert.True(counts.Sum(count => (count - expected) * (count - expected) / expected) < 40.0);
    }

    [Fact]
    public void Seeds_and_dimensions_give_different_points()
    {
        HashSet<double> seen = [];
        foreach (int dimension in Dimensions)
        {
            for (ulong seed = 0; seed < 50; seed++) seen.Add(SobolSequence.ScrambledPoint(0, dimension, seed));
        }

        Assert.Equal(Dimensions.Length * 50, seen.Count);
    }
}
