using Breakwater.Margin.Tails;
using Breakwater.Numerics;

namespace Breakwater.Margin;

/// <summary>A leg of coin, prepared for many scenarios: <see cref="LegArithmetic.Profit"/> with its divisions by the
/// same power of ten made multiplications.</summary>
internal readonly struct CoinLeg
{
    private readonly WholeDivisor _unit;
    private readonly (Int128 Whole, Int128 Left, bool IsLong) _down;
    private readonly (Int128 Whole, Int128 Left, bool IsLong) _up;

    /// <summary>Prepares a leg.</summary>
    /// <param name="leg">The holding; decimals in [1, 18].</param>
    internal CoinLeg(in ExposureLeg leg)
    {
        Int128 unit = LegArithmetic.UnitOf(leg);
        _unit = new WholeDivisor((ulong)unit);
        _down = Split(leg.Down, unit);
        _up = Split(leg.Up, unit);
    }

    /// <summary>Profit where one long unit earns an entry, rounded against the account.</summary>
    /// <param name="entry">floor of the profit of one long unit, micro-dollars; below 2^53 in magnitude.</param>
    internal Int128 Profit(long entry)
    {
        (Int128 whole, Int128 left, bool isLong) = entry >= 0 ? _down : _up;
        long amount = isLong ? entry : entry + 1L;
        Int128 part = left * amount; // below 2^60 × 2^54
        return (whole * amount)
            + (part >= 0 ? (Int128)_unit.Down((UInt128)part) : -(Int128)_unit.Up((UInt128)(-part)));
    }

    private static (Int128 Whole, Int128 Left, bool IsLong) Split(Int128 units, Int128 unit)
    {
        Int128 whole = WholeDivision.Down(units, unit);
        return (whole, units - (whole * unit), units >= 0);
    }
}
