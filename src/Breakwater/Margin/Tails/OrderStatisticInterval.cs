using System.Numerics;

namespace Breakwater.Margin.Tails;

/// <summary>Distribution-free confidence interval of a quantile: two ranks of ascending losses, and their coverage.
/// </summary>
/// <param name="LowerRank">1-based rank of the lower end: the binomial quantile at (1 − confidence)/2.</param>
/// <param name="UpperRank">1-based rank of the upper end: the binomial quantile at (1 + confidence)/2, plus 1; may
/// exceed the sample size, then the upper end is unbounded.</param>
/// <param name="Coverage">Exact probability that the interval holds the quantile, rounded to the nearest
/// double.</param>
public readonly record struct OrderStatisticInterval(int LowerRank, int UpperRank, double Coverage)
{
    /// <summary>Ranks and coverage for a sample of a continuous distribution; exact integer arithmetic.</summary>
    /// <param name="sampleCount">Sample size; ≥ 1.</param>
    /// <param name="level">Level of the quantile.</param>
    /// <param name="confidence">Wanted confidence.</param>
    /// <remarks>David, Nagaraja (2003), Order Statistics, 3rd ed., section 7.1: the number of losses below the quantile
    /// is binomial. Cost: about sampleCount × (1 − level) steps with numbers of sampleCount × log₂(denominator) bits.
    /// </remarks>
    public static OrderStatisticInterval Of(int sampleCount, TailLevel level, TailLevel confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleCount, 1);
        (BigInteger hit, BigInteger one) = Lowest(level);
        BigInteger miss = one - hit;
        BigInteger whole = BigInteger.Pow(one, sampleCount);
        BigInteger sides = 2 * (BigInteger)confidence.Denominator;

        // P(X ≤ k) ≥ q is P(X > k) ≤ 1 − q; start at k = n and go down.
        BigInteger term = BigInteger.Pow(hit, sampleCount);
        BigInteger above = 0;
        BigInteger aboveUpper = 0;
        int upper = -1;
        int at = sampleCount;
        while (at > 0 && (above + term) * sides <= whole * (confidence.Denominator + confidence.Numerator))
        {
            if (upper < 0 && (above + term) * sides > whole * (confidence.Denominator - confidence.Numerator))
            {
                upper = at;
                aboveUpper = above;
            }

            above += term;
            term = term * at * miss / ((sampleCount - at + 1) * hit);
            at--;
        }

        if (upper < 0)
        {
            upper = at;
            aboveUpper = above;
        }

        BigInteger covered = above + term - aboveUpper;
        return new OrderStatisticInterval(at, upper + 1, Ratio(covered, whole));
    }

    private static (BigInteger Numerator, BigInteger Denominator) Lowest(TailLevel level)
    {
        ExactRatio ratio = ExactRatio.Of(level.Numerator, level.Denominator);
        return (ratio.Numerator, ratio.Denominator);
    }

    // Nearest double of a fraction in [0, 1]: 64 bits of quotient with a sticky bit, rounded once.
    private static double Ratio(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
        {
            return 0d;
        }

        int shift = 64 - (int)(numerator.GetBitLength() - denominator.GetBitLength());
        BigInteger quotient = BigInteger.DivRem(numerator << shift, denominator, out BigInteger remainder);
        UInt128 bits = (UInt128)quotient | (remainder.IsZero ? 0u : 1u);
        return Math.ScaleB((double)bits, -shift);
    }
}
