using System.Collections.Immutable;
using System.Numerics;
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
    internal static CoreEstimate Of(ScenarioLosses losses, TailBasis basis) =>
        losses.IsNarrow ? Of(losses, losses.Narrow, basis) : Of(losses, losses.Wide, basis);

    /// <summary>The core alone, without what explains it.</summary>
    /// <param name="losses">Losses.</param>
    /// <param name="basis">What is known of their set.</param>
    internal static Money AmountOf(ScenarioLosses losses, TailBasis basis) => Money.FromMicroDollars(
        losses.IsNarrow ? AmountOf(losses.Narrow, basis) : AmountOf(losses.Wide, basis));

    /// <summary>The same of losses in 64 bits.</summary>
    /// <param name="losses">[scenario] losses, micro-dollars.</param>
    /// <param name="basis">What is known of their set.</param>
    internal static Money NarrowAmountOf(ReadOnlySpan<long> losses, TailBasis basis) =>
        Money.FromMicroDollars(AmountOf(losses, basis));

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
                Add(Shortfall.Tail.AsSpan(), numerators);
                break;
            case CoreBinding.ValueAtRisk:
                Add([new TailShare(_valueAtRisk.ValueAtRiskScenario, 1)], numerators);
                break;
            case CoreBinding.Scenario:
                denominator = ScenarioSet.NanoOne;
                Scenario worst = Requirement.WorstScenario.Scenario;
                Add([new TailShare(worst.Id, worst.DampeningNano)], numerators);
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

    private void Add(ReadOnlySpan<TailShare> shares, Span<Int128> numerators)
    {
        for (int exposure = 0; exposure < numerators.Length; exposure++)
        {
            numerators[exposure] += Losses.Component(exposure, shares);
        }
    }

    private static CoreEstimate Of<TLoss>(ScenarioLosses losses, ReadOnlySpan<TLoss> values, TailBasis basis)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        int[] order = basis.Order(values, NamedCount);
        TailMeasure shortfall = TailEstimators.Measure(values, basis.Weights, order, basis.Shortfall);
        TailMeasure valueAtRisk = TailEstimators.Measure(values, basis.Weights, order, basis.ValueAtRisk);
        return new CoreEstimate(
            losses, shortfall, valueAtRisk, Describe(losses, values, basis, order, shortfall, valueAtRisk));
    }

    private static Int128 AmountOf<TLoss>(ReadOnlySpan<TLoss> values, TailBasis basis)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        (Int128 shortfall, Int128 atRisk) = basis.Measures(values);
        Int128 worst = 0; // dampened, before it is divided: rounding up keeps the order
        foreach (NamedScenario own in basis.Named)
        {
            worst = Int128.Max(worst, Int128.CreateTruncating(values[own.Id]) * own.DampeningNano);
        }

        return Int128.Max(WholeDivision.Up(worst, ScenarioSet.NanoOne), Int128.Max(shortfall, atRisk));
    }

    private static CoreRequirement Describe<TLoss>(
        ScenarioLosses losses,
        ReadOnlySpan<TLoss> values,
        TailBasis basis,
        ReadOnlySpan<int> order,
        TailMeasure shortfall,
        TailMeasure valueAtRisk)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        ImmutableArray<ScenarioLoss> deterministic = WorstNamed(losses, values, basis.Named);
        Int128 worst = deterministic[0].LossDampened.MicroDollars;
        Int128 expected = shortfall.ExpectedShortfallUp;
        CoreBinding binding = expected >= valueAtRisk.ValueAtRisk && expected >= worst ? CoreBinding.ExpectedShortfall
            : valueAtRisk.ValueAtRisk >= worst ? CoreBinding.ValueAtRisk
            : CoreBinding.Scenario;
        (Int128 low, Int128 high) = basis.Interval.Of(values, basis.Weights, order);
        return new CoreRequirement(
            Money.FromMicroDollars(Int128.Max(expected, Int128.Max(valueAtRisk.ValueAtRisk, worst))),
            binding,
            Money.FromMicroDollars(expected),
            Money.FromMicroDollars(valueAtRisk.ValueAtRisk),
            deterministic[0],
            Money.FromMicroDollars(StandardError.OfShortfallUp(values, basis.Weights, shortfall, basis.Sums)),
            Money.FromMicroDollars(low),
            Money.FromMicroDollars(high),
            values.Length,
            deterministic,
            [.. order[..Math.Min(NamedCount, order.Length)].ToArray().Select(losses.In)]);
    }

    // The greatest dampened losses of the named scenarios, worst first; ties by id. A scenario enters where its loss is
    // above the least of those before it, which have lower ids.
    private static ImmutableArray<ScenarioLoss> WorstNamed<TLoss>(
        ScenarioLosses losses, ReadOnlySpan<TLoss> values, ImmutableArray<NamedScenario> named)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        Span<(Int128 Dampened, int Id)> worst = new (Int128, int)[NamedCount];
        int count = 0;
        Int128 enough = 0; // a product that is not above it is rounded up to no more than the least
        foreach (NamedScenario own in named)
        {
            Int128 product = Int128.CreateTruncating(values[own.Id]) * own.DampeningNano;
            if (count == NamedCount && product <= enough) continue;
            Int128 dampened = WholeDivision.Up(product, ScenarioSet.NanoOne);
            int place = Math.Min(count, NamedCount - 1);
            for (; place > 0 && worst[place - 1].Dampened < dampened; place--) worst[place] = worst[place - 1];
            worst[place] = (dampened, own.Id);
            count = Math.Min(count + 1, NamedCount);
            enough = worst[count - 1].Dampened * ScenarioSet.NanoOne;
        }

        ImmutableArray<ScenarioLoss>.Builder found = ImmutableArray.CreateBuilder<ScenarioLoss>(count);
        foreach ((_, int id) in worst[..count]) found.Add(losses.In(id));
        return found.MoveToImmutable();
    }
}
