using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Adapters.Files;
using Breakwater.Cli.Market;
using Breakwater.Cli.Terminal;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Surfaces;
using Breakwater.Tests;

namespace Breakwater.IntegrationTests.Margin;

/// <summary>A recorded day with everything the margin command works out from it, and books of instruments listed then.
/// </summary>
internal sealed class RealDay
{
    private static readonly Lazy<RealDay> CalmDay = new(() => new RealDay(RecordedMarket.Calm));
    private static readonly Lazy<RealDay> CrashDay = new(() => new RealDay(RecordedMarket.Crash));

    private RealDay(Timestamp at)
    {
        MarketInputs inputs = new(
            RecordedMarket.At(at), ParameterFile.LoadNewestShipped().Value, ScenarioSeed.NoBeacon,
            ScenarioSeed.NoBeacon);
        Valued = ValuedMarket.Of(inputs, new Progress(new Shell(TextWriter.Null, TextWriter.Null, IsJson: true)));
    }

    private RealDay(ValuedMarket valued) => Valued = valued;

    /// <summary>Both days by name, for theories.</summary>
    public static TheoryData<string> Names => ["calm", "crash"];

    /// <summary>The market and what follows from it.</summary>
    public ValuedMarket Valued { get; }

    public static AssetId Btc { get; } = AssetId.Of("BTC");

    public static AssetId Eth { get; } = AssetId.Of("ETH");

    public RiskParameters Parameters => Valued.Inputs.Parameters;

    /// <summary>A day; skips the test where no recorded data lie beside the repository.</summary>
    public static RealDay Of(string name)
    {
        SharedFolder.Require("data");
        return name == "calm" ? CalmDay.Value : CrashDay.Value;
    }

    /// <summary>The same day with other surfaces, or other scenarios.</summary>
    public RealDay With(SurfaceSet? surfaces = null, ScenarioSets? scenarios = null) =>
        new(Valued with { Surfaces = surfaces ?? Valued.Surfaces, Scenarios = scenarios ?? Valued.Scenarios });

    /// <summary>The same day under other parameters: forecast, surfaces and scenarios anew.</summary>
    public RealDay Under(params (string Path, decimal Value)[] changes)
    {
        ImmutableSortedDictionary<string, decimal> values = Parameters.Values.ByPath;
        foreach ((string path, decimal value) in changes)
        {
            Assert.Contains(path, values.Keys);
            values = values.SetItem(path, value);
        }

        Result<RiskParameters> changed = ParameterValidation.Check(
            Parameters.Version, Parameters.EffectiveAt, Parameters.ProtocolId, new ParameterValues(values));
        Assert.True(changed.IsAccepted, string.Join("\n", changed.Failures));
        MarketInputs inputs = Valued.Inputs with { Parameters = changed.Value };
        MarketForecast forecast = VolatilityForecast.From(inputs.Market, changed.Value);
        return new RealDay(Valued with
        {
            Inputs = inputs,
            Forecast = forecast,
            Scenarios = ScenarioDesign.Build(inputs.Market, Valued.Surfaces, forecast, changed.Value, inputs.Beacon),
        });
    }

    /// <summary>The listed option whose strike is nearest to a multiple of the forward.</summary>
    /// <param name="asset">Underlying.</param>
    /// <param name="days">Wanted days to expiry; the nearest listed expiry is taken.</param>
    /// <param name="moneyness">Strike ÷ forward.</param>
    /// <param name="right">Call or put.</param>
    public VanillaOption Listed(AssetId asset, double days, double moneyness, OptionRight right)
    {
        UnderlyingMarket market = Valued.Inputs.Market.Find(asset)!; // the recorded markets hold both assets
        Timestamp expiry = market.Quotes.Select(quote => quote.Option.Expiry).Distinct()
            .MinBy(own => Math.Abs(own.YearsSince(market.At) * 365.0 - days));
        double strike = moneyness * Valued.Surfaces.Find(asset)!.Forwards.ForwardUsd(expiry.YearsSince(market.At));
        return market.Quotes.Select(quote => quote.Option)
            .Where(option => option.Expiry == expiry && option.Right == right)
            .MinBy(option => Math.Abs((double)option.StrikeUsd - strike))!; // every expiry has quotes
    }

    /// <summary>Risk arrays of instruments.</summary>
    public RiskArrays Arrays(IEnumerable<Instrument> instruments)
    {
        Result<RiskArrays> arrays = Valued.Revalue(instruments);
        Assert.True(arrays.IsAccepted, string.Join("\n", arrays.Failures));
        return arrays.Value;
    }

    /// <summary>Margin of a book of (instrument, signed quantity in units of the underlying or USD) and
    /// dollars.</summary>
    public MarginReport Assess(decimal dollars, params (Instrument Instrument, decimal Quantity)[] book) =>
        Assess(Book(dollars, book));

    public MarginReport Assess(Subaccount subaccount) =>
        PortfolioMargin.Assess(subaccount, Arrays(subaccount.Positions.Select(own => own.Instrument)), Parameters);

    /// <summary>A subaccount of positions entered at their marks and dollars.</summary>
    public Subaccount Book(decimal dollars, params (Instrument Instrument, decimal Quantity)[] book) =>
        SubaccountNetting.Net(new Subaccount(
            "book",
            [new CollateralBalance(
                AssetId.Numeraire, (Int128)(dollars * 1_000_000m), string.Empty, BridgeClass.Native)],
            [.. book.Select(row => Held(row.Instrument, row.Quantity))]));

    private Position Held(Instrument instrument, decimal quantity)
    {
        decimal lot = Parameters.Find(instrument.Underlying)!.LotOf(instrument); // shipped parameters govern both
        Int128 lots = (Int128)decimal.Round(quantity / lot);
        return new Position(instrument, lots, [new PositionEntry(lots, null)]);
    }
}
