using System.Collections.Immutable;
using Breakwater.Markets;
using Breakwater.Numerics;

namespace Breakwater.Forecasts;

/// <summary>Order-flow imbalance: what every change of the book adds to demand minus supply.</summary>
/// <remarks>Source: Cont, Kukanov and Stoikov (2014), J. Financial Econometrics 12(1), 47–88, definition 10.</remarks>
public static class OrderFlowImbalance
{
    /// <summary>e_n of one change of the best quotes: size joined at or above the bid and left at or above the ask,
    /// minus size left at or below the bid and joined at or below the ask.</summary>
    /// <param name="before">Best quotes before the change; prices finite, sizes ≥ 0.</param>
    /// <param name="after">Best quotes after it, likewise.</param>
    /// <returns>Units of underlying; positive is buying pressure; 0 if nothing changed.</returns>
    public static double Event(in BestQuotes before, in BestQuotes after) =>
        Bid(before.BidUsd, before.BidQuantity, after.BidUsd, after.BidQuantity)
        - Ask(before.AskUsd, before.AskQuantity, after.AskUsd, after.AskQuantity);

    /// <summary>e_n of every change of a sequence of best quotes.</summary>
    /// <param name="states">[n] best quotes, in time.</param>
    /// <returns>[n − 1] events; empty for fewer than two states.</returns>
    public static ImmutableArray<double> Events(ReadOnlySpan<BestQuotes> states)
    {
        ImmutableArray<double>.Builder events = ImmutableArray.CreateBuilder<double>();
        for (int state = 1; state < states.Length; state++)
        {
            events.Add(Event(states[state - 1], states[state]));
        }

        return events.ToImmutable();
    }

    /// <summary>Σ over levels of weight^level · e_n(level): the best level counts whole, deeper ones less.</summary>
    /// <param name="before">Levels before the change, best first on either side.</param>
    /// <param name="after">Levels after it.</param>
    /// <param name="decayPerLevel">0.5 of METHODOLOGY 4.6: weight e^(−decay·level); ≥ 0.</param>
    /// <returns>Units of underlying. Levels beyond the shallower of the two states' sides are not counted.</returns>
    /// <remarks>Source: Xu, Gould and Howison (2018), Multi-level order-flow imbalance in a limit order book,
    /// equation 8; the weights are METHODOLOGY 4.6's.</remarks>
    public static double MultiLevel(BookState before, BookState after, double decayPerLevel)
    {
        Require.NonNegative(decayPerLevel);
        double decay = DeterministicMath.Exp(-decayPerLevel);
        return Side(before.Bids, after.Bids, decay, Bid) - Side(before.Asks, after.Asks, decay, Ask);
    }

    private static double Side(
        ImmutableArray<BookLevel> before, ImmutableArray<BookLevel> after, double decay,
        Func<double, double, double, double, double> contribution)
    {
        double sum = 0d;
        double weight = 1d;
        for (int level = 0; level < Math.Min(before.Length, after.Length); level++)
        {
            sum += weight * contribution(
                before[level].PriceUsd, before[level].Quantity, after[level].PriceUsd, after[level].Quantity);
            weight *= decay;
        }

        return sum;
    }

    private static double Bid(double priceBefore, double sizeBefore, double price, double size) =>
        (price >= priceBefore ? size : 0d) - (price <= priceBefore ? sizeBefore : 0d);

    private static double Ask(double priceBefore, double sizeBefore, double price, double size) =>
        (price <= priceBefore ? size : 0d) - (price >= priceBefore ? sizeBefore : 0d);
}
