using System.Numerics;

namespace Breakwater.Margin;

/// <summary>Whole coins of a holding and what is left over.</summary>
/// <param name="Whole">Whole coins, rounded down.</param>
/// <param name="Left">What is left, in parts of the unit; in [0, unit).</param>
/// <param name="IsLong">Whether the holding is not negative.</param>
internal readonly record struct CoinParts(long Whole, long Left, bool IsLong);

/// <summary><see cref="CoinLeg.Profit"/> of a vector of entries, to the last unit.</summary>
/// <remarks>The quotient is guessed in doubles; what the guess leaves over is exact in wrapping 64-bit numbers, since
/// it is below eight units in magnitude, and sets it right. So the guess decides nothing.</remarks>
internal readonly struct CoinVector
{
    private readonly Lanes _down;
    private readonly Lanes _up;
    private readonly Vector<long> _unit;
    private readonly Vector<double> _inverse;

    /// <summary>Prepares a holding.</summary>
    /// <param name="unit">10^decimals; in [10, 10^18].</param>
    /// <param name="down">The holding rounded down.</param>
    /// <param name="up">The holding rounded up.</param>
    internal CoinVector(long unit, CoinParts down, CoinParts up)
    {
        _unit = new Vector<long>(unit);
        _inverse = new Vector<double>(1.0 / unit);
        (_down, _up) = (new Lanes(down, unit), new Lanes(up, unit));
    }

    /// <summary>Profits where one long unit earns these entries, rounded against the account; they wrap where they do
    /// not fit.</summary>
    /// <param name="entries">Below 2^53 in magnitude.</param>
    internal Vector<long> Profit(Vector<long> entries)
    {
        Vector<long> isGain = Vector.GreaterThanOrEqual(entries, Vector<long>.Zero);
        Vector<long> left = Vector.ConditionalSelect(isGain, _down.Left, _up.Left);
        Vector<long> amount = entries + Vector.ConditionalSelect(isGain, _down.ShortUnit, _up.ShortUnit);
        Vector<double> share = Vector.ConditionalSelect(isGain, _down.Share, _up.Share);
        Vector<long> quotient = Floor(Vector.ConvertToDouble(amount) * share); // within 4 of the right one
        Vector<long> rest = (left * amount) - (quotient * _unit);
        Vector<long> more = Floor(Vector.ConvertToDouble(rest) * _inverse); // within 1
        rest -= more * _unit;
        quotient += more;
        quotient += Vector.LessThan(rest, Vector<long>.Zero); // −1 where too great
        quotient -= Vector.GreaterThanOrEqual(rest, _unit);
        return (Vector.ConditionalSelect(isGain, _down.Whole, _up.Whole) * amount) + quotient;
    }

    private static Vector<long> Floor(Vector<double> values) => Vector.ConvertToInt64(Vector.Floor(values));

    private readonly struct Lanes(CoinParts parts, long unit)
    {
        internal Vector<long> Whole { get; } = new(parts.Whole);

        internal Vector<long> Left { get; } = new(parts.Left);

        internal Vector<long> ShortUnit { get; } = new(parts.IsLong ? 0L : 1L);

        internal Vector<double> Share { get; } = new((double)parts.Left / unit);
    }
}
