using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Revaluation;

/// <summary>P&amp;L of one option in many scenarios of a log-normal law: F·e^r, σ·(1 + w·v), less time.</summary>
/// <remarks>The kernel is that of full revaluation on surfaces (<c>OptionKernel</c>); only what moves the inputs
/// differs.</remarks>
public static class OptionRevaluation
{
    private const int Block = 128; // scenarios whose columns stay in the L1 cache: three of 1 KiB

    /// <summary>P&amp;L of one unit in every scenario.</summary>
    /// <param name="option">The option.</param>
    /// <param name="logReturns">[scenario] r, log return of the forward; finite.</param>
    /// <param name="growths">[scenario] e^r.</param>
    /// <param name="volatilityShocks">[scenario] v, relative change of volatility; w·v above −1.</param>
    /// <param name="pnl">[scenario] filled: P&amp;L, money; without overlap.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Fill(
        in RevaluedOption option,
        ReadOnlySpan<double> logReturns,
        ReadOnlySpan<double> growths,
        ReadOnlySpan<double> volatilityShocks,
        Span<double> pnl)
    {
        Require.Count(growths.Length, logReturns.Length);
        Require.Count(volatilityShocks.Length, logReturns.Length);
        Require.Count(pnl.Length, logReturns.Length);
        ExpiryLeg leg = new(
            0, option.Right == OptionRight.Call ? ExpiryLegKind.Call : ExpiryLegKind.Put, true, 1.0, option.Strike,
            option.LogStrikeOverForward);
        Span<double> forwards = stackalloc double[Block];
        Span<double> moneyness = stackalloc double[Block];
        Span<double> deviations = stackalloc double[Block];
        for (int first = 0; first < pnl.Length; first += Block)
        {
            int count = Math.Min(Block, pnl.Length - first);
            for (int i = 0; i < count; i++)
            {
                forwards[i] = option.Forward * growths[first + i];
                moneyness[i] = option.LogStrikeOverForward - logReturns[first + i];
                deviations[i] = option.Deviation * (1.0 + option.ShockWeight * volatilityShocks[first + i]);
            }

            OptionKernel.Columns columns = new(
                forwards[..count], forwards[..count], moneyness[..count], deviations[..count], pnl.Slice(first, count));
            OptionKernel.Fill(leg, option.Discount, option.BaseValue, columns);
        }
    }
}
