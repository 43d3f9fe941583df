using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Numerics;

namespace Breakwater.Margin;

/// <summary>A maintenance margin that came into effect at an instant and holds until the next one.</summary>
/// <param name="At">From when.</param>
/// <param name="Maintenance">Amount; ≥ 0.</param>
public readonly record struct MarginMark(Timestamp At, Money Maintenance);

/// <summary>Whether the market is so disturbed that the ordinary speed limit would hold back too much.</summary>
public enum SpeedMode
{
    /// <summary>The ordinary limits.</summary>
    Ordinary,

    /// <summary>PSI below one, or a move beyond the governed number of deviations within the hour.</summary>
    Override,
}

/// <summary>What the engine remembers of one account's margin: what is in effect, and what was within a day.</summary>
/// <remarks>Amounts of the past are those of the present positions: a change of positions rescales them, so that limits
/// are always about constant positions (METHODOLOGY 4.7).</remarks>
/// <param name="Computed">Maintenance margin last computed; ≥ 0.</param>
/// <param name="Past">Margins in effect by rising time; the last one is in effect now; never empty.</param>
public sealed record MarginMemory(Money Computed, ImmutableArray<MarginMark> Past)
{
    /// <summary>One, in the units of <see cref="RatioNano"/>.</summary>
    public const long NanoOne = 1_000_000_000;

    /// <summary>Maintenance margin in effect.</summary>
    public Money InEffect => Past[^1].Maintenance;

    /// <summary>When it came into effect or was confirmed last.</summary>
    public Timestamp At => Past[^1].At;

    /// <summary>MM in effect ÷ MM computed, in units of 1e-9, rounded up; 1 where nothing is computed. The one number
    /// an account carries from block to block.</summary>
    public Int128 RatioNano => Computed == Money.Zero
        ? NanoOne
        : WholeDivision.Up((BigInteger)InEffect.MicroDollars * NanoOne, Computed.MicroDollars);

    /// <summary>Computed but not in effect, signed; negative while the margin in effect is still falling.</summary>
    public Money Scheduled => Computed - InEffect;

    /// <summary>A memory that begins: what is computed is in effect.</summary>
    /// <param name="at">From when.</param>
    /// <param name="computed">Maintenance margin; ≥ 0.</param>
    public static MarginMemory Start(Timestamp at, Money computed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(computed, Money.Zero);
        return new MarginMemory(computed, [new MarginMark(at, computed)]);
    }
}
