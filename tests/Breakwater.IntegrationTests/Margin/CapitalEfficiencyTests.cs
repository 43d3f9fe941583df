using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;

namespace Breakwater.IntegrationTests.Margin;

/// <summary>Row 26 of METHODOLOGY 12: hedged books ask less than a rule-based margin, with a confidence interval over
/// recorded days; naked ones are not what is saved on.</summary>
public sealed class CapitalEfficiencyTests
{
    private const int BootstrapCount = 2_000;

    [Fact]
    public void Row_26_hedged_books_save_capital_with_a_confidence_interval()
    {
        List<double> savings = [];
        foreach (string name in (string[])["calm", "crash"])
        {
            RealDay day = RealDay.Of(name);
            foreach ((string book, (Instrument, decimal)[] legs) in Hedged(day))
            {
                MarginReport report = day.Assess(0m, legs);
                double rule = StandardManager.InitialUsd(day, report);
                double own = (double)report.InitialMargin.MicroDollars / Money.MicroDollarsPerDollar;
                savings.Add(1.0 - own / rule);
                TestContext.Current.TestOutputHelper?.WriteLine(
                    $"{name}, {book}: {own:N0} against {rule:N0}, saving {100.0 * (1.0 - own / rule):0.0} %");
            }
        }

        (double low, double high) = Interval(savings);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"mean saving {100.0 * savings.Average():0.0} %, 95 % interval {100.0 * low:0.0} to {100.0 * high:0.0} %");
        Assert.True(low > 0.0, $"mean {savings.Average():0.000}, interval {low:0.000} to {high:0.000}");
    }

    // Linear options, so that both rules speak of the same payoff.
    private static IEnumerable<(string Name, (Instrument Instrument, decimal Quantity)[] Legs)> Hedged(RealDay day)
    {
        Perpetual perpetual = new(RealDay.Btc, Settlement.Linear);
        foreach (double days in (double[])[14, 30, 60])
        {
            VanillaOption call = Linear(day, days, 1.05, OptionRight.Call);
            VanillaOption put = Linear(day, days, 0.9, OptionRight.Put);
            VanillaOption later = Linear(day, days + 60, 1.05, OptionRight.Call);
            yield return ($"covered call, {days} d", [(call, -10m), (perpetual, 10m)]);
            yield return ($"protected perpetual, {days} d", [(put, 10m), (perpetual, 10m)]);
            yield return ($"collar, {days} d", [(call, -10m), (put, 10m), (perpetual, 10m)]);
            yield return ($"calendar, {days} d", [(call, -10m), (later, 10m)]);
            yield return ($"delta-hedged straddle, {days} d",
                [(call, -10m), (Linear(day, days, 1.05, OptionRight.Put), -10m), (perpetual, 1m)]);
        }
    }

    private static VanillaOption Linear(RealDay day, double days, double moneyness, OptionRight right)
    {
        VanillaOption listed = day.Listed(RealDay.Btc, days, moneyness, right);
        return new VanillaOption(
            listed.Underlying, Settlement.Linear, listed.Expiry, listed.StrikeUsd, listed.Right);
    }

    // Percentile bootstrap of the mean (Efron 1979), fixed seed.
    private static (double Low, double High) Interval(List<double> values)
    {
        Random random = new(1);
        double[] means = [.. Enumerable.Range(0, BootstrapCount)
            .Select(_ => Enumerable.Range(0, values.Count).Average(_ => values[random.Next(values.Count)])).Order()];
        return (means[(int)(0.025 * BootstrapCount)], means[(int)(0.975 * BootstrapCount)]);
    }
}
