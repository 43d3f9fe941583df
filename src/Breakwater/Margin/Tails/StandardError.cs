using System.Numerics;

namespace Breakwater.Margin.Tails;

/// <summary>Sampling error of an expected shortfall, published beside it and never added to it (METHODOLOGY
/// 4.1).</summary>
public static class StandardError
{
    /// <summary>
    /// Standard error by Manistre and Hancock (2005), North American Actuarial J. 9(2), 129–156, equation for CTE:
    /// se² = [Var(L | L &gt; VaR) + α·(ES − VaR)²] ÷ [n_eff·(1 − α)], n_eff = (Σw)² ÷ Σw². Rounded up, exactly.
    /// </summary>
    /// <param name="losses">[scenarioCount], loss positive; not modified.</param>
    /// <param name="weights">[scenarioCount], ≥ 0; not modified.</param>
    /// <param name="measure">Their measure.</param>
    /// <returns>In the unit of the losses; ≥ 0.</returns>
    public static Int128 OfShortfallUp(ReadOnlySpan<Int128> losses, ReadOnlySpan<int> weights, TailMeasure measure) =>
        OfShortfallUp(losses, weights, measure, WeightSums.Of(weights));

    /// <summary>The same of losses of any whole type, where the sums of the weights are known.</summary>
    /// <param name="losses">[scenarioCount], loss positive; not modified.</param>
    /// <param name="weights">[scenarioCount], ≥ 0; not modified.</param>
    /// <param name="measure">Their measure.</param>
    /// <param name="sums">Sums of all weights.</param>
    internal static Int128 OfShortfallUp<TLoss>(
        ReadOnlySpan<TLoss> losses, ReadOnlySpan<int> weights, TailMeasure measure, WeightSums sums)
        where TLoss : struct, IBinaryInteger<TLoss>
    {
        (BigInteger variance, BigInteger varianceUnit) = TailVariance(losses, weights, measure);
        BigInteger distance = (BigInteger)measure.TailSum - ((BigInteger)measure.ValueAtRisk * measure.TailMass);
        BigInteger alpha = measure.Level.Numerator;
        BigInteger one = measure.Level.Denominator;
        BigInteger distanceUnit = (BigInteger)measure.TailMass * measure.TailMass * one;
        BigInteger spread = (variance * distanceUnit) + (alpha * distance * distance * varianceUnit);
        BigInteger numerator = spread * sums.Squares * one;
        BigInteger denominator = varianceUnit * distanceUnit * sums.Total * sums.Total * (one - alpha);
        return checked((Int128)SquareRootUp(numerator, denominator));
    }

    /// <summary>Number of equally weighted scenarios that would be as informative: (Σw)² ÷ Σw², rounded down.</summary>
    /// <param name="weights">[scenarioCount], ≥ 0, not all zero.</param>
    public static int EffectiveCount(ReadOnlySpan<int> weights) => WeightSums.Of(weights).EffectiveCount;

    // Var(L | L > VaR) as numerator and denominator; 0 where nothing lies beyond.
    private static (BigInteger Numerator, BigInteger Denominator) TailVariance<TLoss>(
        ReadOnlySpan<TLoss> losses, ReadOnlySpan<int> weights, TailMeasure measure)
        where TLoss : struct, IBinaryInteger<TLoss>
    {
        long weight = 0;
        Int128 first = 0;
        SquareSum second = default;
        foreach (TailShare share in measure.Tail)
        {
            Int128 excess = Int128.CreateTruncating(losses[share.ScenarioIndex]) - measure.ValueAtRisk;
            if (excess <= 0) continue;
            int own = weights[share.ScenarioIndex];
            weight += own;
            first += excess * own;
            second.Add(excess, own);
        }

        return weight == 0
            ? (0, 1)
            : ((weight * second.Value) - ((BigInteger)first * first), (BigInteger)weight * weight);
    }

    // Smallest whole r with r² ≥ numerator ÷ denominator, by Newton's iteration from above.
    private static BigInteger SquareRootUp(BigInteger numerator, BigInteger denominator)
    {
        BigInteger value = (numerator + denominator - 1) / denominator;
        if (value.IsZero)
        {
            return 0;
        }

        BigInteger root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        for (BigInteger next = (root + (value / root)) >> 1; next < root; next = (root + (value / root)) >> 1)
        {
            root = next;
        }

        return root * root == value ? root : root + 1;
    }

    // Σ weight × excess²: squares of 64-bit numbers by their halves, of greater ones in whole.
    private struct SquareSum
    {
        private UInt128 _high;
        private UInt128 _low;
        private BigInteger _great;

        internal readonly BigInteger Value => ((BigInteger)_high << 64) + _low + _great;

        internal void Add(Int128 excess, int weight)
        {
            if (excess > long.MaxValue)
            {
                _great += (BigInteger)excess * excess * weight;
                return;
            }

            UInt128 square = Math.BigMul((ulong)excess, (ulong)excess);
            _high += (square >> 64) * (uint)weight;
            _low += (UInt128)(ulong)(square & ulong.MaxValue) * (uint)weight;
        }
    }
}
