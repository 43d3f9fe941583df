using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Tests.Forecasts;

namespace Breakwater.IntegrationTests.Forecasts;

/// <summary>The bands of crypto-empirical.json that the recorded hours cover, recomputed from the hours.</summary>
/// <remarks>Left out are the moves of 2017 to 2019, of which no hour is recorded, and the pilot's backtest, whose model
/// (two memories, a window of two years) is not ours: the margin's own backtest is METHODOLOGY 9.3.</remarks>
public sealed class CryptoEmpiricalTests
{
    private const int CommonHours = 37_660; // "37,660 common hours"
    private const double JumpDeviations = 4.5; // "jumpsPerYear_abs_z_gt_4_5"
    private const int WarmUpHours = 720;
    private const int FilterWarmUpHours = 2160; // three half-lives of the slowest memory: the start is forgotten
    private const double DeviationTolerance = 0.005; // a deviation is as documented to half a percentage point
    // Figures that the recorded hours do not meet: what they give instead, and why (docs/methodology/corrections.md).
    private static readonly Dictionary<string, (double Measured, string Reason)> Deviations = new()
    {
        ["6"] = (0.7966, "0.77 to 0.82 with every warm-up: it hangs on the stillest nights"),
        ["gpdXiGain24h"] = (0.0593, "standard error (1 + ξ)/√110 = 0.10: fifteen per cent of 0.05 is no band"),
        ["hawkesBranchingFiltered"] = (0.0239, "179 jumps on whole hours: both values say that none is left"),
        ["return24h 2020-03-14T00"] = (0.3489, "the perpetual fell 1.7 % below the spot of the reference"),
    };

    private const double TailQuantile = 0.93; // METHODOLOGY 3.4: peaks over the 93 % quantile

    private static readonly Lazy<ImmutableArray<PricePoint>> Btc = new(() => Closes("perp_btcusdt_1h.csv.gz"));
    private static readonly Lazy<ImmutableArray<PricePoint>> Eth = new(() => Closes("perp_ethusdt_1h.csv.gz"));

    [Fact]
    public void Quantiles_of_returns_are_those_of_the_reference() => Agree("return quantiles", ReturnBand, figure =>
    {
        string[] inputs = figure.Inputs.Split(' ');
        double[] sorted = Sorted(inputs[0], int.Parse(inputs[1], CultureInfo.InvariantCulture));
        return figure.Field switch
        {
            "min" => sorted[0],
            "max" => sorted[^1],
            "q0_1" => Quantile(sorted, 0.001),
            "q1" => Quantile(sorted, 0.01),
            "q99" => Quantile(sorted, 0.99),
            "ES97_5_loss" => -sorted.Take((int)Math.Round(0.025 * sorted.Length)).Average(),
            _ => double.NaN,
        };
    });

    [Fact]
    public void Dependence_is_that_of_the_reference() => Agree("dependence", _ => 0.03, figure =>
    {
        double[] btc = Simple(Btc.Value, 1);
        double[] eth = Simple(Eth.Value, 1);
        double limit = Quantile([.. btc.Order()], 0.01);
        double limitEth = Quantile([.. eth.Order()], 0.01);
        return figure.Field switch
        {
            "correlation" => Correlation(btc, eth),
            "corrWorst5" => CorrelationBelow(btc, eth, 0.05),
            "corrWorst1" => CorrelationBelow(btc, eth, 0.01),
            "lowerTailDep1pct" => (double)btc.Zip(eth).Count(pair => pair.First <= limit && pair.Second <= limitEth)
                / btc.Count(own => own <= limit),
            _ => double.NaN,
        };
    });

    [Fact]
    public void Filters_lose_what_the_reference_says_and_in_its_order()
    {
        double[] returns = RecordedHistory.Returns(Btc.Value);
        List<(double Expected, double Measured)> ranked = [];
        Agree("volatility filter", _ => 0.03, figure =>
        {
            double measured = QuasiLikelihood.Mean(returns, Filtered(returns, figure.Field), 24, FilterWarmUpHours);
            ranked.Add((figure.Expected, measured));
            return measured;
        });
        Assert.Equal(ranked.OrderBy(own => own.Expected), ranked.OrderBy(own => own.Measured));
    }

