using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Parameters;
using Breakwater.Scenarios;

namespace Breakwater.Margin.Tails;

/// <summary>What the cores of all accounts in one scenario set share: weights and their sums, masses of the tails,
/// scenarios that are named, and the ranks between which the value at risk lies.</summary>
/// <remarks>The ranks are exact binomial quantiles: finding them costs more than all else of a core, so that they are
/// found when first asked for.</remarks>
internal sealed class TailBasis
{
    private static readonly TailLevel IntervalConfidence = new(95, 100); // the reference file's confidence

    private readonly int[] _weights;
    private readonly int[] _weighted;
    private readonly TailMass _least;
    private readonly Lazy<TailInterval> _interval;

    private TailBasis(ImmutableArray<Scenario> scenarios, MarginParameters parameters)
    {
        _weights = new int[scenarios.Length];
        List<int> weighted = new(scenarios.Length);
        ImmutableArray<NamedScenario>.Builder named = ImmutableArray.CreateBuilder<NamedScenario>();
        for (int scenario = 0; scenario < _weights.Length; scenario++)
        {
            Scenario own = scenarios[scenario];
            _weights[scenario] = own.Weight;
            if (own.Weight > 0) weighted.Add(scenario);
            if (own.Block is ScenarioBlock.C or ScenarioBlock.D or ScenarioBlock.E)
            {
                named.Add(new NamedScenario(own.Id, own.DampeningNano));
            }
        }

        _weighted = [.. weighted];
        Named = named.ToImmutable();
        Sums = WeightSums.Of(_weights);
        Shortfall = TailMass.Of(Sums.Total, TailLevel.OfThousandths(parameters.ExpectedShortfallLevelThousandths));
        ValueAtRisk = TailMass.Of(Sums.Total, TailLevel.OfThousandths(parameters.ValueAtRiskLevelThousandths));
        _least = Shortfall.Weights >= ValueAtRisk.Weights ? Shortfall : ValueAtRisk;
        _interval = new Lazy<TailInterval>(() => new TailInterval(Sums, ValueAtRisk.Level, IntervalConfidence));
    }

    /// <summary>[scenario] weights.</summary>
    internal ReadOnlySpan<int> Weights => _weights;

    /// <summary>Scenarios of blocks C, D and E by id.</summary>
    internal ImmutableArray<NamedScenario> Named { get; }

    /// <summary>Sums of the weights.</summary>
    internal WeightSums Sums { get; }

    /// <summary>Tail of expected shortfall.</summary>
    internal TailMass Shortfall { get; }

    /// <summary>Tail of value at risk.</summary>
    internal TailMass ValueAtRisk { get; }

    /// <summary>Where value at risk lies with the confidence of the report.</summary>
    internal TailInterval Interval => _interval.Value;

    /// <summary>Basis of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="parameters">Levels.</param>
    internal static TailBasis Of(ScenarioSet set, MarginParameters parameters) => new(set.Scenarios, parameters);

    /// <summary>Expected shortfall rounded up, and value at risk.</summary>
    /// <param name="losses">[scenario] losses.</param>
    internal (Int128 ShortfallUp, Int128 ValueAtRisk) Measures<TLoss>(ReadOnlySpan<TLoss> losses)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        (Int128 sum, Int128 atRisk) = TailOrder.Sum(losses, _weights, _weighted, Shortfall, ValueAtRisk);
        return (WholeDivision.Up(sum, Shortfall.Mass), atRisk);
    }

    /// <summary>The greatest losses in order: all that measures, interval and <paramref name="named"/> scenarios are
    /// read from; every loss where the set is small.</summary>
    /// <param name="losses">[scenario] losses.</param>
    /// <param name="named">Scenarios that are named at least.</param>
    internal int[] Order<TLoss>(ReadOnlySpan<TLoss> losses, int named)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        long whole = (long)Sums.Total;
        if (!Interval.IsBounded) return TailOrder.Of(losses, _weights, _weighted, whole);
        int[] order = TailOrder.Of(
            losses, _weights, _weighted, (long)Int128.Max(_least.Weights, Interval.LowerTail.Weights));
        return order.Length < named ? TailOrder.Of(losses, _weights, _weighted, whole) : order;
    }
}

/// <summary>A scenario outside the distribution.</summary>
/// <param name="Id">Its id.</param>
/// <param name="DampeningNano">Its dampening, units of 1e-9.</param>
internal readonly record struct NamedScenario(int Id, long DampeningNano);

/// <summary>The basis of both sets.</summary>
/// <param name="Maintenance">Of the maintenance set.</param>
/// <param name="Initial">Of the initial set.</param>
internal sealed record CoreBasis(TailBasis Maintenance, TailBasis Initial)
{
    /// <summary>Basis of both sets.</summary>
    /// <param name="scenarios">The sets.</param>
    /// <param name="parameters">Levels.</param>
    internal static CoreBasis Of(ScenarioSets scenarios, MarginParameters parameters) => new(
        TailBasis.Of(scenarios.Maintenance, parameters), TailBasis.Of(scenarios.Initial, parameters));

    /// <summary>Finds the ranks of both.</summary>
    internal void Complete() => _ = (Maintenance.Interval, Initial.Interval);

    /// <summary>Basis of one set.</summary>
    /// <param name="horizon">Which.</param>
    internal TailBasis Of(MarginHorizon horizon) => horizon == MarginHorizon.Maintenance ? Maintenance : Initial;
}
