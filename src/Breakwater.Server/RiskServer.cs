using System.Globalization;
using System.Threading.RateLimiting;
using Breakwater.Instruments;
using Breakwater.Server.Access;
using Breakwater.Server.Api;
using Breakwater.Server.Dashboard;
using Breakwater.Server.Loop;
using Breakwater.Server.Streaming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Breakwater.Server;

/// <summary>The HTTP side: routes over an engine, behind keys, limits and time-outs.</summary>
internal sealed class RiskServer : IAsyncDisposable
{
    private const int ExplanationsWaitingMax = 16;
    private const int MovesWaitingMax = 16;

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ExplanationGate _explanations = new("explanations", ExplanationsWaitingMax);
    private readonly ExplanationGate _moves = new("moves of the market", MovesWaitingMax);
    private readonly AnswerGate _answers = new();
    private readonly StreamHub _hub = new();
    private volatile KeyRing _keys;

    private RiskServer(WebApplication app, KeyRing keys)
    {
        _app = app;
        _keys = keys;
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; private set; } = string.Empty;

    /// <summary>Starts listening, and the engine with it.</summary>
    /// <param name="engine">The engine, opened and not started.</param>
    /// <param name="keys">Known keys.</param>
    /// <param name="feeds">Standing of the feeds.</param>
    /// <param name="options">Where, and limits.</param>
    /// <param name="taken">The address, if it has been taken already; the server owns its socket then.</param>
    /// <exception cref="System.Net.Sockets.SocketException">It cannot listen there.</exception>
    public static async Task<RiskServer> StartAsync(
        EngineHost engine, KeyRing keys, FeedBoard feeds, ServerOptions options, TakenAddress? taken = null)
    {
        RiskServer server = new(Build(options, taken), keys);
        StreamHub hub = server._hub;
        WebApplication app = server._app;
        Caller.Identify(app, () => server._keys);
        app.UseRateLimiter();
        Caller.Require(app);
        PathNames.Restore(app);
        app.UseRequestTimeouts();
        app.UseWebSockets();
        app.MapOpenApi("/openapi/{documentName}.json");
        HealthRoutes.Map(app, engine, hub, feeds);
        ReadRoutes.Map(app, engine, feeds);
        ReportDesk reports = new();
        AccountRoutes.Map(app, engine, reports, server._answers, server._explanations);
        LedgerRoutes.Map(app, engine);
        HistoryRoutes.Map(app, engine);
        CommandRoutes.Map(app, engine, reports, server._answers, server._moves);
        StreamRoutes.Map(app, hub, server._stopping.Token);
        DashboardRoutes.Map(app);
        app.MapFallback((HttpContext context) => Problem.NotFound("path", context.Request.Path));
        engine.Start((view, effects) =>
        {
            reports.Prepare(view);
            hub.Publish(view, effects);
        });
        await app.StartAsync().ConfigureAwait(false);
        server.Address = app.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.First(); // it listens
        return server;
    }

    /// <summary>Knows these keys from now on, and ends the streams of those that are no longer the same.</summary>
    /// <param name="keys">Every key.</param>
    public void Replace(KeyRing keys)
    {
        _keys = keys;
        _hub.CloseAll(own => !keys.Keys.Any(own.IsSameAs));
    }

    /// <summary>Ends the streams, answers what has begun, and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _answers.Dispose();
        _explanations.Dispose();
        _moves.Dispose();
        _stopping.Dispose();
    }

    private static WebApplication Build(ServerOptions options, TakenAddress? taken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        // A start that fails is refused by whoever asked for it, in one line and without a trace.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole()
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Address, options.Port);
            kestrel.AddServerHeader = false;
            Limit(kestrel.Limits, options);
        });
        if (taken is not null)
        {
            builder.Services.Configure<SocketTransportOptions>(sockets =>
                sockets.CreateBoundListenSocket = _ => taken.Socket);
        }

        builder.Services.AddRoutingCore();
        builder.Services.AddOpenApi("v1");
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new()
        {
            Timeout = TimeSpan.FromSeconds(options.AnswerSecondsMax),
        });
        builder.Services.AddRateLimiter(limiter => Limit(limiter, options));
        return builder.Build();
    }

    private static void Limit(KestrelServerLimits limits, ServerOptions options)
    {
        limits.MaxConcurrentConnections = options.ConnectionsMax;
        limits.MaxConcurrentUpgradedConnections = StreamHub.ClientsMax;
        limits.MaxRequestBodySize = Body.ReadBytesMax;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestLineSize = 4 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 512, gracePeriod: TimeSpan.FromSeconds(5));
    }

    private static void Limit(RateLimiterOptions limiter, ServerOptions options)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            Caller.FindKey(context) is { } key
                ? RateLimitPartition.GetTokenBucketLimiter(
                    key.Name, _ => Bucket(options.RequestsPerSecond, options.RequestsBurst))
                : RateLimitPartition.GetTokenBucketLimiter(
                    $"address {context.Connection.RemoteIpAddress}",
                    _ => Bucket(options.StrangersPerSecond, options.StrangersPerSecond)));
        limiter.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
            await Problem.Of(
                new Failure(
                    FailureReason.Unavailable, "too many requests", Limit: $"{options.RequestsPerSecond} a second"),
                StatusCodes.Status429TooManyRequests).ExecuteAsync(rejected.HttpContext).ConfigureAwait(false);
        };
    }

    private static TokenBucketRateLimiterOptions Bucket(int perSecond, int burst) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = Math.Max(1, perSecond / 10),
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
        QueueLimit = 0,
        AutoReplenishment = true,
    };
}
