namespace Breakwater.Numerics;

/// <summary>
/// Nested uniform scrambling: each bit of a coordinate is flipped or not by a coin that belongs to all the bits above
/// it, so that the points keep the stratification of the net and each one is uniform over the seeds.
/// </summary>
/// <remarks>Source: Owen (1995), Randomly permuted (t,m,s)-nets and (t,s)-sequences, in Monte Carlo and Quasi-Monte
/// Carlo Methods in Scientific Computing, Springer, 299–317. The coins are bits of Philox4x32-10 blocks: one block
/// serves the 63 coins of six levels below a prefix.</remarks>
internal static class SobolScrambling
{
    private const int LevelsPerBlock = 6; // nodes 1 … 63 of a binary tree of six levels, one bit of 64 each
    private const uint StreamTag = 0x536F_626F; // "Sobo": keeps these counters apart from those of scenarios

    /// <summary>The scrambled coordinate, both as multiples of 2⁻³².</summary>
    internal static uint Scramble(uint word, int dimension, ulong seed)
    {
        uint scrambled = 0;
        for (int depth = 0; depth < SobolSequence.BitCount; depth += LevelsPerBlock)
        {
            uint prefix = depth == 0 ? 0 : word >> (SobolSequence.BitCount - depth);
            (uint low, uint high, _, _) =
                Philox4x32.Block(prefix, (uint)depth, (uint)dimension, StreamTag, seed);
            ulong coins = ((ulong)high << 32) | low;
            scrambled |= FlippedLevels(word, depth, coins);
        }

        return scrambled;
    }

    private static uint FlippedLevels(uint word, int depth, ulong coins)
    {
        uint flipped = 0;
        int node = 1;
        int end = Math.Min(depth + LevelsPerBlock, SobolSequence.BitCount);
        for (int level = depth; level < end; level++)
        {
            int position = SobolSequence.BitCount - 1 - level;
            uint bit = (word >> position) & 1;
            flipped |= (bit ^ ((uint)((coins >> node) & 1))) << position;
            node = (2 * node) + (int)bit;
        }

        return flipped;
    }
}
