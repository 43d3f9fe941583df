using System.Numerics;

namespace Breakwater.Books;

/// <summary>Value at risk and expected shortfall of candidates, by selection and in whole numbers.</summary>
/// <remarks>
/// Equal to <c>TailEstimators.Measure</c> to the last unit wherever the candidates are all the losses at or above some
/// threshold and weigh more than the tail. Hoare (1961), "Algorithm 65: Find", with weights.
/// </remarks>
internal static class TailSelection
{
    /// <summary>Upper part of a distribution.</summary>
    /// <param name="Boundary">The loss at which the weight above and at it first exceeds the mass: value at risk.
    /// </param>
    /// <param name="Above">Weight of all losses above the boundary.</param>
    /// <param name="Sum">Σ weight × loss over them.</param>
    internal readonly record struct Part(long Boundary, long Above, Int128 Sum);

    /// <summary>The part of so much mass.</summary>
    /// <param name="losses">[candidate] whole numbers; reordered.</param>
    /// <param name="weights">[candidate] their weights; reordered alike.</param>
    /// <param name="unit">What one unit of weight counts as.</param>
    /// <param name="mass">Mass of the tail, less than all candidates weigh.</param>
    /// <param name="above">Weight of what is known to lie above all of these.</param>
    /// <param name="sum">Its Σ weight × loss.</param>
    internal static Part Find(
        Span<double> losses, Span<int> weights, long unit, long mass, long above = 0, Int128 sum = default)
    {
        while (true)
        {
            double pivot = Middle(losses);
            (int greater, int notLess) = Split(losses, weights, pivot);
            long weightGreater = Weigh(weights[..greater]);
            long weightEqual = Weigh(weights[greater..notLess]);
            if ((above + weightGreater) * unit > mass)
            {
                losses = losses[..greater];
                weights = weights[..greater];
                continue;
            }

            sum += Sum(losses[..greater], weights[..greater], (long)pivot);
            above += weightGreater;
            if ((above + weightEqual) * unit > mass) return new Part((long)pivot, above, sum);
            sum += Math.BigMul((long)pivot, weightEqual);
            above += weightEqual;
            losses = losses[notLess..];
            weights = weights[notLess..];
        }
    }

    /// <summary>Expected shortfall of a part, rounded up.</summary>
    /// <param name="part">Result of <see cref="Find"/>.</param>
    /// <param name="unit">What one unit of weight counts as.</param>
    /// <param name="mass">The same mass.</param>
    internal static long ShortfallUp(in Part part, long unit, long mass)
    {
        // ES = VaR + Σ weight·(loss − VaR) ÷ mass: the excess is never negative.
        Int128 excess = (part.Sum - Math.BigMul(part.Above, part.Boundary)) * unit;
        Int128 quotient = excess <= long.MaxValue ? (long)excess / mass : excess / mass;
        return (long)(part.Boundary + quotient + (quotient * mass == excess ? 0 : 1));
    }

    /// <summary>Sum of weights.</summary>
    internal static long Weigh(ReadOnlySpan<int> weights)
    {
        long sum = 0;
        foreach (int weight in weights)
        {
            sum += weight;
        }

        return sum;
    }

    /// <summary>Σ weight × loss.</summary>
    /// <param name="losses">[candidate] whole numbers.</param>
    /// <param name="weights">[candidate] weights.</param>
    /// <param name="least">No loss is below it.</param>
    internal static Int128 Sum(ReadOnlySpan<double> losses, ReadOnlySpan<int> weights, long least)
    {
        // In 64 bits, if weight × greatest excess has room for as many terms.
        long bits = 0;
        long weight = 0;
        long excess = 0;
        unchecked
        {
            for (int i = 0; i < losses.Length; i++)
            {
                long own = (long)losses[i] - least;
                bits |= own;
                weight += weights[i];
                excess += own * weights[i];
            }
        }

        if (BitOperations.LeadingZeroCount((ulong)bits) + BitOperations.LeadingZeroCount((ulong)weight) > 65)
        {
            return excess + Math.BigMul(weight, least);
        }

        Int128 sum = 0;
        for (int i = 0; i < losses.Length; i++)
        {
            sum += Math.BigMul((long)losses[i], (long)weights[i]);
        }

        return sum;
    }

    // Median of three.
    private static double Middle(ReadOnlySpan<double> losses)
    {
        (double a, double b, double c) = (losses[0], losses[losses.Length / 2], losses[^1]);
        return Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
    }

    // Greater than the pivot, then equal to it, then less (Dijkstra's flag).
    private static (int Greater, int NotLess) Split(Span<double> losses, Span<int> weights, double pivot)
    {
        int greater = 0;
        int at = 0;
        int less = losses.Length;
        while (at < less)
        {
            double own = losses[at];
            if (own > pivot)
            {
                Swap(losses, weights, at++, greater++);
            }
            else if (own < pivot)
            {
                Swap(losses, weights, at, --less);
            }
            else
            {
                at++;
            }
        }

        return (greater, less);
    }

    private static void Swap(Span<double> losses, Span<int> weights, int left, int right)
    {
        (losses[left], losses[right]) = (losses[right], losses[left]);
        (weights[left], weights[right]) = (weights[right], weights[left]);
    }
}
