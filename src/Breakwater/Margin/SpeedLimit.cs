using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Margin;

/// <summary>Limits how fast the maintenance margin of constant positions moves (METHODOLOGY 4.7, RELIABILITY M10).
/// </summary>
/// <remarks>
/// The limits are about every window of an hour and of a day, not about steps: whatever the times of the steps, the
/// margin in effect is at most 1.10 times its least value within the hour and 1.50 times that within the day, and at
/// least 0.95 times its greatest value within the hour (as shipped). Override replaces both limits of rises by 1.30
/// within the hour. Rises are rounded down and falls up, so that no limit is exceeded by a micro-dollar.
/// </remarks>
public static class SpeedLimit
{
    // A forecast of increases further ahead than a week would be about another market.
    private const int ScheduleHoursMax = 168;

    /// <summary>The memory after the market moved and positions did not.</summary>
    /// <param name="memory">Before.</param>
    /// <param name="at">When; after the newest mark.</param>
    /// <param name="computed">Maintenance margin computed now; ≥ 0.</param>
    /// <param name="mode">Whether the ordinary limits hold.</param>
    /// <param name="parameters">The limits.</param>
    public static MarginMemory Step(
        MarginMemory memory, Timestamp at, Money computed, SpeedMode mode, AddOnParameters parameters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(at, memory.At);
        ArgumentOutOfRangeException.ThrowIfLessThan(computed, Money.Zero);
        Money before = memory.InEffect;
        if (before == Money.Zero)
        {
            // Nothing was held: there is no level to limit.
            return MarginMemory.Start(at, computed);
        }

        Money inEffect = computed >= before
            ? Money.Min(computed, Money.Max(before, Highest(memory.Past, at, mode, parameters)))
            : Money.Max(computed, Money.Min(before, Lowest(memory.Past, at, parameters)));
        return new MarginMemory(computed, Kept(memory.Past, new MarginMark(at, inEffect)));
    }

    /// <summary>The memory after positions or collateral changed and the market did not: the ratio of what is in
    /// effect to what is computed stays, and the past is that of the new positions.</summary>
    /// <param name="memory">Before.</param>
    /// <param name="computed">Maintenance margin of the new positions; ≥ 0.</param>
    /// <remarks>Rounded up to the micro-dollar. Where nothing was computed before, the memory begins anew.</remarks>
    public static MarginMemory Reposition(MarginMemory memory, Money computed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(computed, Money.Zero);
        return memory.Computed == Money.Zero ? MarginMemory.Start(memory.At, computed)
            : memory.Computed == computed ? memory
            : new MarginMemory(computed, Scaled(memory.Past, computed, memory.Computed));
    }

    /// <summary>Initial margin in effect: new risk is not limited, but never below its governed multiple of what is in
    /// effect for maintenance.</summary>
    /// <param name="initial">Initial margin computed.</param>
    /// <param name="maintenanceInEffect">Maintenance margin in effect.</param>
    /// <param name="parameters">The multiple.</param>
    public static Money InitialInEffect(Money initial, Money maintenanceInEffect, MarginParameters parameters) =>
        Money.Max(initial, MarginLines.TimesUp(maintenanceInEffect, parameters.InitialToMaintenanceMinimum));

    /// <summary>Increases computed but not yet in effect, hour by hour from now, if the market stays.</summary>
    /// <param name="memory">The present.</param>
    /// <param name="parameters">The limits.</param>
    /// <returns>Rising in time and amount; empty where all is in effect; at most a week ahead.</returns>
    public static ImmutableArray<MarginMark> Scheduled(MarginMemory memory, AddOnParameters parameters)
    {
        ImmutableArray<MarginMark>.Builder marks = ImmutableArray.CreateBuilder<MarginMark>();
        MarginMemory ahead = memory;
        for (int hour = 1; hour <= ScheduleHoursMax && ahead.InEffect < memory.Computed; hour++)
        {
            Timestamp at = memory.At.AddMilliseconds(hour * Timestamp.HourMilliseconds);
            Money before = ahead.InEffect;
            ahead = Step(ahead, at, memory.Computed, SpeedMode.Ordinary, parameters);
            if (ahead.InEffect > before)
            {
                marks.Add(new MarginMark(at, ahead.InEffect));
            }
        }

        return marks.ToImmutable();
    }

