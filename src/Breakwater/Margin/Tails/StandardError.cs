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
    public static Int128 OfShortfallUp(ReadOnlySpan<Int128> losses, ReadOnlySpan<int> weights, TailMeasure measure)
    {
        (BigInteger variance, BigInteger varianceUnit) = TailVariance(losses, weights, measure);
        BigInteger distance = (BigInteger)measure.TailSum - ((BigInteger)measure.ValueAtRisk * measure.TailMass);
        BigInteger alpha = measure.Level.Numerator;
        BigInteger one = measure.Level.Denominator;
        BigInteger distanceUnit = (BigInteger)measure.TailMass * measure.TailMass * one;
        BigInteger spread = (variance * distanceUnit) + (alpha * distance * distance * varianceUnit);
        (BigInteger total, BigInteger squares) = WeightSums(weights);
        BigInteger numerator = spread * squares * one;
        BigInteger denominator = varianceUnit * distanceUnit * total * total * (one - alpha);
        return checked((Int128)SquareRootUp(numerator, denominator));
    }

    /// <summary>Number of equally weighted scenarios that would be as informative: (Σw)² ÷ Σw², rounded down.</summary>
    /// <param name="weights">[scenarioCount], ≥ 0, not all zero.</param>
    public static int EffectiveCount(ReadOnlySpan<int> weights)
    {
        (BigInteger total, BigInteger squares) = WeightSums(weights);
        return checked((int)(total * total / squares));
    }

    // Var(L | L > VaR) as numerator and denominator; 0 where nothing lies beyond.
    private static (BigInteger Numerator, BigInteger Denominator) TailVariance(
        ReadOnlySpan<Int128> losses, ReadOnlySpan<int> weights, TailMeasure measure)
    {
        BigInteger weight = 0;
        BigInteger first = 0;
        BigInteger second = 0;
        foreach (TailShare share in measure.Tail)
        {
            BigInteger excess = losses[share.ScenarioIndex] - measure.ValueAtRisk;
            if (excess.Sign > 0)
            {
                int own = weights[share.ScenarioIndex];
                weight += own;
                first += excess * own;
                second += excess * excess * own;
            }
        }

        return weight.IsZero ? (0, 1) : ((weight * second) - (first * first), weight * weight);
    }

    private static (BigInteger Total, BigInteger Squares) WeightSums(ReadOnlySpan<int> weights)
    {
        Int128 total = 0;
        Int128 squares = 0;
        foreach (int weight in weights)
        {
            total += weight;
            squares += (Int128)weight * weight;
        }

        return (total, squares);
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
}
