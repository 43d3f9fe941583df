using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using Breakwater.Adapters.Files;
using Breakwater.Adapters.Storage;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Parameters;
using Breakwater.Server;
using Breakwater.Server.Access;
using Breakwater.Server.Loop;
using Breakwater.Server.Replay;

namespace Breakwater.IntegrationTests.Server;

/// <summary>A real server on a free port of the loopback, over the shipped sample market at one instant.</summary>
internal sealed class ServedMarket : IAsyncDisposable
{
    private static readonly RiskParameters Parameters = ParameterFile.LoadNewestShipped().Value;
    private readonly RiskServer _server;

    private ServedMarket(EngineHost engine, FeedBoard feeds, RiskServer server)
    {
        Engine = engine;
        Feeds = feeds;
        _server = server;
    }

    internal static Timestamp At => Timestamp.Parse(MarginArguments.At);

    internal EngineHost Engine { get; }

    /// <summary>How the feeds are doing, as the server tells it.</summary>
    internal FeedBoard Feeds { get; }

    internal Uri Address => new(_server.Address);

    /// <summary>Secrets of the keys of the tests, by name.</summary>
    internal static ImmutableArray<(ApiKey Key, string Secret)> Keys { get; } =
    [
        Made("operator", Scope.Read | Scope.Operate, []),
        Made("governor", Scope.Read | Scope.Govern, []),
        Made("anna", Scope.Read | Scope.Trade, ["anna"]),
        Made("bert", Scope.Read | Scope.Trade, ["bert"]),
        Made("blind", Scope.None, ["anna"]),
    ];

    internal static MarketFileSelection Files
    {
        get
        {
            static string Market(string file) => SampleFiles.Of($"samples/market/{file}.csv.gz");
            static AssetFile Of(string asset, string file) => new(AssetId.Of(asset), Market(file));
            return new MarketFileSelection(
                [Market("deribit_btc_chain"), Market("deribit_eth_chain")],
                [
                    Of("BTC", "btcusd_1d"), Of("BTC", "binance_btcusdt_1h"), Of("ETH", "ethusd_1d"),
                    Of("ETH", "binance_ethusdt_1h"),
                ],
                [Of("BTC", "deribit_btc_dvol_1h")], [], [])
            {
                Trades = [Of("BTC", "binance_btcusdt_1h_taker"), Of("ETH", "binance_ethusdt_1h_taker")],
            };
        }
    }

    /// <summary>Starts a server; its time stands unless something moves it.</summary>
    internal static async Task<ServedMarket> StartAsync(
        string folder, EngineOptions? options = null, ServerOptions? http = null)
    {
        EngineHost engine = (await EngineHost.OpenAsync(
            FolderDisk.AtOrNew(folder), (options ?? new EngineOptions()) with { AreTicksFed = true }, Parameters, At,
            speed: 0d)).Value;
        FeedBoard feeds = new();
        RiskServer server = await RiskServer.StartAsync(
            engine, new KeyRing([.. Keys.Select(static own => own.Key)]), feeds,
            (http ?? new ServerOptions()) with { Port = 0 });
        return new ServedMarket(engine, feeds, server);
    }

    /// <summary>Knows these keys of the tests from now on, and no other.</summary>
    internal void Know(params string[] names) => _server.Replace(new KeyRing(
        [.. Keys.Select(static own => own.Key).Where(own => names.Contains(own.Name, StringComparer.Ordinal))]));

    /// <summary>Takes in the sample market: the earlier chain for its index, series, the newest chains.</summary>
    internal async Task SeeMarketAsync()
    {
        foreach (RiskEvent seen in MarketEvents.OfInstant(Files, At).Value)
        {
            Assert.Null((await Engine.SubmitAsync(_ => seen, default)).Refusal);
        }
    }

    /// <summary>Values the market.</summary>
    internal async Task TickAsync() => await Engine.SubmitAsync(static at => new RiskEvent.ClockTick(at), default);

    /// <summary>A client with a key; <c>null</c>: without one.</summary>
    internal HttpClient Client(string? key)
    {
        HttpClient client = new() { BaseAddress = Address };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer", Keys.FirstOrDefault(own => own.Key.Name == key).Secret ?? key);
        }

        return client;
    }

    /// <summary>Sends a command: members of its object without braces.</summary>
    internal static async Task<(int Status, string Body)> SendAsync(HttpClient client, string members)
    {
        using StringContent body = new($"{{{members}}}", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri("/v1/events", UriKind.Relative), body);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Engine.DisposeAsync();
    }

    private static (ApiKey Key, string Secret) Made(string name, Scope scopes, string[] subaccounts)
    {
        string secret = ApiKey.NewSecret();
        return (new ApiKey(name, ApiKey.HashOf(secret), scopes, [.. subaccounts], subaccounts.Length == 0), secret);
    }
}
