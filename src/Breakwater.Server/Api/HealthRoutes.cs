using Breakwater.Server.Loop;
using Breakwater.Server.Streaming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Breakwater.Server.Api;

/// <summary>What supervisors ask, without a key: is it alive, can it serve, how is it doing.</summary>
internal static class HealthRoutes
{
    /// <summary>Adds the routes.</summary>
    internal static void Map(IEndpointRouteBuilder routes, EngineHost engine, StreamHub hub, FeedBoard feeds)
    {
        routes.MapGet("/health/live", () => Results.Text("live\n")).WithSummary("The process answers.");
        routes.MapGet("/health/ready", () => Ready(engine)).WithSummary("It takes commands and a market is valued.");
        routes.MapGet("/metrics", () => Results.Text(MetricsText.Of(engine, hub, feeds), MetricsText.Format))
            .WithSummary("Counts for Prometheus.");
    }

    private static IResult Ready(EngineHost engine) => engine.Health.Stopped is { } why
        ? Results.Text($"not ready: {why}\n", statusCode: StatusCodes.Status503ServiceUnavailable)
        : engine.View.Valuation is null
            ? Results.Text("not ready: no market is valued yet\n",
                statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ready\n");
}
