using System.Net;
using System.Net.Http.Headers;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Server.Dashboard;

namespace Breakwater.IntegrationTests.Server;

/// <summary>The server serves the dashboard that it holds, cached, compressed, and under a strict policy.</summary>
public sealed class DashboardTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_file_is_served_as_it_was_built_compressed_or_not()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        using HttpClient stranger = market.Client(null);
        foreach (DashboardFile file in DashboardBundle.Shipped.Files)
        {
            string path = file.Path == "index.html" ? "/" : "/" + file.Path;
            using HttpResponseMessage plain = await GetAsync(stranger, path, null, null);
            Assert.Equal(file.Plain.ToArray(), await plain.Content.ReadAsByteArrayAsync(Cancel));
            Assert.Equal(file.ContentType, plain.Content.Headers.ContentType!.ToString());
            using HttpResponseMessage small = await GetAsync(stranger, path, "gzip, br;q=0.5", null);
            Assert.Equal("br", Assert.Single(small.Content.Headers.ContentEncoding));
            Assert.Equal(file.Compressed.ToArray(), await small.Content.ReadAsByteArrayAsync(Cancel));
            using HttpResponseMessage refused = await GetAsync(stranger, path, "br;q=0", null);
            Assert.Empty(refused.Content.Headers.ContentEncoding);
        }
    }

    [Fact]
    public async Task A_file_that_the_browser_holds_is_not_sent_again()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        using HttpClient stranger = market.Client(null);
        using HttpResponseMessage page = await GetAsync(stranger, "/", null, null);
        Assert.True(page.Headers.CacheControl!.NoCache);
        using HttpResponseMessage held = await GetAsync(stranger, "/", null, page.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, held.StatusCode);
        Assert.Empty(await held.Content.ReadAsByteArrayAsync(Cancel));
        DashboardFile asset = DashboardBundle.Shipped.Files.First(static own => own.IsImmutable);
        using HttpResponseMessage kept = await GetAsync(stranger, "/" + asset.Path, null, null);
        Assert.Contains("immutable", kept.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_may_run_and_style_only_what_the_server_itself_sends()
    {
        using TemporaryFolder folder = new();
        await using ServedMarket market = await ServedMarket.StartAsync(folder.FullName);
        using HttpClient stranger = market.Client(null);
        using HttpResponseMessage page = await GetAsync(stranger, "/", null, null);
        string policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        using HttpResponseMessage none = await GetAsync(stranger, "/assets/none.js", null, null);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static async Task<HttpResponseMessage> GetAsync(
        HttpClient client, string path, string? encodings, EntityTagHeaderValue? held)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (encodings is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", encodings);
        if (held is not null) request.Headers.IfNoneMatch.Add(held);
        return await client.SendAsync(request, Cancel);
    }
}