    [Fact]
    public void Tails_and_jumps_are_those_of_the_reference()
    {
        double[] returns = RecordedHistory.Returns(Btc.Value);
        double[] variance = Filtered(returns, "blend 12/96/720 .5/.3/.2");
        double[] residuals = [.. Enumerable.Range(WarmUpHours, returns.Length - WarmUpHours)
            .Select(hour => returns[hour] / Math.Sqrt(variance[hour - 1]))];
        int[] jumps =
            [.. Enumerable.Range(0, residuals.Length).Where(hour => Math.Abs(residuals[hour]) > JumpDeviations)];
        double[] sizes = [.. jumps.Select(hour => returns[hour + WarmUpHours])];
        double[] days =
            RecordedHistory.Returns([.. Btc.Value.Where((_, index) => index % 24 == 0)]);
        Agree("tails and jumps", figure => 0.15 * figure.Expected, figure => figure.Field switch
        {
            "residualTdof" => StudentFit.Of(residuals).Degrees,
            "jumpsPerYear_abs_z_gt_4_5" => jumps.Length * 8760.0 / residuals.Length,
            "downShare" => sizes.Count(size => size < 0) / (double)sizes.Length,
            "meanUp" => sizes.Where(size => size > 0).Average(),
            "meanDown" => -sizes.Where(size => size < 0).Average(),
            "gpdXiLoss24h" => GeneralisedPareto.Over([.. days.Select(own => -own)], TailQuantile).Shape,
            "gpdXiGain24h" => GeneralisedPareto.Over(days, TailQuantile).Shape,
            "hawkesBranchingFiltered" => Branching(jumps, residuals.Length),
            _ => double.NaN,
        });
    }

    [Fact]
    public void Daily_garch_is_that_of_the_reference()
    {
        double[] returns = [.. RecordedHistory.Returns(RecordedHistory.Daily(Btc.Value)).Select(own => 100.0 * own)];
        Dictionary<bool, LeverageGarch> fits =
            new() { [false] = LeverageGarch.Fit(returns, false), [true] = LeverageGarch.Fit(returns, true) };
        Agree("GARCH", _ => 0.03, figure => figure.Field switch
        {
            "alpha" => fits[false].Alpha,
            "beta" => fits[false].Beta,
            "nu" => fits[false].Degrees,
            "leverageGamma" => fits[true].Gamma,
            _ => double.NaN,
        });
    }

    [Fact]
    public void Largest_moves_of_a_day_are_those_of_the_reference() =>
        Agree("largest 24 h moves (episodes 5 days apart)", _ => 0.01, figure =>
        {
            // The stamp is that of the opening of a bar of two hours; no hour before 2020 is recorded.
            string stamp = figure.Inputs.Split(' ')[1];
            Timestamp known = Timestamp.Parse(stamp + ":00:00Z").AddMilliseconds(2 * Timestamp.HourMilliseconds);
            int index = Btc.Value.BinarySearch(new PricePoint(known, 0d), Comparer<PricePoint>.Create(
                (left, right) => left.At.CompareTo(right.At)));
            return index < 24 ? null : (Btc.Value[index].Value / Btc.Value[index - 24].Value) - 1;
        });

    private static void Agree(
        string quantity, Func<EmpiricalFigure, double> band, Func<EmpiricalFigure, double?> measure)
    {
        EmpiricalFigure[] figures = CryptoEmpirical.Figures(quantity);
        Assert.NotEmpty(figures);
        List<string> misses = [];
        foreach (EmpiricalFigure figure in figures)
        {
            if (measure(figure) is not { } measured)
            {
                continue;
            }

            string name = figure.Field == "return24h" ? $"return24h {figure.Inputs.Split(' ')[1]}" : figure.Field;
            bool isNamed = Deviations.TryGetValue(name, out (double Measured, string Reason) known);
            if (!(Math.Abs(measured - (isNamed ? known.Measured : figure.Expected))
                <= (isNamed ? DeviationTolerance : band(figure))))
            {
                misses.Add($"{figure.Inputs} {figure.Field}: {measured:0.####}, not {figure.Expected} {known.Reason}");
            }
        }

        Assert.True(misses.Count == 0, string.Join('\n', misses));
    }

