using Breakwater.Numerics;

namespace Breakwater.Explanation;

/// <summary>Looks for sizes in whole steps: what remains short after a size is asked, never derived.</summary>
internal static class SizeSearch
{
    private const int CoarseSteps = 16;
    private const int ScanWidth = 8; // below it every size is asked
    private const int Thousand = 1000;
    private const int GoldenThousandths = 382; // 1 − 1/golden ratio

    /// <summary>Least size among 1 … most that cures, where the first of a coarse grid does; <c>null</c> if none of the
    /// grid does.</summary>
    /// <param name="most">Greatest size; ≥ 0.</param>
    /// <param name="remaining">What remains short after a size; ≤ 0 cures.</param>
    internal static Int128? Least(Int128 most, Func<Int128, Money> remaining)
    {
        Int128 before = 0;
        for (int step = 1; step <= CoarseSteps; step++)
        {
            Int128 size = most * step / CoarseSteps;
            if (size > before && remaining(size) <= Money.Zero)
            {
                return LeastBetween(before, size, tried => remaining(tried) <= Money.Zero);
            }

            before = size;
        }

        return null;
    }

    /// <summary>The size that cures while one less does not.</summary>
    /// <param name="failing">A size that does not cure.</param>
    /// <param name="curing">A greater size that does.</param>
    /// <param name="cures">Whether a size between cures.</param>
    internal static Int128 LeastBetween(Int128 failing, Int128 curing, Func<Int128, bool> cures)
    {
        while (curing - failing > 1)
        {
            Int128 middle = failing + ((curing - failing) / 2);
            if (cures(middle)) curing = middle;
            else failing = middle;
        }

        return curing;
    }

    /// <summary>The size among 0 … most after which least remains, where what remains falls, then rises: golden section
    /// in whole sizes, then every size of what is left.</summary>
    /// <param name="most">Greatest size; ≥ 0.</param>
    /// <param name="remaining">What remains short after a size.</param>
    internal static (Int128 Size, Money Remaining) Best(Int128 most, Func<Int128, Money> remaining)
    {
        SortedDictionary<Int128, Money> asked = [];
        (Int128 low, Int128 high) = (0, most);
        (Int128 left, Int128 right) = Inner(low, high);
        while (high - low > ScanWidth)
        {
            if (At(left) <= At(right))
            {
                (high, right) = (right, left);
                left = low + (high - right);
            }
            else
            {
                (low, left) = (left, right);
                right = high - (left - low);
            }

            if (!(low < left && left < right && right < high)) (left, right) = Inner(low, high);
        }

        Int128 best = low;
        for (Int128 size = low + 1; size <= high; size++)
        {
            if (At(size) < At(best)) best = size;
        }

        return (best, At(best));

        Money At(Int128 size)
        {
            if (!asked.TryGetValue(size, out Money known)) asked[size] = known = remaining(size);
            return known;
        }
    }

    private static (Int128 Left, Int128 Right) Inner(Int128 low, Int128 high)
    {
        Int128 part = Int128.Max(1, (high - low) * GoldenThousandths / Thousand);
        return (low + part, high - part);
    }
}