    // The greatest margin that no window of an hour or a day forbids.
    private static Money Highest(
        ImmutableArray<MarginMark> past, Timestamp at, SpeedMode mode, AddOnParameters parameters)
    {
        Money hour = Least(past, at.AddMilliseconds(-Timestamp.HourMilliseconds));
        return mode == SpeedMode.Override
            ? TimesDown(hour, 1m + parameters.RiseOverrideHourly)
            : Money.Min(
                TimesDown(hour, 1m + parameters.RiseHourlyMaximum),
                TimesDown(
                    Least(past, at.AddMilliseconds(-Timestamp.DayMilliseconds)), 1m + parameters.RiseDailyMaximum));
    }

    private static Money Lowest(ImmutableArray<MarginMark> past, Timestamp at, AddOnParameters parameters)
    {
        Timestamp from = at.AddMilliseconds(-Timestamp.HourMilliseconds);
        Money greatest = Money.Zero;
        for (int index = past.Length - 1; index >= 0; index--)
        {
            greatest = Money.Max(greatest, past[index].Maintenance);
            if (past[index].At <= from)
            {
                break;
            }
        }

        return MarginLines.TimesUp(greatest, 1m - parameters.FallHourlyMaximum);
    }

    // Least margin in effect from an instant on, that which was in effect at the instant included.
    private static Money Least(ImmutableArray<MarginMark> past, Timestamp from)
    {
        Money least = past[^1].Maintenance;
        for (int index = past.Length - 1; index >= 0; index--)
        {
            least = Money.Min(least, past[index].Maintenance);
            if (past[index].At <= from)
            {
                break;
            }
        }

        return least;
    }

    // What no window that ends later can see is forgotten: all but one mark older than a day.
    private static ImmutableArray<MarginMark> Kept(ImmutableArray<MarginMark> past, MarginMark now)
    {
        Timestamp from = now.At.AddMilliseconds(-Timestamp.DayMilliseconds);
        int first = 0;
        while (first + 1 < past.Length && past[first + 1].At <= from)
        {
            first++;
        }

        return [.. past[first..], now];
    }

    private static Money TimesDown(Money amount, decimal ratio)
    {
        (Int128 whole, int decimals) = DecimalParts.Of(ratio);
        return Money.FromMicroDollars(
            WholeDivision.Down((BigInteger)amount.MicroDollars * whole, BigInteger.Pow(10, decimals)));
    }

    // A day of marks is scaled at every trade: one divisor for all of them, in words where the amounts fit.
    private static ImmutableArray<MarginMark> Scaled(
        ImmutableArray<MarginMark> past, Money numerator, Money denominator)
    {
        bool isInWords = IsWord(numerator) && IsWord(denominator);
        WholeDivisor divisor = new(isInWords ? (ulong)denominator.MicroDollars : 1);
        MarginMark[] scaled = new MarginMark[past.Length];
        for (int index = 0; index < scaled.Length; index++)
        {
            (Timestamp at, Money amount) = past[index];
            scaled[index] = new MarginMark(at, isInWords && IsWord(amount)
                ? Money.FromMicroDollars((Int128)divisor.Up(
                    Math.BigMul((ulong)amount.MicroDollars, (ulong)numerator.MicroDollars)))
                : Scaled(amount, numerator, denominator));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(scaled);
    }

    private static bool IsWord(Money amount) => amount.MicroDollars >= 0 && amount.MicroDollars <= ulong.MaxValue;

    /// <summary>An amount times a ratio, rounded up: the plain form of what a day of marks is scaled by.</summary>
    internal static Money Scaled(Money amount, Money numerator, Money denominator) => Money.FromMicroDollars(
        WholeDivision.Up((BigInteger)amount.MicroDollars * numerator.MicroDollars, denominator.MicroDollars));
}
