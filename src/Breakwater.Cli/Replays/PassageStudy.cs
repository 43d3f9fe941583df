using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Cli.Market;
using Breakwater.Cli.Terminal;
using Breakwater.Explanation;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Cli.Replays;

/// <summary>One forecast probability of liquidation and what became of the account.</summary>
/// <param name="At">When it was forecast.</param>
/// <param name="Hours">Over how many hours.</param>
/// <param name="Forecast">PL, in [0, 1].</param>
/// <param name="IsLiquidated">Whether equity fell below maintenance margin at a later hour within them.</param>
/// <param name="IsFloored">Whether the floor of 3.2 held σ̂ up.</param>
internal readonly record struct PassageOutcome(
    Timestamp At, int Hours, double Forecast, bool IsLiquidated, bool IsFloored);

/// <summary>Forecasts the liquidation of a fixed list of leveraged positions at every instant of a recorded time, and
/// looks whether it came (METHODOLOGY 4.9, 12 row 4).</summary>
/// <remarks>The margin of later hours follows the price and (σ_s ÷ σ̂)^e, the rule by which the forecast moves it; σ_s
/// is the recorded filter's, never below its floor.</remarks>
internal sealed class PassageStudy
{
    private const double ReferenceEquityUsd = 1e9; // any: the margin of a linear book does not depend on it
    private const double Bump = 1.01;
    private const double YearHours = 8760d;

    /// <summary>Leverages of the list: notional ÷ equity.</summary>
    public static ImmutableArray<int> Leverages { get; } = [3, 5, 8, 12, 18, 25];

    /// <summary>Horizons, hours.</summary>
    public static ImmutableArray<int> Horizons { get; } = LiquidationProbability.HorizonHours;

    private readonly RecordedMarkets _markets;
    private readonly RiskParameters _parameters;
    private readonly ImmutableSortedDictionary<AssetId, FilteredHistory> _later;

    private PassageStudy(RecordedMarkets markets, RiskParameters parameters, MarketSnapshot whole)
    {
        _markets = markets;
        _parameters = parameters;
        _later = whole.Underlyings.ToImmutableSortedDictionary(
            own => own.Asset,
            own => VolatilityFilter.Run(
                own.Prices, new PricePoint(own.At, own.IndexUsd), parameters.Volatility).History);
    }

    /// <summary>Runs the study, or says why not.</summary>
    public static Result<ImmutableArray<PassageOutcome>> Of(
        ReplayRequest request, RiskParameters parameters, Progress progress)
    {
        // Outcomes lie after the last forecast.
        long longest = Horizons.Max() * Timestamp.HourMilliseconds;
        ReplayRequest longer = request with { To = request.To.AddMilliseconds(longest) };
        Result<RecordedMarkets> markets = RecordedMarkets.Read(longer, parameters);
        if (!markets.IsAccepted)
        {
            return Result<ImmutableArray<PassageOutcome>>.Refused(markets.Failures);
        }

        if (markets.Value.At(longer.To) is not SnapshotOutcome.Usable whole
            || MarketOptions.Ungoverned(whole.Market, parameters).Count > 0)
        {
            return Result<ImmutableArray<PassageOutcome>>.Refused(new Failure(
                FailureReason.Inconsistent, "no governed market within 24 h of the end", Value: $"{longer.To}"));
        }

        PassageStudy study = new(markets.Value, parameters, whole.Market);
        ImmutableArray<Timestamp> instants = [.. request.Instants()];
        ImmutableArray<PassageOutcome>[] outcomes = new ImmutableArray<PassageOutcome>[instants.Length];
        int done = 0;
        Parallel.For(0, instants.Length, new ParallelOptions { MaxDegreeOfParallelism = request.ThreadCount }, index =>
        {
            outcomes[index] = study.At(instants[index]);
            int count = Interlocked.Increment(ref done);
            lock (progress)
            {
                progress.Step(FormattableString.Invariant($"{count} of {instants.Length} instants"));
            }
        });
        ImmutableArray<PassageOutcome> all = [.. outcomes.SelectMany(own => own)];
        return all.IsEmpty
            ? Result<ImmutableArray<PassageOutcome>>.Refused(new Failure(
                FailureReason.Inconsistent, "no position can be followed: hours are not recorded",
                Value: $"{request.From} to {request.To}", Limit: "the hours of the histories"))
            : Result<ImmutableArray<PassageOutcome>>.Accepted(all);
    }

    private ImmutableArray<PassageOutcome> At(Timestamp at) => _markets.At(at) is SnapshotOutcome.Usable usable
        ? [.. usable.Market.Underlyings.Where(own => own.At == at).SelectMany(own => Of(usable.Market, own))]
        : [];

