using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Breakwater.IntegrationTests.Server;

/// <summary>Asks a live server until it says what is waited for.</summary>
internal sealed class LiveClient(string address)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private JsonElement _status;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal async Task UntilAsync(Func<LiveClient, bool> holds, string what)
    {
        DateTime end = DateTime.UtcNow + Limit;
        do
        {
            _status = await GetAsync("operator", "/v1/status");
            if (holds(this)) return;
            await Task.Delay(100, Cancel);
        }
        while (DateTime.UtcNow < end);
        Assert.Fail($"{what}: {_status}");
    }

    internal string? Mode(string asset) => Text(Of("markets", "underlying", asset), "mode");

    internal string? IndexMode(string asset) => Text(Of("indices", "underlying", asset), "mode");

    internal double Index(string asset) =>
        Of("indices", "underlying", asset)!.Value.GetProperty("indexUsd").GetDouble();

    internal int Used(string asset) => Of("indices", "underlying", asset)?.GetProperty("used").GetArrayLength() ?? 0;

    internal string? LeftOut(string asset, string source) =>
        Of("indices", "underlying", asset)?.GetProperty("leftOut").EnumerateArray()
            .Where(own => Text(own, "source") == source).Select(static own => Text(own, "reason")).FirstOrDefault();

    internal double Age(string source) => Of("feeds", "source", source)!.Value.GetProperty("ageSeconds").GetDouble();

    internal long Rejected(string? stage, string source) => !_status.TryGetProperty("rejected", out JsonElement all)
        ? 0
        : all.EnumerateArray()
            .Where(own => Text(own, "source") == source && (stage is null || Text(own, "stage") == stage))
            .Sum(static own => own.GetProperty("count").GetInt64());

    // Two subaccounts with money trade one option.
    internal async Task TradeAsync(string option)
    {
        await SendAsync("governor", "\"commandId\":\"a\",\"kind\":\"admitAsset\",\"asset\":\"BTC\"");
        await SendAsync("governor", $"\"commandId\":\"l\",\"kind\":\"listInstrument\",\"instrument\":\"{option}\"");
        foreach (string own in (string[])["anna", "bert"])
        {
            await SendAsync(
                "operator",
                $"\"commandId\":\"o-{own}\",\"kind\":\"openSubaccount\",\"subaccount\":\"{own}\",\"owner\":\"{own}\"");
            await SendAsync("operator", ServedBook.Deposit($"u-{own}", own, "USDC", "900000"));
            await SendAsync("operator", ServedBook.Deposit($"c-{own}", own, "BTC", "5"));
        }

        // The option has a row from the next tick on.
        DateTime end = DateTime.UtcNow + Limit;
        for (int attempt = 0; ; attempt++)
        {
            (int status, string body) = await PostAsync(
                "operator", ServedBook.Fill($"f-{attempt}", option, "1", "0.05", "bert", "anna"));
            if (status == 200) return;
            Assert.True(DateTime.UtcNow < end, body);
            await Task.Delay(200, Cancel);
        }
    }

    internal async Task<JsonElement> GetAsync(string key, string path)
    {
        using HttpClient client = Client(key);
        return JsonDocument.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative), Cancel)).RootElement;
    }

    internal async Task<string> MetricsAsync()
    {
        using HttpClient client = Client("operator");
        return await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel);
    }

    private async Task SendAsync(string key, string members)
    {
        (int status, string body) = await PostAsync(key, members);
        Assert.True(status == 200, body);
    }

    private async Task<(int Status, string Body)> PostAsync(string key, string members)
    {
        using HttpClient client = Client(key);
        using StringContent content = new($"{{{members}}}", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(
            new Uri("/v1/events", UriKind.Relative), content, Cancel);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private HttpClient Client(string key)
    {
        HttpClient client = new() { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", ServedMarket.Keys.First(own => own.Key.Name == key).Secret);
        return client;
    }

    private JsonElement? Of(string list, string member, string value) =>
        _status.TryGetProperty(list, out JsonElement all)
            ? all.EnumerateArray().Where(own => Text(own, member) == value).Select(static own => (JsonElement?)own)
                .FirstOrDefault()
            : null;

    private static string? Text(JsonElement? own, string name) =>
        own is { } known && known.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
