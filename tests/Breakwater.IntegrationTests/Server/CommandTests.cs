using System.Text;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Server.Loop;

namespace Breakwater.IntegrationTests.Server;

/// <summary>Commands over HTTP: once each, durable, refused by name when bad.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task INV_S4_the_same_command_twice_has_one_effect_and_one_answer()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        using HttpClient venue = market.Client("operator");
        string open = "\"commandId\":\"o\",\"kind\":\"openSubaccount\",\"subaccount\":\"anna\",\"owner\":\"anna\"";
        string refused = ServedBook.Deposit("d", "anna", "BTC", "1");
        (int Status, string Body) first = await ServedMarket.SendAsync(venue, open);
        (int Status, string Body) no = await ServedMarket.SendAsync(venue, refused);
        long sequence = market.Engine.View.Sequence;
        Assert.Equal((200, 400), (first.Status, no.Status));
        Assert.Equal(first, await ServedMarket.SendAsync(venue, open));
        Assert.Equal(no, await ServedMarket.SendAsync(venue, refused));
        Assert.Equal(sequence, market.Engine.View.Sequence);
    }

    [Fact]
    public async Task Names_of_commands_of_two_keys_never_meet()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        using HttpClient venue = market.Client("operator");
        using HttpClient governor = market.Client("governor");
        (int Status, string Body) one = await ServedMarket.SendAsync(
            venue, "\"commandId\":\"x\",\"kind\":\"openSubaccount\",\"subaccount\":\"anna\",\"owner\":\"anna\"");
        (int Status, string Body) other = await ServedMarket.SendAsync(
            governor, "\"commandId\":\"x\",\"kind\":\"admitAsset\",\"asset\":\"BTC\"");
        Assert.Equal((200, 200), (one.Status, other.Status));
        Assert.Equal(2, market.Engine.View.Sequence);
    }

    [Fact]
    public async Task A_full_queue_is_said_and_nothing_of_it_happens()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(
            folder.FullName, new EngineOptions { QueuedCountMax = 1, BatchCountMax = 1 });
        using ManualResetEventSlim hold = new();
        Func<Timestamp, RiskEvent> held = at =>
        {
            hold.Wait();
            return new RiskEvent.ClockTick(at);
        };
        Assert.True(market.Engine.TrySubmit(held, out Task<Answer> first));
        while (market.Engine.QueuedCount > 0) await Task.Yield();
        Assert.True(market.Engine.TrySubmit(static at => new RiskEvent.ClockTick(at), out Task<Answer> second));
        using HttpClient venue = market.Client("operator");
        (int status, string body) = await ServedMarket.SendAsync(
            venue, "\"commandId\":\"x\",\"kind\":\"openSubaccount\",\"subaccount\":\"anna\",\"owner\":\"anna\"");
        hold.Set();
        await first;
        await second;
        Assert.Equal(429, status);
        Assert.Contains("\"reason\": \"Unavailable\"", body, StringComparison.Ordinal);
        Assert.Null(market.Engine.View.State.Ledger.Find("anna"));
        Assert.Equal(1, market.Engine.Health.OverflowCount);
    }

    [Fact]
    public async Task INV_S2_a_restart_on_another_number_of_threads_is_the_state_that_was_left()
    {
        using TemporaryFolder folder = new();
        Digest left;
        await using (ServedMarket market = await ServedMarket.StartAsync(folder.FullName))
        {
            await ServedBook.BuildAsync(market);
            left = RiskStateEncoding.DigestOf(market.Engine.View.State);
        }

        await using ServedMarket again = await ServedMarket.StartAsync(
            folder.FullName, new EngineOptions { ThreadCount = 2 });
        Assert.Equal(left, RiskStateEncoding.DigestOf(again.Engine.View.State));
    }

    [Fact]
    public async Task T_W2_hostile_bodies_are_refused_by_reason_and_reach_no_journal()
    {
        (string Body, string Reason)[] corpus =
        [
            ("", "Malformed"), ("nonsense", "Malformed"), ("[]", "Malformed"), ("null", "Malformed"),
            ("{\"kind\":\"deposit\",\"kind\":\"deposit\"}", "Duplicate"),
            (string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40), "TooLarge"),
            ("{\"commandId\":\"" + new string('x', 5_000) + "\"}", "TooLarge"),
            ("{\"kind\":\"steal\"}", "Unknown"), ("{}", "Missing"),
            ("{\"commandId\":\"\u00e9\",\"kind\":\"report\",\"subaccount\":\"a\"}", "Malformed"),
            ("{\"commandId\":\"" + new string('x', 49) + "\",\"kind\":\"report\",\"subaccount\":\"a\"}", "Malformed"),
            ("{" + ServedBook.Deposit("a", "anna", "USDC", "NaN") + "}", "Malformed"),
            ("{" + ServedBook.Deposit("a", "anna", "USDC", "1e400") + "}", "LotMultiple"),
            ("{" + ServedBook.Deposit("a", "anna", "USDC", "-5") + "}", "OutOfRange"),
            ("{" + ServedBook.Deposit("a", "anna", "USDC", "0.0000001") + "}", "LotMultiple"),
            ("{" + ServedBook.Deposit("a", "anna", "DOGE", "1") + "}", "Unknown"),
            ("{" + ServedBook.Deposit("a", new string('n', 100), "USDC", "1") + "}", "TooLarge"),
            ("{" + ServedBook.Fill("a", "BTC-31FEB26-1-C", "1", "1", "anna", "bert") + "}", "UnknownInstrument"),
            ("{\"pad\":\"" + new string(' ', 1 << 20) + "\"}", "TooLarge"),
        ];
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        using HttpClient venue = market.Client("operator");
        List<string> wrong = [];
        foreach ((string body, string reason) in corpus)
        {
            using StringContent content = new(body, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await venue.PostAsync(
                new Uri("/v1/events", UriKind.Relative), content, TestContext.Current.CancellationToken);
            string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (!text.Contains($"\"reason\": \"{reason}\"", StringComparison.Ordinal) || (int)answer.StatusCode >= 500)
            {
                wrong.Add($"{body[..Math.Min(body.Length, 60)]}: {(int)answer.StatusCode} {text}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(1, market.Engine.Journal.Durable.Sequence);
    }
}
