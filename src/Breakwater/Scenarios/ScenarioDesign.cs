using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Surfaces;

namespace Breakwater.Scenarios;

/// <summary>Builds the two scenario sets of METHODOLOGY 3.6 and 4.2.</summary>
public static class ScenarioDesign
{
    /// <summary>Builds both sets.</summary>
    /// <param name="market">The market; every underlying must be governed by the parameters.</param>
    /// <param name="surfaces">Its surfaces: implied floor of the volatility, widening by state.</param>
    /// <param name="forecast">Its volatility forecasts.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <param name="beacon">32 bytes of the public beacon; <see cref="ScenarioSeed.NoBeacon"/> where there is none.
    /// </param>
    /// <param name="beaconBefore">Beacon of the day before, which the eighths of block B not yet replaced use; default:
    /// <see cref="ScenarioSeed.NoBeacon"/>. Without effect from 03:30 UTC on.</param>
    /// <exception cref="ArgumentException">An underlying has no parameters or no forecast, or a beacon is not 32 bytes
    /// long.</exception>
    public static ScenarioSets Build(
        MarketSnapshot market, SurfaceSet surfaces, MarketForecast forecast, RiskParameters parameters,
        ImmutableArray<byte> beacon, ImmutableArray<byte> beaconBefore = default) =>
        Build(InputsOf(market, surfaces, forecast, parameters, beacon, beaconBefore));

    /// <summary>Builds the maintenance set alone, the same bits at a third of the work, for studies that walk through
    /// years and ask for nothing else; what is computed from it is no initial margin.</summary>
    /// <param name="market">As in <see cref="Build(MarketSnapshot, SurfaceSet, MarketForecast, RiskParameters,
    /// ImmutableArray{byte}, ImmutableArray{byte})"/>, like all that follow.</param>
    /// <param name="surfaces">Likewise.</param>
    /// <param name="forecast">Likewise.</param>
    /// <param name="parameters">Likewise.</param>
    /// <param name="beacon">Likewise.</param>
    public static ScenarioSet BuildMaintenance(
        MarketSnapshot market, SurfaceSet surfaces, MarketForecast forecast, RiskParameters parameters,
        ImmutableArray<byte> beacon) =>
        BuildMaintenance(InputsOf(market, surfaces, forecast, parameters, beacon, default));

    /// <summary>What the sets of a market are made of; parameters as in <see cref="Build(MarketSnapshot, SurfaceSet,
    /// MarketForecast, RiskParameters, ImmutableArray{byte}, ImmutableArray{byte})"/>.</summary>
    internal static ScenarioInputs InputsOf(
        MarketSnapshot market, SurfaceSet surfaces, MarketForecast forecast, RiskParameters parameters,
        ImmutableArray<byte> beacon, ImmutableArray<byte> beaconBefore)
    {
        ScenarioSeed seed = ScenarioSeed.From(parameters.ProtocolId, parameters.Digest, market.At, beacon);
        ScenarioSeed before = ScenarioSeed.EighthsReplaced(market.At) == MonteCarloBlock.Eighths
            ? seed
            : seed.DayBefore(beaconBefore.IsDefault ? ScenarioSeed.NoBeacon : beaconBefore);
        return InputsOf(market, surfaces, forecast, parameters, (seed, before));
    }

    /// <summary>What the sets of a market are made of.</summary>
    /// <param name="market">The market.</param>
    /// <param name="surfaces">Its surfaces.</param>
    /// <param name="forecast">Its forecasts.</param>
    /// <param name="parameters">Governed constants.</param>
    /// <param name="seeds">Seed of the day, and that of the day before for what has not rotated yet.</param>
    internal static ScenarioInputs InputsOf(
        MarketSnapshot market, SurfaceSet surfaces, MarketForecast forecast, RiskParameters parameters,
        (ScenarioSeed Day, ScenarioSeed Before) seeds)
    {
        ImmutableArray<UnderlyingInputs> underlyings =
            [.. market.Underlyings.OrderBy(underlying => underlying.Asset)
                .Select(underlying => InputsOf(underlying, surfaces, forecast, parameters))];
        AssetId leader = VolatilityForecast.Leader(market).Asset;
        return new ScenarioInputs(
            market.At, underlyings, LeaderOf(underlyings, leader, parameters.Scenarios), parameters, seeds.Day)
        {
            SeedBefore = seeds.Before,
        };
    }

    // What others are measured by must itself be recorded: without enough hours the longest history leads.
    private static int LeaderOf(
        ImmutableArray<UnderlyingInputs> underlyings, AssetId leader, ScenarioParameters parameters)
    {
        int named = underlyings.IndexOf(underlyings.First(input => input.Asset == leader));
        int longest = named;
        for (int index = 0; index < underlyings.Length; index++)
        {
            longest = underlyings[index].HistoryYears > underlyings[longest].HistoryYears ? index : longest;
        }

        return underlyings[named].HistoryYears >= parameters.HistoricalMinimumYears ? named : longest;
    }

