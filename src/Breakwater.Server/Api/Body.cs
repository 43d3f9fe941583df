using System.Text.Unicode;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Microsoft.AspNetCore.Http;

namespace Breakwater.Server.Api;

/// <summary>Reads the body of a request with the strict reader of files (docs/adr/0011), bounded in every way.
/// </summary>
internal static class Body
{
    /// <summary>Largest body, bytes.</summary>
    internal const int BytesMax = 1 << 20;

    /// <summary>Bytes that are read of a body: what is a little too large is read to its end, so that its sender hears
    /// why; the web server closes the connection of what is longer still.</summary>
    internal const int ReadBytesMax = 2 * BytesMax;

    private const string Input = "body";

    /// <summary>The document of a body.</summary>
    /// <param name="request">The request.</param>
    internal static async Task<Result<JsonValue>> ReadAsync(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            return Refused(FailureReason.Malformed, "the body is compressed", "an uncompressed body");
        }

        if (request.ContentLength > BytesMax) return TooLarge();
        using MemoryStream copy = new();
        try
        {
            await request.Body.CopyToAsync(copy, request.HttpContext.RequestAborted).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge();
        }
        catch (BadHttpRequestException exception)
        {
            return Refused(FailureReason.Malformed, exception.Message, "a whole body, 512 bytes a second and more");
        }

        return copy.Length > BytesMax ? TooLarge() : Parse(copy.ToArray());
    }

    /// <summary>The document of some bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    internal static Result<JsonValue> Parse(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes)) return Refused(FailureReason.Malformed, "the body is not valid UTF-8", "UTF-8");
        List<Failure> failures = [];
        JsonValue? root = StrictJson.Parse(bytes, Input, failures);
        return failures.Count > 0 || root is null ? Result<JsonValue>.Refused(failures)
            : root.Kind == JsonKind.Object ? Result<JsonValue>.Accepted(root)
            : Refused(FailureReason.Malformed, "the body is no object", "a JSON object");
    }

    private static Result<JsonValue> TooLarge() =>
        Refused(FailureReason.TooLarge, "the body is too large", $"{BytesMax} bytes");

    private static Result<JsonValue> Refused(FailureReason reason, string message, string limit) =>
        Result<JsonValue>.Refused(new Failure(reason, message, Input, Limit: limit));
}
