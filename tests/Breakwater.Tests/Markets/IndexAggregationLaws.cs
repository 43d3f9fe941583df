using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Markets;

/// <summary>Whatever one source says, the index is what the others say: RELIABILITY T-I4.</summary>
public sealed class IndexAggregationLaws
{
    private const int Rounds = 20_000;

    private static readonly AssetId Btc = AssetId.Of("BTC");
    private static readonly Timestamp Now = Timestamp.Parse("2026-02-05T09:36:47Z");

    [Theory]
    [InlineData(3, 0.004)]
    [InlineData(4, 0.004)]
    [InlineData(7, 0.004)]
    [InlineData(3, 0.03)]
    [InlineData(5, 0.03)]
    [InlineData(8, 0.03)]
    public void T_I4_Any_one_arbitrary_source_leaves_the_index_inside_the_range_of_the_honest_ones(
        int sourceCount, double honestRange)
    {
        Random random = new(sourceCount);
        int pricedCount = 0;
        for (int round = 0; round < Rounds; round++)
        {
            double[] honest =
            [
                .. Enumerable.Range(1, sourceCount - 1)
                    .Select(_ => 100d * (1d + (honestRange * random.NextDouble()))),
            ];
            ImmutableArray<SourcePrice> said =
            [
                Arbitrary(random, honest), .. honest.Select((price, index) => Stated(index + 1, price)),
            ];
            IndexPrice index = IndexAggregation.Of(Btc, Shuffled(random, said), Rules(random, sourceCount), null, Now);
            if (index.PriceUsd is { } usd)
            {
                pricedCount++;
                Assert.InRange(usd, honest.Min(), honest.Max());
            }
        }

        Assert.True(pricedCount > Rounds / 10, $"{pricedCount} of {Rounds} have a price");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void T_I4_One_liar_of_four_or_more_halts_nothing_and_takes_no_honest_source_with_it(int sourceCount)
    {
        Random random = new(100 + sourceCount);
        for (int round = 0; round < Rounds; round++)
        {
            double[] honest =
            [
                .. Enumerable.Range(1, sourceCount - 1).Select(_ => 100d
                    * (1d + (IndexRules.OutlierFractionMin * 0.99 * random.NextDouble()))),
            ];
            ImmutableArray<SourcePrice> said =
            [
                Arbitrary(random, honest), .. honest.Select((price, index) => Stated(index + 1, price)),
            ];
            IndexPrice index = IndexAggregation.Of(Btc, said, Rules(random, sourceCount), null, Now);
            Assert.Equal(MarketMode.Normal, index.Mode);
            Assert.All(index.Rejections, rejection => Assert.Equal(Name(0), rejection.Source));
        }
    }

    [Fact]
    public void The_order_in_which_sources_stand_changes_no_bit()
    {
        Random random = new(7);
        for (int round = 0; round < 2_000; round++)
        {
            ImmutableArray<SourcePrice> said =
                [.. Enumerable.Range(0, 6).Select(index => Stated(index, 100d + random.NextDouble()))];
            IndexRules rules = Rules(random, 6);
            Assert.Equal(
                IndexAggregation.Of(Btc, said, rules, null, Now).PriceUsd,
                IndexAggregation.Of(Btc, Shuffled(random, said), rules, null, Now).PriceUsd);
        }
    }

    [Fact]
    public void A_heavy_source_counts_for_no_more_than_its_cap()
    {
        IndexRules rules = IndexRules.Of([new("s0", 1e12), new("s1", 1), new("s2", 1)]).Value;
        Assert.Equal(100.2, Price(rules, 100.4, 100.2, 100.1));
        Assert.Equal(100.2, Price(rules, 100.0, 100.2, 100.3));
    }

    [Fact]
    public void Half_below_and_half_above_give_the_middle() => Assert.Equal(
        100.15, Price(Equal(4), 100.0, 100.1, 100.2, 100.3)!.Value, 12);

    [Fact]
    public void Every_price_that_is_no_price_is_left_out_and_named()
    {
        IndexPrice index = IndexAggregation.Of(
            Btc,
            [
                Stated(0, double.NaN), Stated(1, -5), Quoted(2, 101, 101), Quoted(3, 95, 105), Quoted(4, 0, 100),
                new SourcePrice.Stated(Name(5), 100, Now.AddMilliseconds(-60_001), Now),
                new SourcePrice.Stated(Name(6), 100, Now.AddMilliseconds(2_001), Now),
                new SourcePrice.Stated(Name(7), 100, Timestamp.FromUnixMilliseconds(long.MaxValue), Now),
                new SourcePrice.Stated(Name(8), 100, Timestamp.FromUnixMilliseconds(long.MinValue), Now),
                new SourcePrice.Stated("stranger", 100, Now, Now), Stated(9, 100), Stated(9, 100), Stated(10, 200),
                Quoted(11, 99.9, 100.1), Stated(12, double.PositiveInfinity), Stated(13, 100.1), Stated(14, 99.9),
            ],
            Equal(15), null, Now);
        Assert.Equal(100d, index.PriceUsd!.Value, 9);
        Assert.Equal(
            [
                "stranger UnknownSource", "s09 Superseded", "s00 NotAPrice", "s01 NotAPrice", "s02 Crossed", "s03 Wide",
                "s04 NotAPrice", "s05 Stale", "s06 ClockAhead", "s07 ClockAhead", "s08 Stale", "s12 NotAPrice",
                "s10 Outlier",
            ],
            index.Rejections.Select(rejection => $"{rejection.Source} {rejection.Reason}"));
        Assert.Equal(index.Rejections.Length, index.Findings.Length);
        Assert.Equal(MarketMode.Normal, index.Mode);
    }

    [Fact]
    public void Two_sources_are_no_index()
    {
        IndexPrice index = IndexAggregation.Of(Btc, [Stated(0, 100), Stated(1, 100)], Equal(3), null, Now);
        Assert.Null(index.PriceUsd);
        Assert.Equal(MarketMode.Halted, index.Mode);
        Assert.Equal(FindingKind.MissingInput, Assert.Single(index.Findings).Kind);
    }

    [Fact]
    public void Two_of_three_that_agree_allow_less_risk_only_and_three_that_do_not_allow_nothing()
    {
        IndexPrice lonely = IndexAggregation.Of(
            Btc, [Stated(0, 100), Stated(1, 100.1), Stated(2, 110)], Equal(3), null, Now);
        Assert.Equal((100.1, MarketMode.ReduceOnly), (lonely.PriceUsd, lonely.Mode));
        IndexPrice split = IndexAggregation.Of(
            Btc, [Stated(0, 100), Stated(1, 104), Stated(2, 110)], Equal(3), null, Now);
        Assert.Equal((null, MarketMode.Halted), (split.PriceUsd, split.Mode));
    }

    [Fact]
    public void A_jump_of_all_sources_is_believed_and_a_worse_mode_ends_after_five_good_values_not_one()
    {
        IndexPrice index = At(null, 0, 100);
        index = At(index, 1, 94);
        Assert.Equal((94d, MarketMode.ReduceOnly), (index.PriceUsd, index.Mode));
        for (int second = 2; second < 6; second++)
        {
            index = At(index, second, 94);
            Assert.Equal(MarketMode.ReduceOnly, index.Mode);
        }

        Assert.Equal(MarketMode.Normal, At(index, 6, 94).Mode);
        Assert.Equal(0, At(index, 6, 80).GoodCount); // a bad one in between begins anew
        Assert.Equal(MarketMode.Normal, At(At(null, 0, 100), 61, 80).Mode); // too long ago to be a jump
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData("a,b,b")]
    [InlineData("a,b,")]
    public void Rules_of_fewer_than_three_named_sources_are_refused(string names) => Assert.False(
        IndexRules.Of([.. names.Split(',').Select(name => new SourceWeight(name, 1))]).IsAccepted);

    [Theory]
    [InlineData(0d)]
    [InlineData(-1d)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Rules_with_a_weight_that_is_not_positive_are_refused(double weight) => Assert.Equal(
        FailureReason.OutOfRange,
        IndexRules.Of([new("a", 1), new("b", 1), new("c", weight)]).Failures.Single().Reason);

    [Fact]
    public void D04_One_of_seven_sources_that_falls_moves_the_index_by_less_than_half_a_percent()
    {
        // Deribit, 31 October 2019: one of seven sources wrong took the index from 9,150 to 7,720 USD in 2.5 minutes.
        IndexPrice? index = null;
        int rejected = 0;
        for (int second = 0; second <= 150; second++)
        {
            Timestamp at = Now.AddMilliseconds(1_000L * second);
            ImmutableArray<SourcePrice> said =
            [
                .. Enumerable.Range(0, 7).Select(source => (SourcePrice)new SourcePrice.Stated(
                    Name(source), source == 3 ? 9_150d - (60d * second) : 9_150d + source, at, at)),
            ];
            index = IndexAggregation.Of(Btc, said, Equal(7), index, at);
            Assert.InRange(index.PriceUsd!.Value, 9_150d * 0.995, 9_150d * 1.005);
            Assert.Equal(MarketMode.Normal, index.Mode);
            rejected += index.Rejections.Length;
        }

        Assert.Equal(150, rejected); // every price of it from the first second on: 60 USD are over half a percent
    }

    [Fact]
    public void D05_One_venue_at_1_30_for_an_hour_is_not_the_price_of_a_dollar()
    {
        // Compound, 26 November 2020: DAI at 1.30 on one venue for about an hour.
        IndexPrice? index = null;
        for (int minute = 0; minute <= 60; minute++)
        {
            Timestamp at = Now.AddMilliseconds(60_000L * minute);
            index = IndexAggregation.Of(
                AssetId.Of("DAI"),
                [
                    new SourcePrice.Stated(Name(0), 1.30, at, at),
                    new SourcePrice.Quoted(Name(1), 1.001, 1.003, at, at),
                    new SourcePrice.Quoted(Name(2), 1.003, 1.005, at, at),
                ],
                Equal(3), index, at);
            Assert.InRange(index.PriceUsd!.Value, 1.002, 1.004);
            Assert.Equal(MarketMode.ReduceOnly, index.Mode);
            Assert.Equal(
                (Name(0), IndexRejectionReason.Outlier), (index.Rejections[0].Source, index.Rejections[0].Reason));
        }
    }

    private static SourcePrice Arbitrary(Random random, double[] honest) => random.Next(6) switch
    {
        0 => Stated(0, BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))),
        1 => Stated(0, honest[random.Next(honest.Length)] * (1d + (0.03 * (random.NextDouble() - 0.5)))),
        2 => Stated(0, 200d * random.NextDouble()),
        3 => Quoted(0, 100d * random.NextDouble(), 100d + (100d * random.NextDouble())),
        4 => Stated(0, honest.Max() * (1d + (1e-6 * random.NextDouble()))),
        _ => new SourcePrice.Stated(
            Name(0), 100d, Timestamp.FromUnixMilliseconds(random.NextInt64(long.MinValue, long.MaxValue)), Now),
    };

