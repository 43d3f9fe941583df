using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>How near a subaccount is to liquidation (METHODOLOGY 6.1), as far as equity and margin tell.</summary>
public enum MarginStage
{
    /// <summary>Equity covers initial margin with room to spare.</summary>
    Healthy,

    /// <summary>Only risk-reducing orders where equity is below initial margin.</summary>
    Warning,

    /// <summary>A call with amount and deadline.</summary>
    MarginCall,

    /// <summary>Forced reduction.</summary>
    Deleverage,

    /// <summary>Auction of the book.</summary>
    Auction,

    /// <summary>Equity is negative: insurance fund, then backstop.</summary>
    Backstop,
}

/// <summary>Which of the three members of the core is the greatest (METHODOLOGY 4.2).</summary>
public enum CoreBinding
{
    /// <summary>Expected shortfall of blocks A and B; wins ties.</summary>
    ExpectedShortfall,

    /// <summary>Value at risk of blocks A and B; wins ties against a scenario.</summary>
    ValueAtRisk,

    /// <summary>A deterministic scenario of blocks C, D, E.</summary>
    Scenario,
}

/// <summary>Loss of the subaccount in one scenario.</summary>
/// <param name="Scenario">The scenario: id, block, label.</param>
/// <param name="Loss">Loss before dampening, positive when bad.</param>
/// <param name="LossDampened">Loss × d_s, rounded up: what the core sees.</param>
/// <param name="Time">The valuation that gave the greater loss; frozen on a tie.</param>
public sealed record ScenarioLoss(Scenario Scenario, Money Loss, Money LossDampened, RevaluationTime Time);

/// <summary>The core requirement at one horizon.</summary>
/// <param name="Amount">The greatest of the three members; ≥ 0.</param>
/// <param name="Binding">Which member that is.</param>
/// <param name="ExpectedShortfall">Rounded up once.</param>
/// <param name="ValueAtRisk">Loss of the scenario at the quantile.</param>
/// <param name="WorstScenario">Deterministic scenario with the greatest dampened loss, lowest id on a tie.</param>
/// <param name="StandardError">Of the expected shortfall (Manistre, Hancock 2005); published, never added.</param>
/// <param name="ValueAtRiskLow">Lower end of the 95 % order-statistic interval of value at risk.</param>
/// <param name="ValueAtRiskHigh">Upper end.</param>
/// <param name="ScenarioCount">Scenarios of all blocks.</param>
/// <param name="WorstDeterministic">Deterministic scenarios by dampened loss, worst first.</param>
/// <param name="WorstDistribution">Scenarios of blocks A and B by loss, worst first.</param>
public sealed record CoreRequirement(
    Money Amount,
    CoreBinding Binding,
    Money ExpectedShortfall,
    Money ValueAtRisk,
    ScenarioLoss WorstScenario,
    Money StandardError,
    Money ValueAtRiskLow,
    Money ValueAtRiskHigh,
    int ScenarioCount,
    ImmutableArray<ScenarioLoss> WorstDeterministic,
    ImmutableArray<ScenarioLoss> WorstDistribution)
{
    /// <summary>The core without value at risk: the part for which sub-additivity and netting hold (M3, M5).</summary>
    public Money Coherent => Money.Max(ExpectedShortfall, WorstScenario.LossDampened);
}

/// <summary>One line of the report; lines sum to the margins (METHODOLOGY 4.3).</summary>
/// <param name="Name">Name of the line.</param>
/// <param name="Initial">Its part of initial margin; ≥ 0.</param>
/// <param name="Maintenance">Its part of maintenance margin; ≥ 0, but for line Scheduled, which is signed.</param>
public sealed record MarginLine(string Name, Money Initial, Money Maintenance);

/// <summary>What a line is made of; parts of a line sum to it.</summary>
/// <param name="Line">Name of the line.</param>
/// <param name="Underlying">Whose part it is.</param>
/// <param name="Name">What it is; empty where the line is one thing.</param>
/// <param name="Initial">Its part of the line at the initial side.</param>
/// <param name="Maintenance">Likewise at the maintenance side.</param>
public sealed record MarginLinePart(string Line, AssetId Underlying, string Name, Money Initial, Money Maintenance);

