using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Engine;

/// <summary>Where a subaccount stands: its margin computed last, what of it is in effect, and its stage.</summary>
/// <param name="Computed">Margin computed at the last tick or command.</param>
/// <param name="Memory">What is in effect and was within a day; <c>null</c> before the first margin.</param>
/// <param name="Stage">Stage of METHODOLOGY 6.1 with its hysteresis.</param>
/// <param name="BetterTicks">Ticks in a row at which a better stage would have held.</param>
public sealed record AccountStanding(
    AccountMargin Computed, MarginMemory? Memory, MarginStage Stage, int BetterTicks)
{
    /// <summary>How often the memory steps, milliseconds of engine time: the limits are about hours, and a mark a
    /// minute holds a day in 1,440.</summary>
    public const long MemoryStepMilliseconds = 60_000;

    private const int TicksToLeave = 2; // METHODOLOGY 6.1: for 2 consecutive blocks
    private const decimal LeavingDistance = 0.05m; // METHODOLOGY 6.1: at trigger + 0.05

    /// <summary>A subaccount that was never margined.</summary>
    internal static AccountStanding New { get; } = new(
        new AccountMargin(Money.Zero, Money.Zero, Money.Zero, Money.Zero, MarginStage.Healthy, []), null,
        MarginStage.Healthy, 0);

    /// <summary>Equity.</summary>
    public Money Equity => Computed.Equity;

    /// <summary>Maintenance margin in effect: what of the computed one the speed limit lets count (METHODOLOGY 4.7).
    /// </summary>
    public Money MaintenanceInEffect => Memory?.InEffect ?? Computed.Maintenance;

    /// <summary>Maintenance margin in effect ÷ computed, units of 1e-9, as a margin takes it.</summary>
    public long InEffectNano => Memory is { } memory && memory.RatioNano <= long.MaxValue
        ? (long)memory.RatioNano
        : MarginContext.InEffectOne;

    /// <summary>Initial margin in effect: new risk is not limited, but at least its multiple of what is in effect for
    /// maintenance.</summary>
    /// <param name="parameters">The multiple.</param>
    public Money InitialInEffect(MarginParameters parameters) =>
        SpeedLimit.InitialInEffect(Computed.Initial, MaintenanceInEffect, parameters);

    /// <summary>The standing after the market moved.</summary>
    /// <param name="computed">Margin now.</param>
    /// <param name="at">When.</param>
    /// <param name="mode">Whether the ordinary speed limits hold.</param>
    /// <param name="parameters">Governed constants.</param>
    internal AccountStanding Ticked(AccountMargin computed, Timestamp at, SpeedMode mode, RiskParameters parameters)
    {
        if (!computed.IsKnown) return this with { Computed = computed with { Stage = Stage } };
        MarginMemory memory = Memory is not { } known ? MarginMemory.Start(at, computed.Maintenance)
            : at.MillisecondsSince(known.At) >= MemoryStepMilliseconds
                ? SpeedLimit.Step(known, at, computed.Maintenance, mode, parameters.AddOns)
                : known with { Computed = computed.Maintenance };
        return (this with { Computed = computed, Memory = memory }).Staged(parameters, isTick: true);
    }

    /// <summary>The standing after positions or collateral changed and the market did not.</summary>
    /// <param name="computed">Margin now.</param>
    /// <param name="at">When.</param>
    /// <param name="parameters">Governed constants.</param>
    internal AccountStanding Moved(AccountMargin computed, Timestamp at, RiskParameters parameters)
    {
        if (!computed.IsKnown) return this with { Computed = computed with { Stage = Stage } };
        MarginMemory memory = Memory is { } known
            ? SpeedLimit.Reposition(known, computed.Maintenance)
            : MarginMemory.Start(at, computed.Maintenance);
        return (this with { Computed = computed, Memory = memory }).Staged(parameters, isTick: false);
    }

    // A worse stage holds at once; a better one when it has held with a distance for some ticks.
    private AccountStanding Staged(RiskParameters parameters, bool isTick)
    {
        Money initial = InitialInEffect(parameters.Margin);
        MarginStage now = Warned(StageRule.Of(Equity, initial, MaintenanceInEffect, parameters.Margin));
        if (now >= Stage) return this with { Stage = now, BetterTicks = 0 };
        MarginStage safely = Warned(StageOfLeaving(initial, parameters.Margin));
        if (safely >= Stage) return this with { BetterTicks = 0 };
        int ticks = BetterTicks + (isTick ? 1 : 0);
        return ticks >= TicksToLeave
            ? this with { Stage = safely, BetterTicks = 0 }
            : this with { BetterTicks = ticks };
    }

    private MarginStage Warned(MarginStage stage) =>
        stage == MarginStage.Healthy && Computed.IsLiquidationLikely ? MarginStage.Warning : stage;

    // The stage with every trigger higher by the distance: equity − distance × maintenance against the triggers.
    private MarginStage StageOfLeaving(Money initial, MarginParameters parameters)
    {
        Money distance = MarginLines.TimesUp(MaintenanceInEffect, LeavingDistance);
        MarginStage stage = StageRule.Of(Equity - distance, initial - distance, MaintenanceInEffect, parameters);
        return stage == MarginStage.Backstop && Equity >= Money.Zero ? MarginStage.Auction : stage;
    }
}
