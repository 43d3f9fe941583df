using Breakwater.Forecasts;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Surfaces;

namespace Breakwater.Scenarios;

/// <summary>Whether paths carry volatility besides spot.</summary>
public enum PathContent
{
    /// <summary>Spot alone: enough for books without options.</summary>
    Spot,

    /// <summary>Spot and the level of implied volatility.</summary>
    SpotAndVolatility,
}

/// <summary>Builds the hourly paths of METHODOLOGY 4.9: filtered history of block A and jump diffusion of block B, half
/// the weight each, over any number of hours.</summary>
/// <remarks>
/// The laws are those of the scenario sets at the horizon of the paths: the same dates, keys, strata and weights. At
/// every hour the mean of a block is compensated as at the end of a scenario: no drift. The level of volatility follows
/// the sets' law at each hour given the return so far, its noise a Brownian motion (block B, and A where no index was
/// recorded).
/// </remarks>
public static class PathDesign
{
    /// <summary>Paths of a market.</summary>
    /// <param name="market">The market.</param>
    /// <param name="surfaces">Its surfaces; may lack underlyings.</param>
    /// <param name="forecast">Its forecasts.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <param name="seeds">Seed of block B of the day, and of the day before for what has not rotated yet.</param>
    /// <param name="hours">Hours of a path; ≥ 1.</param>
    /// <param name="content">Whether volatility is wanted.</param>
    public static HourlyPaths Build(
        MarketSnapshot market,
        SurfaceSet surfaces,
        MarketForecast forecast,
        RiskParameters parameters,
        (ScenarioSeed Day, ScenarioSeed Before) seeds,
        int hours,
        PathContent content) =>
        Build(ScenarioDesign.InputsOf(market, surfaces, forecast, parameters, seeds), hours, content);

    /// <summary>Paths of scenario inputs.</summary>
    /// <param name="given">The inputs.</param>
    /// <param name="hours">Hours of a path; ≥ 1.</param>
    /// <param name="content">Whether volatility is wanted.</param>
    internal static HourlyPaths Build(ScenarioInputs given, int hours, PathContent content)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hours, 1);
        // What may happen, not what closing in a thin book would cost: σ̂ without its adjustment for liquidity.
        ScenarioInputs inputs = given with
        {
            Underlyings = [.. given.Underlyings.Select(own => own with { Liquidity = null })],
        };
        HorizonInputs horizon = new(
            inputs, MarginHorizon.Initial, [.. Enumerable.Repeat(hours, inputs.Count)]);
        HistoricalSample sample = HistoricalSample.Draw(inputs, [horizon], HistoricalBlock.Count);
        PathBlock past = HistoricalPaths.Of(inputs, sample, horizon, content);
        PathBlock drawn = SimulatedPaths.Of(inputs, horizon, content);
        past.RemoveMean(hours);
        drawn.RemoveDrift(hours);
        return new HourlyPaths(
            [.. inputs.Underlyings.Select(input => input.Asset)],
            hours,
            [.. past.Weights, .. drawn.Weights],
            [.. past.Returns, .. drawn.Returns],
            content == PathContent.Spot ? [] : [.. past.Levels, .. drawn.Levels]);
    }
}

/// <summary>Paths of one block in the making.</summary>
/// <param name="Weights">[path] weights.</param>
/// <param name="Returns">[path × underlying × (hours + 1)] log returns since now; compensated in place.</param>
/// <param name="Levels">[path × underlying × (hours + 1)] shocks of volatility; empty if none.</param>
internal sealed record PathBlock(int[] Weights, double[] Returns, double[] Levels)
{
    /// <summary>Subtracts the weighted mean of every hour: history gets no drift credit (METHODOLOGY 3.3).</summary>
    internal void RemoveMean(int hours) => Compensate(hours, static value => value, static mean => mean);

    /// <summary>Makes E[e^r] = 1 at every hour (METHODOLOGY 3.4).</summary>
    internal void RemoveDrift(int hours) => Compensate(hours, DeterministicMath.Exp, DeterministicMath.Log);

    private void Compensate(int hours, Func<double, double> measure, Func<double, double> drift)
    {
        int width = Returns.Length / Weights.Length; // underlyings × (hours + 1)
        double total = 0d;
        double[] sums = new double[width];
        for (int path = 0; path < Weights.Length; path++)
        {
            total += Weights[path];
            ReadOnlySpan<double> own = Returns.AsSpan(path * width, width);
            for (int place = 0; place < width; place++)
            {
                sums[place] += Weights[path] * measure(own[place]);
            }
        }

        for (int place = 0; place < width; place++)
        {
            sums[place] = place % (hours + 1) == 0 ? 0d : drift(sums[place] / total);
        }

        for (int path = 0; path < Weights.Length; path++)
        {
            Span<double> own = Returns.AsSpan(path * width, width);
            for (int place = 0; place < width; place++)
            {
                own[place] -= sums[place];
            }
        }
    }
}
