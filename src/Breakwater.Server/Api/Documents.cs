using System.Text.Json;
using Breakwater.Adapters.Reports;
using Breakwater.Instruments;
using Microsoft.AspNetCore.Http;

namespace Breakwater.Server.Api;

/// <summary>Answers that are one JSON object, written as the command writes its own.</summary>
internal static class Documents
{
    private const string ContentType = "application/json";

    /// <summary>The answer whose members <paramref name="describe"/> writes.</summary>
    internal static IResult Of(Action<Utf8JsonWriter> describe) => new JsonDocumentResult(
        JsonOutput.Bytes(json => json.Object(() => describe(json))), ContentType, StatusCodes.Status200OK);

    /// <summary>There is no valuation yet.</summary>
    internal static IResult Unvalued() =>
        Problem.Of(new Failure(FailureReason.Unavailable, "no market is valued yet"));
}
