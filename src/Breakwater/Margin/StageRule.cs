using System.Numerics;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Margin;

/// <summary>Margin ratio and stage from equity and margins alone (METHODOLOGY 6.1); memory is the engine's.</summary>
internal static class StageRule
{
    private const int RatioDecimals = 6;

    // Within these a product has 128 bits; governed ratios always are.
    private const long AmountMax = long.MaxValue;
    private const long RatioWholeMax = long.MaxValue;
    private const int DecimalsMax = 18;

    /// <summary>Equity ÷ maintenance margin rounded down; <c>null</c> if the latter is 0.</summary>
    internal static FixedDecimal? Ratio(Money equity, Money maintenance) => maintenance == Money.Zero
        ? null
        : new FixedDecimal(
            WholeDivision.Down(
                (BigInteger)equity.MicroDollars * BigInteger.Pow(10, RatioDecimals), maintenance.MicroDollars),
            RatioDecimals);

    /// <summary>The stage.</summary>
    /// <param name="equity">Signed.</param>
    /// <param name="initial">Initial margin.</param>
    /// <param name="maintenance">Maintenance margin; where it is 0 only negative equity is not healthy.</param>
    /// <param name="parameters">The triggers.</param>
    internal static MarginStage Of(Money equity, Money initial, Money maintenance, MarginParameters parameters)
    {
        if (equity < Money.Zero)
        {
            return MarginStage.Backstop;
        }

        return maintenance == Money.Zero ? MarginStage.Healthy
            : IsBelow(equity, parameters.AuctionRatio, maintenance) ? MarginStage.Auction
            : IsBelow(equity, parameters.DeleverageRatio, maintenance) ? MarginStage.Deleverage
            : IsBelow(equity, parameters.CallRatio, maintenance) ? MarginStage.MarginCall
            : IsBelow(equity, parameters.WarningRatio, maintenance) || equity < initial ? MarginStage.Warning
            : MarginStage.Healthy;
    }

    // equity ÷ maintenance < ratio, exactly.
    private static bool IsBelow(Money equity, decimal ratio, Money maintenance)
    {
        (Int128 whole, int decimals) = DecimalParts.Of(ratio);
        if (Int128.Max(Int128.Abs(equity.MicroDollars), maintenance.MicroDollars) < AmountMax
            && whole < RatioWholeMax && decimals <= DecimalsMax)
        {
            return equity.MicroDollars * DecimalParts.PowerOfTen(decimals) < maintenance.MicroDollars * whole;
        }

        return (BigInteger)equity.MicroDollars * BigInteger.Pow(10, decimals)
            < (BigInteger)maintenance.MicroDollars * whole;
    }
}
