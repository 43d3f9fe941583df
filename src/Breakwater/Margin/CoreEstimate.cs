using System.Collections.Immutable;
using Breakwater.Margin.Tails;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>Core(h) = max{ES, VaR, dampened deterministic scenarios} of one subaccount, with its errors and parts
/// (METHODOLOGY 4.1, 4.2).</summary>
internal sealed class CoreEstimate
{
    /// <summary>Scenarios named in an explanation, of each kind.</summary>
    private const int NamedCount = 10;

    private readonly TailMeasure _valueAtRisk;

    private CoreEstimate(
        ScenarioLosses losses, TailMeasure shortfall, TailMeasure valueAtRisk, CoreRequirement requirement)
    {
        Losses = losses;
        Shortfall = shortfall;
        _valueAtRisk = valueAtRisk;
        Requirement = requirement;
    }

    /// <summary>Losses it is an estimate of.</summary>
    internal ScenarioLosses Losses { get; }

    /// <summary>Expected shortfall before rounding.</summary>
    internal TailMeasure Shortfall { get; }

    /// <summary>What the report shows.</summary>
    internal CoreRequirement Requirement { get; }

    /// <summary>Estimates the core.</summary>
    internal static CoreEstimate Of(ScenarioLosses losses, MarginParameters parameters) =>
        Of(losses, TailBasis.Of(losses.Set, parameters));

    /// <summary>Estimates the core.</summary>
    /// <param name="losses">Losses.</param>
    /// <param name="basis">What is known of their set.</param>
    internal static CoreEstimate Of(ScenarioLosses losses, TailBasis basis)
    {
        ImmutableArray<int> order = basis.Order(losses.Values, NamedCount);
        TailMeasure shortfall = TailEstimators.Measure(losses.Values, basis.Weights, order, basis.Shortfall);
        TailMeasure valueAtRisk = TailEstimators.Measure(losses.Values, basis.Weights, order, basis.ValueAtRisk);
        CoreRequirement requirement = Describe(losses, basis, order, shortfall, valueAtRisk);
        return new CoreEstimate(losses, shortfall, valueAtRisk, requirement);
    }

    /// <summary>The core alone, without what explains it.</summary>
    internal static Money AmountOf(ScenarioLosses losses, MarginParameters parameters)
    {
        ImmutableArray<Scenario> scenarios = losses.Set.Scenarios;
        int[] weights = new int[scenarios.Length];
        Int128 worst = 0;
        for (int scenario = 0; scenario < weights.Length; scenario++)
        {
            Scenario own = scenarios[scenario];
            weights[scenario] = own.Weight;
            if (own.Block is ScenarioBlock.C or ScenarioBlock.D or ScenarioBlock.E && losses.Values[scenario] > 0)
            {
                Money loss = Money.FromMicroDollars(losses.Values[scenario]);
                worst = Int128.Max(worst, loss.MultiplyUp(own.DampeningNano, ScenarioSet.NanoOne).MicroDollars);
            }
        }

        int least = Math.Min(parameters.ExpectedShortfallLevelThousandths, parameters.ValueAtRiskLevelThousandths);
        ImmutableArray<int> order = TailOrder.Of(losses.Values, weights, TailLevel.OfThousandths(least));
        TailMeasure shortfall = TailEstimators.Measure(
            losses.Values, weights, order, TailLevel.OfThousandths(parameters.ExpectedShortfallLevelThousandths));
        TailMeasure valueAtRisk = TailEstimators.Measure(
            losses.Values, weights, order, TailLevel.OfThousandths(parameters.ValueAtRiskLevelThousandths));
        return Money.FromMicroDollars(
            Int128.Max(shortfall.ExpectedShortfallUp, Int128.Max(valueAtRisk.ValueAtRisk, worst)));
    }

