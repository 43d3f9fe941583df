using System.Collections.Immutable;
using Breakwater.Adapters.Reports;
using Breakwater.Instruments;
using Microsoft.AspNetCore.Http;

namespace Breakwater.Server.Api;

/// <summary>Refusals as problem details (RFC 9457): <c>reason</c> is of the closed set that is the same everywhere.
/// </summary>
internal static class Problem
{
    private const string ContentType = "application/problem+json";

    /// <summary>The answer to a request that is refused.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="status">HTTP status; <c>null</c>: that of the reason.</param>
    internal static IResult Of(Failure failure, int? status = null) => Of([failure], status);

    /// <summary>The same for several reasons; the first gives the status.</summary>
    /// <param name="failures">Why; at least one.</param>
    /// <param name="status">HTTP status; <c>null</c>: that of the first reason.</param>
    /// <param name="sequence">Sequence of the event that decided it; <c>null</c> if none did.</param>
    internal static IResult Of(ImmutableArray<Failure> failures, int? status = null, long? sequence = null)
    {
        int code = status ?? StatusOf(failures[0].Reason);
        return new JsonDocumentResult(
            JsonOutput.Bytes(json => json.Object(() =>
            {
                json.WriteString("type", "about:blank");
                json.WriteString("title", failures[0].Reason.ToString());
                json.WriteNumber("status", code);
                json.WriteString("detail", FindingJson.Clean(failures[0].Message, int.MaxValue));
                json.WriteString("reason", failures[0].Reason.ToString());
                if (sequence is { } decided) json.WriteNumber("sequence", decided);
                json.Objects("refusals", failures, failure => FindingJson.WriteMembers(json, failure));
            })),
            ContentType, code);
    }

    /// <summary>There is no such thing, or the key does not see it: the two look the same.</summary>
    /// <param name="what">What is not there.</param>
    /// <param name="name">The name that was asked for.</param>
    internal static IResult NotFound(string what, string name) => Of(
        new Failure(FailureReason.Unknown, $"there is no such {what}", Value: name), StatusCodes.Status404NotFound);

    private static int StatusOf(FailureReason reason) => reason switch
    {
        FailureReason.Unauthorised => StatusCodes.Status403Forbidden,
        FailureReason.TooLarge => StatusCodes.Status413PayloadTooLarge,
        FailureReason.Inconsistent or FailureReason.InsufficientFunds or FailureReason.OutOfOrder
            or FailureReason.Duplicate => StatusCodes.Status409Conflict,
        FailureReason.Unavailable or FailureReason.InUse => StatusCodes.Status503ServiceUnavailable,
        FailureReason.Damaged or FailureReason.Unreadable => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };
}

/// <summary>A JSON document that is already bytes.</summary>
/// <param name="bytes">The document.</param>
/// <param name="contentType">Its type.</param>
/// <param name="status">HTTP status.</param>
internal sealed class JsonDocumentResult(ReadOnlyMemory<byte> bytes, string contentType, int status) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = contentType;
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted).ConfigureAwait(false);
    }
}
