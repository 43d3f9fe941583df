using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Pricing;

namespace Breakwater.Cli.Benchmarks;

/// <summary>A made-up market of the workload's instruments, with quotes, depth and three years of hours, that can be
/// seen tick after tick: what W5 is the margin of.</summary>
/// <remarks>
/// Two underlyings, ten expiries, 25 strikes each. Hourly returns: log-normal volatility around the workload's own,
/// jumps 35 times a year, correlation 0.85. From a fixed seed by the counter-based generator of the scenarios.
/// </remarks>
internal sealed class TickingMarket
{
    private const int HoursOfHistory = 27_000; // more than the window of the filtered history
    private const int HoursPerYear = 8_766;
    private const double JumpsPerYear = 35.0;
    private const double HalfSpreadVolatility = 0.01;
    private const long SecondsPerTick = 12; // a block of Ethereum

    private static readonly Timestamp Start = Timestamp.Parse("2026-01-02T08:00:00Z");
    private static readonly ImmutableArray<AssetId> Assets = [AssetId.Of("BTC"), AssetId.Of("ETH")];
    private static readonly ImmutableArray<double> Volatilities = [0.5, 0.65];
    private static readonly ImmutableArray<double> VolumesDailyUsd = [25e9, 14e9];

    private readonly WorkloadInstruments _instruments;
    private readonly ImmutableArray<VanillaOption> _quoted;
    private readonly ImmutableArray<PriceSeries> _prices;
    private readonly ImmutableArray<DepthSeries> _depths;

    /// <summary>The market of a workload.</summary>
    /// <param name="workload">Its instruments.</param>
    public TickingMarket(Workload workload)
    {
        _instruments = workload.Instruments;
        Options = [.. Enumerable.Range(0, Workload.InstrumentCount).Select(OptionOf)];
        Instruments = [.. Options];
        _quoted =
        [
            .. Options.Select(own => new VanillaOption(
                own.Underlying, Settlement.Inverse, own.Expiry, own.StrikeUsd, own.Right)),
        ];
        _prices = [.. Enumerable.Range(0, Assets.Length).Select(SeriesOf)];
        _depths = [.. Enumerable.Range(0, Assets.Length).Select(DepthOf)];
    }

    /// <summary>[instrument of the workload] what accounts hold: linear options of its expiries and strikes.</summary>
    public ImmutableArray<VanillaOption> Options { get; }

    /// <summary>The same in order.</summary>
    public ImmutableSortedSet<Instrument> Instruments { get; }

    /// <summary>What is observed after some ticks.</summary>
    /// <param name="tick">How many ticks of 12 s have passed; ≥ 0.</param>
    /// <param name="move">Relative move of both prices since the start, a fraction; above −1.</param>
    public MarketObservations At(int tick, double move)
    {
        Timestamp at = Start.AddMilliseconds(tick * SecondsPerTick * 1000);
        return new MarketObservations(
            at, [.. Enumerable.Range(0, Assets.Length).Select(own => Observe(own, at, move))]);
    }

    private UnderlyingObservations Observe(int underlying, Timestamp at, double move)
    {
        ImmutableArray<ChainRow>.Builder rows = ImmutableArray.CreateBuilder<ChainRow>();
        for (int i = 0; i < Workload.InstrumentCount; i++)
        {
            if (_instruments.Underlyings[i] == underlying) rows.Add(RowOf(i, at, move));
        }

        rows.Sort(static (left, right) => left.Option.CompareTo(right.Option));
        return UnderlyingObservations.None(Assets[underlying]) with
        {
            Chain = new ChainObservation(at, rows.ToImmutable()),
            Prices = [_prices[underlying]],
            Depths = [_depths[underlying]],
        };
    }

