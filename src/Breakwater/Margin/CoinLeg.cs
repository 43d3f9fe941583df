using Breakwater.Margin.Tails;
using Breakwater.Numerics;

namespace Breakwater.Margin;

/// <summary>A leg of coin, prepared for many scenarios: <see cref="LegArithmetic.Profit"/> with its divisions by the
/// same power of ten made multiplications.</summary>
internal readonly struct CoinLeg
{
    private readonly WholeDivisor _unit;
    private readonly Parts _down;
    private readonly Parts _up;

    /// <summary>Prepares a leg.</summary>
    /// <param name="leg">The holding; decimals in [1, 18].</param>
    internal CoinLeg(in ExposureLeg leg)
    {
        Int128 unit = LegArithmetic.UnitOf(leg);
        _unit = new WholeDivisor((ulong)unit);
        _down = Split(leg.Down, unit);
        _up = Split(leg.Up, unit);
    }

    /// <summary>Whether its whole coins fit 64 bits with room.</summary>
    internal bool IsNarrow => _down.IsSmall && _up.IsSmall;

    /// <summary>Whole coins of either rounding, rounded away from zero, or one more: a profit is at most so many times
    /// an entry and a unit.</summary>
    internal UInt128 WholeMost =>
        UInt128.Max((UInt128)Int128.Abs(_down.Whole), (UInt128)Int128.Abs(_up.Whole)) + UInt128.One;

    /// <summary>The same leg for vectors of entries; it is narrow.</summary>
    internal CoinVector Vector => new(
        (long)_unit.Value,
        new CoinParts((long)_down.Whole, _down.Left, _down.IsLong),
        new CoinParts((long)_up.Whole, _up.Left, _up.IsLong));

    /// <summary>Profit where one long unit earns an entry, rounded against the account.</summary>
    /// <param name="entry">floor of the profit of one long unit, micro-dollars; below 2^53 in magnitude.</param>
    internal Int128 Profit(long entry)
    {
        Parts parts = entry >= 0 ? _down : _up;
        long amount = parts.IsLong ? entry : entry + 1L;
        Int128 part = Math.BigMul(parts.Left, amount); // below 2^60 × 2^54
        Int128 whole = parts.IsSmall ? Math.BigMul((long)parts.Whole, amount) : parts.Whole * amount;
        return whole + (part >= 0 ? (Int128)_unit.Down((UInt128)part) : -(Int128)_unit.Up((UInt128)(-part)));
    }

    private static Parts Split(Int128 units, Int128 unit)
    {
        Int128 whole = WholeDivision.Down(units, unit);
        bool isSmall = whole > long.MinValue && whole < long.MaxValue;
        return new Parts(whole, (long)(units - (whole * unit)), units >= 0, isSmall); // what is left is below 10^18
    }

    // Whole coins, and what is left over in units; small wholes are multiplied in one step.
    private readonly record struct Parts(Int128 Whole, long Left, bool IsLong, bool IsSmall);
}
