using System.Collections.Immutable;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>Losses of exposures in every scenario of one valuation, in 128 bits: always right, and slower than
/// <see cref="NarrowSums"/>.</summary>
internal static class WideSums
{
    /// <summary>The losses.</summary>
    /// <param name="exposures">What is held.</param>
    /// <param name="arrays">Risk arrays.</param>
    /// <param name="horizon">Which scenario set.</param>
    /// <param name="time">Which valuation.</param>
    /// <returns>[scenario] micro-dollars, loss positive, with expected funding.</returns>
    internal static Int128[] Of(
        ImmutableArray<Exposure> exposures, RiskArrays arrays, MarginHorizon horizon, RevaluationTime time)
    {
        Int128 funding = 0;
        foreach (Exposure exposure in exposures) funding += exposure.FundingOf(horizon);
        Int128[] losses = new Int128[arrays.ScenarioCount];
        losses.AsSpan().Fill(funding);
        foreach (Exposure exposure in exposures)
        {
            foreach (ExposureLeg leg in exposure.Legs)
            {
                ReadOnlySpan<long> entries = arrays.Entries(leg.RowIndex, horizon, time);
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

        return losses;
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
