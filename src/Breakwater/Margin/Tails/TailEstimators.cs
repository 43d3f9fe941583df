using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Breakwater.Margin.Tails;

/// <summary>A confidence level as an exact fraction: 975/1000 means 97.5 %.</summary>
/// <param name="Numerator">Numerator; 0 &lt; numerator &lt; denominator.</param>
/// <param name="Denominator">Denominator.</param>
public readonly record struct TailLevel(long Numerator, long Denominator)
{
    /// <summary>The level of so many thousandths.</summary>
    /// <param name="thousandths">975 means 97.5 %; in [1, 999].</param>
    public static TailLevel OfThousandths(int thousandths) => new(thousandths, 1000);
}

/// <summary>Share of one scenario in the tail that an expected shortfall averages.</summary>
/// <param name="ScenarioIndex">Index of the scenario.</param>
/// <param name="Weight">Its weight, or the fraction of it inside the tail at the boundary; same unit as the
/// mass.</param>
public readonly record struct TailShare(int ScenarioIndex, Int128 Weight);

/// <summary>Value at risk and expected shortfall of one loss distribution at one level, exact.</summary>
/// <param name="Level">Confidence level.</param>
/// <param name="ValueAtRisk">Smallest loss whose cumulative weight reaches the level.</param>
/// <param name="ValueAtRiskScenario">Scenario that has it: the first so in the order of
/// <see cref="TailEstimators.Order"/>.
/// </param>
/// <param name="TailMass">(1 − level) of all weight, in units that make it whole.</param>
/// <param name="TailSum">Σ share × loss over the tail; expected shortfall = <paramref name="TailSum"/> ÷ mass.</param>
/// <param name="Tail">The scenarios of the tail, from the greatest loss down; shares sum to the mass.</param>
public sealed record TailMeasure(
    TailLevel Level,
    Int128 ValueAtRisk,
    int ValueAtRiskScenario,
    Int128 TailMass,
    Int128 TailSum,
    ImmutableArray<TailShare> Tail)
{
    /// <summary>Expected shortfall, exact.</summary>
    public ExactRatio ExpectedShortfall => ExactRatio.Of(TailSum, TailMass);

    /// <summary>Expected shortfall rounded up once (RELIABILITY 3).</summary>
    public Int128 ExpectedShortfallUp => WholeDivision.Up(TailSum, TailMass);
}

/// <summary>Estimators of a weighted loss distribution in exact integers (METHODOLOGY 4.1).</summary>
/// <remarks>
/// Losses are positive when bad. Weights are whole numbers ≥ 0; scenarios of weight 0 stand outside the distribution.
/// Sources: Acerbi, Tasche (2002), J. Banking and Finance 26, 1487–1503; Rockafellar, Uryasev (2002), same issue,
/// 1443–1471. Sums overflow with an exception, never silently.
/// </remarks>
public static class TailEstimators
{
    /// <summary>Indices of the scenarios with weight, from the greatest loss to the least, ties by lower
    /// index.</summary>
    /// <param name="losses">[scenarioCount], loss positive; not modified.</param>
    /// <param name="weights">[scenarioCount], ≥ 0; not modified.</param>
    /// <exception cref="ArgumentException">Lengths differ, a weight is negative or all are zero.</exception>
    public static ImmutableArray<int> Order(ReadOnlySpan<Int128> losses, ReadOnlySpan<int> weights)
    {
        RequireDistribution(losses, weights);
        List<(Int128 Loss, int Index)> weighted = new(losses.Length);
        for (int index = 0; index < losses.Length; index++)
        {
            if (weights[index] > 0)
            {
                weighted.Add((losses[index], index));
            }
        }

        weighted.Sort(static (left, right) =>
        {
            int byLoss = right.Loss.CompareTo(left.Loss);
            return byLoss != 0 ? byLoss : left.Index.CompareTo(right.Index);
        });
        ImmutableArray<int>.Builder order = ImmutableArray.CreateBuilder<int>(weighted.Count);
        foreach ((Int128 _, int index) in weighted)
        {
            order.Add(index);
        }

        return order.MoveToImmutable();
    }

    /// <summary>Value at risk and expected shortfall.</summary>
    /// <param name="losses">[scenarioCount], loss positive; not modified.</param>
    /// <param name="weights">[scenarioCount], ≥ 0; not modified.</param>
    /// <param name="order">Result of <see cref="Order"/> for the same losses and weights.</param>
    /// <param name="level">Confidence level.</param>
    public static TailMeasure Measure(
        ReadOnlySpan<Int128> losses, ReadOnlySpan<int> weights, ImmutableArray<int> order, TailLevel level) =>
        Measure(losses, weights, order.AsSpan(), TailMass.Of(weights, level));

