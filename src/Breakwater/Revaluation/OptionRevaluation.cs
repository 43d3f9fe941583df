using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Revaluation;

/// <summary>P&amp;L of one option in many scenarios of a log-normal law: F·e^r, σ·(1 + w·v), less time.</summary>
/// <remarks>The formula is that of full revaluation on surfaces (<c>OptionKernel</c>); only what moves the inputs
/// differs. One text for every vector width, so any width gives the same bits.</remarks>
public static class OptionRevaluation
{
    /// <summary>Shocks of the option's underlying; all of one length, not modified.</summary>
    /// <param name="logReturns">[scenario] r, log return of the forward; finite.</param>
    /// <param name="growths">[scenario] e^r.</param>
    /// <param name="volatilityShocks">[scenario] v, relative change of volatility; w·v above −1.</param>
    public readonly ref struct Shocks(
        ReadOnlySpan<double> logReturns, ReadOnlySpan<double> growths, ReadOnlySpan<double> volatilityShocks)
    {
        internal ReadOnlySpan<double> LogReturns { get; } = logReturns;

        internal ReadOnlySpan<double> Growths { get; } = growths;

        internal ReadOnlySpan<double> VolatilityShocks { get; } = volatilityShocks;
    }

    /// <summary>P&amp;L of one unit in every scenario, with the widest vectors of the hardware.</summary>
    /// <param name="option">The option.</param>
    /// <param name="shocks">The shocks.</param>
    /// <param name="pnl">[scenario] filled: P&amp;L, money; without overlap.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Fill(in RevaluedOption option, in Shocks shocks, Span<double> pnl)
    {
        Require.Count(shocks.LogReturns.Length, pnl.Length);
        Require.Count(shocks.Growths.Length, pnl.Length);
        Require.Count(shocks.VolatilityShocks.Length, pnl.Length);
        int done = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            done = Fill<Vector512Lanes, Vector512<double>>(option, shocks, pnl, done);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            done = Fill<Vector256Lanes, Vector256<double>>(option, shocks, pnl, done);
        }

        Fill<ScalarLanes, double>(option, shocks, pnl, done);
    }

    /// <summary>The same with one width, from a scenario on as far as whole vectors go.</summary>
    /// <param name="option">The option.</param>
    /// <param name="shocks">The shocks.</param>
    /// <param name="pnl">[scenario] filled: P&amp;L, money.</param>
    /// <param name="first">First scenario.</param>
    /// <returns>The first scenario not filled.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Fill<TLanes, TVector>(
        in RevaluedOption option, in Shocks shocks, Span<double> pnl, int first)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        ReadOnlySpan<TVector> returns = MemoryMarshal.Cast<double, TVector>(shocks.LogReturns[first..]);
        ReadOnlySpan<TVector> growths = MemoryMarshal.Cast<double, TVector>(shocks.Growths[first..]);
        ReadOnlySpan<TVector> volatilities = MemoryMarshal.Cast<double, TVector>(shocks.VolatilityShocks[first..]);
        Span<TVector> filled = MemoryMarshal.Cast<double, TVector>(pnl[first..]);
        ExpiryLeg leg = new(
            0, option.Right == OptionRight.Call ? ExpiryLegKind.Call : ExpiryLegKind.Put, true, 1.0, option.Strike,
            option.LogStrikeOverForward);
        TVector one = TLanes.Of(1.0);
        TVector forward = TLanes.Of(option.Forward);
        TVector moneyness = TLanes.Of(option.LogStrikeOverForward);
        TVector deviation = TLanes.Of(option.Deviation);
        TVector weight = TLanes.Of(option.ShockWeight);
        TVector discount = TLanes.Of(option.Discount);
        TVector before = TLanes.Of(option.BaseValue);
        for (int i = 0; i < filled.Length; i++)
        {
            TVector value = OptionKernel.Undiscounted<TLanes, TVector>(
                leg,
                TLanes.Multiply(forward, growths[i]),
                TLanes.Subtract(moneyness, returns[i]),
                TLanes.Multiply(deviation, TLanes.Fma(weight, volatilities[i], one)));
            filled[i] = TLanes.Subtract(TLanes.Multiply(value, discount), before);
        }

        return first + filled.Length * (Unsafe.SizeOf<TVector>() / sizeof(double));
    }
}
