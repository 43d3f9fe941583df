namespace Breakwater.Books;

/// <summary>What a sweep over pairs of holdings needs of vectors: products of numbers of 16 bits, summed in 32, exact
/// and therefore the same at every width.</summary>
/// <typeparam name="TVector">32 bits or a vector of them: a sum, or two numbers of 16 bits, in each.</typeparam>
internal interface IPairLanes<TVector>
    where TVector : struct
{
    /// <summary>Scenarios of two vectors of sums: divides <see cref="GridArrays.BlockSize"/>.</summary>
    static abstract int Count { get; }

    /// <summary>The same 32 bits in every lane.</summary>
    /// <param name="value">Any number.</param>
    static abstract TVector Of(int value);

    /// <summary>One half of the scenarios of two rows, those of a scenario side by side.</summary>
    /// <param name="first">First of <see cref="Count"/> entries of one row.</param>
    /// <param name="second">First of as many of the other.</param>
    static abstract TVector Lower(ref readonly short first, ref readonly short second);

    /// <summary>The other half, in the same order at every call.</summary>
    /// <param name="first">First of <see cref="Count"/> entries of one row.</param>
    /// <param name="second">First of as many of the other.</param>
    static abstract TVector Upper(ref readonly short first, ref readonly short second);

    /// <summary>sums + a₀b₀ + a₁b₁ in each lane, which must fit.</summary>
    static abstract TVector AddProducts(TVector sums, TVector a, TVector b);

    /// <summary>Greatest 2³²·upper + 2¹⁶·lower of all lanes of both vectors; upper + lower/2¹⁶ must fit.</summary>
    /// <param name="upperA">Upper sums of one half of the scenarios.</param>
    /// <param name="lowerA">Their lower sums.</param>
    /// <param name="upperB">Upper sums of the other half.</param>
    /// <param name="lowerB">Their lower sums.</param>
    static abstract long Greatest(TVector upperA, TVector lowerA, TVector upperB, TVector lowerB);
}
