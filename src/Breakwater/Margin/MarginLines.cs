using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>Lines of the report: the core, and what each rule adds to it, in the order in which rules apply
/// (METHODOLOGY
/// 4.3).</summary>
internal static class MarginLines
{
    /// <summary>The core of METHODOLOGY 4.2.</summary>
    internal const string Core = "Core";

    /// <summary>Multipliers of the core (4.8).</summary>
    internal const string Multipliers = "Multipliers";

    /// <summary>Anti-procyclical buffer (4.7).</summary>
    internal const string Buffer = "Buffer";

    /// <summary>Cap of offsets between underlyings (4.5).</summary>
    internal const string Diversification = "Diversification";

    /// <summary>Cost of closing (4.4).</summary>
    internal const string Liquidity = "Liquidity";

    /// <summary>Options at their strike in their last hours (4.5).</summary>
    internal const string Pin = "Pin";

    /// <summary>Offsets between spot, perpetual and dated prices (4.5).</summary>
    internal const string Basis = "Basis";

    /// <summary>Drift foretold by the order flow (4.6).</summary>
    internal const string Flow = "Flow";

    /// <summary>The short-option minimum (4.5).</summary>
    internal const string ShortOption = "ShortOptionMinimum";

    /// <summary>Initial margin above maintenance (4.2).</summary>
    internal const string Ratio = "MinimumRatio";

    /// <summary>Resting orders (4.6a).</summary>
    internal const string OpenOrders = "OpenOrders";

    /// <summary>Speed limit: margin in effect less margin computed, signed (4.7).</summary>
    internal const string Scheduled = "Scheduled";

    /// <summary>The lines and their parts; the sums of the lines are the two margins.</summary>
    /// <param name="account">The account in integers.</param>
    /// <param name="context">Multipliers and memory.</param>
    /// <param name="maintenance">Its maintenance side.</param>
    /// <param name="initial">Its initial side.</param>
    internal static ImmutableArray<MarginLine> Of(
        MarginAccount account, MarginContext context, MarginSide maintenance, MarginSide initial)
    {
        Money atMaintenance = maintenance.Total;
        Money atInitial = initial.Total;
        Money least = TimesUp(atMaintenance, account.Parameters.Margin.InitialToMaintenanceMinimum);
        Money ratio = Money.Max(Money.Zero, least - atInitial);
        Money orders = OrdersExcess(account, context, initial, atInitial + ratio);
        Money inEffect = atMaintenance.MultiplyUp(context.InEffectNano, MarginContext.InEffectOne);
        Money leastInEffect = TimesUp(inEffect, account.Parameters.Margin.InitialToMaintenanceMinimum);
        Money withOrders = atInitial + ratio + orders;
        return
        [
            .. initial.Lines.Zip(maintenance.Lines, static (own, other) =>
                new MarginLine(own.Name, own.Amount, other.Amount)),
            new MarginLine(Ratio, ratio, Money.Zero),
            new MarginLine(OpenOrders, orders, Money.Zero),
            new MarginLine(
                Scheduled, Money.Max(Money.Zero, leastInEffect - withOrders), inEffect - atMaintenance),
        ];
    }

    /// <summary>Amount × ratio, rounded up.</summary>
    /// <param name="amount">Amount, whole micro-dollars.</param>
    /// <param name="ratio">Factor, dimensionless.</param>
    internal static Money TimesUp(Money amount, decimal ratio)
    {
        (Int128 whole, int decimals) = DecimalParts.Of(ratio);
        return Money.FromMicroDollars(
            WholeDivision.Up((BigInteger)amount.MicroDollars * whole, BigInteger.Pow(10, decimals)));
    }

    private static Money OrdersExcess(
        MarginAccount account, MarginContext context, MarginSide initial, Money without)
    {
        if (account.Orders.IsEmpty)
        {
            return Money.Zero;
        }

        Money core = CoreEstimate.AmountOf(
            ScenarioLosses.Of(
                account.Exposures, account.Orders, account.Netted.Protections, account.Arrays, MarginHorizon.Initial),
            account.BasisOf(MarginHorizon.Initial));
        MarginSide filled = MarginSide.Of(
            account, context, MarginHorizon.Initial, core, initial.Multipliers.WithOrders(account));
        return Money.Max(Money.Zero, filled.Total - without);
    }
}
