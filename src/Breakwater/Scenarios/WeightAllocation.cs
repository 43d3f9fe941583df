using Breakwater.Numerics;

namespace Breakwater.Scenarios;

/// <summary>Turns shares into integer weights by largest remainder (METHODOLOGY 3.4).</summary>
public static class WeightAllocation
{
    /// <summary>Integer weights that sum to a total, each at least one, as close to the shares as that
    /// allows.</summary>
    /// <param name="shares">[n] relative shares; finite, ≥ 0, not all 0; not modified.</param>
    /// <param name="total">Sum of the weights; ≥ n.</param>
    /// <returns>[n] weights; remainders are served largest first, ties by index.</returns>
    /// <remarks>Every entry first takes one; the rest is shared by what each entry deserves beyond one, so that entries
    /// that deserve more than one get the weights of the plain method.</remarks>
    public static int[] Distribute(ReadOnlySpan<double> shares, int total)
    {
        Require.AllFinite(shares);
        ArgumentOutOfRangeException.ThrowIfLessThan(total, shares.Length);
        double sum = Sum(shares);
        Require.Positive(sum);
        double[] beyond = new double[shares.Length];
        for (int entry = 0; entry < shares.Length; entry++)
        {
            Require.NonNegative(shares[entry]);
            beyond[entry] = Math.Max(0d, (shares[entry] / sum * total) - 1d);
        }

        int spare = total - shares.Length;
        double beyondSum = Sum(beyond);
        int[] weights = new int[shares.Length];
        double[] remainders = new double[shares.Length];
        for (int entry = 0; entry < shares.Length; entry++)
        {
            double exact = beyondSum > 0d ? beyond[entry] / beyondSum * spare : (double)spare / shares.Length;
            weights[entry] = 1 + (int)Math.Floor(exact);
            remainders[entry] = exact - Math.Floor(exact);
        }

        ServeRemainders(weights, remainders, total);
        return weights;
    }

    private static void ServeRemainders(int[] weights, double[] remainders, int total)
    {
        int missing = total;
        int[] order = new int[weights.Length];
        for (int entry = 0; entry < weights.Length; entry++)
        {
            missing -= weights[entry];
            order[entry] = entry;
        }

        Check.That(missing >= 0 && missing <= weights.Length, $"largest remainder left {missing} of {total}");
        Array.Sort(order, (left, right) => remainders[left] != remainders[right]
            ? remainders[right].CompareTo(remainders[left])
            : left.CompareTo(right));
        for (int place = 0; place < missing; place++)
        {
            weights[order[place]]++;
        }
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0d;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
