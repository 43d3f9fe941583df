using System.Collections.Immutable;
using Breakwater.Attestation;
using Breakwater.Accounts;
using Breakwater.Cli.Terminal;
using Breakwater.Collateral;
using Breakwater.Explanation;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Cli.Market;

/// <summary>A market with everything that is worked out from it before any account is looked at.</summary>
/// <param name="Inputs">The market and the governed constants.</param>
/// <param name="Forecast">Volatility forecasts.</param>
/// <param name="Surfaces">Calibrated surfaces.</param>
/// <param name="Scenarios">Both scenario sets.</param>
internal sealed record ValuedMarket(
    MarketInputs Inputs, MarketForecast Forecast, SurfaceSet Surfaces, ScenarioSets Scenarios)
{
    /// <summary>Works it out.</summary>
    /// <param name="inputs">The market and the governed constants.</param>
    /// <param name="progress">Told what is being worked on.</param>
    public static ValuedMarket Of(MarketInputs inputs, Progress progress)
    {
        progress.Step("volatility forecast");
        MarketForecast forecast = VolatilityForecast.From(inputs.Market, inputs.Parameters);
        progress.Step("surfaces");
        SurfaceSet surfaces = SurfaceCalibration.Fit(inputs.Market, forecast, inputs.Parameters);
        progress.Step("scenarios");
        ScenarioSets scenarios =
            ScenarioDesign.Build(
                inputs.Market, surfaces, forecast, inputs.Parameters, inputs.Beacon, inputs.BeaconBefore);
        return new ValuedMarket(inputs, forecast, surfaces, scenarios);
    }

    /// <summary>What all accounts hold together as collateral beyond its cap.</summary>
    public ProtocolHoldings Protocol { get; init; } = ProtocolHoldings.Neutral;

    /// <summary>The market as explanations and reports take it.</summary>
    public ExplainedMarket Explained => new(Inputs.Market, Forecast, Surfaces, Scenarios, Inputs.Parameters)
    {
        Context = MarginContext.Neutral with { Protocol = Protocol },
    };

    /// <summary>The same inputs where the market has moved.</summary>
    /// <param name="moved">The moved market.</param>
    public ValuedMarket As(ExplainedMarket moved) => this with
    {
        Inputs = Inputs with { Market = moved.Market },
        Surfaces = moved.Surfaces,
        Scenarios = moved.Scenarios,
    };

    /// <summary>What the market, its forecasts and its surfaces lack; scenarios and revaluation add their
    /// own.</summary>
    public IEnumerable<Finding> Findings =>
    [
        .. Forecast.Underlyings.SelectMany(forecast => forecast.Findings),
        .. Forecast.Collateral.SelectMany(forecast => forecast.Findings),
        .. Surfaces.Surfaces.SelectMany(surface => surface.Findings),
    ];

    /// <summary>Findings that make the market unusable for the underlyings of these instruments.</summary>
    /// <param name="instruments">What is held or ordered.</param>
    public ImmutableArray<Finding> Halted(IEnumerable<Instrument> instruments)
    {
        HashSet<AssetId> used = [.. instruments.Where(instrument => instrument is not Spot)
            .Select(instrument => instrument.Underlying)];
        return
        [
            .. Surfaces.Surfaces
                .Where(surface => surface.State == SurfaceState.Halted && used.Contains(surface.Underlying))
                .Select(surface => new Finding(
                    FindingKind.SurfaceState, surface.Underlying.Name,
                    "the surface is halted: nothing can be margined on it")),
        ];
    }

    /// <summary>Risk arrays of instruments, or why there are none.</summary>
    /// <param name="instruments">Instruments in any order.</param>
    /// <param name="threadCount">Threads that work at once; ≥ 1; the result does not depend on it.</param>
    public Result<RiskArrays> Revalue(IEnumerable<Instrument> instruments, int threadCount = 1)
    {
        Result<RevaluationPlan> plan =
            FullRevaluation.Prepare(instruments, Inputs.Market, Forecast, Surfaces, Scenarios, Inputs.Parameters);
        return plan.IsAccepted
            ? ThreadedRevaluation.Run(plan.Value, threadCount)
            : Result<RiskArrays>.Refused(plan.Failures);
    }

    /// <summary>The explained margin of a subaccount, or why it cannot be margined.</summary>
    /// <param name="subaccount">The subaccount, netted.</param>
    /// <param name="arrays">Risk arrays with a row for everything held.</param>
    public Result<AttestationReport> Assess(Subaccount subaccount, RiskArrays arrays)
    {
        ImmutableArray<Failure> refusals = MarginAdmission.Check(subaccount, arrays, Inputs.Parameters);
        if (!refusals.IsEmpty)
        {
            return Result<AttestationReport>.Refused(refusals);
        }

        MarginReport margin = PortfolioMargin.Assess(subaccount, arrays, Inputs.Parameters, Explained.Context);
        ImmutableArray<Finding> findings = FindingCosts.Of(
            [.. margin.Findings, .. Findings], subaccount, arrays, Inputs.Parameters, margin,
            Explained.Context);
        return Result<AttestationReport>.Accepted(ReportAssembly.Build(
            Inputs.Market, Inputs.Parameters, Scenarios, subaccount, margin with { Findings = findings },
            SurfaceStateCosts.Of(Explained, subaccount, margin)));
    }
}
