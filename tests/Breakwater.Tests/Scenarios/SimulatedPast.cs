using System.Collections.Concurrent;
using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Surfaces;
using Breakwater.Tests.Forecasts;
using Breakwater.Tests.Laws;

namespace Breakwater.Tests.Scenarios;

/// <summary>A past that is known exactly: normal hourly returns of constant volatility and correlation.</summary>
internal static class SimulatedPast
{
    public const double BtcVolatility = 0.6;
    public const double EthVolatility = 0.8;
    public const double Correlation = 0.8;
    private const int Hours = 28_000;
    private const double YearHours = 8760d;

    private static readonly ConcurrentDictionary<(string Asset, int Hours), FilteredHistory> Histories = new();
    private static readonly Lazy<ScenarioSets> Built = new(() => ScenarioDesign.Build(Inputs()));

    public static Timestamp At { get; } = Timestamp.Parse("2026-02-05T09:36:47Z");

    /// <summary>Both sets, built once.</summary>
    public static ScenarioSets Sets => Built.Value;

    public static ImmutableArray<byte> Beacon(byte last) => [.. new byte[31], last];

    public static ScenarioInputs Inputs(
        RiskParameters? parameters = null, byte beacon = 0, double scale = 1d, int hours = Hours)
    {
        RiskParameters governed = parameters ?? ShippedParameters.Value;
        return new ScenarioInputs(
            At,
            [
                Underlying("BTC", BtcVolatility * scale, governed, hours),
                Underlying("ETH", EthVolatility * scale, governed, hours),
            ],
            0, governed, ScenarioSeed.From(governed.ProtocolId, governed.Digest, At, Beacon(beacon)));
    }

    /// <summary>Shipped parameters with one line of the file changed.</summary>
    public static RiskParameters With(string line, string changed)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "parameters", "breakwater-v1.yaml"));
        Assert.Contains(line, text, StringComparison.Ordinal);
        string path = Path.GetTempFileName();
        File.WriteAllText(path, text.Replace(line, changed, StringComparison.Ordinal));
        Result<RiskParameters> parameters = ParameterFile.Load(path);
        File.Delete(path);
        Assert.True(parameters.IsAccepted, string.Join("\n", parameters.Failures));
        return parameters.Value;
    }

    /// <summary>Sets of a market of both assets, in the given order.</summary>
    public static ScenarioSets OfMarket(byte beacon, params string[] assets)
    {
        MarketSnapshot market = new(At, [.. assets.Select(asset => Market(asset, Hours))], []);
        MarketForecast forecast = VolatilityForecast.From(market, ShippedParameters.Value);
        return ScenarioDesign.Build(market, new SurfaceSet([]), forecast, ShippedParameters.Value, Beacon(beacon));
    }

    /// <summary>Market of an asset with the newest simulated closes and nothing else.</summary>
    public static UnderlyingMarket Market(string asset, int hours)
    {
        ImmutableArray<PricePoint> closes = Closes(asset, asset == "BTC" ? BtcVolatility : EthVolatility, hours);
        return new UnderlyingMarket(
            AssetId.Of(asset), At, closes.Length > 0 ? closes[^1].Value : 1000d, [], [], null, null,
            new PriceHistory(closes, [], RecordedHistory.Daily(closes)), []);
    }

    private static UnderlyingInputs Underlying(string asset, double volatility, RiskParameters parameters, int hours)
    {
        FilteredHistory history = Histories.GetOrAdd((asset, hours), _ => Filtered(asset, hours));
        return new UnderlyingInputs(parameters.Find(AssetId.Of(asset))!, volatility, volatility, 1d, history, []);
    }

    private static FilteredHistory Filtered(string asset, int hours)
    {
        ImmutableArray<PricePoint> closes = Closes(asset, asset == "BTC" ? BtcVolatility : EthVolatility, hours);
        return closes.Length < 2
            ? FilteredHistory.Empty
            : VolatilityFilter.Run(
                new PriceHistory(closes, [], []), closes[^1], ShippedParameters.Value.Volatility).History;
    }

    private static ImmutableArray<PricePoint> Closes(string asset, double volatility, int hours)
    {
        long end = At.UnixMilliseconds / Timestamp.HourMilliseconds;
        double log = Math.Log(1000d);
        double step = volatility / Math.Sqrt(YearHours);
        ImmutableArray<PricePoint>.Builder closes = ImmutableArray.CreateBuilder<PricePoint>(hours);
        for (int hour = 0; hour < hours; hour++)
        {
            (uint common, uint own, _, _) = Philox4x32.Block((uint)hour, 1, 2, 3, 4711);
            double leader = NormalDistribution.InverseCdf(Philox4x32.ToUniform(common));
            double rest = NormalDistribution.InverseCdf(Philox4x32.ToUniform(own));
            double move = asset == "BTC"
                ? leader
                : (Correlation * leader) + (Math.Sqrt(1d - (Correlation * Correlation)) * rest);
            log += step * move;
            closes.Add(new PricePoint(
                Timestamp.FromUnixMilliseconds((end - hours + 1 + hour) * Timestamp.HourMilliseconds), Math.Exp(log)));
        }

        return closes.ToImmutable();
    }
}
