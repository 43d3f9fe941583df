using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Explanation;

/// <summary>Equity of a book at the prices of a liquidation surface.</summary>
internal static class EquityRow
{
    /// <summary>[spot] equity, to the last unit that of a full recomputation.</summary>
    /// <param name="book">The book, pinned.</param>
    /// <param name="market">The market, its surface moved.</param>
    /// <param name="asset">The underlying whose price moves.</param>
    internal static ImmutableArray<Money> Of(Subaccount book, ExplainedMarket market, AssetId asset)
    {
        ExplainedMarket marks = MarksOf(market);
        return
        [
            .. SurfaceAxes.Ratios.Select(ratio => EquityOf(book, MarketMove.WithSpot(marks, asset, ratio))),
        ];
    }

    // Equity needs marks alone: one scenario, in which nothing moves, stands for all; and quotes, which only tell
    // what closing vega costs, are left out.
    private static ExplainedMarket MarksOf(ExplainedMarket market) => market with
    {
        Market = market.Market with
        {
            Underlyings = [.. market.Market.Underlyings.Select(own => own with { Quotes = [] })],
        },
        Scenarios = new ScenarioSets(First(market.Scenarios.Maintenance), First(market.Scenarios.Initial)),
    };

    private static ScenarioSet First(ScenarioSet set) =>
        set with { Scenarios = set.Scenarios[..1], ValuesNano = [.. set.Row(0)] };

    private static Money EquityOf(Subaccount book, ExplainedMarket market)
    {
        RevaluationPlan plan = market.Prepare(BookInstruments.Of(book));
        RiskArrays marks = FullRevaluation.Assemble(plan, [.. new long[plan.EntryCount]]);
        return PortfolioMargin.EquityOf(book, marks, market.Parameters, market.Context.Protocol);
    }
}
