using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>Losses of one subaccount in every scenario of one set (METHODOLOGY 4.1).</summary>
/// <remarks>
/// L_s is the greater loss of the two valuations of the whole subaccount, frozen on a tie: theta never finances risk.
/// It includes expected funding, the same in every scenario, and collateral after haircut. Micro-dollars, loss
/// positive.
/// </remarks>
internal sealed class ScenarioLosses
{
    private readonly ImmutableArray<Exposure> _exposures;
    private readonly RiskArrays _arrays;
    private readonly Int128[] _losses;
    private readonly bool[] _isAdvanced;

    private ScenarioLosses(ImmutableArray<Exposure> exposures, RiskArrays arrays, MarginHorizon horizon)
    {
        _exposures = exposures;
        _arrays = arrays;
        Horizon = horizon;
        _losses = new Int128[arrays.ScenarioCount];
        _isAdvanced = new bool[arrays.ScenarioCount];
    }

    /// <summary>Which set.</summary>
    internal MarginHorizon Horizon { get; }

    /// <summary>The set.</summary>
    internal ScenarioSet Set =>
        Horizon == MarginHorizon.Maintenance ? _arrays.Scenarios.Maintenance : _arrays.Scenarios.Initial;

    /// <summary>L_s: [scenarioCount], micro-dollars.</summary>
    internal ReadOnlySpan<Int128> Values => _losses;

    /// <summary>Losses of all exposures together.</summary>
    internal static ScenarioLosses Of(ImmutableArray<Exposure> exposures, RiskArrays arrays, MarginHorizon horizon) =>
        Of(exposures, [], [], arrays, horizon);

    /// <summary>Losses of all exposures together, and of resting orders that fill where it hurts.</summary>
    internal static ScenarioLosses Of(
        ImmutableArray<Exposure> exposures,
        ImmutableArray<OrderExposure> orders,
        ImmutableArray<FillProtection> protections,
        RiskArrays arrays,
        MarginHorizon horizon)
    {
        ScenarioLosses result = new(exposures, arrays, horizon);
        Int128[] advanced = new Int128[arrays.ScenarioCount];
        result.Sum(RevaluationTime.Frozen, result._losses);
        result.Sum(RevaluationTime.Advanced, advanced);
        OpenOrderLosses.Add(orders, protections, arrays, horizon, RevaluationTime.Frozen, result._losses);
        OpenOrderLosses.Add(orders, protections, arrays, horizon, RevaluationTime.Advanced, advanced);
        for (int scenario = 0; scenario < advanced.Length; scenario++)
        {
            if (advanced[scenario] > result._losses[scenario])
            {
                result._losses[scenario] = advanced[scenario];
                result._isAdvanced[scenario] = true;
            }
        }

        return result;
    }

    /// <summary>The valuation that gave L_s.</summary>
    internal RevaluationTime TimeOf(int scenario) =>
        _isAdvanced[scenario] ? RevaluationTime.Advanced : RevaluationTime.Frozen;

    /// <summary>Loss in one scenario, with what the core sees of it.</summary>
    internal ScenarioLoss In(int scenario)
    {
        Scenario own = Set.Scenarios[scenario];
        Money loss = Money.FromMicroDollars(_losses[scenario]);
        return new ScenarioLoss(
            own, loss, loss.MultiplyUp(own.DampeningNano, ScenarioSet.NanoOne), TimeOf(scenario));
    }

    /// <summary>Losses in all scenarios of blocks C, D, E, by dampened loss, worst first; ties by id.</summary>
    internal ImmutableArray<ScenarioLoss> WorstDeterministic()
    {
        List<ScenarioLoss> deterministic = [];
        foreach (Scenario scenario in Set.Scenarios)
        {
            if (scenario.Block is ScenarioBlock.C or ScenarioBlock.D or ScenarioBlock.E)
            {
                deterministic.Add(In(scenario.Id));
            }
        }

        deterministic.Sort(static (left, right) =>
        {
            int byLoss = right.LossDampened.CompareTo(left.LossDampened);
            return byLoss != 0 ? byLoss : left.Scenario.Id.CompareTo(right.Scenario.Id);
        });
        return [.. deterministic];
    }

    /// <summary>Part of L_s that one exposure makes, in the valuation that gave L_s; parts sum to L_s.</summary>
    internal Int128 Component(int exposureIndex, int scenario)
    {
        Exposure exposure = _exposures[exposureIndex];
        Int128 loss = Funding(exposure);
        foreach (ExposureLeg leg in exposure.Legs)
        {
            long entry = _arrays.Entries(leg.RowIndex, Horizon, TimeOf(scenario))[scenario];
            loss -= LegArithmetic.Profit(leg, LegArithmetic.UnitOf(leg), entry);
        }

        return loss;
    }

    private Int128 Funding(Exposure exposure) =>
        Horizon == MarginHorizon.Maintenance ? exposure.FundingMaintenance : exposure.FundingInitial;

    private void Sum(RevaluationTime time, Span<Int128> losses)
    {
        Int128 funding = 0;
        foreach (Exposure exposure in _exposures)
        {
            funding += Funding(exposure);
        }

        losses.Fill(funding);
        foreach (Exposure exposure in _exposures)
        {
            foreach (ExposureLeg leg in exposure.Legs)
            {
                ReadOnlySpan<long> entries = _arrays.Entries(leg.RowIndex, Horizon, time);
                if (leg.Decimals == 0)
                {
                    Subtract((long)leg.Down, entries, losses);
                }
                else
                {
                    Subtract(leg, entries, losses);
                }
            }
        }
    }

    // losses −= lots × entry for long lots, lots × (entry + 1) for short ones.
    private static void Subtract(long lots, ReadOnlySpan<long> entries, Span<Int128> losses)
    {
        long shortUnit = lots < 0 ? 1L : 0L;
        for (int scenario = 0; scenario < losses.Length; scenario++)
        {
            losses[scenario] -= Math.BigMul(lots, entries[scenario] + shortUnit);
        }
    }

    private static void Subtract(in ExposureLeg leg, ReadOnlySpan<long> entries, Span<Int128> losses)
    {
        CoinLeg coin = new(leg);
        for (int scenario = 0; scenario < losses.Length; scenario++)
        {
            losses[scenario] -= coin.Profit(entries[scenario]);
        }
    }
}
