using System.Collections.Immutable;
using Breakwater.Adapters.Reports;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Server.Access;
using Breakwater.Server.Loop;
using Breakwater.Surfaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Breakwater.Server.Api;

/// <summary>What is the same for everybody who may read: status, markets, surfaces, scenario sets.</summary>
internal static class ReadRoutes
{
    /// <summary>Adds the routes.</summary>
    internal static void Map(IEndpointRouteBuilder routes, EngineHost engine, FeedBoard feeds)
    {
        routes.MapGet("/v1/status", () => Documents.Of(json => StatusJson.Write(json, engine, feeds)))
            .Needs(Scope.Read).WithSummary("Engine, journal, feeds and modes of markets.");
        routes.MapGet("/v1/markets", () => Documents.Of(json => StatusJson.WriteMarkets(json, engine.View)))
            .Needs(Scope.Read).WithSummary("Every market as it was valued last.");
        routes.MapGet("/v1/surfaces/{underlying}", (string underlying) => Surface(engine.View, underlying))
            .Needs(Scope.Read).WithSummary(
                "The fitted volatility surface of an underlying: parameters and state of each expiry, its smile with "
                + "the quotes of now, and a grid of volatilities.");
        routes.MapGet("/v1/instruments", () => Documents.Of(json => InstrumentsJson.Write(json, engine.View)))
            .Needs(Scope.Read).WithSummary("Listed derivatives with lot and mark.");
        routes.MapGet("/v1/scenarios", () => Scenarios(engine.View))
            .Needs(Scope.Read).WithSummary("Both scenario sets: seed, digests, blocks, weights, moments.");
    }

    private static IResult Surface(RiskView view, string underlying)
    {
        VolatilitySurface? surface = AssetId.TryOf(underlying, out AssetId asset)
            ? view.Valuation?.Surfaces.Find(asset)
            : null;
        return surface is null
            ? Problem.NotFound("surface", underlying)
            : Documents.Of(json => SurfaceAnswer.Write(json, view, surface));
    }

    private static IResult Scenarios(RiskView view)
    {
        if (view.Valuation is not { } valuation) return Documents.Unvalued();
        ImmutableArray<Markets.Finding> findings = valuation.Findings;
        return Documents.Of(json =>
            ScenariosJson.Write(json, new ScenariosView(view.Explained!, findings)));
    }
}
