using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Breakwater.Server.Dashboard;

/// <summary>Serves the dashboard to anybody: it holds no data, and asks the API with the key of whoever looks.
/// </summary>
internal static class DashboardRoutes
{
    private const string Index = "index.html";
    private const string Brotli = "br";
    private const string YearSeconds = "31536000";

    // Nothing that is not of this server runs, is styled, framed or asked: a name with a script in it stays a name.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds a route for each file of the bundle.</summary>
    internal static void Map(IEndpointRouteBuilder routes)
    {
        foreach (DashboardFile file in DashboardBundle.Shipped.Files)
        {
            string path = file.Path == Index ? "/" : "/" + file.Path;
            routes.MapMethods(
                path, [HttpMethods.Get, HttpMethods.Head], (HttpContext context, CancellationToken _) =>
                    SendAsync(context, file))
                .DisableRequestTimeout().ExcludeFromDescription();
        }
    }

    private static async Task<IResult> SendAsync(HttpContext context, DashboardFile file)
    {
        HttpResponse response = context.Response;
        string tag = $"\"{file.Sha256[..32]}\"";
        response.Headers.ETag = tag;
        response.Headers.CacheControl = file.IsImmutable ? $"public, max-age={YearSeconds}, immutable" : "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (Holds(context.Request, tag)) return Results.StatusCode(StatusCodes.Status304NotModified);
        bool isCompressed = Accepts(context.Request);
        ReadOnlyMemory<byte> content = isCompressed ? file.Compressed : file.Plain;
        response.ContentType = file.ContentType;
        response.ContentLength = content.Length;
        if (isCompressed) response.Headers.ContentEncoding = Brotli;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
        }

        return Results.Empty;
    }

    private static bool Holds(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out IList<EntityTagHeaderValue>? known)
        && known.Any(own => own.Tag == "*" || own.Tag == tag);

    // Whoever says br;q=0 refuses it.
    private static bool Accepts(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(
            request.Headers.AcceptEncoding, out IList<StringWithQualityHeaderValue>? known)
        && known.Any(static own =>
            own.Value.Equals(Brotli, StringComparison.OrdinalIgnoreCase) && own.Quality is not 0);
}
