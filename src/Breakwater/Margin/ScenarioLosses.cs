using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Margin.Tails;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>Losses of one subaccount in every scenario of one set (METHODOLOGY 4.1).</summary>
/// <remarks>
/// L_s is the greater loss of the two valuations of the whole subaccount, frozen on a tie: theta never finances risk.
/// It includes expected funding, the same in every scenario, and collateral after haircut. Micro-dollars, loss
/// positive. They are held in 64 bits where they surely fit (<see cref="NarrowSums"/>), else in 128.
/// </remarks>
internal sealed class ScenarioLosses
{
    private readonly ImmutableArray<Exposure> _exposures;
    private readonly RiskArrays _arrays;
    private readonly (long[] Frozen, long[] Worse) _narrow;
    private readonly (Int128[] Frozen, Int128[] Worse) _wide;

    /// <summary>Losses that are summed already.</summary>
    /// <param name="exposures">What is held.</param>
    /// <param name="arrays">Risk arrays.</param>
    /// <param name="horizon">Which set.</param>
    /// <param name="frozen">[scenario, or more] losses of the frozen valuation.</param>
    /// <param name="worse">[scenario, or more] the greater losses of both.</param>
    internal ScenarioLosses(
        ImmutableArray<Exposure> exposures, RiskArrays arrays, MarginHorizon horizon, long[] frozen, long[] worse)
    {
        (_exposures, _arrays, Horizon) = (exposures, arrays, horizon);
        _narrow = (frozen, worse);
        _wide = ([], []);
    }

    private ScenarioLosses(
        ImmutableArray<Exposure> exposures, RiskArrays arrays, MarginHorizon horizon, Int128[] frozen, Int128[] worse)
    {
        (_exposures, _arrays, Horizon) = (exposures, arrays, horizon);
        _narrow = ([], []);
        _wide = (frozen, worse);
    }

    /// <summary>Which set.</summary>
    internal MarginHorizon Horizon { get; }

    /// <summary>The set.</summary>
    internal ScenarioSet Set =>
        Horizon == MarginHorizon.Maintenance ? _arrays.Scenarios.Maintenance : _arrays.Scenarios.Initial;

    /// <summary>Number of scenarios.</summary>
    internal int Count => _arrays.ScenarioCount;

    /// <summary>L_s: [scenario], micro-dollars; empty where 64 bits might not hold them.</summary>
    internal ReadOnlySpan<long> Narrow => IsNarrow ? _narrow.Worse.AsSpan(0, Count) : [];

    /// <summary>L_s: [scenario], micro-dollars; empty where 64 bits hold them.</summary>
    internal ReadOnlySpan<Int128> Wide => _wide.Worse;

    /// <summary>Whether <see cref="Narrow"/> holds them.</summary>
    internal bool IsNarrow => _wide.Worse.Length == 0;

    /// <summary>L_s of one scenario, micro-dollars.</summary>
    internal Int128 this[int scenario] => IsNarrow ? _narrow.Worse[scenario] : _wide.Worse[scenario];

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
        if (orders.IsEmpty)
        {
            long[] still = GC.AllocateUninitializedArray<long>(arrays.ScenarioCount);
            long[] later = GC.AllocateUninitializedArray<long>(arrays.ScenarioCount);
            if (NarrowSums.TryOf(exposures, arrays, horizon, still, later))
            {
                return new ScenarioLosses(exposures, arrays, horizon, still, later);
            }
        }

        Int128[] frozen = WideSums.Of(exposures, arrays, horizon, RevaluationTime.Frozen);
        Int128[] worse = WideSums.Of(exposures, arrays, horizon, RevaluationTime.Advanced);
        OpenOrderLosses.Add(orders, protections, arrays, horizon, RevaluationTime.Frozen, frozen);
        OpenOrderLosses.Add(orders, protections, arrays, horizon, RevaluationTime.Advanced, worse);
        for (int scenario = 0; scenario < worse.Length; scenario++)
        {
            worse[scenario] = Int128.Max(frozen[scenario], worse[scenario]);
        }

        return new ScenarioLosses(exposures, arrays, horizon, frozen, worse);
    }

    /// <summary>The valuation that gave L_s.</summary>
    internal RevaluationTime TimeOf(int scenario) =>
        IsAdvanced(scenario) ? RevaluationTime.Advanced : RevaluationTime.Frozen;

    /// <summary>Loss in one scenario, with what the core sees of it.</summary>
    internal ScenarioLoss In(int scenario)
    {
        Scenario own = Set.Scenarios[scenario];
        Money loss = Money.FromMicroDollars(this[scenario]);
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

    /// <summary>Part of Σ weight × L_s that one exposure makes, in the valuations that gave L_s; parts of all exposures
    /// sum to it.</summary>
    /// <param name="exposureIndex">The exposure.</param>
    /// <param name="shares">Scenarios and their weights.</param>
    internal Int128 Component(int exposureIndex, ReadOnlySpan<TailShare> shares)
    {
        Exposure exposure = _exposures[exposureIndex];
        Int128 funding = exposure.FundingOf(Horizon);
        Int128 sum = 0;
        if (funding != 0)
        {
            foreach (TailShare share in shares) sum += share.Weight * funding;
        }

        foreach (ExposureLeg leg in exposure.Legs) sum -= Earned(leg, shares);
        return sum;
    }

    private Int128 Earned(in ExposureLeg leg, ReadOnlySpan<TailShare> shares)
    {
        ReadOnlySpan<long> frozen = _arrays.Entries(leg.RowIndex, Horizon, RevaluationTime.Frozen);
        ReadOnlySpan<long> advanced = _arrays.Entries(leg.RowIndex, Horizon, RevaluationTime.Advanced);
        bool isCoin = leg.Decimals > 0;
        CoinLeg coin = isCoin ? new CoinLeg(leg) : default;
        long shortUnit = leg.Down < 0 ? 1L : 0L;
        Int128 sum = 0;
        foreach (TailShare share in shares)
        {
            long entry = (IsAdvanced(share.ScenarioIndex) ? advanced : frozen)[share.ScenarioIndex];
            sum += share.Weight * (isCoin ? coin.Profit(entry) : entry + shortUnit);
        }

        return isCoin ? sum : leg.Down * sum;
    }

    private bool IsAdvanced(int scenario) => IsNarrow
        ? _narrow.Worse[scenario] > _narrow.Frozen[scenario]
        : _wide.Worse[scenario] > _wide.Frozen[scenario];
}