    /// <summary>Parts of the core by exposure; they sum to it to the last unit (METHODOLOGY 4.9).</summary>
    /// <param name="parts">[exposureCount], filled, micro-dollars.</param>
    internal void Attribute(Span<Int128> parts)
    {
        Span<Int128> numerators = new Int128[parts.Length];
        Int128 denominator = 1;
        switch (Requirement.Binding)
        {
            case CoreBinding.ExpectedShortfall:
                denominator = Shortfall.TailMass;
                AddTail(numerators);
                break;
            case CoreBinding.ValueAtRisk:
                AddScenario(_valueAtRisk.ValueAtRiskScenario, 1, numerators);
                break;
            case CoreBinding.Scenario:
                denominator = ScenarioSet.NanoOne;
                Scenario worst = Requirement.WorstScenario.Scenario;
                AddScenario(worst.Id, worst.DampeningNano, numerators);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(Requirement.Binding.ToString());
        }

        LargestRemainder.Split(numerators, denominator, Requirement.Amount.MicroDollars, parts);
    }

    /// <summary>Scenarios that make the core, with their weights over a denominator: what <see cref="Attribute"/> sums.
    /// </summary>
    internal (ImmutableArray<(int Scenario, Int128 Weight)> Shares, Int128 Denominator) BindingShares() =>
        Requirement.Binding switch
        {
            CoreBinding.ExpectedShortfall => (
                [.. Shortfall.Tail.Select(share => (share.ScenarioIndex, (Int128)share.Weight))], Shortfall.TailMass),
            CoreBinding.ValueAtRisk => ([(_valueAtRisk.ValueAtRiskScenario, 1)], 1),
            CoreBinding.Scenario => (
                [(Requirement.WorstScenario.Scenario.Id, Requirement.WorstScenario.Scenario.DampeningNano)],
                ScenarioSet.NanoOne),
            _ => throw new System.Diagnostics.UnreachableException(Requirement.Binding.ToString()),
        };

    private void AddTail(Span<Int128> numerators)
    {
        foreach (TailShare share in Shortfall.Tail)
        {
            AddScenario(share.ScenarioIndex, share.Weight, numerators);
        }
    }

    private void AddScenario(int scenario, Int128 weight, Span<Int128> numerators)
    {
        for (int exposure = 0; exposure < numerators.Length; exposure++)
        {
            numerators[exposure] += weight * Losses.Component(exposure, scenario);
        }
    }

    private static CoreRequirement Describe(
        ScenarioLosses losses,
        TailBasis basis,
        ImmutableArray<int> order,
        TailMeasure shortfall,
        TailMeasure valueAtRisk)
    {
        ImmutableArray<ScenarioLoss> deterministic = losses.WorstDeterministic();
        Int128 worst = deterministic[0].LossDampened.MicroDollars;
        Int128 expected = shortfall.ExpectedShortfallUp;
        CoreBinding binding = expected >= valueAtRisk.ValueAtRisk && expected >= worst ? CoreBinding.ExpectedShortfall
            : valueAtRisk.ValueAtRisk >= worst ? CoreBinding.ValueAtRisk
            : CoreBinding.Scenario;
        (Int128 low, Int128 high) = QuantileInterval(losses.Values, basis, order);
        return new CoreRequirement(
            Money.FromMicroDollars(Int128.Max(expected, Int128.Max(valueAtRisk.ValueAtRisk, worst))),
            binding,
            Money.FromMicroDollars(expected),
            Money.FromMicroDollars(valueAtRisk.ValueAtRisk),
            deterministic[0],
            Money.FromMicroDollars(StandardError.OfShortfallUp(losses.Values, basis.Weights, shortfall)),
            Money.FromMicroDollars(low),
            Money.FromMicroDollars(high),
            losses.Values.Length,
            [.. deterministic.Take(NamedCount)],
            [.. order.Take(NamedCount).Select(losses.In)]);
    }

    // The order-statistic interval of as many equally weighted scenarios as these are worth.
    private static (Int128 Low, Int128 High) QuantileInterval(
        ReadOnlySpan<Int128> losses, TailBasis basis, ImmutableArray<int> order)
    {
        int count = basis.EffectiveCount;
        return (At(losses, basis.Interval.LowerRank), At(losses, basis.Interval.UpperRank));

        Int128 At(ReadOnlySpan<Int128> values, int rank) =>
            rank <= 0 ? values[order[^1]]
            : rank >= count ? values[order[0]]
            : TailEstimators.Measure(values, basis.Weights, order, new TailLevel(rank, count)).ValueAtRisk;
    }
}
