using System.Collections.Immutable;
using Breakwater.Parameters;
using Breakwater.Scenarios;

namespace Breakwater.Margin.Tails;

/// <summary>What the cores of all accounts in one scenario set share: weights, and the ranks between which the value at
/// risk lies.</summary>
/// <remarks>The ranks are exact binomial quantiles: finding them costs as much as all else of a core, and they depend
/// on no account.</remarks>
internal sealed class TailBasis
{
    private static readonly TailLevel IntervalConfidence = new(95, 100); // the reference file's confidence

    private readonly int[] _weights;

    private TailBasis(int[] weights, MarginParameters parameters)
    {
        _weights = weights;
        Shortfall = TailLevel.OfThousandths(parameters.ExpectedShortfallLevelThousandths);
        ValueAtRisk = TailLevel.OfThousandths(parameters.ValueAtRiskLevelThousandths);
        EffectiveCount = StandardError.EffectiveCount(weights);
        Interval = OrderStatisticInterval.Of(EffectiveCount, ValueAtRisk, IntervalConfidence);
    }

    /// <summary>[scenario] weights.</summary>
    internal ReadOnlySpan<int> Weights => _weights;

    /// <summary>Level of expected shortfall.</summary>
    internal TailLevel Shortfall { get; }

    /// <summary>Level of value at risk.</summary>
    internal TailLevel ValueAtRisk { get; }

    /// <summary>Equally weighted scenarios that would be as informative.</summary>
    internal int EffectiveCount { get; }

    /// <summary>Ranks of value at risk among so many.</summary>
    internal OrderStatisticInterval Interval { get; }

    /// <summary>Basis of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="parameters">Levels.</param>
    internal static TailBasis Of(ScenarioSet set, MarginParameters parameters)
    {
        ImmutableArray<Scenario> scenarios = set.Scenarios;
        int[] weights = new int[scenarios.Length];
        for (int scenario = 0; scenario < weights.Length; scenario++) weights[scenario] = scenarios[scenario].Weight;
        return new TailBasis(weights, parameters);
    }

    /// <summary>The greatest losses in order: all that measures, interval and <paramref name="named"/> scenarios are
    /// read from; every loss where the set is small.</summary>
    /// <param name="losses">[scenario] losses.</param>
    /// <param name="named">Scenarios that are named at least.</param>
    internal ImmutableArray<int> Order(ReadOnlySpan<Int128> losses, int named)
    {
        bool isBounded = Interval.LowerRank > 0 && Interval.UpperRank < EffectiveCount;
        if (!isBounded) return TailEstimators.Order(losses, _weights);
        TailLevel least = Least(Least(Shortfall, ValueAtRisk), new TailLevel(Interval.LowerRank, EffectiveCount));
        ImmutableArray<int> order = TailOrder.Of(losses, _weights, least);
        return order.Length < named ? TailEstimators.Order(losses, _weights) : order;
    }

    private static TailLevel Least(TailLevel left, TailLevel right) =>
        (Int128)left.Numerator * right.Denominator <= (Int128)right.Numerator * left.Denominator ? left : right;
}

/// <summary>The same of both sets.</summary>
/// <param name="Maintenance">Of the maintenance set.</param>
/// <param name="Initial">Of the initial set.</param>
internal sealed record CoreBasis(TailBasis Maintenance, TailBasis Initial)
{
    /// <summary>Basis of both sets.</summary>
    /// <param name="scenarios">The sets.</param>
    /// <param name="parameters">Levels.</param>
    internal static CoreBasis Of(ScenarioSets scenarios, MarginParameters parameters) => new(
        TailBasis.Of(scenarios.Maintenance, parameters), TailBasis.Of(scenarios.Initial, parameters));
}
