using Breakwater.Margin;

namespace Breakwater.Books;

/// <summary>Rules that compare sums of lines, totals and stage: <c>MarginLines</c> and <c>StageRule</c> of whole
/// numbers of 64 bits.</summary>
internal static class LineSums
{
    private const long Million = 1_000_000;

    /// <summary>Tries to add the short-option minimum to a side that has all lines before it.</summary>
    /// <param name="net">n·S after spreads, micro-dollars; below 2^60.</param>
    /// <param name="gross">n·S before, micro-dollars; below 2^60.</param>
    /// <param name="rates">Governed constants.</param>
    /// <param name="rate">Fraction of the index.</param>
    /// <param name="lines">[line] micro-dollars; those before it sum to less than 2^63.</param>
    internal static bool TryMinimum(long net, long gross, LineRates rates, in LineFraction rate, Span<long> lines)
    {
        UInt128 least = gross == 0 && net == 0 ? 0 : rates.ShortOptionUp(net, gross, rate);
        long sum = Sum(lines[..(int)BookLine.ShortOptionMinimum]);
        if (sum >= LineLimits.LineMax || least >= (UInt128)LineLimits.LineMax) return false;
        lines[(int)BookLine.ShortOptionMinimum] = Math.Max(0, (long)least - sum);
        return true;
    }

    /// <summary>Adds what compares the two sides, and the speed limit.</summary>
    /// <param name="rates">Governed constants.</param>
    /// <param name="inEffectNano">MM in effect ÷ computed, nano.</param>
    /// <param name="maintenance">[line] lines up to the short-option minimum; the rest is filled.</param>
    /// <param name="initial">Likewise.</param>
    internal static void AddRules(
        LineRates rates, long inEffectNano, Span<long> maintenance, Span<long> initial)
    {
        const int own = (int)BookLine.MinimumRatio;
        long atMaintenance = Sum(maintenance[..own]);
        long atInitial = Sum(initial[..own]);
        long ratio = Math.Max(0, rates.InitialLeast.Up(atMaintenance) - atInitial);
        long inEffect = (long)LineNano.One.Up(Math.BigMul((ulong)atMaintenance, (ulong)inEffectNano));
        initial[own] = ratio;
        initial[(int)BookLine.OpenOrders] = 0;
        initial[(int)BookLine.Scheduled] = Math.Max(0, rates.InitialLeast.Up(inEffect) - (atInitial + ratio));
        maintenance[own] = 0;
        maintenance[(int)BookLine.OpenOrders] = 0;
        maintenance[(int)BookLine.Scheduled] = inEffect - atMaintenance;
    }

    /// <summary>Tries to compute totals, ratio and stage.</summary>
    /// <param name="rates">Governed constants.</param>
    /// <param name="equity">Signed micro-dollars; magnitude below 2^60.</param>
    /// <param name="maintenance">[line] all lines.</param>
    /// <param name="initial">[line] all lines.</param>
    /// <param name="totals">The totals.</param>
    internal static bool TryTotal(
        LineRates rates, long equity, ReadOnlySpan<long> maintenance, ReadOnlySpan<long> initial,
        out BookTotals totals)
    {
        long atMaintenance = Sum(maintenance);
        long atInitial = Sum(initial);
        long ratio = 0;
        bool isHere = atMaintenance == 0 || TryRatio(equity, atMaintenance, out ratio);
        totals = new BookTotals(
            equity, atInitial, rates.Target.Up(atMaintenance), atMaintenance, ratio,
            StageOf(rates, equity, atInitial, atMaintenance));
        return isHere;
    }

    private static MarginStage StageOf(LineRates rates, long equity, long initial, long maintenance)
    {
        if (equity < 0) return MarginStage.Backstop;
        return maintenance == 0 ? MarginStage.Healthy
            : rates.Auction.IsAbove(equity, maintenance) ? MarginStage.Auction
            : rates.Deleverage.IsAbove(equity, maintenance) ? MarginStage.Deleverage
            : rates.Call.IsAbove(equity, maintenance) ? MarginStage.MarginCall
            : rates.Warning.IsAbove(equity, maintenance) || equity < initial ? MarginStage.Warning
            : MarginStage.Healthy;
    }

    // floor(equity × 10^6 ÷ maintenance)
    private static bool TryRatio(long equity, long maintenance, out long ratio)
    {
        const long small = long.MaxValue / Million;
        if (Math.Abs(equity) <= small)
        {
            (long quotient, long rest) = Math.DivRem(equity * Million, maintenance);
            ratio = rest < 0 ? quotient - 1 : quotient;
            return true;
        }

        Int128 scaled = Math.BigMul(equity, Million);
        Int128 wide = scaled / maintenance;
        wide -= wide * maintenance > scaled ? 1 : 0;
        bool isHere = Int128.Abs(wide) <= long.MaxValue;
        ratio = isHere ? (long)wide : 0;
        return isHere;
    }

    private static long Sum(ReadOnlySpan<long> lines)
    {
        long sum = 0;
        foreach (long line in lines) sum += line;
        return sum;
    }
}
