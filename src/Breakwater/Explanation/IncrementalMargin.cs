using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Explanation;

/// <summary>What one position adds to the margins: margin with it less margin without it; negative of a hedge.
/// </summary>
/// <param name="Instrument">The position.</param>
/// <param name="Initial">Of initial margin.</param>
/// <param name="Maintenance">Of maintenance margin.</param>
public sealed record IncrementalMargin(Instrument Instrument, Money Initial, Money Maintenance)
{
    /// <summary>By position, in order; each a full recomputation from the same arrays.</summary>
    /// <param name="subaccount">The book.</param>
    /// <param name="arrays">Risk arrays with a row for everything held.</param>
    /// <param name="market">Parameters and context.</param>
    public static ImmutableArray<IncrementalMargin> Of(
        Subaccount subaccount, RiskArrays arrays, ExplainedMarket market)
    {
        Subaccount book = SubaccountNetting.Net(subaccount);
        MarginReport with = PortfolioMargin.Assess(book, arrays, market.Parameters, market.Context);
        return
        [
            .. book.Positions.Select(position =>
            {
                MarginReport without = PortfolioMargin.Assess(
                    book with { Positions = book.Positions.Remove(position) }, arrays, market.Parameters,
                    market.Context);
                return new IncrementalMargin(
                    position.Instrument, with.InitialMargin - without.InitialMargin,
                    with.MaintenanceMargin - without.MaintenanceMargin);
            }),
        ];
    }
}
