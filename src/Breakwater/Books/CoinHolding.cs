using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Margin.Tails;

namespace Breakwater.Books;

/// <summary>One bound of a holding of coin, as lanes of doubles multiply it.</summary>
/// <remarks>Minus the units are (<paramref name="Whole"/> + (<paramref name="Upper"/>·10^k + <paramref name="Lower"/>)
/// ÷ 10^decimals)·10^decimals, with both rests below their unit.</remarks>
/// <param name="Whole">Minus the coins, rounded down; whole.</param>
/// <param name="Upper">Upper half of the rest, in [0, 10⁹).</param>
/// <param name="Lower">Lower half of the rest, in [0, 10⁹).</param>
/// <param name="Step">What is added to an entry: 1 where coin is owed, else 0.</param>
/// <param name="Side">0 where the greatest entry loses most (owed), 1 where the least does (held).</param>
internal readonly record struct CoinSide(double Whole, double Upper, double Lower, double Step, int Side);

/// <summary>A holding of coin as a sweep of one account reads it: balances, debts, and gains of inverse contracts.
/// </summary>
/// <remarks>Known between two whole numbers of least units, whichever is worse in a scenario counts
/// (<see cref="ExposureLeg"/>).</remarks>
internal readonly record struct CoinHolding
{
    /// <summary>Entries that <see cref="CoinKernel{TLanes, TVector}"/> multiplies exactly are below it.</summary>
    internal const double EntryMax = 1L << 50;

    private const int HalfDecimals = 9;
    private const int DecimalsMax = 2 * HalfDecimals;

    /// <summary>Row of spot.</summary>
    internal int Row { get; private init; }

    /// <summary>10^min(decimals, 9): unit of the lower half.</summary>
    internal double LowerUnit { get; private init; }

    /// <summary>10^decimals ÷ <see cref="LowerUnit"/>: unit of the upper half.</summary>
    internal double UpperUnit { get; private init; }

    /// <summary>The holding rounded down.</summary>
    internal CoinSide Down { get; private init; }

    /// <summary>The holding rounded up.</summary>
    internal CoinSide Up { get; private init; }

    /// <summary>Whether both are the same.</summary>
    internal bool IsExact { get; private init; }

    /// <summary>Coins at most, either way: a bound of what multiplies an entry.</summary>
    internal double CoinsMax => Math.Max(Math.Abs(Down.Whole), Math.Abs(Up.Whole)) + 1.0;

    /// <summary>Tries to hold a leg.</summary>
    /// <param name="leg">The holding.</param>
    /// <param name="coin">The same for lanes.</param>
    /// <returns>Whether lanes of doubles hold it exactly.</returns>
    internal static bool TryOf(in ExposureLeg leg, out CoinHolding coin)
    {
        coin = default;
        if (leg.Decimals is < 1 or > DecimalsMax) return false;
        Int128 unit = LegArithmetic.UnitOf(leg);
        Int128 lower = DecimalParts.PowerOfTen(Math.Min(leg.Decimals, HalfDecimals));
        bool isHere = TrySplit(leg.Down, unit, lower, out CoinSide down)
            & TrySplit(leg.Up, unit, lower, out CoinSide up);
        coin = new CoinHolding
        {
            Row = leg.RowIndex,
            LowerUnit = (double)lower,
            UpperUnit = (double)(unit / lower),
            Down = down,
            Up = up,
            IsExact = leg.Down == leg.Up,
        };
        return isHere;
    }

    private static bool TrySplit(Int128 units, Int128 unit, Int128 lower, out CoinSide side)
    {
        Int128 whole = WholeDivision.Down(-units, unit);
        Int128 rest = -units - (whole * unit);
        side = new CoinSide(
            (double)whole, (double)(rest / lower), (double)(rest % lower), units < 0 ? 1.0 : 0.0, units < 0 ? 0 : 1);
        return Int128.Abs(whole) < BookHoldings.LotsMax;
    }
}
