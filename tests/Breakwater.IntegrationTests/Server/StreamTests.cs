using System.Net.WebSockets;
using System.Text;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Server.Access;
using Breakwater.Server.Streaming;

namespace Breakwater.IntegrationTests.Server;

/// <summary>Streams: a snapshot, then what follows; resumable; bounded; seen by nobody else.</summary>
public sealed class StreamTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly ApiKey Anna = new("anna", [], Scope.Read, ["anna"], SeesAll: false);

    [Fact]
    public void T_W2_of_state_the_newest_counts_and_who_is_still_too_slow_is_closed()
    {
        StreamClient client = new(Anna, Topics.All, pendingMax: 3);
        for (int tick = 0; tick < 1_000; tick++)
        {
            Assert.False(client.Offer(Message(tick, Topics.Margin, "anna")));
            Assert.False(client.Offer(Message(tick, Topics.Market, "BTC")));
        }

        Assert.Equal([999L, 999L], client.Take(10).Select(static own => own.Place.Sequence));
        for (int call = 0; call < 3; call++) Assert.False(client.Offer(Message(call, Topics.Action, "anna")));
        Assert.True(client.Offer(Message(4, Topics.Action, "anna")));
        Assert.True(client.IsTooSlow);
        Assert.Empty(client.Take(10));
    }

    [Fact]
    public void A_key_is_offered_what_is_its_own_and_what_is_everybodys()
    {
        StreamClient client = new(Anna, Topics.Margin | Topics.Market, pendingMax: 3);
        Assert.True(client.Wants(Message(1, Topics.Margin, "anna")));
        Assert.True(client.Wants(Message(1, Topics.Market, "BTC") with { Subaccount = null }));
        Assert.False(client.Wants(Message(1, Topics.Margin, "bert")));
        Assert.False(client.Wants(Message(1, Topics.Action, "anna")));
    }

    [Fact]
    public async Task A_stream_begins_with_the_state_goes_on_with_changes_and_resumes_after_the_last_message()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        await ServedBook.BuildAsync(market);
        string last;
        using (HttpClient anna = market.Client("anna"))
        {
            using StreamReader reader = new(await anna.GetStreamAsync(
                new Uri("/v1/stream?topics=margin", UriKind.Relative), Cancel));
            List<string> first = await ReadAsync(reader);
            Assert.Contains("\"subaccount\":\"anna\"", first[2], StringComparison.Ordinal);
            using HttpClient venue = market.Client("operator");
            await ServedMarket.SendAsync(venue, ServedBook.Deposit("more", "anna", "USDC", "1000"));
            await market.TickAsync();
            List<string> second = await ReadAsync(reader);
            Assert.NotEqual(first[2], second[2]);
            last = second[0]["id: ".Length..];
        }

        await market.TickAsync();
        using HttpClient again = market.Client("anna");
        again.DefaultRequestHeaders.Add("Last-Event-ID", last);
        using StreamReader resumed = new(await again.GetStreamAsync(
            new Uri("/v1/stream?topics=market", UriKind.Relative), Cancel));
        Assert.True(StreamPlace.TryParse(last, out StreamPlace known));
        Assert.True(StreamPlace.TryParse((await ReadAsync(resumed))[0]["id: ".Length..], out StreamPlace next));
        Assert.True(next.CompareTo(known) > 0, $"{next} after {known}");
    }

    [Fact]
    public async Task T_W1_a_page_of_another_origin_gets_no_socket_and_a_program_does()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        await ServedBook.BuildAsync(market);
        Uri address = new UriBuilder(market.Address) { Scheme = "ws", Path = "/v1/ws" }.Uri;
        string secret = "Bearer " + ServedMarket.Keys.First(static own => own.Key.Name == "anna").Secret;
        using ClientWebSocket foreign = new();
        foreign.Options.SetRequestHeader("Authorization", secret);
        foreign.Options.SetRequestHeader("Origin", "https://elsewhere.example");
        await Assert.ThrowsAsync<WebSocketException>(() => foreign.ConnectAsync(address, Cancel));
        using ClientWebSocket own = new();
        own.Options.SetRequestHeader("Authorization", secret);
        await own.ConnectAsync(address, Cancel);
        byte[] buffer = new byte[1 << 16];
        WebSocketReceiveResult received = await own.ReceiveAsync(buffer, Cancel);
        Assert.StartsWith(
            "{\"id\":\"", Encoding.UTF8.GetString(buffer, 0, received.Count), StringComparison.Ordinal);
    }

    private static StreamMessage Message(int sequence, Topics topic, string subject) =>
        new(new StreamPlace(sequence, 0), topic, subject, subject, "{}");

    // The next message; signs of life are passed over.
    private static async Task<List<string>> ReadAsync(StreamReader reader)
    {
        List<string> lines = [];
        while (await reader.ReadLineAsync(Cancel) is { } line)
        {
            if (line.Length == 0 && lines.Count > 0) return lines;
            if (line.Length > 0 && line[0] != ':') lines.Add(line);
        }

        throw new InvalidOperationException($"the stream has ended after {lines.Count} lines");
    }
}
