using Breakwater.Accounts;
using Breakwater.Collateral;
using Breakwater.Margin;
using Breakwater.Margin.AddOns;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Margin;

/// <summary>Underlyings summed once and joined are the whole account and each of them summed alone, in 128 bits.
/// </summary>
public sealed class AccountLossesLaws
{
    private const int MarketCount = 20;
    private const int AccountsPerMarket = 10;

    [Fact]
    public void Whole_and_parts_are_those_that_are_summed_alone()
    {
        (int several, int wide) = (0, 0);
        for (int seed = 0; seed < MarketCount; seed++)
        {
            SyntheticMarket market = new(seed);
            for (int round = 0; round < AccountsPerMarket; round++)
            {
                // Every third account holds more than 64 bits can sum.
                Subaccount drawn = round % 3 == 2 ? Times(market.Draw(), 1L << 24) : market.Draw();
                MarginAccount account = MarginAccount.Of(
                    SubaccountNetting.Net(drawn), market.Arrays, LawMarket.Parameters, ProtocolHoldings.Neutral);
                foreach (MarginHorizon horizon in Enum.GetValues<MarginHorizon>())
                {
                    using AccountLosses losses = new(account, horizon);
                    RequirePlain(account, horizon, losses.Whole, $"seed {seed}, account {round}");
                    Money whole = losses.Amount();
                    UnderlyingCores plain = UnderlyingCores.Of(account, horizon, whole, withOrders: false);
                    Assert.Equal(plain.Assets.AsEnumerable(), losses.Cores(whole).Assets);
                    Assert.Equal(plain.Amounts.AsEnumerable(), losses.Cores(whole).Amounts);
                    several += plain.Assets.Length > 1 ? 1 : 0;
                    wide += losses.Whole.IsNarrow ? 0 : 1;
                }
            }
        }

        Assert.True(several > 0, "no account has several underlyings");
        Assert.InRange(wide, 1, (2 * MarketCount * AccountsPerMarket) - 1);
    }

    private static void RequirePlain(
        MarginAccount account, MarginHorizon horizon, ScenarioLosses losses, string which)
    {
        Int128[] frozen = WideSums.Of(account.Exposures, account.Arrays, horizon, RevaluationTime.Frozen);
        Int128[] advanced = WideSums.Of(account.Exposures, account.Arrays, horizon, RevaluationTime.Advanced);
        for (int scenario = 0; scenario < frozen.Length; scenario++)
        {
            Assert.True(Int128.Max(frozen[scenario], advanced[scenario]) == losses[scenario], which);
            bool isAdvanced = advanced[scenario] > frozen[scenario];
            Assert.True(isAdvanced == (losses.TimeOf(scenario) == RevaluationTime.Advanced), which);
        }
    }

    private static Subaccount Times(Subaccount subaccount, long factor) => subaccount with
    {
        Positions =
        [
            .. subaccount.Positions.Select(own => LawMarket.Hold(own.Instrument, own.Lots * factor)),
        ],
    };
}
