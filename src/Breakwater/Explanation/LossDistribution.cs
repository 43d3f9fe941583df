using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Margin;
using Breakwater.Margin.Tails;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Explanation;

/// <summary>Losses in a range, of the scenarios with weight.</summary>
/// <param name="From">Least loss of the bin, positive when bad; it belongs to the bin.</param>
/// <param name="To">End of the bin; it belongs to the next one.</param>
/// <param name="Weight">Weight of its scenarios, parts of <see cref="ScenarioSet.WeightTotal"/>.</param>
/// <param name="ScenarioCount">How many they are.</param>
public sealed record LossBin(Money From, Money To, int Weight, int ScenarioCount);

/// <summary>A scenario of the tail that the expected shortfall averages.</summary>
/// <param name="Loss">The scenario with its loss.</param>
/// <param name="ShareNano">Its share of the tail, units of 1e-9, rounded down: all shares are one.</param>
public sealed record TailLoss(ScenarioLoss Loss, long ShareNano);

/// <summary>The losses that the core of one horizon is made of, as a distribution: what expected shortfall and value at
/// risk stand for (METHODOLOGY 4.1, 4.2).</summary>
/// <param name="Horizon">Which of the two sets.</param>
/// <param name="Core">The core as the report states it.</param>
/// <param name="Bins">Bins of one width without gaps, from the least loss up; their weights sum to the whole.</param>
/// <param name="Tail">Scenarios of the tail, from the greatest loss down.</param>
/// <param name="Deterministic">Scenarios of blocks C, D and E, by dampened loss, worst first.</param>
public sealed record LossDistribution(
    MarginHorizon Horizon,
    CoreRequirement Core,
    ImmutableArray<LossBin> Bins,
    ImmutableArray<TailLoss> Tail,
    ImmutableArray<ScenarioLoss> Deterministic)
{
    /// <summary>Most bins of a distribution.</summary>
    public const int BinCountMax = 512;

    /// <summary>Both distributions of an account, as its margin report has them: resting orders do not count.</summary>
    /// <param name="subaccount">Positions and collateral; <see cref="MarginAdmission.Check"/> accepts it.</param>
    /// <param name="arrays">Risk arrays with a row for everything held.</param>
    /// <param name="market">Parameters and context.</param>
    /// <param name="binCount">Bins; in [1, <see cref="BinCountMax"/>]. Fewer where losses differ by fewer units.
    /// </param>
    /// <returns>Maintenance, then initial.</returns>
    public static ImmutableArray<LossDistribution> Of(
        Subaccount subaccount, RiskArrays arrays, ExplainedMarket market, int binCount)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentOutOfRangeException.ThrowIfLessThan(binCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(binCount, BinCountMax);
        ImmutableArray<Exposure> exposures = PortfolioMargin.ExposuresOf(
            SubaccountNetting.Net(subaccount), arrays, market.Parameters, market.Context.Protocol);
        return
        [
            .. ((MarginHorizon[])[MarginHorizon.Maintenance, MarginHorizon.Initial]).Select(horizon => Of(
                CoreEstimate.Of(ScenarioLosses.Of(exposures, arrays, horizon), market.Parameters.Margin), binCount)),
        ];
    }

    private static LossDistribution Of(CoreEstimate core, int binCount)
    {
        TailMeasure shortfall = core.Shortfall;
        return new LossDistribution(
            core.Losses.Horizon,
            core.Requirement,
            Binned(core.Losses, binCount),
            [
                .. shortfall.Tail.Select(own => new TailLoss(
                    core.Losses.In(own.ScenarioIndex),
                    (long)(own.Weight * ScenarioSet.NanoOne / shortfall.TailMass))),
            ],
            core.Losses.WorstDeterministic());
    }

    // Whole units of money: the last bin holds the greatest loss, and none is empty for want of room.
    private static ImmutableArray<LossBin> Binned(ScenarioLosses losses, int binCount)
    {
        ImmutableArray<Scenario> scenarios = losses.Set.Scenarios;
        (Int128 least, Int128 greatest) = (Int128.MaxValue, Int128.MinValue);
        foreach (Scenario own in scenarios)
        {
            if (own.Weight == 0) continue;
            least = Int128.Min(least, losses[own.Id]);
            greatest = Int128.Max(greatest, losses[own.Id]);
        }

        Int128 width = WholeDivision.Up(greatest - least + 1, binCount);
        int count = (int)((greatest - least) / width) + 1;
        (int[] weights, int[] counts) = (new int[count], new int[count]);
        foreach (Scenario own in scenarios)
        {
            if (own.Weight == 0) continue;
            int bin = (int)((losses[own.Id] - least) / width);
            weights[bin] += own.Weight;
            counts[bin]++;
        }

        return
        [
            .. Enumerable.Range(0, count).Select(bin => new LossBin(
                Money.FromMicroDollars(least + (bin * width)), Money.FromMicroDollars(least + ((bin + 1) * width)),
                weights[bin], counts[bin])),
        ];
    }
}
