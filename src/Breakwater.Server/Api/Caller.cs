using Breakwater.Instruments;
using Breakwater.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Breakwater.Server.Api;

/// <summary>Who asks: found before anything of a request is looked at; what no key may do is refused by default.
/// </summary>
internal static class Caller
{
    private const string Item = "key";

    /// <summary>The key of a request under <c>/v1</c>; the middleware has put it there.</summary>
    /// <param name="context">The request.</param>
    internal static ApiKey KeyOf(HttpContext context) => (ApiKey)context.Items[Item]!; // no request gets past without

    /// <summary>The same where there may be none.</summary>
    /// <param name="context">The request.</param>
    internal static ApiKey? FindKey(HttpContext context) => context.Items[Item] as ApiKey;

    /// <summary>Finds the key of every request.</summary>
    /// <param name="app">The application.</param>
    /// <param name="keys">Keys that are known when it comes.</param>
    internal static void Identify(IApplicationBuilder app, Func<KeyRing> keys) => app.Use((context, next) =>
    {
        if (keys().Find(context.Request.Headers.Authorization) is { } key) context.Items[Item] = key;
        return next(context);
    });

    /// <summary>Refuses every request under <c>/v1</c> that bears no known key.</summary>
    /// <param name="app">The application.</param>
    internal static void Require(IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        bool isGuarded = context.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase);
        if (isGuarded && FindKey(context) is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problem.Of(
                new Failure(FailureReason.Unauthorised, "no known key", Limit: "Authorization: Bearer KEY"),
                StatusCodes.Status401Unauthorized).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        await next(context).ConfigureAwait(false);
    });

    /// <summary>Lets a route be used with a scope only.</summary>
    /// <param name="route">The route.</param>
    /// <param name="scope">The scope.</param>
    internal static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, Scope scope) =>
        route.AddEndpointFilter(async (invocation, next) => KeyOf(invocation.HttpContext).May(scope)
            ? await next(invocation).ConfigureAwait(false)
            : Forbidden(scope));

    /// <summary>The key lacks a scope.</summary>
    /// <param name="scope">The scope.</param>
    internal static IResult Forbidden(Scope scope) => Problem.Of(new Failure(
        FailureReason.Unauthorised, "the key has not the scope", Limit: scope.ToString().ToLowerInvariant()));
}
