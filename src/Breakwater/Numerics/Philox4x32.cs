namespace Breakwater.Numerics;

/// <summary>
/// Philox4x32-10, the counter-based generator of all scenarios: a pure function from (counter, key) to 128 bits.
/// </summary>
/// <remarks>Source: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC11, section
/// 3.3; constants from table 2 there. Known answers: random123-kat.</remarks>
public static class Philox4x32
{
    private const int RoundCount = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9; // golden ratio
    private const uint Weyl1 = 0xBB67AE85; // √3 − 1
    private const double TwoToMinus32 = 1.0 / 4294967296.0;

    /// <summary>The block of four random words of a counter under a key.</summary>
    /// <param name="counter0">Word 0 of the counter (the scenario, METHODOLOGY 3.7).</param>
    /// <param name="counter1">Word 1 (the factor).</param>
    /// <param name="counter2">Word 2 (the step).</param>
    /// <param name="counter3">Word 3 (the block).</param>
    /// <param name="key">Word 0 of the key in the low 32 bits, word 1 in the high ones.</param>
    public static (uint X0, uint X1, uint X2, uint X3) Block(
        uint counter0,
        uint counter1,
        uint counter2,
        uint counter3,
        ulong key)
    {
        uint key0 = (uint)(key & 0xFFFF_FFFF);
        uint key1 = (uint)(key >> 32);
        for (int round = 0; round < RoundCount; round++)
        {
            ulong product0 = (ulong)Multiplier0 * counter0;
            ulong product1 = (ulong)Multiplier1 * counter2;
            // Halves of the products by intention; the key words walk modulo 2³².
            unchecked
            {
                (counter0, counter1, counter2, counter3) = (
                    (uint)(product1 >> 32) ^ counter1 ^ key0,
                    (uint)product1,
                    (uint)(product0 >> 32) ^ counter3 ^ key1,
                    (uint)product0);
                key0 += Weyl0;
                key1 += Weyl1;
            }
        }

        return (counter0, counter1, counter2, counter3);
    }

    /// <summary>The uniform number (x + ½)·2⁻³², exact.</summary>
    /// <param name="word">A random word.</param>
    /// <returns>In [2⁻³³, 1 − 2⁻³³]: never 0 or 1, symmetric about ½.</returns>
    public static double ToUniform(uint word) => (word + 0.5) * TwoToMinus32;
}
