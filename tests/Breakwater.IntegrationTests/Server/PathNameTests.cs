using System.Text.Json;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Server;

/// <summary>A subaccount is found under its name, whatever letters that has.</summary>
public sealed class PathNameTests
{
    [Fact]
    public async Task A_name_that_paths_do_not_carry_is_given_to_no_subaccount()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        using HttpClient venue = market.Client("operator");
        foreach (string name in (string[])[".", "..", "desk/.", "../desk", "a/../b", "\u0007"])
        {
            (int status, string body) = await ServedMarket.SendAsync(
                venue, $"\"commandId\":\"o\",\"kind\":\"openSubaccount\",\"subaccount\":"
                + $"{JsonSerializer.Serialize(name)},\"owner\":\"own\"");
            Assert.Equal(400, status);
            Assert.Contains("no name of a subaccount", body, StringComparison.Ordinal);
            Assert.DoesNotContain("\"sequence\"", body, StringComparison.Ordinal); // nothing was taken
        }

        Assert.Equal(0, market.Engine.View.Sequence);
    }

    [Fact]
    public async Task A_name_in_a_path_is_taken_letter_by_letter()
    {
        string[] names =
        [
            "...", ".a", "desk/1", "desk%2F1", "desk%2f1", "</script>", "a b?c#d&e=f", "%", "desk/1/margin",
        ];
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        await ServedBook.BuildAsync(market);
        using HttpClient venue = market.Client("operator");
        for (int index = 0; index < names.Length; index++)
        {
            string told = JsonEncodedText.Encode(names[index]).ToString();
            await ServedMarket.SendAsync(
                venue, $"\"commandId\":\"n{index}\",\"kind\":\"openSubaccount\",\"subaccount\":\"{told}\","
                + "\"owner\":\"own\"");
            await ServedMarket.SendAsync(venue, ServedBook.Deposit($"p{index}", told, "USDC", $"{index + 1}"));
        }

        await market.TickAsync();
        for (int index = 0; index < names.Length; index++)
        {
            string report = await venue.GetStringAsync(
                new Uri($"/v1/subaccounts/{Uri.EscapeDataString(names[index])}/margin", UriKind.Relative),
                TestContext.Current.CancellationToken);
            JsonElement told = JsonDocument.Parse(report).RootElement;
            Assert.Equal(names[index], told.GetProperty("subaccount").GetString());
            Assert.Equal($"{index + 1}.000000", told.GetProperty("equity").GetString());
        }
    }
}