    /// <summary>Builds both sets from the inputs alone.</summary>
    internal static ScenarioSets Build(ScenarioInputs inputs)
    {
        HorizonInputs maintenance = new(inputs, MarginHorizon.Maintenance);
        HorizonInputs initial = new(inputs, MarginHorizon.Initial);
        CorrelationEstimate correlation = CorrelationEstimate.Of(inputs);
        HistoricalSample sample = HistoricalSample.Draw(inputs, [maintenance, initial], HistoricalBlock.Count);
        return new ScenarioSets(
            BuildOne(inputs, maintenance, correlation, sample), BuildOne(inputs, initial, correlation, sample));
    }

    /// <summary>The maintenance set alone.</summary>
    internal static ScenarioSet BuildMaintenance(ScenarioInputs inputs)
    {
        HorizonInputs maintenance = new(inputs, MarginHorizon.Maintenance);
        HistoricalSample sample = HistoricalSample.Draw(
            inputs, [maintenance, new(inputs, MarginHorizon.Initial)], HistoricalBlock.Count);
        return BuildOne(inputs, maintenance, CorrelationEstimate.Of(inputs), sample);
    }

    private static UnderlyingInputs InputsOf(
        UnderlyingMarket market, SurfaceSet surfaces, MarketForecast forecast, RiskParameters parameters)
    {
        UnderlyingForecast own = forecast.Find(market.Asset)
            ?? throw new ArgumentException($"{market.Asset} has no forecast", nameof(forecast));
        UnderlyingParameters governed = parameters.Find(market.Asset)
            ?? throw new ArgumentException($"{market.Asset} is not governed", nameof(parameters));
        VolatilitySurface? surface = surfaces.Find(market.Asset);
        double ratio = surface?.ShockRatio ?? parameters.Surfaces.ShockRatioStale;
        return new UnderlyingInputs(
            governed, FusedVolatility.Of(own, surface, parameters.Volatility), own.VolatilityLongAnnual, ratio,
            own.History, market.VolatilityIndex)
        {
            Liquidity = own.Liquidity,
        };
    }

    private static ScenarioSet BuildOne(
        ScenarioInputs inputs, HorizonInputs horizon, CorrelationEstimate correlation, HistoricalSample sample)
    {
        ScenarioTable table = new(inputs.Layout);
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        AddSeedFindings(findings, inputs);
        findings.AddRange(correlation.Findings);
        GridBlock.Append(table, inputs, horizon);
        BlackSwanBlock.Append(table, inputs, horizon);
        HypotheticalBlock.Append(table, inputs, horizon);
        HistoricalBlock.Append(table, inputs, sample, horizon, findings);
        StressedCorrelation stressed =
            StressedCorrelation.Of(correlation.Matrix, inputs.Count, inputs.Parameters.Scenarios);
        MonteCarloBlock.Append(table, inputs, stressed, horizon, inputs.KeysOfEighths());
        return Finish(table, inputs, horizon, findings.ToImmutable());
    }

    private static ScenarioSet Finish(
        ScenarioTable table, ScenarioInputs inputs, HorizonInputs horizon, ImmutableArray<Finding> findings)
    {
        ImmutableArray<Scenario> scenarios = table.Scenarios();
        ImmutableArray<long> values = table.Values();
        ScenarioSet set = new(
            horizon.Horizon, inputs.Layout, horizon.Hours, scenarios, values, inputs.Seed,
            ScenarioEncoding.DigestOf(horizon.Horizon, scenarios, values), findings)
        {
            SeedBefore = inputs.SeedBefore,
        };
        Check.That(
            scenarios.Sum(scenario => (long)scenario.Weight) == ScenarioSet.WeightTotal,
            "the weights of a scenario set do not sum to their total");
        Check.That(set.Row(0).IndexOfAnyExcept(0L) < 0, "scenario 0 moves something");
        return set;
    }

    private static void AddSeedFindings(ImmutableArray<Finding>.Builder findings, ScenarioInputs inputs)
    {
        if (inputs.Seed.IsBeaconMissing || inputs.SeedBefore.IsBeaconMissing)
        {
            findings.Add(new Finding(FindingKind.MissingBeacon, "scenarios",
                "no public beacon was given: 32 zero bytes stand in, so block B could have been prepared for"));
        }

        findings.Add(new Finding(FindingKind.SubstitutedFactor, "Gas, Depth",
            "no history and no law: they move in block E only"));
    }
}
