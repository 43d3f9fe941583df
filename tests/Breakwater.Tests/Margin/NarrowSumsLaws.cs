using System.Collections.Immutable;
using Breakwater.Margin;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Tests.Books;

namespace Breakwater.Tests.Margin;

/// <summary>Losses in 64 bits are those in 128 bits, or are not given.</summary>
public sealed class NarrowSumsLaws
{
    private const int Rounds = 300;

    private static readonly RiskArrays Arrays = new BookWorld(1).Arrays;

    [Fact]
    public void Losses_in_64_bits_are_those_in_128_and_holdings_beyond_are_left_to_these()
    {
        Random random = new(3);
        int narrow = 0;
        for (int round = 0; round < Rounds; round++)
        {
            int bits = random.Next(2, 110); // of the greatest holding
            ImmutableArray<Exposure> exposures =
                [.. Enumerable.Range(0, random.Next(0, 9)).Select(_ => Held(random, bits))];
            foreach (MarginHorizon horizon in Enum.GetValues<MarginHorizon>())
            {
                foreach (RevaluationTime time in Enum.GetValues<RevaluationTime>())
                {
                    long[] losses = new long[Arrays.ScenarioCount];
                    if (!NarrowSums.TryOf(exposures, Arrays, horizon, time, losses, NarrowSums.Limit)) continue;
                    narrow++;
                    Int128[] wide = WideSums.Of(exposures, Arrays, horizon, time);
                    for (int scenario = 0; scenario < wide.Length; scenario++)
                    {
                        Assert.True(wide[scenario] == losses[scenario], $"round {round}, scenario {scenario}");
                    }
                }
            }
        }

        Assert.InRange(narrow, Rounds, 4 * Rounds - 1); // some, not all
    }

    [Fact]
    public void A_vector_of_coin_earns_what_the_leg_earns()
    {
        Random random = new(11);
        for (int round = 0; round < 100_000; round++)
        {
            int decimals = random.Next(1, 19);
            Int128 down = Rounded(random, Signed(random, random.Next(1, 100)), decimals);
            CoinLeg leg = new(new ExposureLeg(0, down, down + random.Next(2), decimals));
            if (!leg.IsNarrow) continue;
            long[] entries =
            [
                .. Enumerable.Range(0, System.Numerics.Vector<long>.Count)
                    .Select(_ => (long)Rounded(random, Signed(random, random.Next(1, 53)), 15)),
            ];
            System.Numerics.Vector<long> earned = leg.Vector.Profit(new System.Numerics.Vector<long>(entries));
            for (int lane = 0; lane < entries.Length; lane++)
            {
                Assert.True(unchecked((long)leg.Profit(entries[lane])) == earned[lane], $"round {round}");
            }
        }
    }

    private static Exposure Held(Random random, int bits)
    {
        int decimals = random.Next(2) == 0 ? 0 : random.Next(1, 19);
        Int128 down = Signed(random, decimals == 0 ? Math.Min(bits, 60) : bits);
        Int128 up = decimals == 0 ? down : down + random.Next(2);
        return new Exposure(
            [new ExposureLeg(random.Next(Arrays.Rows.Length), down, up, decimals)],
            random.Next(1_000_000), random.Next(1_000_000), 0, 0);
    }

    // To some decimal, as people hold coin: quotients without a rest are where a guess is wrong by one.
    private static Int128 Rounded(Random random, Int128 number, int decimalsMax)
    {
        Int128 unit = 1;
        for (int decimals = random.Next(decimalsMax + 1); decimals > 0; decimals--) unit *= 10;
        return number / unit * unit;
    }

    private static Int128 Signed(Random random, int bits)
    {
        Int128 magnitude = ((Int128)random.NextInt64() << 63) + random.NextInt64();
        magnitude &= (Int128.One << bits) - 1;
        return random.Next(2) == 0 ? magnitude : -magnitude;
    }
}