    // "10 % relative (1 % and ES), 25 % (extremes)".
    private static double ReturnBand(EmpiricalFigure figure) =>
        Math.Abs(figure.Expected) * (figure.Field is "min" or "max" or "q0_1" ? 0.25 : 0.10);

    private static ImmutableArray<PricePoint> Closes(string file) =>
        RecordedHistory.Hourly(file, "2024-04-19T00:00:00Z")[..CommonHours];

    private static double[] Simple(ImmutableArray<PricePoint> closes, int hours) =>
        [.. Enumerable.Range(hours, closes.Length - hours)
            .Select(index => (closes[index].Value / closes[index - hours].Value) - 1)];

    private static double[] Sorted(string asset, int hours) =>
        [.. Simple(asset == "BTC" ? Btc.Value : Eth.Value, hours).Order()];

    private static double Quantile(double[] sorted, double share)
    {
        double place = (sorted.Length - 1) * share;
        int below = (int)place;
        return sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }

    private static double CorrelationBelow(double[] key, double[] other, double share)
    {
        double limit = Quantile([.. key.Order()], share);
        int[] worst = [.. Enumerable.Range(0, key.Length).Where(index => key[index] <= limit)];
        return Correlation([.. worst.Select(index => key[index])], [.. worst.Select(index => other[index])]);
    }

    private static double Correlation(double[] left, double[] right)
    {
        double meanLeft = left.Average();
        double meanRight = right.Average();
        return left.Zip(right).Sum(pair => (pair.First - meanLeft) * (pair.Second - meanRight))
            / Math.Sqrt(left.Sum(own => Math.Pow(own - meanLeft, 2)) * right.Sum(own => Math.Pow(own - meanRight, 2)));
    }

    private static double[] Filtered(double[] returns, string name)
    {
        (double HalfLife, double Weight)[] memories = name switch
        {
            "blend 24/720 50/50" => [(24, 0.5), (720, 0.5)],
            "blend 12/96/720 .5/.3/.2" => [(12, 0.5), (96, 0.3), (720, 0.2)],
            _ => [(double.Parse(name, CultureInfo.InvariantCulture), 1.0)],
        };
        double start = returns.Take(WarmUpHours).Average(own => own * own);
        double[] variance = new double[returns.Length];
        double[] single = new double[returns.Length];
        foreach ((double halfLife, double weight) in memories)
        {
            Ewma.Variance(returns, Ewma.DecayOf(halfLife), start, single);
            for (int hour = 0; hour < single.Length; hour++)
            {
                variance[hour] += weight * single[hour];
            }
        }

        return variance;
    }

    // Maximum likelihood over (µ, branching ratio, decay per hour), the jumps standing at the ends of their hours.
    private static double Branching(int[] jumps, double hours)
    {
        double[] events = [.. jumps.Select(hour => hour + 1.0)];
        double best = double.PositiveInfinity;
        double ratio = double.NaN;
        foreach (double decay in new[] { 0.02, 0.1, 0.5, 2.0 })
        {
            (double[] point, double value) = NelderMead.Minimise(
                at => -Flow(at).LogLikelihood(events, hours),
                [Math.Log(0.9 * events.Length / hours), -2.0, Math.Log(decay)], [0.3, 0.5, 0.5], 2000, 1e-9);
            (best, ratio) = value < best ? (value, Flow(point).BranchingRatio()) : (best, ratio);
        }

        return ratio;

        static Hawkes Flow(double[] at)
        {
            double share = 1.0 / (1.0 + Math.Exp(-at[1]));
            double decay = Math.Exp(Math.Clamp(at[2], -9.0, 6.0));
            return new Hawkes(Math.Exp(at[0]), share * decay, decay);
        }
    }
}