/// <summary>What the add-ons know about one underlying of the account.</summary>
/// <param name="Underlying">The underlying.</param>
/// <param name="CoreInitial">Core of it alone at the initial horizon.</param>
/// <param name="CoreMaintenance">Likewise at the maintenance horizon.</param>
/// <param name="ClosingSize">Q of METHODOLOGY 4.4: what a liquidation would have to close.</param>
/// <param name="DailyVolume">V: volume of a day.</param>
/// <param name="DaysToLiquidate">Q ÷ (η·V), days, six decimals, rounded up.</param>
/// <param name="FlowMultiplier">m_flow of the underlying.</param>
/// <param name="Calmness">Share of the full buffer, fraction.</param>
public sealed record UnderlyingLine(
    AssetId Underlying,
    Money CoreInitial,
    Money CoreMaintenance,
    Money ClosingSize,
    Money DailyVolume,
    FixedDecimal DaysToLiquidate,
    FixedDecimal FlowMultiplier,
    FixedDecimal Calmness);

/// <summary>Multipliers of the core (METHODOLOGY 4.3, 4.8), ratios.</summary>
/// <param name="System">m_sys.</param>
/// <param name="Behaviour">m_beh.</param>
/// <param name="Learned">m_ml.</param>
/// <param name="FlowInitial">m_flow at the initial side.</param>
/// <param name="FlowMaintenance">m_flow at the maintenance side.</param>
/// <param name="ProductInitial">Their product after its cap, initial side.</param>
/// <param name="ProductMaintenance">Likewise, maintenance side.</param>
/// <param name="InEffect">Maintenance margin in effect ÷ computed.</param>
public sealed record MultiplierLine(
    FixedDecimal System,
    FixedDecimal Behaviour,
    FixedDecimal Learned,
    FixedDecimal FlowInitial,
    FixedDecimal FlowMaintenance,
    FixedDecimal ProductInitial,
    FixedDecimal ProductMaintenance,
    FixedDecimal InEffect);

/// <summary>One resting order in the report.</summary>
/// <param name="Instrument">What is ordered.</param>
/// <param name="Quantity">In the unit of INTERFACES 3, positive to buy.</param>
/// <param name="LimitPrice">As quoted: coin for inverse options, else USD.</param>
/// <param name="IsReduceOnly">Whether it may only reduce; then it is not margined.</param>
/// <param name="AdverseFill">What a fill at the limit would lose against the mark; ≥ 0.</param>
public sealed record OrderLine(
    Instrument Instrument, FixedDecimal Quantity, FixedDecimal LimitPrice, bool IsReduceOnly, Money AdverseFill);

/// <summary>Sensitivities of a whole holding (INTERFACES 4).</summary>
/// <param name="Delta">Units of underlying, 12 decimals.</param>
/// <param name="Gamma">Units of underlying per USD, 18 decimals.</param>
/// <param name="Vega">USD per 1.00 of volatility, six decimals.</param>
/// <param name="Theta">USD per day, six decimals.</param>
public sealed record HoldingGreeks(FixedDecimal Delta, FixedDecimal Gamma, FixedDecimal Vega, FixedDecimal Theta)
{
    /// <summary>Sensitivities of both holdings together, exact.</summary>
    /// <param name="other">The other holding, in the same units and decimals.</param>
    public HoldingGreeks Plus(HoldingGreeks other) => new(
        Delta with { Units = Delta.Units + other.Delta.Units },
        Gamma with { Units = Gamma.Units + other.Gamma.Units },
        Vega with { Units = Vega.Units + other.Vega.Units },
        Theta with { Units = Theta.Units + other.Theta.Units });
}

/// <summary>One position in the report.</summary>
/// <param name="Instrument">What is held.</param>
/// <param name="Quantity">In the unit of INTERFACES 3, long positive.</param>
/// <param name="MarkPrice">USD per unit of underlying.</param>
/// <param name="MarkValue">Its part of equity, rounded down.</param>
/// <param name="ComponentLoss">Its part of the binding core loss at maintenance horizon.</param>
/// <param name="Greeks">Sensitivities of the whole position.</param>
public sealed record PositionLine(
    Instrument Instrument,
    FixedDecimal Quantity,
    Money MarkPrice,
    Money MarkValue,
    Money ComponentLoss,
    HoldingGreeks Greeks);

