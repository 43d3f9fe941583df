using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Collateral;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Margin.AddOns;

/// <summary>What the report says about add-ons, multipliers and orders.</summary>
internal static class AddOnReport
{
    private const int NanoDecimals = 9;
    private const int DayDecimals = 6;

    /// <summary>Parts of all lines, both sides side by side.</summary>
    internal static ImmutableArray<MarginLinePart> Parts(MarginSide maintenance, MarginSide initial)
    {
        SortedSet<MarginPartKey> keys = [.. maintenance.Parts.Keys, .. initial.Parts.Keys];
        return
        [
            .. keys.Select(key => new MarginLinePart(
                key.Line, key.Underlying, key.Name,
                initial.Parts.GetValueOrDefault(key), maintenance.Parts.GetValueOrDefault(key))),
        ];
    }

    /// <summary>One entry per underlying that is closed or moves.</summary>
    internal static ImmutableArray<UnderlyingLine> Underlyings(
        MarginAccount account, MarginSide maintenance, MarginSide initial)
    {
        ImmutableArray<UnderlyingLine>.Builder lines = ImmutableArray.CreateBuilder<UnderlyingLine>();
        for (int index = 0; index < maintenance.Books.Length; index++)
        {
            AssetTerms terms = maintenance.Books[index].Terms;
            LiquidityCharge charge = maintenance.Charges[index];
            long days = terms.Liquidity is null
                ? 0
                : charge.MicroDaysToLiquidate(terms.Liquidity, account.Parameters.Liquidity);
            lines.Add(new UnderlyingLine(
                terms.Asset,
                initial.Cores.Find(terms.Asset),
                maintenance.Cores.Find(terms.Asset),
                Femto.Up(charge.SizeFemto),
                Money.FromMicroDollars(terms.Liquidity?.VolumeDailyMicroUsd ?? 0),
                new FixedDecimal(days, DayDecimals),
                new FixedDecimal(terms.Flow.MultiplierNano, NanoDecimals),
                new FixedDecimal(terms.CalmnessNano, NanoDecimals)));
        }

        return lines.ToImmutable();
    }

    /// <summary>All multipliers.</summary>
    internal static MultiplierLine Multipliers(MarginContext context, MarginSide maintenance, MarginSide initial) =>
        new(
        FixedDecimal.Of(context.Multipliers.System),
        FixedDecimal.Of(context.Multipliers.Behaviour),
        FixedDecimal.Of(context.Multipliers.Learned),
        Nano(initial.Multipliers.Flow.NanoUp),
        Nano(maintenance.Multipliers.Flow.NanoUp),
        Nano(initial.Multipliers.ProductNano),
        Nano(maintenance.Multipliers.ProductNano),
        Nano(context.InEffectNano));

    /// <summary>One resting order.</summary>
    internal static OrderLine OrderOf(Order order, RiskArrays arrays, RiskParameters parameters)
    {
        OrderExposure exposure = OrderExposure.Of(order, arrays, parameters);
        Position filled = new(order.Instrument, order.Lots, []);
        return new OrderLine(
            order.Instrument,
            ReportLines.QuantityOf(filled, arrays.Rows[arrays.IndexOf(order.Instrument)], exposure.Exposure),
            FixedDecimal.Of(order.LimitPrice ?? 0m),
            order.IsReduceOnly,
            Money.FromMicroDollars(exposure.AdverseMicroUsd));
    }

    private static FixedDecimal Nano(long value) => new FixedDecimal(value, NanoDecimals).Shortest();
}
