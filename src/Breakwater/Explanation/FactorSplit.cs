using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Margin.Tails;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Explanation;

/// <summary>The binding maintenance core loss of one holding by what moved; the six sum to it to the last unit
/// (METHODOLOGY 4.9).</summary>
/// <remarks>
/// Ordered revaluation of the scenarios that make the core: spot alone (delta: sensitivity × move; gamma: the rest of
/// it), volatility alone (vega), both less each alone (cross), then time where the advanced valuation counts (theta).
/// Residual: skew, smile, basis, sticky strikes, funding.
/// </remarks>
/// <param name="Holding">Instrument, or spot of a collateral asset.</param>
/// <param name="Delta">Loss by delta.</param>
/// <param name="Gamma">Loss by the curvature in spot.</param>
/// <param name="Vega">Loss by the level of volatility.</param>
/// <param name="Cross">Loss by spot and volatility moving together.</param>
/// <param name="Theta">Loss by time.</param>
/// <param name="Residual">The rest.</param>
public sealed record FactorSplit(
    Instrument Holding, Money Delta, Money Gamma, Money Vega, Money Cross, Money Theta, Money Residual)
{
    private const int Factors = 6;
    private const int Variants = 3; // spot alone, volatility alone, both

    /// <summary>Sum of the six.</summary>
    public Money Total => Delta + Gamma + Vega + Cross + Theta + Residual;

    /// <summary>By position, then by collateral balance, as in the report.</summary>
    /// <param name="subaccount">The book.</param>
    /// <param name="market">The market.</param>
    public static ImmutableArray<FactorSplit> Of(Subaccount subaccount, ExplainedMarket market)
    {
        Subaccount book = SubaccountNetting.Net(subaccount) with { Orders = [], Protections = [] };
        ImmutableArray<Instrument> instruments = BookInstruments.Of(book);
        RiskArrays arrays = market.RevalueMaintenance(instruments);
        ImmutableArray<Exposure> exposures = PortfolioMargin.ExposuresOf(
            book, arrays, market.Parameters, market.Context.Protocol);
        CoreEstimate core = CoreEstimate.Of(
            ScenarioLosses.Of(exposures, arrays, MarginHorizon.Maintenance), market.Parameters.Margin);
        Int128[] parts = new Int128[exposures.Length];
        core.Attribute(parts);
        (ImmutableArray<(int Scenario, Int128 Weight)> shares, Int128 denominator) = core.BindingShares();
        ExplainedMarket varied = market with { Scenarios = Varied(market, shares) };
        RiskArrays moved = varied.RevalueMaintenance(instruments);
        return
        [
            .. exposures.Select((exposure, index) => Split(
                HoldingOf(book, index),
                new Terms(exposure, index, core.Losses, arrays, moved, shares),
                denominator,
                parts[index])),
        ];
    }

    private static FactorSplit Split(Instrument holding, Terms terms, Int128 denominator, Int128 part)
    {
        Int128[] numerators = new Int128[Factors];
        terms.Sum(numerators);
        Int128[] split = new Int128[Factors];
        LargestRemainder.Split(numerators, denominator, part, split);
        Money[] money = [.. split.Select(Money.FromMicroDollars)];
        return new FactorSplit(holding, money[0], money[1], money[2], money[3], money[4], money[5]);
    }

    private static Instrument HoldingOf(Subaccount book, int index) => index < book.Positions.Length
        ? book.Positions[index].Instrument
        : new Spot(book.Collateral[index - book.Positions.Length].Asset);

    private static ScenarioSets Varied(
        ExplainedMarket market, ImmutableArray<(int Scenario, Int128 Weight)> shares)
    {
        ScenarioSet model = market.Scenarios.Maintenance;
        int width = model.Layout.Count;
        long[] values = new long[shares.Length * Variants * width];
        for (int place = 0; place < shares.Length * Variants; place++)
        {
            ReadOnlySpan<long> full = model.Row(shares[place / Variants].Scenario);
            Span<long> row = values.AsSpan(place * width, width);
            for (int underlying = 0; underlying < model.Underlyings.Length; underlying++)
            {
                int spot = FactorLayout.Column(underlying, RiskFactorKind.SpotReturn);
                int level = FactorLayout.Column(underlying, RiskFactorKind.VolatilityLevel);
                row[spot] = place % Variants == 1 ? 0 : full[spot];
                row[level] = place % Variants == 0 ? 0 : full[level];
            }
        }

        ScenarioSet set = model with
        {
            Scenarios =
            [
                .. Enumerable.Range(0, shares.Length * Variants).Select(id =>
                    new Scenario(id, ScenarioBlock.D, string.Empty, 0, ScenarioSet.NanoOne, false)),
            ],
            ValuesNano = [.. values],
        };
        return new ScenarioSets(set, set with { Horizon = MarginHorizon.Initial });
    }

    /// <summary>Losses of one exposure in the scenarios that count, factor by factor; micro-dollars.</summary>
    private sealed record Terms(
        Exposure Exposure,
        int Index,
        ScenarioLosses Losses,
        RiskArrays Arrays,
        RiskArrays Moved,
        ImmutableArray<(int Scenario, Int128 Weight)> Shares)
    {
        private const double PicoPerUnit = 1e12;

        internal void Sum(Span<Int128> numerators)
        {
            for (int share = 0; share < Shares.Length; share++)
            {
                (int scenario, Int128 weight) = Shares[share];
                int place = share * Variants;
                Int128 delta = DeltaLoss(place);
                Int128 spot = Loss(place, RevaluationTime.Frozen);
                Int128 level = Loss(place + 1, RevaluationTime.Frozen);
                Int128 both = Loss(place + 2, RevaluationTime.Frozen);
                Int128 later = Loss(place + 2, Losses.TimeOf(scenario));
                numerators[0] += weight * delta;
                numerators[1] += weight * (spot - delta);
                numerators[2] += weight * level;
                numerators[3] += weight * (both - spot - level);
                numerators[4] += weight * (later - both);
                numerators[5] += weight * (Losses.Component(Index, [new TailShare(scenario, 1)]) - later);
            }
        }

        private Int128 Loss(int place, RevaluationTime time)
        {
            Int128 loss = 0;
            foreach (ExposureLeg leg in Exposure.Legs)
            {
                long entry = Moved.Entries(leg.RowIndex, MarginHorizon.Maintenance, time)[place];
                loss -= LegArithmetic.Profit(leg, LegArithmetic.UnitOf(leg), entry);
            }

            return loss;
        }

        // Sensitivity × move of the spot in dollars, nearest: what it leaves is in gamma.
        private Int128 DeltaLoss(int place)
        {
            double loss = 0.0;
            foreach (ExposureLeg leg in Exposure.Legs)
            {
                RiskRow row = Arrays.Rows[leg.RowIndex];
                int spotIndex = Moved.IndexOf(new Spot(row.Instrument.Underlying));
                long move = Moved.Entries(spotIndex, MarginHorizon.Maintenance, RevaluationTime.Frozen)[place];
                double units = (double)leg.Down / (double)LegArithmetic.UnitOf(leg);
                loss -= units * ((double)row.Greeks.DeltaPico / PicoPerUnit) * move;
            }

            return (Int128)Math.Round(loss, MidpointRounding.ToEven);
        }
    }
}
