using System.Numerics;

namespace Breakwater.Numerics;

/// <summary>
/// The families Philox and Threefry for any width and number of rounds, written for clarity: the model that
/// <see cref="Philox4x32"/> is tested against and that answers the published known-answer vectors.
/// </summary>
/// <remarks>Source: Salmon, Moraes, Dror and Shaw (2011), SC11, sections 3.2 and 3.3; constants from tables 1 and 2
/// there (Threefish rotation constants: Ferguson et al., The Skein Hash Function Family, 2010).</remarks>
public static class CounterBasedGenerators
{
    private const ulong Weyl0 = 0x9E3779B97F4A7C15; // golden ratio, high half for 32 bits
    private const ulong Weyl1 = 0xBB67AE8584CAA73B; // √3 − 1
    private const ulong Parity64 = 0x1BD11BDAA9FC1A22; // Skein 1.3 key schedule constant
    private const ulong Parity32 = 0x1BD11BDA;

    /// <summary>The output block of a generator.</summary>
    /// <param name="generator">philox2x32, philox4x32, philox2x64, philox4x64, threefry2x32, threefry4x32,
    /// threefry2x64 or threefry4x64.</param>
    /// <param name="roundCount">Rounds, in [1, 72].</param>
    /// <param name="counter">[2] or [4] words, word 0 first, each below 2³² for the 32-bit generators.</param>
    /// <param name="key">[1] word (philox2), [2] (philox4, threefry2) or [4] (threefry4).</param>
    /// <returns>As many words as the counter has.</returns>
    /// <exception cref="ArgumentException">Unknown generator, wrong count or too large a word.</exception>
    public static ulong[] Block(
        string generator,
        int roundCount,
        ReadOnlySpan<ulong> counter,
        ReadOnlySpan<ulong> key)
    {
        ArgumentNullException.ThrowIfNull(generator);
        Require.InRange(roundCount, 1, 72);
        (bool isPhilox, int wordCount, int wordBits) = generator switch
        {
            "philox2x32" => (true, 2, 32),
            "philox4x32" => (true, 4, 32),
            "philox2x64" => (true, 2, 64),
            "philox4x64" => (true, 4, 64),
            "threefry2x32" => (false, 2, 32),
            "threefry4x32" => (false, 4, 32),
            "threefry2x64" => (false, 2, 64),
            "threefry4x64" => (false, 4, 64),
            _ => throw new ArgumentException($"unknown generator {generator}", nameof(generator)),
        };
        Require.Count(counter.Length, wordCount);
        Require.Count(key.Length, isPhilox ? wordCount / 2 : wordCount);
        RequireWords(counter, wordBits);
        RequireWords(key, wordBits);
        return isPhilox
            ? Philox(roundCount, counter, key, wordBits)
            : Threefry(roundCount, counter, key, wordBits);
    }

    private static void RequireWords(ReadOnlySpan<ulong> words, int wordBits)
    {
        foreach (ulong word in words)
        {
            if ((word & ~Mask(wordBits)) != 0)
            {
                throw new ArgumentException($"word {word:x} exceeds {wordBits} bits", nameof(words));
            }
        }
    }

    private static ulong[] Philox(int roundCount, ReadOnlySpan<ulong> counter, ReadOnlySpan<ulong> key, int wordBits)
    {
        ulong[] x = counter.ToArray();
        ulong[] k = key.ToArray();
        for (int round = 0; round < roundCount; round++)
        {
            x = x.Length == 2 ? PhiloxPair(x, k[0], wordBits) : PhiloxQuad(x, k, wordBits);
            for (int i = 0; i < k.Length; i++)
            {
                k[i] = Sum(k[i], (i == 0 ? Weyl0 : Weyl1) >> (64 - wordBits), wordBits);
            }
        }

        return x;
    }

    private static ulong[] PhiloxPair(ulong[] x, ulong key, int wordBits)
    {
        (ulong high, ulong low) = Product(wordBits == 32 ? 0xD256D193 : 0xD2B74407B1CE6E93, x[0], wordBits);
        return [high ^ key ^ x[1], low];
    }

    private static ulong[] PhiloxQuad(ulong[] x, ulong[] k, int wordBits)
    {
        (ulong high0, ulong low0) = Product(wordBits == 32 ? 0xD2511F53 : 0xD2E7470EE14C6C93, x[0], wordBits);
        (ulong high1, ulong low1) = Product(wordBits == 32 ? 0xCD9E8D57 : 0xCA5A826395121157, x[2], wordBits);
        return [high1 ^ x[1] ^ k[0], low1, high0 ^ x[3] ^ k[1], low0];
    }

    private static ulong[] Threefry(int roundCount, ReadOnlySpan<ulong> counter, ReadOnlySpan<ulong> key, int wordBits)
    {
        int count = counter.Length;
        ulong[] schedule = [.. key, wordBits == 32 ? Parity32 : Parity64];
        foreach (ulong word in key) schedule[count] ^= word;
        ulong[] x = counter.ToArray();
        for (int i = 0; i < count; i++) x[i] = Sum(x[i], schedule[i], wordBits);
        ReadOnlySpan<byte> rotations = Rotations(count, wordBits);
        for (int round = 0; round < roundCount; round++)
        {
            for (int pair = 0; pair < count / 2; pair++)
            {
                // Words 1 and 3 change partners in every other round.
                int left = 2 * pair;
                int right = round % 2 == 0 ? left + 1 : (count - left - 1) % count;
                x[left] = Sum(x[left], x[right], wordBits);
                x[right] = Rotate(x[right], rotations[((round % 8) * (count / 2)) + pair], wordBits) ^ x[left];
            }

            if (round % 4 == 3) InjectKey(x, schedule, (round + 1) / 4, wordBits);
        }

        return x;
    }

    private static void InjectKey(ulong[] x, ulong[] schedule, int injection, int wordBits)
    {
        for (int i = 0; i < x.Length; i++) x[i] = Sum(x[i], schedule[(injection + i) % schedule.Length], wordBits);
        x[^1] = Sum(x[^1], (ulong)injection, wordBits);
    }

    private static ReadOnlySpan<byte> Rotations(int wordCount, int wordBits) => (wordCount, wordBits) switch
    {
        (2, 32) => [13, 15, 26, 6, 17, 29, 16, 24],
        (2, 64) => [16, 42, 12, 31, 16, 32, 24, 21],
        (4, 32) => [10, 26, 11, 21, 13, 27, 23, 5, 6, 20, 17, 11, 25, 10, 18, 20],
        _ => [14, 16, 52, 57, 23, 40, 5, 37, 25, 33, 46, 12, 58, 22, 32, 32],
    };

    private static ulong Mask(int wordBits) => wordBits == 64 ? ulong.MaxValue : 0xFFFF_FFFF;

    /// <summary>Sum modulo 2^wordBits.</summary>
    private static ulong Sum(ulong a, ulong b, int wordBits) => unchecked(a + b) & Mask(wordBits);

    private static (ulong High, ulong Low) Product(ulong a, ulong b, int wordBits)
    {
        UInt128 product = (UInt128)a * b;
        return ((ulong)(product >> wordBits), (ulong)(product & Mask(wordBits)));
    }

    private static ulong Rotate(ulong x, int bits, int wordBits) => wordBits == 64
        ? BitOperations.RotateLeft(x, bits)
        : BitOperations.RotateLeft((uint)x, bits);
}
