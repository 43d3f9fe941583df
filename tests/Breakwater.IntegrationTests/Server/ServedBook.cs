namespace Breakwater.IntegrationTests.Server;

/// <summary>A small book, built over HTTP as a venue builds it.</summary>
internal static class ServedBook
{
    /// <summary>Admits, lists, opens and pays; then, with the market valued, trades.</summary>
    internal static async Task BuildAsync(ServedMarket market)
    {
        using HttpClient governor = market.Client("governor");
        using HttpClient venue = market.Client("operator");
        await market.SeeMarketAsync();
        string[] instruments = ["BTC-27MAR26-80000-C", "BTC-27MAR26-60000-P", "BTC_USDC-PERPETUAL"];
        await DoneAsync(governor, "\"commandId\":\"a1\",\"kind\":\"admitAsset\",\"asset\":\"BTC\"");
        foreach (string own in instruments)
        {
            await DoneAsync(
                governor, $"\"commandId\":\"l-{own}\",\"kind\":\"listInstrument\",\"instrument\":\"{own}\"");
        }

        foreach (string own in (string[])["anna", "bert"])
        {
            await DoneAsync(
                venue,
                $"\"commandId\":\"o-{own}\",\"kind\":\"openSubaccount\",\"subaccount\":\"{own}\",\"owner\":\"{own}\"");
            await DoneAsync(venue, Deposit($"u-{own}", own, "USDC", "900000"));
            await DoneAsync(venue, Deposit($"c-{own}", own, "BTC", "20"));
        }

        await market.TickAsync();
        await DoneAsync(venue, Fill("f1", instruments[0], "5", "0.031", "bert", "anna"));
        await DoneAsync(venue, Fill("f2", instruments[1], "3", "0.045", "anna", "bert"));
        await DoneAsync(venue, Fill("f3", instruments[2], "1.5", "72150.5", "anna", "bert"));
        await market.TickAsync();
    }

    internal static string Deposit(string id, string account, string asset, string quantity) =>
        $"\"commandId\":\"{id}\",\"kind\":\"deposit\",\"subaccount\":\"{account}\",\"asset\":\"{asset}\","
        + $"\"quantity\":\"{quantity}\"";

    internal static string Fill(
        string id, string instrument, string quantity, string price, string buyer, string seller) =>
        $"\"commandId\":\"{id}\",\"kind\":\"fill\",\"instrument\":\"{instrument}\",\"quantity\":\"{quantity}\","
        + $"\"price\":\"{price}\",\"buyer\":{{\"subaccount\":\"{buyer}\"}},\"seller\":{{\"subaccount\":\"{seller}\"}}";

    private static async Task DoneAsync(HttpClient client, string command)
    {
        (int status, string body) = await ServedMarket.SendAsync(client, command);
        Assert.True(status == 200, $"{command}: {body}");
    }
}