    private ChainRow RowOf(int instrument, Timestamp at, double move)
    {
        VanillaOption option = _quoted[instrument];
        double spot = SpotOf(_instruments.Underlyings[instrument]) * (1.0 + move);
        double forward = _instruments.Terms.Forwards[instrument] * (1.0 + move);
        double volatility = _instruments.Terms.VolatilitiesAnnual[instrument];
        double years = option.Expiry.MillisecondsSince(at) / (365.0 * Timestamp.DayMilliseconds);
        double PriceAt(double own) =>
            Black76.Value(option.Right, forward, (double)option.StrikeUsd, own * own * years) / forward;
        return new ChainRow(
            option, PriceAt(volatility - HalfSpreadVolatility), PriceAt(volatility + HalfSpreadVolatility),
            PriceAt(volatility), volatility, forward, true, spot, 1_000.0)
        {
            VolumeDaily = 100.0,
        };
    }

    private VanillaOption OptionOf(int instrument)
    {
        WorkloadOptions terms = _instruments.Terms;
        long days = (long)Math.Round(terms.ExpiryYears[instrument] * 365.0);
        return new VanillaOption(
            Assets[_instruments.Underlyings[instrument]], Settlement.Linear,
            Start.AddMilliseconds(days * Timestamp.DayMilliseconds), Math.Round((decimal)terms.Strikes[instrument]),
            terms.Signs[instrument] > 0.0 ? OptionRight.Call : OptionRight.Put);
    }

    private static double SpotOf(int underlying) => underlying == 0 ? 100_000.0 : 3_500.0;

    // Hourly closes that end at the workload's spot.
    private static PriceSeries SeriesOf(int underlying)
    {
        double[] logs = new double[HoursOfHistory];
        for (int hour = 1; hour < HoursOfHistory; hour++)
        {
            logs[hour] = logs[hour - 1] + ReturnOf(underlying, hour);
        }

        long first = Start.UnixMilliseconds - ((HoursOfHistory - 1) * Timestamp.HourMilliseconds);
        double volume = VolumesDailyUsd[underlying] / 24.0;
        return new PriceSeries("made up", Timestamp.HourMilliseconds,
        [
            .. logs.Select((log, hour) => new PricePoint(
                Timestamp.FromUnixMilliseconds(first + (hour * Timestamp.HourMilliseconds)),
                SpotOf(underlying) * DeterministicMath.Exp(log - logs[^1]))),
        ])
        {
            Bars = [.. logs.Select(_ => new BarDetail(null, null, null, volume))],
        };
    }

    private static double ReturnOf(int underlying, int hour)
    {
        double deviation = Volatilities[underlying] / Math.Sqrt(HoursPerYear);
        double level = DeterministicMath.Exp(0.3 * Normal(hour / 72, 9)); // a new level of volatility every three days
        double own = underlying == 0
            ? Normal(hour, 0)
            : (0.85 * Normal(hour, 0)) + (Math.Sqrt(1.0 - (0.85 * 0.85)) * Normal(hour, 1));
        bool isJump = Uniform(hour, 2) < JumpsPerYear / HoursPerYear;
        return (deviation * level * own * 0.9) + (isJump ? (-0.005 + (0.035 * Normal(hour, 3))) : 0.0);
    }

    private static double Normal(int hour, int stream) => NormalDistribution.InverseCdf(Uniform(hour, stream));

    private static double Uniform(int hour, int stream)
    {
        (uint word, _, _, _) = Philox4x32.Block((uint)hour, (uint)stream, 0, 0, 2026);
        return Philox4x32.ToUniform(word);
    }

    private static DepthSeries DepthOf(int underlying) => new("made up",
        [
            .. Enumerable.Range(0, 30).Select(day =>
            {
                ImmutableArray<DepthLevel> levels =
                [
                    .. Enumerable.Range(1, 5).Select(percent => new DepthLevel(
                        percent / 100.0, VolumesDailyUsd[underlying] / 300.0 * Math.Sqrt(percent))),
                ];
                return new DepthSample(
                    Start.AddMilliseconds((day - 30) * Timestamp.DayMilliseconds), levels, levels);
            }),
        ], 0);
}
