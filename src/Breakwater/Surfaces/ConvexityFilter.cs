namespace Breakwater.Surfaces;

/// <summary>Drops quotes whose prices are not convex in strike by more than their spread (METHODOLOGY 2.1).</summary>
/// <remarks>
/// A price too high stands above the chord of its neighbours; a price too low lifts its neighbours above theirs. So
/// where
/// a triple is violated, the one of its three quotes is dropped whose removal leaves least violation around it.
/// </remarks>
internal static class ConvexityFilter
{
    private const int Reach = 3; // Quotes on either side that a removal is judged by.

    /// <summary>Quotes without the offenders.</summary>
    /// <param name="quotes">Quotes in order of moneyness.</param>
    /// <param name="tally">Counts what is dropped.</param>
    internal static List<QuotedOption> Keep(List<QuotedOption> quotes, RejectionTally tally)
    {
        List<QuotedOption> kept = [.. quotes];
        while (WorstTriple(kept) is int middle and > 0)
        {
            kept.RemoveAt(Offender(kept, middle));
            tally.NotConvex++;
        }

        return kept;
    }

    private static int WorstTriple(List<QuotedOption> quotes)
    {
        int worst = 0;
        double most = 0.0;
        for (int i = 1; i < quotes.Count - 1; i++)
        {
            double violation = Violation(quotes[i - 1], quotes[i], quotes[i + 1]);
            if (violation > most)
            {
                most = violation;
                worst = i;
            }
        }

        return worst;
    }

    private static int Offender(List<QuotedOption> quotes, int middle)
    {
        int offender = middle;
        double least = ViolationWithout(quotes, middle, middle);
        for (int candidate = middle - 1; candidate <= middle + 1; candidate += 2)
        {
            double left = ViolationWithout(quotes, middle, candidate);
            if (left < least)
            {
                least = left;
                offender = candidate;
            }
        }

        return offender;
    }

    private static double ViolationWithout(List<QuotedOption> quotes, int middle, int removed)
    {
        List<QuotedOption> around = [];
        for (int i = Math.Max(0, middle - Reach); i <= Math.Min(quotes.Count - 1, middle + Reach); i++)
        {
            if (i != removed) around.Add(quotes[i]);
        }

        double sum = 0.0;
        for (int i = 1; i < around.Count - 1; i++)
        {
            sum += Violation(around[i - 1], around[i], around[i + 1]);
        }

        return sum;
    }

    // How far the middle price stands above the chord, beyond its spread; fraction of the forward.
    private static double Violation(QuotedOption left, QuotedOption middle, QuotedOption right)
    {
        double width = right.Moneyness - left.Moneyness;
        if (!(width > 0.0)) return 0.0;
        double share = (middle.Moneyness - left.Moneyness) / width;
        double chord = left.CallMid + share * (right.CallMid - left.CallMid);
        return Math.Max(0.0, middle.CallMid - chord - middle.Spread);
    }
}