/// <summary>One collateral balance in the report.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Chain">Chain where it lies; empty for the home chain.</param>
/// <param name="Bridge">How it came there.</param>
/// <param name="Quantity">Units of the asset.</param>
/// <param name="Price">USD per unit.</param>
/// <param name="Haircut">The haircut and what it is made of.</param>
/// <param name="Value">What counts, rounded down.</param>
/// <param name="ComponentLoss">Its part of the binding core loss at maintenance horizon.</param>
public sealed record CollateralLine(
    AssetId Asset,
    string Chain,
    BridgeClass Bridge,
    FixedDecimal Quantity,
    Money Price,
    BalanceHaircut Haircut,
    Money Value,
    Money ComponentLoss)
{
    private const int FractionDecimals = 9;

    /// <summary>Fraction of the value not counted.</summary>
    public FixedDecimal HaircutFraction => Fraction(Haircut.TotalNano);

    /// <summary>A part of a haircut as a fraction.</summary>
    /// <param name="nano">The part, units of 1e-9.</param>
    public static FixedDecimal Fraction(long nano) => new FixedDecimal(nano, FractionDecimals).Shortest();
}

/// <summary>Sensitivities of everything in one underlying and expiry.</summary>
/// <param name="Underlying">The underlying.</param>
/// <param name="Expiry">The expiry; <c>null</c> for spot, perpetuals and collateral.</param>
/// <param name="Greeks">Sums over positions, and over collateral before haircut.</param>
public sealed record SensitivityLine(AssetId Underlying, Timestamp? Expiry, HoldingGreeks Greeks);

/// <summary>The requirement of one subaccount, every line of it explained (INTERFACES 4).</summary>
/// <param name="Subaccount">Its name.</param>
/// <param name="Equity">Collateral after haircut plus the value of all positions, rounded down; signed.</param>
/// <param name="CollateralValue">Collateral after haircut.</param>
/// <param name="UnrealisedPnl">Part of equity from futures and perpetuals; signed.</param>
/// <param name="InitialMargin">Requirement to open or withdraw; ≥ target.</param>
/// <param name="TargetMargin">What partial liquidation restores; ≥ maintenance.</param>
/// <param name="MaintenanceMargin">Requirement below which liquidation may begin; ≥ 0.</param>
/// <param name="MarginRatio">Equity ÷ maintenance margin, rounded down to six decimals; <c>null</c> if the latter is 0.
/// </param>
/// <param name="Stage">How near liquidation is.</param>
/// <param name="CoreMaintenance">The core at maintenance horizon.</param>
/// <param name="CoreInitial">The core at initial horizon.</param>
/// <param name="Lines">Lines, which sum exactly to both margins.</param>
/// <param name="Positions">Positions by instrument; component losses of these and of collateral sum exactly to the
/// maintenance core.</param>
/// <param name="Collateral">Balances by asset, chain and bridge.</param>
/// <param name="Sensitivities">By underlying and expiry.</param>
/// <param name="Findings">Imperfections of inputs, fits and estimates, in canonical order.</param>
public sealed record MarginReport(
    string Subaccount,
    Money Equity,
    Money CollateralValue,
    Money UnrealisedPnl,
    Money InitialMargin,
    Money TargetMargin,
    Money MaintenanceMargin,
    FixedDecimal? MarginRatio,
    MarginStage Stage,
    CoreRequirement CoreMaintenance,
    CoreRequirement CoreInitial,
    ImmutableArray<MarginLine> Lines,
    ImmutableArray<PositionLine> Positions,
    ImmutableArray<CollateralLine> Collateral,
    ImmutableArray<SensitivityLine> Sensitivities,
    ImmutableArray<Finding> Findings)
{
    /// <summary>What lines are made of; parts of a line sum to it.</summary>
    public ImmutableArray<MarginLinePart> LineParts { get; init; } = [];

    /// <summary>What add-ons know about each underlying.</summary>
    public ImmutableArray<UnderlyingLine> Underlyings { get; init; } = [];

    /// <summary>Multipliers of the core.</summary>
    public required MultiplierLine Multipliers { get; init; }

    /// <summary>Unrealised gains in thin markets: they do not count towards a withdrawal (M11).</summary>
    public Money ThinGains { get; init; }

    /// <summary>Resting orders in canonical order.</summary>
    public ImmutableArray<OrderLine> Orders { get; init; } = [];

    /// <summary>Equity − initial margin; signed.</summary>
    public Money Excess => Equity - InitialMargin;
}
