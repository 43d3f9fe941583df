using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Breakwater.Forecasts;
using Breakwater.Surfaces;

namespace Breakwater.IntegrationTests.Surfaces;

/// <summary>What the issue asks of the surfaces of all recorded chains. Prints its figures: run it with
/// <c>-showLiveOutput</c>.</summary>
public sealed class RecordedChainTests(ITestOutputHelper output)
{
    private const double TwoDaysYears = 2.0 / 365.0;

    [Fact]
    public void There_are_forty_chains_of_each_underlying_and_each_gives_a_surface_of_its_own_quotes()
    {
        Assert.Equal(
            [40, 40], RecordedChains.All.CountBy(chain => chain.Surface.Underlying).Select(pair => pair.Value));
        Assert.All(RecordedChains.All, chain => Assert.InRange(chain.Surface.Slices.Length, 8, 20));
        Assert.All(RecordedChains.All, chain => Assert.Equal(
            chain.Quotes.Sum(slice => slice.Quotes.Length), chain.UsedCount));
    }

    [Fact]
    public void Every_surface_is_free_of_arbitrage_on_401_points_and_in_the_wings()
    {
        string[] violations = [.. RecordedChains.All.SelectMany(chain => ArbitrageChecks.Violations(chain.Surface))];
        output.WriteLine($"{RecordedChains.All.Length} surfaces, {violations.Length} violations");
        Assert.True(violations.Length == 0, string.Join('\n', violations.Take(20)));
    }

    [Fact]
    public void Slices_over_two_days_are_fitted_within_the_bars_of_the_issue()
    {
        double[] errors = Errors(RecordedChains.All);
        double median = Quantile(errors, 0.5);
        double ninth = Quantile(errors, 0.9);
        output.WriteLine(Text(
            $"{errors.Length} slices: RMSE median {median:0.000}, 90 % {ninth:0.000}, greatest {errors[^1]:0.00}"));
        Assert.InRange(median, 0.0, 0.6);
        Assert.InRange(ninth, 0.0, 1.5);
    }

    [Fact]
    public void Most_quotes_of_every_chain_are_met_within_their_spread_and_one_point()
    {
        ImmutableArray<RecordedChain> chains = [.. RecordedChains.All.OrderBy(chain => chain.ShareWithinOnePoint)];
        RecordedChain roughest = chains.MaxBy(chain => Quantile(Errors([chain]), 0.5))!; // There are eighty.
        output.WriteLine(string.Join('\n', [Headings, .. chains.Select(Row)]));
        output.WriteLine($"worst by quotes met:  {Row(chains[0])}");
        output.WriteLine($"worst by median RMSE: {Row(roughest)}");
        Assert.All(RecordedChains.All, chain => Assert.True(
            chain.ShareWithinOnePoint >= (chain.IsStressed ? 0.90 : 0.95), Row(chain)));
    }

    [Fact]
    public void A_surface_is_calibrated_in_fifty_milliseconds()
    {
        double[] best = [.. RecordedChains.All.Select(Milliseconds)];
        output.WriteLine(Text(
            $"{best.Length} chains: median {Quantile(best, 0.5):0.0} ms, 90 % {Quantile(best, 0.9):0.0} ms, "));
        output.WriteLine(Text($"greatest {best.Max():0.0} ms, best of {Repeats} to {RepeatsMax} runs, one thread"));
        Assert.True(best.Max() <= MillisecondsMax, Text($"greatest {best.Max():0.0} ms"));
    }

    private const int Repeats = 5;
    private const int RepeatsMax = 30;
#if DEBUG
    private const double MillisecondsMax = 300.0; // Unoptimised code: the bar is for Release.
#else
    private const double MillisecondsMax = 50.0; // the issue
#endif

    // Raw quotes to certified surface. The best of some runs: on a shared machine only that is a property of the code,
    // and on a crowded one it takes more of them to find it.
    private static double Milliseconds(RecordedChain chain)
    {
        MarketForecast forecast = VolatilityForecast.From(chain.Market, RecordedChains.Parameters);
        double best = double.MaxValue;
        for (int i = 0; i < Repeats || (best > MillisecondsMax && i < RepeatsMax); i++)
        {
            long start = Stopwatch.GetTimestamp();
            SurfaceCalibration.Fit(chain.Market, forecast, RecordedChains.Parameters);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best;
    }

    private static double[] Errors(IEnumerable<RecordedChain> chains) =>
    [
        .. chains.SelectMany(chain => chain.Surface.Slices)
            .Where(slice => slice.ExpiryYears > TwoDaysYears)
            .Select(slice => slice.Quality.RmseVolPoints)
            .Order(),
    ];

    private const string Headings =
        "chain                    kind     state    used of OTM  inside within1pt median worst RMSE (days, "
            + "half-spread)";

    private static string Row(RecordedChain chain)
    {
        SurfaceSlice worst = chain.Surface.Slices.MaxBy(slice => slice.Quality.RmseVolPoints)!; // A surface has slices.
        string kind = chain.IsStressed ? "stressed" : "calm";
        double median = Quantile(Errors([chain]), 0.5);
        return string.Join(
            ' ',
            $"{chain.Name,-24} {kind,-8} {chain.Surface.State,-8} {chain.UsedCount} of {chain.OutOfTheMoneyCount}",
            Text($"{100 * chain.ShareInsideSpread,6:0.0} % {100 * chain.ShareWithinOnePoint,7:0.0} %"),
            Text($"{median,9:0.00} {worst.Quality.RmseVolPoints,9:0.00}"),
            Text($"({365 * worst.ExpiryYears:0.0} d, {worst.Quality.MedianHalfSpreadVolPoints:0.00})"));
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
