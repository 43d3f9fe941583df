using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.Server.Api;

/// <summary>Names in paths, letter by letter. The server decodes every letter of a path but the slash, so that a name
/// with one, such as <c>desk/1</c>, would be taken for another name, <c>desk%2F1</c>.</summary>
internal static class PathNames
{
    private const string Name = "id";
    private const string Slash = "%2F";

    /// <summary>Restores the names of subaccounts that hold a slash, before a route reads them.</summary>
    /// <param name="app">The application.</param>
    internal static void Restore(IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.RouteValues[Name] is string routed
            && routed.Contains(Slash, StringComparison.OrdinalIgnoreCase)
            && context.Features.Get<IHttpRequestFeature>() is { RawTarget: { } target })
        {
            context.Request.RouteValues[Name] = NameIn(target, routed);
        }

        return next(context);
    });

    // The part of the target that was routed as the name, decoded whole: a name may hold the letters %2F as well.
    private static string NameIn(string target, string routed) =>
        target.Split('?')[0].Split('/').FirstOrDefault(part => string.Equals(
            Uri.UnescapeDataString(part.Replace(Slash, "%25" + Slash[1..], StringComparison.OrdinalIgnoreCase)), routed,
            StringComparison.OrdinalIgnoreCase)) is { } own
            ? Uri.UnescapeDataString(own)
            : routed;
}
