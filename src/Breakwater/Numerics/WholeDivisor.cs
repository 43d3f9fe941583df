using System.Numerics;
using System.Runtime.CompilerServices;

namespace Breakwater.Numerics;

/// <summary>Division of 128-bit whole numbers by one divisor of 64 bits, many times.</summary>
/// <remarks>Two multiplications per word by the divisor's reciprocal. Source: Möller, Granlund (2011), "Improved
/// division by invariant integers", IEEE Trans. Comput. 60, 165–175, algorithm 4. The <c>default</c> value is invalid.
/// </remarks>
internal readonly struct WholeDivisor
{
    private const int WordBits = 64;

    private readonly ulong _normalised;
    private readonly ulong _reciprocal;
    private readonly int _shift;

    /// <summary>Prepares a divisor.</summary>
    /// <param name="divisor">Divisor, a whole number; &gt; 0.</param>
    internal WholeDivisor(ulong divisor)
    {
        ArgumentOutOfRangeException.ThrowIfZero(divisor);
        Value = divisor;
        _shift = BitOperations.LeadingZeroCount(divisor);
        _normalised = divisor << _shift;
        _reciprocal = unchecked((ulong)(UInt128.MaxValue / _normalised)); // 2^64 less: the low word alone
    }

    /// <summary>The divisor.</summary>
    internal ulong Value { get; }

    /// <summary>floor(value ÷ divisor).</summary>
    /// <param name="value">Dividend, a whole number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal UInt128 Down(UInt128 value) => DivRem(value).Quotient;

    /// <summary>ceiling(value ÷ divisor).</summary>
    /// <param name="value">Dividend, a whole number.</param>
    internal UInt128 Up(UInt128 value)
    {
        (UInt128 quotient, ulong remainder) = DivRem(value);
        return unchecked(quotient + (remainder == 0 ? 0UL : 1UL)); // the quotient is not above the dividend
    }

    private (UInt128 Quotient, ulong Remainder) DivRem(UInt128 value)
    {
        unchecked // words of multi-word arithmetic wrap on purpose
        {
            ulong high = (ulong)(value >> WordBits);
            ulong low = (ulong)value;
            ulong middle = (high << _shift) | (low >> 1 >> (WordBits - 1 - _shift));
            ulong rest = middle;
            ulong first = high < Value ? 0 : Step(high >> 1 >> (WordBits - 1 - _shift), middle, out rest);
            ulong second = Step(rest, low << _shift, out rest);
            return (new UInt128(first, second), rest >> _shift);
        }
    }

    // (high, low) ÷ normalised for high below the divisor.
    private ulong Step(ulong high, ulong low, out ulong rest)
    {
        unchecked
        {
            ulong upper = Math.BigMul(_reciprocal, high, out ulong lower);
            lower += low;
            upper += high + (lower < low ? 1UL : 0UL) + 1UL;
            rest = low - (upper * _normalised);
            if (rest > lower)
            {
                upper--;
                rest += _normalised;
            }

            if (rest >= _normalised)
            {
                upper++;
                rest -= _normalised;
            }

            return upper;
        }
    }
}
