namespace Breakwater.Numerics;

/// <summary>
/// The few operations, exact or correctly rounded by IEEE 754, of which every kernel is made. One kernel text over
/// one lane, four or eight performs the same sequence for each element, hence gives the same bits (METHODOLOGY 0).
/// </summary>
/// <typeparam name="TVector">One double or a vector of doubles.</typeparam>
internal interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>A constant in every lane.</summary>
    /// <param name="value">The constant, any double.</param>
    static abstract TVector Of(double value);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a − b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a·b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a/b.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TVector Fma(TVector a, TVector b, TVector c);

    /// <summary>|a|, also of NaN.</summary>
    static abstract TVector Abs(TVector a);

    /// <summary>√a, correctly rounded.</summary>
    static abstract TVector Sqrt(TVector a);

    /// <summary>a where a &lt; b, else b: also where they are equal or one is NaN.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>a where a &gt; b, else b: also where they are equal or one is NaN.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>Where a &lt; b (false with NaN) the first choice, elsewhere the other.</summary>
    static abstract TVector SelectLess(TVector a, TVector b, TVector first, TVector other);

    /// <summary>2^n of a sum n + 1.5·2⁵², −1022 ≤ n ≤ 1023, by shifting its low bits into the exponent field.</summary>
    static abstract TVector PowerOfTwo(TVector shifted);

    /// <summary>
    /// Splits a positive normal x = 2^k·m with m in [√½, √2): returns k as a double. Other inputs give some numbers.
    /// </summary>
    static abstract TVector SplitExponent(TVector x, out TVector mantissa);

    /// <summary>
    /// For positive normal a and b whose ratio is within 2^±1000: a whole k, as a double, and scaled = b·2^k so near a
    /// that |log2(a/scaled)| ≤ 0.587: bit patterns are piecewise linear logarithms, off by up to 0.0861.
    /// </summary>
    static abstract TVector SplitRatio(TVector a, TVector b, out TVector scaled);

    /// <summary>⌊a⌋, exact.</summary>
    static abstract TVector Floor(TVector a);

    /// <summary>Stores whole numbers below 2⁵³ in magnitude as 64-bit integers.</summary>
    /// <param name="a">Whole numbers.</param>
    /// <param name="target">Of the first of as many integers as there are lanes.</param>
    static abstract void StoreWhole(TVector a, ref long target);
}
