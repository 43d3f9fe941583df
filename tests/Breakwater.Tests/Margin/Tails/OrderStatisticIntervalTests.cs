using System.Globalization;
using System.Text.Json;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;

namespace Breakwater.Tests.Margin.Tails;

public sealed class OrderStatisticIntervalTests
{
    // The reference coverage is a difference of two library doubles: three units in the last place from the exact
    // value.
    private const double CoverageTolerance = 5e-16;

    private static readonly TailLevel Confidence = new(95, 100);

    [Fact]
    public void Reference_ranks_agree_exactly_and_coverages_to_the_rounding_of_the_reference()
    {
        using JsonDocument file = JsonDocument.Parse(
            File.ReadAllText(SharedFolder.Require("reference/var-order-statistic-ci.json")));
        foreach (JsonElement test in file.RootElement.GetProperty("sets")[0].GetProperty("cases").EnumerateArray())
        {
            JsonElement inputs = test.GetProperty("inputs");
            (Int128 alpha, int decimals) = DecimalParts.Of(inputs.GetProperty("alpha").GetDecimal());
            OrderStatisticInterval interval = OrderStatisticInterval.Of(
                inputs.GetProperty("n").GetInt32(),
                new TailLevel((long)alpha, (long)DecimalParts.PowerOfTen(decimals)),
                Confidence);

            JsonElement expected = test.GetProperty("expected");
            Assert.Equal(expected.GetProperty("lowerRank").GetInt32(), interval.LowerRank);
            Assert.Equal(expected.GetProperty("upperRank").GetInt32(), interval.UpperRank);
            double coverage = double.Parse(
                expected.GetProperty("coverage").GetString()!, CultureInfo.InvariantCulture);
            Assert.Equal(coverage, interval.Coverage, CoverageTolerance);
        }
    }

    // By hand: the number of 4 fair coins below the median; P(0..4) = 1, 4, 6, 4, 1 sixteenths. At 50 % confidence the
    // 25 % point is 1 (P(X ≤ 1) = 5/16), the 75 % point 3 (15/16; 11/16 at 2): ranks 1 and 4, coverage 14/16.
    [Fact]
    public void Median_of_four_by_hand() =>
        Assert.Equal(
            new OrderStatisticInterval(1, 4, 14d / 16d), OrderStatisticInterval.Of(
                4, new TailLevel(1, 2), new TailLevel(1, 2)));

    [Fact]
    public void A_single_loss_gives_an_unbounded_interval() =>
        Assert.Equal(2, OrderStatisticInterval.Of(1, new TailLevel(99, 100), Confidence).UpperRank);
}
