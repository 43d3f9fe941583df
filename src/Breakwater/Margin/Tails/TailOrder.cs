using System.Buffers;
using System.Numerics;

namespace Breakwater.Margin.Tails;

/// <summary>The greatest losses in order, as many as a tail needs: what <see cref="TailEstimators.Order"/> begins with,
/// without sorting the rest.</summary>
/// <remarks>Selection by parts (Hoare 1961, Algorithm 65, CACM 4, 321–322) on (loss, index), which are all different;
/// the pivot is the median of three, so that equal inputs take equal steps.</remarks>
internal static class TailOrder
{
    private const int PartMinimum = 32; // a smaller part is sorted with the rest
    private const int SampleStep = 32;
    private const int SampleMinimum = 64;
    private const int SampleMargin = 2; // the weight that a sample is to have beyond the boundary, against the tail's

    /// <summary>Indices of the greatest losses, ties by lower index: the whole tail of a level and the scenario at its
    /// boundary at least.</summary>
    /// <param name="losses">[scenarioCount], loss positive; not modified.</param>
    /// <param name="weights">[scenarioCount], ≥ 0; not modified.</param>
    /// <param name="weighted">Indices of the scenarios with weight, one at least; not modified.</param>
    /// <param name="mass">Mass of the least level that is asked for, in whole weights rounded down.</param>
    internal static int[] Of<TLoss>(
        ReadOnlySpan<TLoss> losses, ReadOnlySpan<int> weights, ReadOnlySpan<int> weighted, long mass)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        Part<TLoss>[] parts = ArrayPool<Part<TLoss>>.Shared.Rent(weighted.Length);
        int count = Candidates(losses, weights, weighted, mass, parts);
        int end = EndOfTail(parts.AsSpan(0, count), weights, mass, PartMinimum);
        parts.AsSpan(0, end).Sort();
        int[] order = new int[end];
        for (int place = 0; place < end; place++) order[place] = parts[place].Index;
        ArrayPool<Part<TLoss>>.Shared.Return(parts);
        return order;
    }

    /// <summary>Sum of a tail, and the loss at the boundary of another, without order: what measures of
    /// <see cref="TailEstimators"/> give.</summary>
    /// <param name="losses">As above.</param>
    /// <param name="weights">Likewise.</param>
    /// <param name="weighted">Likewise.</param>
    /// <param name="summed">The tail that is summed.</param>
    /// <param name="bounded">The tail whose boundary is asked for.</param>
    internal static (Int128 Sum, Int128 Boundary) Sum<TLoss>(
        ReadOnlySpan<TLoss> losses, ReadOnlySpan<int> weights, ReadOnlySpan<int> weighted, TailMass summed,
        TailMass bounded)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        Part<TLoss>[] room = ArrayPool<Part<TLoss>>.Shared.Rent(weighted.Length);
        (long mass, long other) = ((long)summed.Weights, (long)bounded.Weights);
        Span<Part<TLoss>> parts =
            room.AsSpan(0, Candidates(losses, weights, weighted, Math.Max(mass, other), room));
        Int128 boundary = 0;
        if (other > mass)
        {
            parts = parts[..EndOfTail(parts, weights, other, 1)];
            boundary = Int128.CreateTruncating(parts[^1].Loss);
        }

        parts = parts[..EndOfTail(parts, weights, mass, 1)];
        Int128 sum = SumOf(parts, weights, summed);
        if (other <= mass)
        {
            parts = parts[..EndOfTail(parts, weights, other, 1)];
            boundary = Int128.CreateTruncating(parts[^1].Loss);
        }

        ArrayPool<Part<TLoss>>.Shared.Return(room);
        return (sum, boundary);
    }

    // Of a tail whose boundary comes last.
    private static Int128 SumOf<TLoss>(ReadOnlySpan<Part<TLoss>> tail, ReadOnlySpan<int> weights, TailMass mass)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        Int128 left = mass.Mass;
        Int128 sum = 0;
        foreach (Part<TLoss> own in tail[..^1])
        {
            Int128 weight = weights[own.Index] * mass.Unit;
            left -= weight;
            sum += weight * Int128.CreateTruncating(own.Loss);
        }

        return sum + (left * Int128.CreateTruncating(tail[^1].Loss));
    }

    // The losses from some amount on, which a sample gives, if they weigh more than the mass; otherwise all.
    private static int Candidates<TLoss>(
        ReadOnlySpan<TLoss> losses, ReadOnlySpan<int> weights, ReadOnlySpan<int> weighted, long mass,
        Span<Part<TLoss>> parts)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        TLoss cut = Cut(losses, weights, weighted, mass, parts);
        int count = Take(losses, weighted, cut, parts);
        long weight = 0;
        foreach (Part<TLoss> own in parts[..count]) weight += weights[own.Index];
        return weight > mass ? count : Take(losses, weighted, TLoss.MinValue, parts);
    }

    // A loss that the boundary of the tail is hardly below, by a sample; the least loss of all where it is small.
    private static TLoss Cut<TLoss>(
        ReadOnlySpan<TLoss> losses, ReadOnlySpan<int> weights, ReadOnlySpan<int> weighted, long mass,
        Span<Part<TLoss>> room)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        Span<Part<TLoss>> sample = room[..(weighted.Length / SampleStep)];
        if (sample.Length < SampleMinimum) return TLoss.MinValue;
        long all = 0;
        for (int at = 0; at < sample.Length; at++)
        {
            int index = weighted[at * SampleStep];
            sample[at] = new Part<TLoss>(losses[index], index);
            all += weights[index];
        }

        long total = 0;
        foreach (int index in weighted) total += weights[index];
        Int128 wanted = (Int128)mass * all * SampleMargin;
        sample.Sort();
        Int128 weight = 0;
        foreach (Part<TLoss> own in sample)
        {
            weight += weights[own.Index];
            if (weight * total > wanted) return own.Loss;
        }

        return TLoss.MinValue;
    }

    // Losses from a cut on; each is written, and kept where it counts.
    private static int Take<TLoss>(
        ReadOnlySpan<TLoss> losses, ReadOnlySpan<int> weighted, TLoss cut, Span<Part<TLoss>> parts)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        int count = 0;
        foreach (int index in weighted)
        {
            TLoss loss = losses[index];
            parts[count] = new Part<TLoss>(loss, index);
            count += loss >= cut ? 1 : 0;
        }

        return count;
    }

    // Places [0, end) hold the greatest losses, whose weights together are above the mass. The boundary, with which
    // they come above it, is among the last of them: the very last where the smallest part is one.
    private static int EndOfTail<TLoss>(
        Span<Part<TLoss>> parts, ReadOnlySpan<int> weights, long mass, int partMinimum)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        int low = 0;
        int high = parts.Length;
        while (high - low > partMinimum)
        {
            int pivot = Partition(parts, low, high);
            long weight = 0;
            for (int place = low; place < pivot; place++) weight += weights[parts[place].Index];
            if (weight > mass)
            {
                high = pivot;
                continue;
            }

            mass -= weight;
            low = pivot;
            if (weights[parts[pivot].Index] > mass) return pivot + 1;
            mass -= weights[parts[pivot].Index];
            low = pivot + 1;
        }

        return high;
    }

    // Greater losses before the pivot, the pivot, the others behind it. Every place is written, whichever side it goes
    // to: a step costs less than a wrong guess of where it goes.
    private static int Partition<TLoss>(Span<Part<TLoss>> parts, int low, int high)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        int middle = low + ((high - low) / 2);
        MoveMedian(parts, low, middle, high - 1);
        Part<TLoss> pivot = parts[high - 1];
        int place = low;
        for (int at = low; at < high - 1; at++)
        {
            Part<TLoss> own = parts[at];
            parts[at] = parts[place];
            parts[place] = own;
            place += own.IsBefore(pivot) ? 1 : 0;
        }

        (parts[place], parts[high - 1]) = (parts[high - 1], parts[place]);
        return place;
    }

    // The median of three places to the last of them.
    private static void MoveMedian<TLoss>(Span<Part<TLoss>> parts, int first, int middle, int last)
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        bool isFirst = parts[first].IsBefore(parts[middle]);
        (int before, int after) = isFirst ? (first, middle) : (middle, first);
        int median = parts[last].IsBefore(parts[before]) ? before
            : parts[after].IsBefore(parts[last]) ? after
            : last;
        (parts[median], parts[last]) = (parts[last], parts[median]);
    }

    private readonly record struct Part<TLoss>(TLoss Loss, int Index) : IComparable<Part<TLoss>>
        where TLoss : struct, IBinaryInteger<TLoss>, IMinMaxValue<TLoss>
    {
        public bool IsBefore(Part<TLoss> other) =>
            Loss > other.Loss || (Loss == other.Loss && Index < other.Index);

        public int CompareTo(Part<TLoss> other)
        {
            int byLoss = other.Loss.CompareTo(Loss);
            return byLoss != 0 ? byLoss : Index.CompareTo(other.Index);
        }
    }
}
