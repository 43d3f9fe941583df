using System.Collections.Immutable;

namespace Breakwater.Margin.Tails;

/// <summary>The greatest losses in order, as many as a tail needs: what <see cref="TailEstimators.Order"/> begins with,
/// without sorting the rest.</summary>
/// <remarks>Selection by parts (Hoare 1961, Algorithm 65, CACM 4, 321–322) on (loss, index), which are all different;
/// the pivot is the median of three, so that equal inputs take equal steps.</remarks>
internal static class TailOrder
{
    private const int PartMinimum = 32; // a smaller part is sorted with the rest

    /// <summary>Indices of the greatest losses, ties by lower index: the whole tail of a level and the scenario at its
    /// boundary at least.</summary>
    /// <param name="losses">[scenarioCount], loss positive; not modified.</param>
    /// <param name="weights">[scenarioCount], ≥ 0; not modified.</param>
    /// <param name="level">The least level that is asked for.</param>
    internal static ImmutableArray<int> Of(ReadOnlySpan<Int128> losses, ReadOnlySpan<int> weights, TailLevel level)
    {
        TailEstimators.RequireDistribution(losses, weights);
        (Int128 unit, Int128 mass) = TailEstimators.TailUnits(weights, level);
        int[] indices = Weighted(weights);
        int end = EndOfTail(losses, weights, indices, mass / unit);
        Part[] tail = new Part[end];
        for (int place = 0; place < end; place++) tail[place] = new Part(losses[indices[place]], indices[place]);
        Array.Sort(tail);
        ImmutableArray<int>.Builder order = ImmutableArray.CreateBuilder<int>(end);
        foreach (Part part in tail) order.Add(part.Index);
        return order.MoveToImmutable();
    }

    // Places [0, end) hold the greatest losses, whose weights together are above the mass (in whole weights).
    private static int EndOfTail(ReadOnlySpan<Int128> losses, ReadOnlySpan<int> weights, int[] indices, Int128 mass)
    {
        int low = 0;
        int high = indices.Length;
        while (high - low > PartMinimum)
        {
            int pivot = Partition(losses, indices, low, high);
            Int128 weight = 0;
            for (int place = low; place <= pivot; place++) weight += weights[indices[place]];
            if (weight > mass)
            {
                if (pivot + 1 == high) break;
                high = pivot + 1;
            }
            else
            {
                mass -= weight;
                low = pivot + 1;
            }
        }

        return high;
    }

    // Greater losses before the pivot, the pivot, the others behind it.
    private static int Partition(ReadOnlySpan<Int128> losses, int[] indices, int low, int high)
    {
        int middle = low + ((high - low) / 2);
        MoveMedian(losses, indices, low, middle, high - 1);
        int pivot = indices[high - 1];
        int place = low;
        for (int at = low; at < high - 1; at++)
        {
            if (!IsBefore(losses, indices[at], pivot)) continue;
            (indices[place], indices[at]) = (indices[at], indices[place]);
            place++;
        }

        (indices[place], indices[high - 1]) = (indices[high - 1], indices[place]);
        return place;
    }

    // The median of three places to the last of them.
    private static void MoveMedian(ReadOnlySpan<Int128> losses, int[] indices, int first, int middle, int last)
    {
        bool isFirst = IsBefore(losses, indices[first], indices[middle]);
        (int before, int after) = isFirst ? (first, middle) : (middle, first);
        int median = IsBefore(losses, indices[last], indices[before]) ? before
            : IsBefore(losses, indices[after], indices[last]) ? after
            : last;
        (indices[median], indices[last]) = (indices[last], indices[median]);
    }

    private static bool IsBefore(ReadOnlySpan<Int128> losses, int left, int right) =>
        losses[left] > losses[right] || (losses[left] == losses[right] && left < right);

    private static int[] Weighted(ReadOnlySpan<int> weights)
    {
        int count = 0;
        int[] indices = new int[weights.Length];
        for (int index = 0; index < weights.Length; index++)
        {
            if (weights[index] > 0) indices[count++] = index;
        }

        return indices[..count];
    }

    private readonly record struct Part(Int128 Loss, int Index) : IComparable<Part>
    {
        public int CompareTo(Part other)
        {
            int byLoss = other.Loss.CompareTo(Loss);
            return byLoss != 0 ? byLoss : Index.CompareTo(other.Index);
        }
    }
}
