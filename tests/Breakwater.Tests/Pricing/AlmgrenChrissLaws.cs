using Breakwater.Pricing;
using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Tests.Pricing;

/// <summary>Laws of the optimal execution schedule (Almgren and Chriss 2000).</summary>
public sealed class AlmgrenChrissLaws
{
    private const double Tolerance = 1e-9; // relative to the order: sums of at most a few hundred doubles
    private static readonly ExecutionMarket Market = new(0.95, 0.0625, 2.5e-6, 2.5e-7); // their Table 1

    private static readonly Arbitrary<(double Quantity, int Count, double RiskAversion)> Orders =
        (from quantity in Gen.Choose(-2_000_000, 2_000_000)
         from count in Gen.Choose(1, 300)
         from exponent in Gen.Choose(-12, -1)
         from isNeutral in Gen.Choose(0, 9)
         select ((double)quantity, count, isNeutral == 0 ? 0d : Math.Pow(10, exponent))).ToArbitrary();

    [Fact]
    public void Trades_sum_to_the_order_and_never_change_sides() => Prop.ForAll(Orders, order =>
    {
        AlmgrenChriss schedule = AlmgrenChriss.Of(order.Quantity, 5, order.Count, order.RiskAversion, Market);
        Assert.Equal(order.Quantity, schedule.Trades.Sum(), Tolerance * (1 + Math.Abs(order.Quantity)));
        Assert.Equal(0d, schedule.Holdings[^1]);
        Assert.All(schedule.Trades, trade => Assert.True(trade * order.Quantity >= 0));
        for (int k = 0; k < order.Count; k++)
        {
            Assert.Equal(
                schedule.Holdings[k] - schedule.Holdings[k + 1], schedule.Trades[k],
                Tolerance * (1 + Math.Abs(order.Quantity)));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void More_aversion_to_risk_costs_more_and_varies_less()
    {
        AlmgrenChriss before = AlmgrenChriss.Of(1e6, 5, 20, 0, Market);
        for (double aversion = 1e-10; aversion < 1e-3; aversion *= 3)
        {
            AlmgrenChriss after = AlmgrenChriss.Of(1e6, 5, 20, aversion, Market);
            Assert.True(after.CostExpected >= before.CostExpected);
            Assert.True(after.CostVariance <= before.CostVariance);
            before = after;
        }
    }

    [Fact]
    public void No_shift_between_two_intervals_lowers_the_objective()
    {
        const double Aversion = 1e-6;
        const double Interval = 0.25;
        AlmgrenChriss best = AlmgrenChriss.Of(1e6, 5, 20, Aversion, Market);
        double optimum = best.CostExpected + (Aversion * best.CostVariance);
        for (int interval = 0; interval < 19; interval++)
        {
            foreach (double shift in (double[])[-100, 100])
            {
                double[] trades = [.. best.Trades];
                trades[interval] += shift;
                trades[interval + 1] -= shift;
                Assert.True(Objective(trades, 1e6, Interval, Aversion) > optimum);
            }
        }
    }

    [Fact]
    public void A_tiny_aversion_is_the_straight_line_and_a_huge_one_sells_at_once()
    {
        AlmgrenChriss straight = AlmgrenChriss.Of(100, 5, 4, 0, Market);
        Assert.Equal([100, 75, 50, 25, 0], straight.Holdings);
        AlmgrenChriss patient = AlmgrenChriss.Of(100, 5, 4, 1e-25, Market);
        Assert.All(patient.Trades, trade => Assert.Equal(25d, trade, Tolerance));
        AlmgrenChriss urgent = AlmgrenChriss.Of(100, 500, 4, 1e12, Market with { TemporaryImpact = 1 });
        Assert.Equal(100d, urgent.Trades[0], Tolerance);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => AlmgrenChriss.Of(1, 0, 5, 0, Market));
        Assert.ThrowsAny<ArgumentException>(() => AlmgrenChriss.Of(1, 5, 0, 0, Market));
        Assert.ThrowsAny<ArgumentException>(() => AlmgrenChriss.Of(1, 5, 5, -1e-9, Market));
        Assert.ThrowsAny<ArgumentException>(() => AlmgrenChriss.Of(double.NaN, 5, 5, 0, Market));
        Assert.ThrowsAny<ArgumentException>(
            () => AlmgrenChriss.Of(1, 5, 1, 0, Market with { PermanentImpact = 1.1e-6 }));
    }

    // Equations 4 and 5 of the paper, written out.
    private static double Objective(double[] trades, double quantity, double interval, double aversion)
    {
        double impact = Market.TemporaryImpact - (Market.PermanentImpact * interval / 2);
        double left = quantity;
        double cost = Market.PermanentImpact * quantity * quantity / 2;
        double variance = 0;
        foreach (double trade in trades)
        {
            left -= trade;
            cost += (Market.FixedCost * Math.Abs(trade)) + (impact / interval * trade * trade);
            variance += Market.VolatilityAbsolute * Market.VolatilityAbsolute * interval * left * left;
        }

        return cost + (aversion * variance);
    }
}