    private static IndexPrice At(IndexPrice? before, int second, double usd)
    {
        Timestamp at = Now.AddMilliseconds(1_000L * second);
        return IndexAggregation.Of(
            Btc,
            [
                .. Enumerable.Range(0, 3)
                    .Select(source => (SourcePrice)new SourcePrice.Stated(Name(source), usd, at, at)),
            ],
            Equal(3), before, at);
    }

    private static double? Price(IndexRules rules, params double[] prices) => IndexAggregation.Of(
        Btc,
        [
            .. prices.Select((price, index) =>
                (SourcePrice)new SourcePrice.Stated(rules.Sources[index].Source, price, Now, Now)),
        ],
        rules, null, Now).PriceUsd;

    private static ImmutableArray<SourcePrice> Shuffled(Random random, ImmutableArray<SourcePrice> said)
    {
        SourcePrice[] shuffled = [.. said];
        random.Shuffle(shuffled);
        return [.. shuffled];
    }

    private static IndexRules Rules(Random random, int count) => IndexRules.Of(
        [.. Enumerable.Range(0, count).Select(index => new SourceWeight(
            Name(index), Math.Pow(10d, 4d * random.NextDouble())))]).Value;

    private static IndexRules Equal(int count) =>
        IndexRules.Of([.. Enumerable.Range(0, count).Select(index => new SourceWeight(Name(index), 1))]).Value;

    private static string Name(int index) => $"s{index:00}";

    private static SourcePrice.Stated Stated(int index, double usd) => new(Name(index), usd, Now, Now);

    private static SourcePrice.Quoted Quoted(int index, double bidUsd, double askUsd) =>
        new(Name(index), bidUsd, askUsd, Now, Now);
}
