using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Books;

/// <summary>What the gain of a linear future or perpetual since it was entered needs of its row.</summary>
internal readonly struct GainConstants
{
    private const long LotMax = 1L << 18;
    private const int PicoPerMicro = 1_000_000;

    private readonly long _lot;
    private readonly WholeDivisor _unit;
    private readonly long _markMicroUsd;

    private GainConstants(long lot, WholeDivisor unit, long markMicroUsd)
    {
        (_lot, _unit, _markMicroUsd) = (lot, unit, markMicroUsd);
        IsHere = true;
    }

    /// <summary>Whether the row is such a contract, and within the limits.</summary>
    internal bool IsHere { get; }

    /// <summary>Constants of a row; <c>default</c> where it is none.</summary>
    internal static GainConstants Of(RiskRow row)
    {
        bool isLinear = row.Instrument is Perpetual { Settlement: Settlement.Linear }
            or DatedFuture { Settlement: Settlement.Linear };
        (Int128 lot, int decimals) = DecimalParts.Of(row.LotQuantity);
        return isLinear && lot > 0 && lot < LotMax && decimals <= 18
            && Math.Abs(row.MarkPriceMicroUsd) < LineLimits.EquityMax
            ? new GainConstants(
                (long)lot, new WholeDivisor((ulong)DecimalParts.PowerOfTen(decimals)), row.MarkPriceMicroUsd)
            : default;
    }

    /// <summary>n·(P − P_entry), micro-dollars, rounded down.</summary>
    /// <param name="entry">Lots and price.</param>
    internal Int128 Down(in BookEntry entry)
    {
        // 2^44 lots × 2^18 × 2^61
        Int128 gain = Math.BigMul(entry.Lots * _lot, _markMicroUsd - entry.PaidMicroUsd);
        if (entry.PaidRestPico != 0)
        {
            // ⌊(x − y ÷ 10⁶) ÷ unit⌋ = ⌊(x − ⌈y ÷ 10⁶⌉) ÷ unit⌋; 2^62 × 2^20
            Int128 rest = Math.BigMul(entry.Lots * _lot, (long)entry.PaidRestPico);
            gain -= (rest / PicoPerMicro) + (rest > 0 && rest % PicoPerMicro != 0 ? 1 : 0);
        }

        return gain >= 0 ? (Int128)_unit.Down((UInt128)gain) : -(Int128)_unit.Up((UInt128)(-gain));
    }
}
