using Breakwater.Margin;

namespace Breakwater.Tests.Margin;

public sealed class CoinLegLaws
{
    private const int Rounds = 200_000;

    [Fact]
    public void A_prepared_leg_earns_what_the_plain_one_earns()
    {
        Random random = new(7);
        for (int round = 0; round < Rounds; round++)
        {
            Int128 down = (Int128)random.NextInt64(-(1L << random.Next(1, 62)), 1L << random.Next(1, 62))
                * random.NextInt64(1, 1L << random.Next(1, 10));
            ExposureLeg leg = new(0, down, down + random.Next(2), random.Next(1, 19));
            long entry = random.NextInt64(-(1L << random.Next(1, 53)), 1L << random.Next(1, 53));
            Assert.Equal(
                LegArithmetic.Profit(leg, LegArithmetic.UnitOf(leg), entry), new CoinLeg(leg).Profit(entry));
        }
    }
}
