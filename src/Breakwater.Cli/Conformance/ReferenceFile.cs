using System.Collections.Immutable;
using System.Text.Json;
using Breakwater.Instruments;

namespace Breakwater.Cli.Conformance;

/// <summary>One case: inputs and what is expected of them.</summary>
/// <param name="Inputs">JSON object.</param>
/// <param name="Expected">JSON object.</param>
/// <param name="UnknownMember">A member of the case that this program does not know; <c>null</c> if none.</param>
internal sealed record ReferenceCase(JsonElement Inputs, JsonElement Expected, string? UnknownMember);

/// <summary>Cases of one kind and tolerance.</summary>
/// <param name="Kind">How the values were obtained.</param>
/// <param name="Tolerance">Text of the tolerance; empty if absent.</param>
/// <param name="Cases">The cases.</param>
/// <param name="UnknownMember">A member of the set that this program does not know; <c>null</c> if none.</param>
internal sealed record ReferenceSet(
    string Kind, string Tolerance, ImmutableArray<ReferenceCase> Cases, string? UnknownMember);

/// <summary>A file of reference values (<c>reference/README.md</c>), or one of another format, whose cases are only
/// counted.</summary>
/// <param name="Name">File name without <c>.json</c>.</param>
/// <param name="Id">The file's own id; its name where it states none.</param>
/// <param name="Sets">The sets.</param>
/// <param name="ForeignCount">Cases of a format that belongs to later work.</param>
internal sealed record ReferenceFile(string Name, string Id, ImmutableArray<ReferenceSet> Sets, int ForeignCount)
{
    private const long BytesMax = 64L * 1024 * 1024;
    private static readonly string[] CaseMembers =
        ["inputs", "expected", "id", "name", "note", "notes", "source", "sources"];

    private static readonly string[] SetMembers =
        ["kind", "source", "sources", "tolerance", "cases", "quantity", "name", "note", "notes", "title"];

    /// <summary>Reads one file.</summary>
    public static Result<ReferenceFile> Read(string path)
    {
        string file = Path.GetFileName(path);
        try
        {
            if (new FileInfo(path).Length > BytesMax)
            {
                return Refused(FailureReason.TooLarge, file, "$", $"at most {BytesMax} bytes");
            }

            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream, new JsonDocumentOptions
            {
                AllowDuplicateProperties = false,
            });
            return Read(file, document.RootElement.Clone());
        }
        catch (JsonException exception)
        {
            return Result<ReferenceFile>.Refused(new Failure(
                FailureReason.Malformed,
                exception.Message,
                file,
                $"line {(exception.LineNumber ?? 0) + 1}",
                Limit: "JSON without duplicate members"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Result<ReferenceFile>.Refused(new Failure(FailureReason.Unreadable, exception.Message, file));
        }
    }

    private static Result<ReferenceFile> Read(string file, JsonElement root)
    {
        string name = file[..^".json".Length];
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Refused(FailureReason.Malformed, file, "$", "a JSON object");
        }

        string id = root.TryGetProperty("id", out JsonElement stated) && stated.ValueKind == JsonValueKind.String
            ? stated.GetString()!
            : name;
        if (!root.TryGetProperty("sets", out JsonElement sets))
        {
            return root.TryGetProperty("cases", out JsonElement cases) && cases.ValueKind == JsonValueKind.Array
                ? Result<ReferenceFile>.Accepted(new(name, id, [], cases.GetArrayLength()))
                : Refused(FailureReason.Missing, file, "$.sets", "an array of sets");
        }

        return sets.ValueKind == JsonValueKind.Array
            ? ReadSets(file, new(name, id, [], 0), sets)
            : Refused(FailureReason.Malformed, file, "$.sets", "an array of sets");
    }

    private static Result<ReferenceFile> ReadSets(string file, ReferenceFile empty, JsonElement sets)
    {
        ImmutableArray<ReferenceSet>.Builder read = ImmutableArray.CreateBuilder<ReferenceSet>();
        foreach (JsonElement set in sets.EnumerateArray())
        {
            string place = $"$.sets[{read.Count}]";
            if (set.ValueKind != JsonValueKind.Object
                || !set.TryGetProperty("cases", out JsonElement cases) || cases.ValueKind != JsonValueKind.Array)
            {
                return Refused(FailureReason.Malformed, file, place + ".cases", "a set with an array of cases");
            }

            int bad = BadCase(cases);
            if (bad >= 0)
            {
                return Refused(
                    FailureReason.Malformed,
                    file,
                    $"{place}.cases[{bad}]",
                    "an object with objects inputs and expected");
            }

            read.Add(new(
                Text(set, "kind"),
                Text(set, "tolerance"),
                [.. cases.EnumerateArray().Select(ReadCase)],
                Unknown(set, SetMembers)));
        }

        return Result<ReferenceFile>.Accepted(empty with { Sets = read.ToImmutable() });
    }

    private static int BadCase(JsonElement cases)
    {
        int index = 0;
        foreach (JsonElement item in cases.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object
                || !item.TryGetProperty("inputs", out JsonElement inputs) || inputs.ValueKind != JsonValueKind.Object
                || !item.TryGetProperty("expected", out JsonElement expected)
                || expected.ValueKind != JsonValueKind.Object)
            {
                return index;
            }

            index++;
        }

        return -1;
    }

    private static ReferenceCase ReadCase(JsonElement item) =>
        new(item.GetProperty("inputs"), item.GetProperty("expected"), Unknown(item, CaseMembers));

    private static string Text(JsonElement set, string member) =>
        set.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : string.Empty;

    private static string? Unknown(JsonElement item, string[] known)
    {
        foreach (JsonProperty member in item.EnumerateObject())
        {
            if (!known.Contains(member.Name, StringComparer.Ordinal))
            {
                return member.Name;
            }
        }

        return null;
    }

    private static Result<ReferenceFile> Refused(FailureReason reason, string file, string place, string limit) =>
        Result<ReferenceFile>.Refused(new Failure(reason, "no file of reference values", file, place, Limit: limit));
}
