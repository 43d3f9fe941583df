using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Scenarios;

namespace Breakwater.Explanation;

/// <summary>How likely and where an account can be liquidated (METHODOLOGY 4.9).</summary>
/// <param name="Probabilities">By rising horizon: 1 h, 24 h, 7 d.</param>
/// <param name="Prices">Binding prices by underlying.</param>
public sealed record LiquidationOutlook(
    ImmutableArray<LiquidationProbability> Probabilities, ImmutableArray<LiquidationPrice> Prices)
{
    // Prices at which margin is computed anew, of one now; the ends are the range of binding prices.
    private static readonly ImmutableArray<double> Ratios =
        [0.1, 0.25, 0.5, 0.7, 0.82, 0.92, 1.0, 1.08, 1.18, 1.4, 2.0, 3.5, 6.0];

    /// <summary>Outlook of a subaccount.</summary>
    /// <param name="subaccount">The subaccount.</param>
    /// <param name="market">Its market.</param>
    /// <param name="paths">[horizon] paths by rising horizon; see <see cref="LiquidationProbability.Paths"/>.</param>
    public static LiquidationOutlook Of(
        Subaccount subaccount, ExplainedMarket market, ImmutableArray<HourlyPaths> paths)
    {
        Subaccount book = PinnedBook.Of(subaccount, market.RevalueMaintenance(BookInstruments.Of(subaccount)));
        PriceProfile profile = PriceProfile.Of(book, market, Ratios);
        return new LiquidationOutlook(
            LiquidationProbability.Of(book, profile, market, paths), LiquidationPrice.Of(book, profile, market));
    }

    /// <summary>What the paths of a book have to carry.</summary>
    public static PathContent ContentFor(Subaccount subaccount) =>
        subaccount.Positions.Any(position => position.Instrument is VanillaOption)
            ? PathContent.SpotAndVolatility
            : PathContent.Spot;
}
