using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Server;

/// <summary>Fees that come with a fill are paid with it, or nothing happens.</summary>
public sealed class FeeTests
{
    private const string Option = "BTC-27MAR26-80000-C";

    [Fact]
    public async Task INV_L1_a_fill_takes_the_fees_of_both_sides_in_what_its_price_is_paid_in()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        await ServedBook.BuildAsync(market);
        using HttpClient venue = market.Client("operator");
        Ledger before = market.Engine.View.State.Ledger;
        (int status, string body) = await ServedMarket.SendAsync(
            venue, Fill("x1", "BTC_USDC-PERPETUAL", "0.1", "72000", fee: "3.6", rebate: "-1.2"));
        Assert.True(status == 200, body);
        Assert.Equal(2_400_000, Fees(market, AssetId.Numeraire) - Of(before, AssetId.Numeraire));
        (status, body) = await ServedMarket.SendAsync(venue, Fill("x2", Option, "0.1", "0.03", "0.00002", "0.00001"));
        Assert.True(status == 200, body);
        Assert.Equal(3_000, Fees(market, AssetId.Of("BTC")) - Of(before, AssetId.Of("BTC")));
        Ledger after = market.Engine.View.State.Ledger;
        foreach (string own in (string[])["anna", "bert"])
        {
            Assert.NotEqual(before.Find(own)!.CashOf(AssetId.Numeraire), after.Find(own)!.CashOf(AssetId.Numeraire));
        }
    }

    [Theory]
    [InlineData("1", "-1.000001", 409, "Inconsistent")]
    [InlineData("0.0000001", "0", 400, "LotMultiple")]
    [InlineData("none", "0", 400, "Malformed")]
    [InlineData("1e30", "0", 400, "")]
    public async Task A_fee_that_cannot_be_leaves_nothing_of_its_fill(
        string fee, string rebate, int expected, string reason)
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        await ServedBook.BuildAsync(market);
        using HttpClient venue = market.Client("operator");
        Ledger before = market.Engine.View.State.Ledger;
        (int status, string body) = await ServedMarket.SendAsync(
            venue, Fill("x1", "BTC_USDC-PERPETUAL", "0.1", "72000", fee, rebate));
        Assert.Equal(expected, status);
        Assert.Contains(reason, body, StringComparison.Ordinal);
        Assert.Equal(before.Find("anna"), market.Engine.View.State.Ledger.Find("anna"));
    }

    private static Int128 Fees(ServedMarket market, AssetId asset) => Of(market.Engine.View.State.Ledger, asset);

    private static Int128 Of(Ledger ledger, AssetId asset) => ledger.Find(asset)!.Fees.Tokens
        + ledger.Find(asset)!.Fees.Claim;

    private static string Fill(
        string id, string instrument, string quantity, string price, string fee, string rebate) =>
        $"\"commandId\":\"{id}\",\"kind\":\"fill\",\"instrument\":\"{instrument}\",\"quantity\":\"{quantity}\","
        + $"\"price\":\"{price}\",\"buyer\":{{\"subaccount\":\"anna\",\"fee\":\"{fee}\"}},"
        + $"\"seller\":{{\"subaccount\":\"bert\",\"fee\":\"{rebate}\"}}";
}
