namespace Breakwater.Margin.Tails;

/// <summary>The mass beyond a level of a weighted distribution, whole.</summary>
/// <param name="Level">Confidence level.</param>
/// <param name="Unit">What one unit of weight counts as, so that the mass is whole; ≥ 1.</param>
/// <param name="Mass">(1 − level) of all weight, in those units; &gt; 0.</param>
internal readonly record struct TailMass(TailLevel Level, Int128 Unit, Int128 Mass)
{
    /// <summary>Mass in whole weights, rounded down.</summary>
    internal Int128 Weights => Mass / Unit;

    /// <summary>The mass of a level.</summary>
    /// <param name="weights">[scenario], ≥ 0.</param>
    /// <param name="level">Level.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not strictly between 0 and 1.</exception>
    internal static TailMass Of(ReadOnlySpan<int> weights, TailLevel level)
    {
        Int128 total = 0;
        foreach (int weight in weights) total += weight;
        return Of(total, level);
    }

    /// <summary>The mass of a level.</summary>
    /// <param name="total">All weight; &gt; 0.</param>
    /// <param name="level">Level.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not strictly between 0 and 1.</exception>
    internal static TailMass Of(Int128 total, TailLevel level)
    {
        if (!(level.Numerator > 0 && level.Numerator < level.Denominator))
        {
            throw new ArgumentOutOfRangeException(nameof(level), $"level {level} is not strictly between 0 and 1");
        }

        ExactRatio mass = ExactRatio.Of(total * (level.Denominator - level.Numerator), level.Denominator);
        return new TailMass(level, mass.Denominator, mass.Numerator);
    }
}
