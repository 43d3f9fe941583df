using System.Net;
using System.Net.Sockets;
using System.Text;
using Breakwater.Cli;
using Breakwater.Cli.Sieges;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Server;

/// <summary>Hostile sockets are held off: each is ended or refused, nobody else notices, nothing breaks.</summary>
public sealed class SiegeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task T_W2_a_server_under_siege_answers_those_who_mean_well_and_refuses_the_rest()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        await ServedBook.BuildAsync(market);
        long records = market.Engine.Journal.Durable.Sequence;
        CommandRun run = ServedCommand.Run(
            market, "siege", "--address", "x", "--key", "x", "--sockets", "400", "--seconds", "7", "--rate", "10",
            "--json");
        Assert.True(run.Code == ExitCode.Done, run.Output + run.Error);
        foreach (SiegeKind kind in Enum.GetValues<SiegeKind>())
        {
            Assert.Contains($"\"kind\": \"{kind}\"", run.Output, StringComparison.Ordinal);
        }

        Assert.Contains("\"status\": 408", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"status\": 413", run.Output, StringComparison.Ordinal);
        Assert.Equal(records, market.Engine.Journal.Durable.Sequence);
        Assert.Null(market.Engine.Health.Stopped);
    }

    [Fact]
    public async Task T_W2_a_header_that_never_ends_is_ended()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, market.Address.Port, Cancel);
        await socket.SendAsync("GET /v1/status HTTP/1.1\r\nHost: a\r\nX-Slow: "u8.ToArray(), Cancel);
        byte[] answer = new byte[64];
        int count = await socket.ReceiveAsync(answer, Cancel); // after five seconds
        Assert.StartsWith("HTTP/1.1 408", Encoding.ASCII.GetString(answer, 0, count), StringComparison.Ordinal);
    }
}