    // Every position of the list in one underlying, margined alone.
    private IEnumerable<PassageOutcome> Of(MarketSnapshot market, UnderlyingMarket own)
    {
        MarketSnapshot alone = market with { Underlyings = [own] };
        MarketForecast forecast = VolatilityForecast.From(alone, _parameters);
        SurfaceSet surfaces = SurfaceCalibration.Fit(alone, forecast, _parameters);
        ScenarioSet set =
            ScenarioDesign.BuildMaintenance(alone, surfaces, forecast, _parameters, ScenarioSeed.NoBeacon);
        MarketForecast raised = Raised(forecast);
        ScenarioSet bumped =
            ScenarioDesign.BuildMaintenance(alone, surfaces, raised, _parameters, ScenarioSeed.NoBeacon);
        foreach (int hours in Horizons)
        {
            HourlyPaths paths = PathDesign.Build(
                alone, surfaces, forecast.WithoutFloor(), _parameters, (set.Seed, set.SeedBefore), hours,
                PathContent.Spot);
            foreach (int side in (ImmutableArray<int>)[1, -1])
            {
                double rate = Rate(alone, forecast, surfaces, set, side);
                double exponent = Math.Log(Rate(alone, raised, surfaces, bumped, side) / rate) / Math.Log(Bump);
                foreach (int leverage in Leverages.Where(leverage => 1d / leverage >= rate))
                {
                    LinearAccount account = new(1d / leverage, rate, [side], exponent);
                    double probability =
                        LiquidationProbability.OfLinear(account, forecast, paths, _parameters).Probability;
                    if (Later(own, forecast.Underlyings[0], account, side, hours) is { } isLiquidated)
                    {
                        yield return new PassageOutcome(
                            own.At, hours, probability, isLiquidated,
                            forecast.Underlyings[0].VolatilityFloorAnnual > forecast.Underlyings[0].VolatilityAnnual);
                    }
                }
            }
        }
    }

    private static MarketForecast Raised(MarketForecast forecast) => new([.. forecast.Underlyings.Select(own => own with
    {
        VolatilityAnnual = Bump * own.VolatilityAnnual,
        VolatilityFloorAnnual = Bump * own.VolatilityFloorAnnual,
    })]);

    // Maintenance margin ÷ notional of one lot of the perpetual.
    private double Rate(
        MarketSnapshot market, MarketForecast forecast, SurfaceSet surfaces, ScenarioSet set, int side)
    {
        const int Lots = 10_000;
        Perpetual perpetual = new(market.Underlyings[0].Asset, Settlement.Linear);
        RiskArrays arrays = FullRevaluation.Run(
            [perpetual], market, forecast, surfaces, new ScenarioSets(set, set), _parameters);
        Subaccount account = new(
            "reference",
            [new CollateralBalance(
                AssetId.Numeraire, (Int128)(ReferenceEquityUsd * 1e6), string.Empty, BridgeClass.Native)],
            [new Position(perpetual, side * Lots, [new PositionEntry(side * Lots, null)])]);
        double lot = (double)_parameters.Find(perpetual.Underlying)!.LotOf(perpetual); // governed: checked before
        return (double)PortfolioMargin.Assess(account, arrays, _parameters).MaintenanceMargin.MicroDollars
            / (Lots * lot * market.Underlyings[0].IndexUsd * 1e6);
    }

    // null where an hour is not recorded.
    private bool? Later(
        UnderlyingMarket own, UnderlyingForecast forecast, LinearAccount account, int side, int hours)
    {
        FilteredHistory later = _later[own.Asset];
        int now = later.Hours.BinarySearch(own.At.UnixMilliseconds / Timestamp.HourMilliseconds);
        if (now < 0 || now + hours >= later.Hours.Length || later.Hours[now + hours] != later.Hours[now] + hours)
        {
            return null;
        }

        double floor = forecast.VolatilityFloorAnnual;
        double start = Math.Max(forecast.VolatilityAnnual, floor);
        for (int hour = now + 1; hour <= now + hours; hour++)
        {
            double ratio = Math.Exp(later.LogPrices[hour] - later.LogPrices[now]);
            double volatility = Math.Max(Math.Sqrt(later.VarianceHourly[hour] * YearHours), floor);
            double maintenance =
                account.MaintenanceUsd * ratio * Math.Pow(volatility / start, account.VolatilityExponent);
            if (account.EquityUsd + (side * (ratio - 1d)) < maintenance)
            {
                return true;
            }
        }

        return false;
    }
}
