using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Breakwater.Cli.Loads;

/// <summary>The requests of a load, made of what the server says its subaccounts hold.</summary>
internal sealed class LoadQuestions
{
    private const int SubaccountsMax = 1_000; // enough that no cache of a few answers helps
    private const int AmountsCount = 1_000_000;

    private readonly ImmutableArray<Asked> _asked;
    private readonly string _run;

    private LoadQuestions(ImmutableArray<Asked> asked, string run) => (_asked, _run) = (asked, run);

    /// <summary>Asks the server which subaccounts the key sees, and what they hold.</summary>
    /// <param name="http">A client with the key.</param>
    /// <param name="kinds">Kinds of the mix: the status alone needs no subaccount.</param>
    /// <exception cref="HttpRequestException">The server is not there, or refuses the key.</exception>
    /// <exception cref="JsonException">It is no server of ours.</exception>
    internal static async Task<LoadQuestions> AskAsync(HttpClient http, ImmutableArray<LoadKind> kinds)
    {
        string run = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        if (kinds is [LoadKind.Status]) return new LoadQuestions([], run);
        using JsonDocument list = await GetAsync(http, "/v1/subaccounts").ConfigureAwait(false);
        ImmutableArray<Asked>.Builder asked = ImmutableArray.CreateBuilder<Asked>();
        foreach (JsonElement own in Member(list.RootElement, "subaccounts").EnumerateArray().Take(SubaccountsMax))
        {
            string name = Member(own, "subaccount").GetString() ?? string.Empty;
            using HttpResponseMessage margin = await http.GetAsync(MarginOf(name)).ConfigureAwait(false);
            if (!margin.IsSuccessStatusCode) continue; // nothing can be margined there
            using JsonDocument report = await JsonDocument.ParseAsync(
                await margin.Content.ReadAsStreamAsync().ConfigureAwait(false)).ConfigureAwait(false);
            asked.Add(new Asked(name, [.. Member(report.RootElement, "positions").EnumerateArray().Select(Held)]));
        }

        return asked.Count > 0
            ? new LoadQuestions([.. asked.OrderByDescending(static own => own.Positions.Length > 0)], run)
            : throw new HttpRequestException("the key sees no subaccount that can be margined");
    }

    /// <summary>A request.</summary>
    /// <param name="kind">What it asks.</param>
    /// <param name="index">Its number, from 0.</param>
    internal HttpRequestMessage Of(LoadKind kind, long index) => kind switch
    {
        LoadKind.WhatIf => Post("/v1/margin/what-if", WhatIf(_asked[(int)(index % _asked.Length)], index)),
        LoadKind.Margin => new HttpRequestMessage(
            HttpMethod.Get, MarginOf(_asked[(int)(index % _asked.Length)].Subaccount)),
        LoadKind.Command => Post("/v1/events", Deposit(_asked[(int)(index % _asked.Length)], index)),
        _ => new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/status", UriKind.Relative)),
    };

    // A position doubled or closed, and another deposit each time.
    private static byte[] WhatIf(Asked own, long index) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        subaccount = own.Subaccount,
        orders = own.Positions.IsEmpty
            ? []
            : (object[])[Order(own.Positions[(int)(index % own.Positions.Length)], isClosed: index % 2 == 0)],
        collateral = (object[])[new { asset = "USDC", quantity = Text(1 + (index % AmountsCount)) }],
    });

    private static object Order((string Instrument, string Quantity) held, bool isClosed) => new
    {
        instrument = held.Instrument,
        quantity = !isClosed ? held.Quantity
            : held.Quantity.StartsWith('-') ? held.Quantity[1..]
            : "-" + held.Quantity,
    };

    private byte[] Deposit(Asked own, long index) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        commandId = $"load-{_run}-{Text(index)}",
        kind = "deposit",
        subaccount = own.Subaccount,
        asset = "USDC",
        quantity = "0.000001", // its least unit
    });

    private static HttpRequestMessage Post(string path, byte[] body) => new(
        HttpMethod.Post, new Uri(path, UriKind.Relative))
    {
        Content = new ByteArrayContent(body)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        },
    };

    private static async Task<JsonDocument> GetAsync(HttpClient http, string path)
    {
        using HttpResponseMessage answer = await http.GetAsync(new Uri(path, UriKind.Relative)).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        return await JsonDocument.ParseAsync(
            await answer.Content.ReadAsStreamAsync().ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static (string Instrument, string Quantity) Held(JsonElement position) => (
        Member(position, "instrument").GetString() ?? string.Empty,
        Member(position, "quantity").GetString() ?? string.Empty);

    private static JsonElement Member(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out JsonElement member)
            ? member
            : throw new JsonException($"the answer has no member {name}");

    private static Uri MarginOf(string subaccount) => new(
        $"/v1/subaccounts/{Uri.EscapeDataString(subaccount)}/margin", UriKind.Relative);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Asked(string Subaccount, ImmutableArray<(string Instrument, string Quantity)> Positions);
}
