namespace Breakwater.Margin.Tails;

/// <summary>Sums of the weights of a distribution.</summary>
/// <param name="Total">Σw; &gt; 0.</param>
/// <param name="Squares">Σw²; &gt; 0.</param>
internal readonly record struct WeightSums(Int128 Total, Int128 Squares)
{
    /// <summary>(Σw)² ÷ Σw², rounded down.</summary>
    internal int EffectiveCount => checked((int)(Total * Total / Squares));

    /// <summary>The sums.</summary>
    /// <param name="weights">[scenario], ≥ 0, not all zero.</param>
    internal static WeightSums Of(ReadOnlySpan<int> weights)
    {
        Int128 total = 0;
        Int128 squares = 0;
        foreach (int weight in weights)
        {
            total += weight;
            squares += Math.BigMul(weight, weight);
        }

        return new WeightSums(total, squares);
    }
}
