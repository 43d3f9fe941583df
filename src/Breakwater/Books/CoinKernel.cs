using System.Runtime.CompilerServices;

namespace Breakwater.Books;

/// <summary>What holdings of coin lose in lanes of scenarios, rounded as <see cref="Margin.CoinLeg"/> rounds.</summary>
/// <remarks>
/// The loss of one bound is ⌈minus × amount ÷ 10^decimals⌉ = whole × amount + ⌈(upper × amount + ⌈lower × amount ÷
/// lowerUnit⌉) ÷ upperUnit⌉. A product of a number below 10⁹ and an amount below 2⁵¹ is held by two doubles (Dekker
/// 1971, with the fused multiply-add); its quotient is guessed by the reciprocal, within two of the truth, and the rest
/// of that guess is a whole number below 2⁵³ that says what to add. Nothing here depends on the width.
/// </remarks>
internal static class CoinKernel<TLanes, TVector>
    where TLanes : struct, ITailLanes<TVector>
    where TVector : struct
{
    private const double Nearest = 6755399441055744.0; // 1.5·2⁵²: adding and taking it away rounds what is below 2⁵¹

    /// <summary>Bounds of what coin loses in lanes of cells or tiles, added to those of lots.</summary>
    /// <param name="lots">Bounds of lots.</param>
    /// <param name="coins">Coin.</param>
    /// <param name="bounds">Greatest entries of row 0 in the lanes.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="side">Numbers from greatest to least entries.</param>
    internal static TVector Bound(
        TVector lots, ReadOnlySpan<CoinHolding> coins, ref double bounds, int stride, int side)
    {
        foreach (ref readonly CoinHolding coin in coins)
        {
            ref double greatest = ref Unsafe.Add(ref bounds, coin.Row * stride);
            TVector loss = LossOf(coin, coin.Down, Load(ref greatest, coin.Down.Side * side));
            if (!coin.IsExact)
            {
                loss = TLanes.Greater(loss, LossOf(coin, coin.Up, Load(ref greatest, coin.Up.Side * side)));
            }

            lots = TLanes.Add(lots, loss);
        }

        return lots;
    }

    /// <summary>What coin loses in a vector of scenarios, added to what lots lose.</summary>
    /// <param name="lots">Losses of lots.</param>
    /// <param name="coins">Coin.</param>
    /// <param name="entries">First number of row 0.</param>
    /// <param name="stride">Numbers from row to row.</param>
    /// <param name="place">Place of the vector in a row.</param>
    internal static TVector Sum(
        TVector lots, ReadOnlySpan<CoinHolding> coins, ref double entries, int stride, int place)
    {
        foreach (ref readonly CoinHolding coin in coins)
        {
            TVector entry = Load(ref Unsafe.Add(ref entries, coin.Row * stride), place);
            lots = TLanes.Add(lots, LossOf(coin, entry));
        }

        return lots;
    }

    /// <summary>What one holding loses where one long coin earns an entry.</summary>
    /// <param name="coin">The holding.</param>
    /// <param name="entry">Entries, whole numbers below <see cref="CoinHolding.EntryMax"/>.</param>
    internal static TVector LossOf(in CoinHolding coin, TVector entry)
    {
        TVector loss = LossOf(coin, coin.Down, entry);
        return coin.IsExact ? loss : TLanes.Greater(loss, LossOf(coin, coin.Up, entry));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LossOf(in CoinHolding coin, in CoinSide side, TVector entry)
    {
        TVector amount = TLanes.Add(entry, TLanes.Of(side.Step));
        TVector lower = QuotientUp(side.Lower, amount, TLanes.Of(0.0), coin.LowerUnit);
        TVector rest = QuotientUp(side.Upper, amount, lower, coin.UpperUnit);
        return TLanes.Fma(TLanes.Of(side.Whole), amount, rest);
    }

    // ⌈(factor × amount + more) ÷ unit⌉ for a factor below the unit and |more| below 2⁵¹.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector QuotientUp(double factor, TVector amount, TVector more, double unit)
    {
        TVector inverse = TLanes.Of(1.0 / unit);
        TVector minusUnit = TLanes.Of(-unit);
        TVector multiplied = TLanes.Of(factor);
        TVector high = TLanes.Multiply(multiplied, amount);
        TVector low = TLanes.Fma(multiplied, amount, TLanes.Multiply(high, TLanes.Of(-1.0)));
        TVector guess = Round(TLanes.Multiply(high, inverse));
        TVector rest = TLanes.Add(TLanes.Add(TLanes.Fma(guess, minusUnit, high), low), more);
        TVector correction = Round(TLanes.Multiply(rest, inverse));
        TVector left = TLanes.Fma(correction, minusUnit, rest);
        return TLanes.Add(TLanes.Add(guess, correction), OneIfPositive(left));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Round(TVector value) =>
        TLanes.Add(TLanes.Add(value, TLanes.Of(Nearest)), TLanes.Of(-Nearest));

    // min(1, max(0, whole)).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector OneIfPositive(TVector whole)
    {
        TVector positive = TLanes.Greater(whole, TLanes.Of(0.0));
        TVector beyond = TLanes.Greater(TLanes.Add(positive, TLanes.Of(-1.0)), TLanes.Of(0.0));
        return TLanes.Add(positive, TLanes.Multiply(beyond, TLanes.Of(-1.0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(ref double first, int place) =>
        SweepKernel<TLanes, TVector>.Load(ref Unsafe.Add(ref first, place));
}
