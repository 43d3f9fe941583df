using System.Globalization;
using System.Text.Json;
using Breakwater.IntegrationTests.Commands;
using Breakwater.IntegrationTests.Server;
using Breakwater.Server;
using Breakwater.Server.Loop;

namespace Breakwater.BrowserTests;

/// <summary>A server whose time stands, shared by the tests: a small book of two, and names and books that nobody
/// would choose.</summary>
public sealed class Stand : IAsyncLifetime
{
    /// <summary>A name that would run where it was not escaped.</summary>
    internal const string Script = "<script>alert(1)</script>";

    /// <summary>Another one, for attributes.</summary>
    internal const string Attribute = "\"><img src=x onerror=alert(1)>";

    /// <summary>A subaccount that holds nothing and is asked nothing.</summary>
    internal const string Nothing = "empty";

    /// <summary>One with a position in every listed option and more money than anybody has.</summary>
    internal const string Huge = "huge";

    private const string Counterparty = "counterparty";

    /// <summary>The longest name that there may be, in one word.</summary>
    internal static readonly string Long = new('W', 64);

    private const int HugeUsd = 2_000_000_000;
    private TemporaryFolder? _folder;
    private ServedMarket? _market;

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The server; started when the first test needs it.</summary>
    internal async Task<ServedMarket> StartedAsync()
    {
        if (_market is not null) return _market;
        _folder = new TemporaryFolder();
        _market = await StartAsync(_folder);
        await ServedBook.BuildAsync(_market);
        await StrangeAsync(_market);
        return _market;
    }

    /// <summary>Starts a server with a history; it is patient, since an explanation takes long on a busy machine.
    /// </summary>
    /// <param name="folder">Where its journal and its history go.</param>
    internal static Task<ServedMarket> StartAsync(TemporaryFolder folder) => ServedMarket.StartAsync(
        folder.PathOf("data"), new EngineOptions { HistoryPath = folder.PathOf("history.db") },
        new ServerOptions { AnswerSecondsMax = 300 });

    /// <summary>Secret of a key of the tests.</summary>
    internal static string SecretOf(string key) => ServedMarket.Keys.First(own => own.Key.Name == key).Secret;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_market is not null) await _market.DisposeAsync();
        _folder?.Dispose();
    }

    // Strange names hold money, so that they are shown with numbers; the huge book trades with another one.
    private static async Task StrangeAsync(ServedMarket market)
    {
        using HttpClient venue = market.Client("operator");
        using HttpClient governor = market.Client("governor");
        string[] names = [Script, Attribute, Long, Nothing, Huge, Counterparty];
        for (int index = 0; index < names.Length; index++)
        {
            string told = JsonEncodedText.Encode(names[index]).ToString();
            await DoneAsync(
                venue, $"\"commandId\":\"open-{index}\",\"kind\":\"openSubaccount\",\"subaccount\":\"{told}\","
                + "\"owner\":\"owner\"");
            if (names[index] == Nothing) continue;
            int usd = names[index] is Huge or Counterparty ? HugeUsd : 1_000;
            await DoneAsync(venue, ServedBook.Deposit(
                $"pay-{index}", told, "USDC", usd.ToString(CultureInfo.InvariantCulture)));
        }

        string[] options =
        [
            .. from expiry in (string[])["27FEB26", "27MAR26", "26JUN26"]
               from strike in (int[])[50_000, 55_000, 60_000, 65_000, 70_000, 75_000, 80_000, 85_000, 90_000, 95_000]
               from right in (string[])["C", "P"]
               select $"BTC-{expiry}-{strike}-{right}",
        ];
        foreach (string option in options)
        {
            await ServedMarket.SendAsync(
                governor, $"\"commandId\":\"l-{option}\",\"kind\":\"listInstrument\",\"instrument\":\"{option}\"");
        }

        await market.TickAsync();
        foreach ((string option, int index) in options.Select(static (own, index) => (own, index)))
        {
            string buyer = index % 3 == 0 ? Huge : Counterparty;
            string seller = index % 3 == 0 ? Counterparty : Huge;
            await DoneAsync(
                venue, ServedBook.Fill($"huge-{option}", option, $"{100 + index}.5", "0.03", buyer, seller));
        }

        await market.TickAsync();
    }

    private static async Task DoneAsync(HttpClient client, string command)
    {
        (int status, string body) = await ServedMarket.SendAsync(client, command);
        Assert.True(status == 200, $"{command}: {body}");
    }
}
