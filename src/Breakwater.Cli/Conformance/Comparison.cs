using System.Collections.Immutable;
using System.Text.Json;

namespace Breakwater.Cli.Conformance;

/// <summary>A field that disagrees.</summary>
/// <param name="Field">Path of the field within <c>expected</c>.</param>
/// <param name="Expected">As the file states it.</param>
/// <param name="Actual">As the product answers.</param>
internal sealed record Disagreement(string Field, string Expected, string Actual);

/// <summary>Compares every field of a case's <c>expected</c> with the product's answers.</summary>
internal sealed class Comparison
{
    // Remarks about a case: they state no result.
    private static readonly string[] Remarks = ["note", "notes", "source", "sources"];

    private readonly ReferenceCase _item;
    private readonly Tolerance _tolerance;
    private readonly ImmutableArray<Disagreement>.Builder _found = ImmutableArray.CreateBuilder<Disagreement>();

    private Comparison(ReferenceCase item, Tolerance tolerance)
    {
        _item = item;
        _tolerance = tolerance;
    }

    /// <summary>Every disagreement of one case; empty if it passes.</summary>
    /// <exception cref="UnknownCaseException">A field is unknown to this program.</exception>
    public static ImmutableArray<Disagreement> Of(ReferenceCase item, Answers answers, Tolerance tolerance)
    {
        Comparison comparison = new(item, tolerance);
        bool isAnyCompared = false;
        foreach (JsonProperty field in item.Expected.EnumerateObject())
        {
            if (!Remarks.Contains(field.Name, StringComparer.Ordinal) && !tolerance.Names(field.Name))
            {
                isAnyCompared = true;
                comparison.CompareField(field, answers);
            }
        }

        return isAnyCompared
            ? comparison._found.ToImmutable()
            : throw new UnknownCaseException("nothing is expected");
    }

    private void CompareField(JsonProperty field, Answers answers)
    {
        if (field.Value.ValueKind != JsonValueKind.Object)
        {
            Answer answer = answers.Find(field.Name, string.Empty) ?? throw Unknown(field.Name);
            Compare(field.Name, field.Name, field.Value, answer);
            return;
        }

        foreach (JsonProperty member in field.Value.EnumerateObject())
        {
            string path = $"{field.Name}.{member.Name}";
            Answer answer = answers.Find(field.Name, member.Name) ?? throw Unknown(path);
            Compare(field.Name, path, member.Value, answer);
        }
    }

    private void Compare(string field, string path, JsonElement expected, Answer answer)
    {
        switch (answer)
        {
            case Answer.List list when expected.ValueKind == JsonValueKind.Array:
                CompareList(field, path, expected, list);
                break;
            case Answer.Number number when ReferenceNumber.TryRead(expected, out ReferenceNumber reference):
                Note(path, expected, answer, IsWithin(field, reference, number));
                break;
            case Answer.Truth truth when expected.ValueKind is JsonValueKind.True or JsonValueKind.False:
                Note(path, expected, answer, truth.Value == expected.GetBoolean());
                break;
            case Answer.Words words when expected.ValueKind == JsonValueKind.String:
                bool agrees = words.Value.Equals(expected.GetString(), StringComparison.OrdinalIgnoreCase);
                Note(path, expected, answer, agrees);
                break;
            default:
                throw new UnknownCaseException($"field {path} is no {answer.GetType().Name}");
        }
    }

    private void CompareList(string field, string path, JsonElement expected, Answer.List list)
    {
        if (expected.GetArrayLength() != list.Items.Length)
        {
            Note(path, expected, list, false);
            return;
        }

        for (int index = 0; index < list.Items.Length; index++)
        {
            Compare(field, $"{path}[{index}]", expected[index], list.Items[index]);
        }
    }

    private void Note(string path, JsonElement expected, Answer answer, bool agrees)
    {
        if (!agrees)
        {
            bool isText = expected.ValueKind == JsonValueKind.String;
            string text = isText ? expected.GetString()! : expected.GetRawText();
            _found.Add(new(path, text, answer.ToString()!));
        }
    }

    private bool IsWithin(string field, ReferenceNumber expected, Answer.Number actual) =>
        double.IsFinite(actual.Value)
        && (ExactNumber.Of(actual.Value) - expected.Exact).Magnitude
            <= _tolerance.Bound(field, expected, actual, _item);

    private static UnknownCaseException Unknown(string field) => new($"field {field} is unknown");
}
