using System.Collections.Immutable;
using System.Text.Json;
using Breakwater.Instruments;

namespace Breakwater.Cli.Benchmarks.SideBySide;

/// <summary>What the product printed in one round with <c>--json</c>.</summary>
/// <param name="Results">Its results, in order.</param>
internal sealed record OwnOutput(ImmutableArray<BenchmarkResult> Results)
{
    /// <summary>Reads the document that <see cref="BenchmarkReport"/> writes.</summary>
    /// <param name="file">Name of the file, for refusals.</param>
    /// <param name="text">Its content.</param>
    public static Result<OwnOutput> Of(string file, string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Result<OwnOutput>.Accepted(new OwnOutput(
                [.. document.RootElement.GetProperty("results").EnumerateArray().Select(ResultOf)]));
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Result<OwnOutput>.Refused(new Failure(
                FailureReason.Malformed, $"no output of 'benchmark --json': {exception.Message}", file));
        }
    }

    /// <summary>The first result of a workload; <c>null</c> if it did not run.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="variant">Its variant; any if empty.</param>
    public BenchmarkResult? Find(string workload, string variant = "") => Results.FirstOrDefault(
        own => own.Workload == workload && (variant.Length == 0 || own.Variant == variant));

    private static BenchmarkResult ResultOf(JsonElement own) => new(
        Text(own, "workload"),
        Text(own, "variant"),
        own.GetProperty("threads").GetInt32(),
        new RoundTime(Number(own, "cpuSeconds"), Number(own, "wallSeconds")),
        Number(own, "rate"),
        Text(own, "unit"),
        [.. own.GetProperty("checksums").EnumerateObject().Select(sum => (sum.Name, sum.Value.GetString()!))])
    {
        Figures = own.TryGetProperty("figures", out JsonElement figures)
            ? [.. figures.EnumerateObject().Select(figure => (figure.Name, figure.Value.GetDouble()))]
            : [],
    };

    private static string Text(JsonElement own, string name) => own.GetProperty(name).GetString() ?? string.Empty;

    private static double Number(JsonElement own, string name) => own.GetProperty(name).GetDouble();
}
