using System.Collections.Immutable;

namespace Breakwater.Adapters.Files;

/// <summary>Plain numbers on which Breakwater and its peers are timed (PERFORMANCE 1), without any market.</summary>
/// <param name="Options">Options to price, each with inputs of its own.</param>
/// <param name="Instruments">Options to revalue in scenarios.</param>
/// <param name="Scenarios">[underlying] joint scenarios: log returns and volatility shocks.</param>
/// <param name="Grid">[underlying] the small grid of the same kind.</param>
/// <param name="InstrumentIndices">[account × 20] instrument of each position.</param>
/// <param name="Quantities">[account × 20] signed quantity of each position, units of underlying; a whole number of
/// tenths.</param>
public sealed record Workload(
    WorkloadOptions Options,
    WorkloadInstruments Instruments,
    ImmutableArray<WorkloadShocks> Scenarios,
    ImmutableArray<WorkloadShocks> Grid,
    ImmutableArray<int> InstrumentIndices,
    ImmutableArray<double> Quantities)
{
    /// <summary>Options priced one by one.</summary>
    public const int OptionCount = 1_000_000;

    /// <summary>Instruments revalued in scenarios.</summary>
    public const int InstrumentCount = 500;

    /// <summary>Underlyings of the instruments.</summary>
    public const int UnderlyingCount = 2;

    /// <summary>Joint scenarios.</summary>
    public const int ScenarioCount = 10_000;

    /// <summary>Scenarios of the grid.</summary>
    public const int GridCount = 32;

    /// <summary>Accounts.</summary>
    public const int AccountCount = 100_000;

    /// <summary>Positions of an account.</summary>
    public const int PositionsPerAccount = 20;

    /// <summary>Continuously compounded rate of every discount factor, per year.</summary>
    public const double RateAnnual = 0.03;

    /// <summary>Time that passes before revaluation, years: one day.</summary>
    public const double AdvanceYears = 1.0 / 365.0;
}

/// <summary>Options to price: structure of arrays.</summary>
/// <param name="Forwards">[option] forward, money; &gt; 0.</param>
/// <param name="Strikes">[option] strike, money; &gt; 0.</param>
/// <param name="ExpiryYears">[option] time to expiry, years; &gt; 0.</param>
/// <param name="VolatilitiesAnnual">[option] volatility per √year; &gt; 0.</param>
/// <param name="Signs">[option] +1 call, −1 put.</param>
public sealed record WorkloadOptions(
    ImmutableArray<double> Forwards,
    ImmutableArray<double> Strikes,
    ImmutableArray<double> ExpiryYears,
    ImmutableArray<double> VolatilitiesAnnual,
    ImmutableArray<double> Signs);

/// <summary>Instruments to revalue: options with the reach of volatility shocks.</summary>
/// <param name="Terms">[instrument] terms and inputs.</param>
/// <param name="ShockWeights">[instrument] factor by which a volatility shock of the underlying reaches it.</param>
/// <param name="Underlyings">[instrument] index of its underlying.</param>
public sealed record WorkloadInstruments(
    WorkloadOptions Terms, ImmutableArray<double> ShockWeights, ImmutableArray<int> Underlyings);

/// <summary>Shocks of one underlying.</summary>
/// <param name="LogReturns">[scenario] log return of the forward.</param>
/// <param name="VolatilityShocks">[scenario] relative change of volatility; above −1.</param>
public sealed record WorkloadShocks(ImmutableArray<double> LogReturns, ImmutableArray<double> VolatilityShocks);
