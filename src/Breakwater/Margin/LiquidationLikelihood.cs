using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>Whether an account is more likely than one in five to be liquidated within a day: the trigger PL(24 h)
/// &gt; 20 % of the stage Warning (METHODOLOGY 6.1, docs/adr/0104).</summary>
/// <remarks>PL = 2·Σ p_s·1{E − L_s·√(24 h ÷ horizon) &lt; MM} over the distribution of the initial horizon, where a
/// horizon longer than a day is not shortened. Twice the chance at the end is the chance on the way of a driftless
/// Brownian motion (reflection principle), which METHODOLOGY 4.9 asks of the linear case; margin stays. Whole numbers
/// throughout.</remarks>
internal static class LiquidationLikelihood
{
    /// <summary>A trigger of 20 % on the way is one of 10 % at the end: one in so many of the weight.</summary>
    internal const int EndShare = 10;

    private const int HoursOfTrigger = 24;

    /// <summary>Whether losses that leave less than maintenance margin weigh more than their share.</summary>
    /// <param name="losses">Losses of the initial horizon.</param>
    /// <param name="equity">Equity.</param>
    /// <param name="maintenance">Maintenance margin.</param>
    internal static bool IsHigh(ScenarioLosses losses, Money equity, Money maintenance)
    {
        if (equity < maintenance) return true;
        BigInteger most = MostHarmless((equity - maintenance).MicroDollars, losses.Set);
        ImmutableArray<Scenario> scenarios = losses.Set.Scenarios;
        (long beyond, long all) = (0, 0);
        for (int scenario = 0; scenario < scenarios.Length; scenario++)
        {
            all += scenarios[scenario].Weight;
            beyond += losses[scenario] > most ? scenarios[scenario].Weight : 0;
        }

        return beyond * EndShare > all;
    }

    /// <summary>The greatest loss over the horizon of a set that, over a day, leaves maintenance margin: room × √(hours
    /// ÷ 24), rounded down.</summary>
    /// <param name="room">Equity less maintenance margin, micro-dollars; ≥ 0.</param>
    /// <param name="set">The set of the initial horizon.</param>
    internal static BigInteger MostHarmless(Int128 room, ScenarioSet set) =>
        WholeRoot.Down((BigInteger)room * room * HoursOf(set) / HoursOfTrigger);

    /// <summary>Whether that loss is surely not below an amount, without a root.</summary>
    /// <param name="room">Equity less maintenance margin, micro-dollars; in [0, 2^61).</param>
    /// <param name="amount">Micro-dollars; in [0, 2^61).</param>
    /// <param name="set">The set of the initial horizon.</param>
    internal static bool IsHarmless(long room, long amount, ScenarioSet set) =>
        Math.BigMul(room, room) * HoursOf(set) >= Math.BigMul(amount, amount) * HoursOfTrigger;

    // The shortest of its horizons, a day at most.
    private static int HoursOf(ScenarioSet set)
    {
        int hours = HoursOfTrigger;
        foreach (int own in set.HorizonHours) hours = Math.Min(hours, own);
        return hours;
    }
}
