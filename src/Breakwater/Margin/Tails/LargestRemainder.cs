namespace Breakwater.Margin.Tails;

/// <summary>Splits a rounded total over components so that the parts sum to it exactly (METHODOLOGY 4.9).</summary>
public static class LargestRemainder
{
    /// <summary>Rounds each part down, then hands the units still missing to the largest remainders, ties by
    /// index.</summary>
    /// <param name="numerators">[componentCount], exact parts × <paramref name="denominator"/>; not modified.</param>
    /// <param name="denominator">Common denominator; &gt; 0.</param>
    /// <param name="total">Σ parts rounded up or down to a whole number.</param>
    /// <param name="parts">[componentCount], filled; sums to <paramref name="total"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="total"/> is no rounding of the sum, or lengths differ.
    /// </exception>
    public static void Split(
        ReadOnlySpan<Int128> numerators, Int128 denominator, Int128 total, Span<Int128> parts)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parts.Length, numerators.Length);
        Int128 missing = total;
        List<(Int128 Remainder, int Index)> remainders = new(numerators.Length);
        for (int index = 0; index < numerators.Length; index++)
        {
            parts[index] = WholeDivision.Down(numerators[index], denominator);
            missing -= parts[index];
            remainders.Add((numerators[index] - (parts[index] * denominator), index));
        }

        if (missing < 0 || missing > numerators.Length)
        {
            throw new ArgumentException($"total {total} is no rounding of the sum of the parts: {missing} units apart");
        }

        remainders.Sort(static (left, right) =>
        {
            int byRemainder = right.Remainder.CompareTo(left.Remainder);
            return byRemainder != 0 ? byRemainder : left.Index.CompareTo(right.Index);
        });
        for (int rank = 0; rank < (int)missing; rank++)
        {
            parts[remainders[rank].Index]++;
        }
    }
}
