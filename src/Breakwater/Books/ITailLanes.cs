namespace Breakwater.Books;

/// <summary>What a sweep over scenarios needs of vectors: sums of whole numbers below 2⁵³, which no order of summation
/// and no width can change, and comparisons with a threshold.</summary>
/// <typeparam name="TVector">One double or a vector of doubles.</typeparam>
internal interface ITailLanes<TVector>
    where TVector : struct
{
    /// <summary>Lanes of a vector: divides <see cref="ScenarioTiling.CellSize"/>.</summary>
    static abstract int Count { get; }

    /// <summary>A number in every lane.</summary>
    /// <param name="value">Any double.</param>
    static abstract TVector Of(double value);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a·b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TVector Fma(TVector a, TVector b, TVector c);

    /// <summary>The greater of two numbers in each lane; neither is NaN.</summary>
    static abstract TVector Greater(TVector a, TVector b);

    /// <summary>Greatest lane.</summary>
    /// <param name="a">Numbers, none NaN.</param>
    static abstract double Greatest(TVector a);

    /// <summary>Whole numbers of 32 bits as doubles, one in each lane.</summary>
    /// <param name="first">The first of them.</param>
    static abstract TVector OfWhole(ref readonly int first);

    /// <summary>Bit of each lane in which a ≥ b.</summary>
    static abstract uint AtLeast(TVector a, TVector b);

    /// <summary>Moves the lanes of a mask to the front of two places, which have room for a whole vector.</summary>
    /// <param name="losses">Losses.</param>
    /// <param name="weight">First of their weights, as many as lanes.</param>
    /// <param name="lanes">Mask as <see cref="AtLeast"/> gives it.</param>
    /// <param name="lossTarget">First place of losses.</param>
    /// <param name="weightTarget">First place of weights.</param>
    static abstract void Append(
        TVector losses, ref readonly int weight, uint lanes, ref double lossTarget, ref int weightTarget);
}
