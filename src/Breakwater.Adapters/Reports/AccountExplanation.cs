using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Explanation;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Reports;

/// <summary>What <c>--explain</c> works out about one account by computing its margin again.</summary>
/// <param name="Liquidation">How likely and where it can be liquidated.</param>
/// <param name="Factors">Core loss of every holding by what moved.</param>
/// <param name="Increments">What every position adds to the margins.</param>
/// <param name="Cures">Ways out of a shortfall; empty if there is none.</param>
/// <param name="Decay">Margins ahead if nothing moves.</param>
/// <param name="OptionDecay">The same of each short option held alone.</param>
internal sealed record AccountExplanation(
    LiquidationOutlook Liquidation,
    ImmutableArray<FactorSplit> Factors,
    ImmutableArray<IncrementalMargin> Increments,
    ImmutableArray<Cure> Cures,
    ImmutableArray<MarginDecay> Decay,
    ImmutableArray<(Instrument Option, ImmutableArray<MarginDecay> Schedule)> OptionDecay)
{
    /// <summary>Explains a subaccount.</summary>
    /// <param name="subaccount">The subaccount.</param>
    /// <param name="market">Its market.</param>
    public static AccountExplanation Of(Subaccount subaccount, ExplainedMarket market)
    {
        Subaccount filled = subaccount with { Orders = [], Protections = [] };
        return new AccountExplanation(
            LiquidationOutlook.Of(
                subaccount, market, LiquidationProbability.Paths(market, LiquidationOutlook.ContentFor(subaccount))),
            FactorSplit.Of(filled, market),
            IncrementalMargin.Of(filled, market.Revalue(BookInstruments.Of(filled)), market),
            CureSearch.Of(filled, market),
            MarginDecay.Of(filled, market),
            MarginDecay.OfShortOptions(filled, market));
    }
}
