using System.Net;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Server;

/// <summary>Keys are replaced while a server runs.</summary>
public sealed class KeyReloadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task T_W1_a_key_that_is_withdrawn_opens_nothing_and_its_stream_ends()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        using HttpClient anna = market.Client("anna");
        using HttpClient bert = market.Client("bert");
        using Stream lost = await anna.GetStreamAsync(new Uri("/v1/stream", UriKind.Relative), Cancel);
        using Stream kept = await bert.GetStreamAsync(new Uri("/v1/stream", UriKind.Relative), Cancel);
        market.Know("bert");
        Assert.Equal(0, await lost.ReadAsync(new byte[16], Cancel));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(anna));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(bert));
        using CancellationTokenSource wait = new(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await kept.ReadExactlyAsync(new byte[1], wait.Token));
        market.Know("anna", "bert");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(anna));
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client)
    {
        using HttpResponseMessage answer = await client.GetAsync(new Uri("/v1/status", UriKind.Relative), Cancel);
        return answer.StatusCode;
    }
}
