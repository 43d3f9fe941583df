using System.Numerics;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Margin.AddOns;

/// <summary>A_liq of one underlying: impact, longer horizon, vega (METHODOLOGY 4.4); femto-dollars, rounded down.
/// </summary>
/// <remarks>Each part is convex in size and zero at zero: doubling a position more than doubles what it costs to
/// close.</remarks>
/// <param name="SizeFemto">Q: $delta plus half the $gamma over one deviation of a day.</param>
/// <param name="ImpactFemto">Impact(Q).</param>
/// <param name="HorizonFemto">Core_u·(√max(1, DTL ÷ DTL₀) − 1).</param>
/// <param name="VegaFemto">Closing of vega.</param>
internal readonly record struct LiquidityCharge(
    BigInteger SizeFemto, BigInteger ImpactFemto, BigInteger HorizonFemto, BigInteger VegaFemto)
{
    /// <summary>The charge of one underlying.</summary>
    /// <param name="book">Its net sensitivities.</param>
    /// <param name="core">Core of the underlying alone.</param>
    /// <param name="parameters">Participation, free days.</param>
    internal static LiquidityCharge Of(UnderlyingBook book, Money core, LiquidityParameters parameters)
    {
        if (book.Terms.Liquidity is not { } terms)
        {
            return default;
        }

        BigInteger size = book.DeltaPositions.WorstMagnitude + (book.GammaMove.WorstMagnitude / 2);
        return new LiquidityCharge(
            size, Impact(size, terms), Horizon(size, core, terms, parameters), Vega(book, terms));
    }

    /// <summary>Whether closing takes longer than the free days: DTL &gt; DTL₀.</summary>
    /// <param name="terms">Volume.</param>
    /// <param name="parameters">Participation and free days.</param>
    internal bool IsThin(LiquidityTerms terms, LiquidityParameters parameters)
    {
        (BigInteger scaled, BigInteger free) = DaysRatio(SizeFemto, terms, parameters);
        return scaled > free;
    }

    /// <summary>Q ÷ (η·V), days, in millionths, rounded up: for people.</summary>
    /// <param name="terms">Volume.</param>
    /// <param name="parameters">Participation.</param>
    internal long MicroDaysToLiquidate(LiquidityTerms terms, LiquidityParameters parameters)
    {
        (Int128 share, int decimals) = DecimalParts.Of(parameters.ParticipationFraction);
        BigInteger scaled = SizeFemto * BigInteger.Pow(10, decimals) * 1_000_000;
        BigInteger daily = terms.VolumeDailyMicroUsd * (BigInteger)Femto.PerMicro * share;
        return (long)BigInteger.Min(long.MaxValue, (scaled + daily - 1) / daily);
    }

    private static BigInteger Impact(BigInteger size, LiquidityTerms terms)
    {
        BigInteger volume = terms.VolumeDailyMicroUsd * (BigInteger)Femto.PerMicro;
        BigInteger model = Femto.Times(size, terms.HalfSpreadNano)
            + Femto.Times(Femto.ThreeHalves(size, volume), terms.ImpactNano);
        return BigInteger.Max(model, DepthWalk.Cost(size, terms.Profile));
    }

    // One micro-dollar less than the core keeps the part homogeneous to the unit: ⌈λx⌉ − 1 ≥ λ(⌈x⌉ − 1).
    private static BigInteger Horizon(
        BigInteger size, Money core, LiquidityTerms terms, LiquidityParameters parameters)
    {
        (BigInteger scaled, BigInteger free) = DaysRatio(size, terms, parameters);
        if (scaled <= free || core <= Money.Zero)
        {
            return BigInteger.Zero;
        }

        BigInteger coreFemto = (BigInteger)(core.MicroDollars - 1) * Femto.PerMicro;
        return WholeRoot.Down(coreFemto * coreFemto * scaled / free) - coreFemto;
    }

    // DTL ÷ DTL₀ as numerator and denominator.
    private static (BigInteger Scaled, BigInteger Free) DaysRatio(
        BigInteger size, LiquidityTerms terms, LiquidityParameters parameters)
    {
        (Int128 share, int shareDecimals) = DecimalParts.Of(parameters.ParticipationFraction);
        (Int128 days, int dayDecimals) = DecimalParts.Of(parameters.FreeDays);
        return (
            size * BigInteger.Pow(10, shareDecimals + dayDecimals),
            terms.VolumeDailyMicroUsd * (BigInteger)Femto.PerMicro * share * days);
    }

    private static BigInteger Vega(UnderlyingBook book, LiquidityTerms terms)
    {
        BigInteger sum = 0;
        for (int bucket = 0; bucket < book.Vega.Length; bucket++)
        {
            BigInteger vega = book.Vega[bucket].WorstMagnitude;
            BigInteger daily = terms.Vega[bucket].VolumeDailyMicroUsd * (BigInteger)Femto.PerMicro;
            sum += Femto.Times(vega + Femto.ThreeHalves(vega, daily), terms.Vega[bucket].HalfSpreadNano);
        }

        return sum;
    }
}
