using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Scenarios;

namespace Breakwater.Explanation;

/// <summary>Probability that an account can be liquidated within some hours: PL(τ) of METHODOLOGY 4.9.</summary>
/// <param name="Hours">τ, hours.</param>
/// <param name="Probability">Share of the paths' weight, in [0, 1].</param>
/// <param name="StandardError">Its standard error as if paths were drawn independently; ≥ 0.</param>
public readonly record struct LiquidationProbability(int Hours, double Probability, double StandardError)
{
    /// <summary>Horizons reported, hours: 1 h, 24 h, 7 d (METHODOLOGY 4.9).</summary>
    public static ImmutableArray<int> HorizonHours { get; } = [1, 24, 168];

    /// <summary>Paths over every reported horizon, to be shared by the accounts of a market.</summary>
    /// <param name="market">The market.</param>
    /// <param name="content">Whether volatility is wanted: for books with options.</param>
    /// <remarks>Each horizon has its own paths, so that jumps within it are drawn often enough. They move as the filter
    /// and options expect: the floor of σ̂ is prudence, with which forecasts were a quarter too high
    /// (docs/methodology/liquidation-probability). The margin along them keeps it.</remarks>
    public static ImmutableArray<HourlyPaths> Paths(ExplainedMarket market, PathContent content)
    {
        ScenarioInputs inputs = (market with { Forecast = market.Forecast.WithoutFloor() }).ScenarioInputs;
        return [.. HorizonHours.Select(hours => PathDesign.Build(inputs, hours, content))];
    }

    /// <summary>Probability for a book without options, from a few numbers: for calibration over long histories.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="forecast">Forecasts of the underlyings of the paths.</param>
    /// <param name="paths">Paths; see <see cref="PathDesign"/>.</param>
    /// <param name="parameters">Rates of the filter.</param>
    /// <exception cref="ArgumentException">An underlying has no forecast, or exposures are not one for each.
    /// </exception>
    public static LiquidationProbability OfLinear(
        LinearAccount account, MarketForecast forecast, HourlyPaths paths, RiskParameters parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(account.ExposuresUsd.Length, paths.Underlyings.Length);
        double gross = account.ExposuresUsd.Sum(Math.Abs);
        ImmutableArray<RequirementPart> parts =
        [
            .. paths.Underlyings.Select((asset, index) => gross == 0.0
                ? RequirementPart.Constant
                : RequirementPart.Proportional(
                    Math.Abs(account.ExposuresUsd[index]) / gross,
                    account.VolatilityExponent,
                    VolatilityStart.Of(Needed(forecast, asset), surface: null, parameters.Volatility))),
        ];
        return FirstPassage.Of(
            EquityField.Linear(account.EquityUsd, account.ExposuresUsd.AsSpan(), paths.Hours),
            new RequirementField(account.MaintenanceUsd, parts),
            paths);
    }

    /// <summary>Probabilities of a book at every horizon of the paths; none is below that of a shorter horizon.
    /// </summary>
    /// <param name="book">The book, pinned.</param>
    /// <param name="profile">Its state at moved prices.</param>
    /// <param name="market">The market.</param>
    /// <param name="paths">[horizon] paths by rising horizon.</param>
    internal static ImmutableArray<LiquidationProbability> Of(
        Subaccount book, PriceProfile profile, ExplainedMarket market, ImmutableArray<HourlyPaths> paths)
    {
        EquityField equity = EquityField.Of(book, profile.Unmoved.Equity.ToUsd(), market, paths[^1].Hours);
        RequirementField requirement = RequirementField.Of(book, profile, market);
        ImmutableArray<LiquidationProbability>.Builder probabilities =
            ImmutableArray.CreateBuilder<LiquidationProbability>(paths.Length);
        foreach (HourlyPaths own in paths)
        {
            LiquidationProbability next = FirstPassage.Of(equity, requirement, own);
            bool isBelow = probabilities.Count > 0 && next.Probability < probabilities[^1].Probability;
            probabilities.Add(isBelow ? probabilities[^1] with { Hours = own.Hours } : next);
        }

        return probabilities.MoveToImmutable();
    }

    private static UnderlyingForecast Needed(MarketForecast forecast, AssetId asset) =>
        forecast.Find(asset) ?? throw new ArgumentException($"{asset} has no forecast", nameof(forecast));
}

/// <summary>A book that moves in proportion to prices, in a few numbers.</summary>
/// <param name="EquityUsd">Equity, USD.</param>
/// <param name="MaintenanceUsd">Maintenance margin, USD; ≥ 0.</param>
/// <param name="ExposuresUsd">[underlying] change of equity per unit of simple return, USD; long positive.</param>
/// <param name="VolatilityExponent">e = d ln MM ÷ d ln σ̂: about 1 where the distribution binds.</param>
public sealed record LinearAccount(
    double EquityUsd, double MaintenanceUsd, ImmutableArray<double> ExposuresUsd, double VolatilityExponent);
