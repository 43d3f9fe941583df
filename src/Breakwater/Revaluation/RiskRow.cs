using Breakwater.Instruments;

namespace Breakwater.Revaluation;

/// <summary>Which of the two valuations of METHODOLOGY 4.1.</summary>
public enum RevaluationTime
{
    /// <summary>The market moves at once: times to expiry stay.</summary>
    Frozen,

    /// <summary>The horizon of the underlying's class has passed: times to expiry are shorter by it, what expired is
    /// settled at the scenario's price.</summary>
    Advanced,
}

/// <summary>Expected funding over one horizon, per lot (METHODOLOGY 1.1): zero for whoever would receive it.</summary>
/// <param name="LongMicroUsd">Charge to one long lot, micro-dollars, rounded up; ≥ 0.</param>
/// <param name="ShortMicroUsd">Charge to one short lot, micro-dollars, rounded up; ≥ 0.</param>
public readonly record struct FundingCharge(long LongMicroUsd, long ShortMicroUsd);

/// <summary>Sensitivities of the USD value of one lot, quantised for the report (INTERFACES 4); nearest, ties to even.
/// </summary>
/// <remarks>Taken along the instrument's own price with the spot moving in proportion, so that those of an inverse
/// instrument are S/F times those of the linear one (docs/adr/0031).</remarks>
/// <param name="DeltaPico">Delta, 1e-12 units of underlying.</param>
/// <param name="GammaAtto">Gamma, 1e-18 units of underlying per USD.</param>
/// <param name="VegaMicroUsd">Vega, micro-dollars per 1.00 of volatility.</param>
/// <param name="ThetaMicroUsd">Theta, micro-dollars per day.</param>
public readonly record struct LotGreeks(Int128 DeltaPico, Int128 GammaAtto, Int128 VegaMicroUsd, Int128 ThetaMicroUsd);

/// <summary>Size of one lot as the market would have to take it (METHODOLOGY 4.4); nearest, ties to even.</summary>
/// <remarks>Of options as if at least the maintenance horizon were left: at expiry deltas are steps and gammas
/// boundless, yet nothing need be closed (M9).</remarks>
/// <param name="DeltaPico">Delta, 1e-12 units of underlying.</param>
/// <param name="GammaMovePico">Change of delta over a move of one deviation of a day, 1e-12 units of
/// underlying.</param>
public readonly record struct ClosingSize(Int128 DeltaPico, Int128 GammaMovePico);

/// <summary>What crosses the fixed-point line about one instrument besides its scenario entries.</summary>
/// <remarks>
/// Every amount is per lot. Rows of kind <see cref="Spot"/> are per WHOLE UNIT of the asset, because a token's least
/// unit may be worth less than a micro-dollar: scale by units ÷ 10^decimals and round against the account.
/// A future's or perpetual's entries are its profit since the mark. What it earned before, between entry and mark, is
/// cash for a linear contract, n·lot·(mark − entry) USD, and an amount of coin for an inverse one,
/// n·lot·(1/entry − 1/mark), which is margined like a spot holding of so many coins (row <see cref="Spot"/> of the
/// underlying, always present): together exactly n·lot·(1/entry − 1/F')·S' (docs/adr/0030).
/// </remarks>
/// <param name="Instrument">The instrument.</param>
/// <param name="LotQuantity">Quantity of one lot as INTERFACES 3 states it: units of underlying, USD for inverse
/// futures and perpetuals; 1 for spot.</param>
/// <param name="MarkPriceMicroUsd">Mark price, micro-dollars per unit of underlying, nearest: of spot the index, of a
/// future or perpetual its mark, of an option the USD value of its fitted surface price. It is the mark from here on.
/// </param>
/// <param name="MarkValueDownMicroUsd">Value of one long lot rounded down: of spot and options; 0 for futures and
/// perpetuals, whose value follows from entry and mark.</param>
/// <param name="MarkValueUpMicroUsd">The same rounded up: what one short lot owes.</param>
/// <param name="Greeks">Sensitivities.</param>
/// <param name="MinimumBaseMicroUsd">n·S of the short-option minimum (METHODOLOGY 4.5): index × lot, rounded up; 0
/// unless an option.</param>
/// <param name="FundingMaintenance">Funding over the maintenance horizon; zero unless a perpetual.</param>
/// <param name="FundingInitial">Funding over the initial horizon; zero unless a perpetual.</param>
/// <param name="Closing">What a liquidation would close, per lot.</param>
/// <param name="PinMaintenanceMicroUsd">Pin charge of one lot that nothing of its strike offsets, over the maintenance
/// horizon, micro-dollars, rounded up (METHODOLOGY 4.5); 0 unless an option in its last hours.</param>
/// <param name="PinInitialMicroUsd">Likewise over the initial horizon.</param>
public sealed record RiskRow(
    Instrument Instrument,
    decimal LotQuantity,
    long MarkPriceMicroUsd,
    long MarkValueDownMicroUsd,
    long MarkValueUpMicroUsd,
    LotGreeks Greeks,
    long MinimumBaseMicroUsd,
    FundingCharge FundingMaintenance,
    FundingCharge FundingInitial,
    ClosingSize Closing,
    long PinMaintenanceMicroUsd = 0,
    long PinInitialMicroUsd = 0);
