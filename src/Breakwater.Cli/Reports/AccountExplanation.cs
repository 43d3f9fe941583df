using Breakwater.Accounts;
using Breakwater.Cli.Market;
using Breakwater.Explanation;

namespace Breakwater.Cli.Reports;

/// <summary>What <c>--explain</c> works out about one account by computing its margin again.</summary>
/// <param name="Liquidation">How likely and where it can be liquidated.</param>
internal sealed record AccountExplanation(LiquidationOutlook Liquidation)
{
    /// <summary>Explains a subaccount.</summary>
    /// <param name="subaccount">The subaccount.</param>
    /// <param name="valued">Its market.</param>
    public static AccountExplanation Of(Subaccount subaccount, ValuedMarket valued)
    {
        ExplainedMarket market = new(
            valued.Inputs.Market, valued.Forecast, valued.Surfaces, valued.Scenarios, valued.Inputs.Parameters);
        return new AccountExplanation(LiquidationOutlook.Of(
            subaccount, market, LiquidationProbability.Paths(market, LiquidationOutlook.ContentFor(subaccount))));
    }
}