    /// <summary>The same of losses of any whole type and of a mass that is known.</summary>
    /// <param name="losses">[scenarioCount], loss positive; not modified.</param>
    /// <param name="weights">[scenarioCount], ≥ 0; not modified.</param>
    /// <param name="order">Indices of the greatest losses in order, as many as the mass needs and one more.</param>
    /// <param name="mass">Mass of the level.</param>
    internal static TailMeasure Measure<TLoss>(
        ReadOnlySpan<TLoss> losses, ReadOnlySpan<int> weights, ReadOnlySpan<int> order, TailMass mass)
        where TLoss : struct, IBinaryInteger<TLoss>
    {
        int whole = BoundaryPlace(weights, order, mass);
        TailShare[] tail = new TailShare[whole + 1];
        Int128 left = mass.Mass;
        Int128 sum = 0;
        for (int at = 0; at <= whole; at++)
        {
            int index = order[at];
            Int128 weight = at < whole ? weights[index] * mass.Unit : left;
            tail[at] = new TailShare(index, weight);
            sum += weight * Int128.CreateTruncating(losses[index]);
            left -= weight;
        }

        int boundary = order[whole];
        return new TailMeasure(
            mass.Level, Int128.CreateTruncating(losses[boundary]), boundary, mass.Mass, sum,
            tail[whole].Weight == 0
                ? ImmutableArray.Create(tail, 0, whole)
                : ImmutableCollectionsMarshal.AsImmutableArray(tail));
    }

    /// <summary>Value at risk alone.</summary>
    /// <param name="losses">As above.</param>
    /// <param name="weights">Likewise.</param>
    /// <param name="order">Likewise.</param>
    /// <param name="mass">Likewise.</param>
    internal static Int128 ValueAtRisk<TLoss>(
        ReadOnlySpan<TLoss> losses, ReadOnlySpan<int> weights, ReadOnlySpan<int> order, TailMass mass)
        where TLoss : struct, IBinaryInteger<TLoss>
    {
        int at = BoundaryPlace(weights, order, mass);
        return Int128.CreateTruncating(losses[order[at]]);
    }

    // Place of the first loss with which those before it weigh more than the mass.
    private static int BoundaryPlace(ReadOnlySpan<int> weights, ReadOnlySpan<int> order, TailMass mass)
    {
        long left = (long)mass.Weights;
        int at = 0;
        for (; left >= weights[order[at]]; at++) left -= weights[order[at]];
        return at;
    }

    /// <summary>Value at risk and expected shortfall of losses not ordered yet.</summary>
    /// <param name="losses">[scenarioCount], loss positive; not modified.</param>
    /// <param name="weights">[scenarioCount], ≥ 0; not modified.</param>
    /// <param name="level">Confidence level.</param>
    public static TailMeasure Measure(ReadOnlySpan<Int128> losses, ReadOnlySpan<int> weights, TailLevel level) =>
        Measure(losses, weights, Order(losses, weights), level);

    /// <summary>
    /// Upper bound t + Σ p·(L − t)⁺ ÷ (1 − level) of expected shortfall for any t; equal to it at t = value at risk
    /// (Rockafellar, Uryasev 2002, theorem 10).
    /// </summary>
    /// <param name="losses">[scenarioCount], loss positive; not modified.</param>
    /// <param name="weights">[scenarioCount], ≥ 0; not modified.</param>
    /// <param name="level">Confidence level.</param>
    /// <param name="threshold">Any t, same unit as the losses.</param>
    public static ExactRatio ShortfallBound(
        ReadOnlySpan<Int128> losses, ReadOnlySpan<int> weights, TailLevel level, Int128 threshold)
    {
        RequireDistribution(losses, weights);
        TailMass tail = TailMass.Of(weights, level);
        Int128 excess = 0;
        for (int index = 0; index < losses.Length; index++)
        {
            excess += weights[index] * tail.Unit * Int128.Max(0, losses[index] - threshold);
        }

        return ExactRatio.Of((threshold * tail.Mass) + excess, tail.Mass);
    }

    /// <summary>Part of the tail sum that one component of the losses makes; parts of all components sum to
    /// it.</summary>
    /// <param name="measure">Measure of the whole.</param>
    /// <param name="componentLosses">[scenarioCount], the component's losses; not modified.</param>
    /// <returns>Component expected shortfall × tail mass (Tasche 1999: Euler's theorem).</returns>
    public static Int128 ComponentTailSum(TailMeasure measure, ReadOnlySpan<Int128> componentLosses)
    {
        Int128 sum = 0;
        foreach (TailShare share in measure.Tail)
        {
            sum += share.Weight * componentLosses[share.ScenarioIndex];
        }

        return sum;
    }

    private static void RequireDistribution(ReadOnlySpan<Int128> losses, ReadOnlySpan<int> weights)
    {
        if (losses.Length != weights.Length)
        {
            throw new ArgumentException($"{losses.Length} losses but {weights.Length} weights");
        }

        bool isPositive = false;
        foreach (int weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            isPositive |= weight > 0;
        }

        if (!isPositive)
        {
            throw new ArgumentException("no scenario has weight");
        }
    }
}
