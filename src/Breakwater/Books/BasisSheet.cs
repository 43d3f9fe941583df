using System.Numerics;

namespace Breakwater.Books;

/// <summary>Offsets between prices of one underlying: <c>BasisFloor</c> without allocation.</summary>
/// <remarks>Prices that are long and prices that are short are two sets of bits, so that only pairs that offset are
/// visited, in the plain order: spot against perpetual, both against dated prices from the nearest expiry on, then
/// those against each other.</remarks>
internal struct BasisSheet
{
    private readonly UInt128[] _sizes; // [expiry] magnitudes not yet offset

    private ulong _long;
    private ulong _short;

    /// <summary>Scratch.</summary>
    /// <param name="expiryCount">Most expiries of an underlying.</param>
    internal BasisSheet(int expiryCount) => _sizes = new UInt128[expiryCount];

    /// <summary>Tries to sum the basis of a day.</summary>
    /// <param name="spot">$delta of coin, femto-dollars.</param>
    /// <param name="perpetual">$delta of perpetuals, femto-dollars.</param>
    /// <param name="deltas">[expiry] $delta, femto-dollars.</param>
    /// <param name="expiries">Bits of expiries that are held.</param>
    /// <param name="rates">Governed constants.</param>
    /// <param name="daily">Σ offset × rate, each rounded down, femto-dollars.</param>
    internal bool TrySum(
        Int128 spot, Int128 perpetual, ReadOnlySpan<Int128> deltas, ulong expiries, LineRates rates,
        out UInt128 daily)
    {
        daily = 0;
        if (LineLimits.Magnitude(spot) >= LineLimits.ExpiryMax || !TryLoad(perpetual, deltas, expiries)) return false;
        if (spot != 0)
        {
            daily = OffsetSpot(spot, perpetual, deltas, expiries, rates);
        }
        else if (perpetual != 0)
        {
            UInt128 left = LineLimits.Magnitude(perpetual);
            daily = perpetual > 0
                ? Offset(ref left, ref _short, rates.BasisNear)
                : Offset(ref left, ref _long, rates.BasisNear);
        }

        while (_long != 0 && _short != 0)
        {
            // the nearest of all is set against the other side, which has later ones alone
            ulong held = _long | _short;
            ulong nearest = held & ~(held - 1);
            bool isLong = (_long & nearest) != 0;
            ref UInt128 near = ref _sizes[BitOperations.TrailingZeroCount(nearest)];
            if (isLong)
            {
                _long ^= nearest;
                daily += Offset(ref near, ref _short, rates.BasisCross);
            }
            else
            {
                _short ^= nearest;
                daily += Offset(ref near, ref _long, rates.BasisCross);
            }
        }

        return daily < LineLimits.ExpiryMax;
    }

    // Of what an expiry offsets of spot and of the perpetual the sum is rounded down.
    private UInt128 OffsetSpot(
        Int128 spot, Int128 perpetual, ReadOnlySpan<Int128> deltas, ulong expiries, LineRates rates)
    {
        UInt128 coin = LineLimits.Magnitude(spot);
        UInt128 future = LineLimits.Magnitude(perpetual);
        UInt128 sum = rates.BasisSpot.Down(IsOpposite(spot, perpetual) ? Take(ref coin, ref future) : 0);
        for (; expiries != 0; expiries &= expiries - 1)
        {
            int expiry = BitOperations.TrailingZeroCount(expiries);
            ref UInt128 dated = ref _sizes[expiry];
            UInt128 offset = IsOpposite(perpetual, deltas[expiry]) ? Take(ref future, ref dated) : 0;
            offset = unchecked(offset + (IsOpposite(spot, deltas[expiry]) ? Take(ref coin, ref dated) : 0));
            sum = unchecked(sum + rates.BasisNear.Down(offset)); // 64 terms of 2^90
            ulong left = dated == 0 ? ~(1UL << expiry) : ulong.MaxValue;
            (_long, _short) = (_long & left, _short & left);
        }

        return sum;
    }

    private static bool IsOpposite(Int128 left, Int128 right) => Int128.Sign(left) * Int128.Sign(right) < 0;

    // The lesser of two sizes; both are shortened by it.
    private static UInt128 Take(ref UInt128 left, ref UInt128 right)
    {
        UInt128 offset = UInt128.Min(left, right);
        unchecked
        {
            left -= offset;
            right -= offset;
        }

        return offset;
    }

    private bool TryLoad(Int128 perpetual, ReadOnlySpan<Int128> deltas, ulong expiries)
    {
        (_long, _short) = (0, 0);
        UInt128 all = LineLimits.Magnitude(perpetual);
        for (; expiries != 0; expiries &= expiries - 1)
        {
            int expiry = BitOperations.TrailingZeroCount(expiries);
            Int128 delta = deltas[expiry];
            UInt128 size = LineLimits.Magnitude(delta);
            _sizes[expiry] = size;
            all |= size;
            ulong bit = size == 0 ? 0 : 1UL << expiry;
            _long |= delta > 0 ? bit : 0;
            _short |= delta < 0 ? bit : 0;
        }

        return all < LineLimits.ExpiryMax;
    }

    // min(|a|, |b|) against each of the other side from the nearest on, until one of the two is used up.
    private readonly UInt128 Offset(ref UInt128 left, ref ulong others, in LineFraction rate)
    {
        UInt128 sum = 0;
        while (others != 0 && left != 0)
        {
            ref UInt128 other = ref _sizes[BitOperations.TrailingZeroCount(others)];
            UInt128 offset = UInt128.Min(left, other);
            unchecked // the lesser of the two
            {
                left -= offset;
                other -= offset;
                sum += rate.Down(offset);
            }

            if (other == 0) others &= others - 1;
        }

        return sum;
    }
}
