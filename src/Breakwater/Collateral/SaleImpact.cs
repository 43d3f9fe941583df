using System.Numerics;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Collateral;

/// <summary>h_liq of METHODOLOGY 5: what selling a holding costs, share of its value.</summary>
public static class SaleImpact
{
    private const long TwoThirdsNano = 666_666_666;

    /// <summary>max{½·spread ⊕ Y·σ_d·√(Q/V), book(Q)} with a ⊕ b = 1 − (1 − a)(1 − b), nano, rounded up; in [0, 1e9]
    /// (METHODOLOGY 4.4).</summary>
    /// <remarks>
    /// Beyond x = Y·σ_d·√(Q/V) = ⅔ the last unit would fetch less than nothing, Q·(1 − x) falls; a seller keeps what is
    /// beyond, so x becomes 1 − 4/(27·x²): the value of a holding never falls when the holding grows.
    /// </remarks>
    /// <param name="holdingMicroUsd">Q, micro-dollars before haircut; ≥ 0.</param>
    /// <param name="terms">What closing costs; <c>null</c>: nothing.</param>
    public static long Nano(Int128 holdingMicroUsd, LiquidityTerms? terms)
    {
        if (terms is null || holdingMicroUsd <= 0)
        {
            return 0;
        }

        BigInteger squared = (BigInteger)terms.ImpactNano * terms.ImpactNano * holdingMicroUsd
            / terms.VolumeDailyMicroUsd;
        BigInteger impact = Kept(WholeRoot.Down(squared) + 1);

        BigInteger amount = (BigInteger)holdingMicroUsd * Femto.PerMicro;
        BigInteger walked = (DepthWalk.Cost(amount, terms.Profile) / holdingMicroUsd) + 1;
        BigInteger cost = BigInteger.Max(
            BalanceHaircut.Joined((long)BigInteger.Min(BalanceHaircut.One, impact), terms.HalfSpreadNano),
            terms.Profile.IsEmpty ? 0 : Kept(walked));
        return (long)BigInteger.Min(BalanceHaircut.One, cost);
    }

    // x, and beyond ⅔ what it becomes for a seller who keeps what would fetch less than nothing.
    private static BigInteger Kept(BigInteger impact)
    {
        if (impact <= TwoThirdsNano)
        {
            return impact;
        }

        BigInteger one = BalanceHaircut.One;
        return one - (4 * one * one * one / (27 * impact * impact));
    }
}
