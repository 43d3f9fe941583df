using System.Collections.Immutable;
using System.Text.Json;

namespace Breakwater.Cli.Conformance;

/// <summary>A field that disagrees.</summary>
/// <param name="Field">Path of the field within <c>expected</c>.</param>
/// <param name="Expected">As the file states it.</param>
/// <param name="Actual">As the product answers.</param>
internal sealed record Disagreement(string Field, string Expected, string Actual);

/// <summary>Compares every field of a case's <c>expected</c> with the product's answers.</summary>
internal static class Comparison
{
    // Remarks about a case: they state no result.
    private static readonly string[] Remarks = ["note", "notes", "source", "sources"];

    /// <summary>Every disagreement of one case; empty if it passes.</summary>
    /// <exception cref="CaseNotImplementedException">A field is unknown to this program.</exception>
    public static ImmutableArray<Disagreement> Of(ReferenceCase item, Answers answers, Tolerance tolerance)
    {
        ImmutableArray<Disagreement>.Builder found = ImmutableArray.CreateBuilder<Disagreement>();
        bool isAnyCompared = false;
        foreach (JsonProperty field in item.Expected.EnumerateObject())
        {
            if (Remarks.Contains(field.Name, StringComparer.Ordinal) || tolerance.Names(field.Name))
            {
                continue;
            }

            isAnyCompared = true;
            CompareField(field, item, answers, tolerance, found);
        }

        return isAnyCompared ? found.ToImmutable() : throw new CaseNotImplementedException("nothing is expected");
    }

    private static void CompareField(
        JsonProperty field,
        ReferenceCase item,
        Answers answers,
        Tolerance tolerance,
        ImmutableArray<Disagreement>.Builder found)
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

        void Compare(string name, string path, JsonElement expected, Answer answer)
        {
            switch (answer)
            {
                case Answer.List list when expected.ValueKind == JsonValueKind.Array:
                    CompareList(name, path, expected, list);
                    break;
                case Answer.Number number when ReferenceNumber.TryRead(expected, out ReferenceNumber reference):
                    Note(path, expected, answer, IsWithin(reference, number, tolerance.Bound(name, reference, number, item)));
                    break;
                case Answer.Truth truth when expected.ValueKind is JsonValueKind.True or JsonValueKind.False:
                    Note(path, expected, answer, truth.Value == expected.GetBoolean());
                    break;
                case Answer.Words words when expected.ValueKind == JsonValueKind.String:
                    Note(path, expected, answer, words.Value.Equals(
                        expected.GetString(), StringComparison.OrdinalIgnoreCase));
                    break;
                default:
                    throw new CaseNotImplementedException($"{path} is {expected.ValueKind}, which is not understood here");
            }
        }

        void CompareList(string name, string path, JsonElement expected, Answer.List list)
        {
            if (expected.GetArrayLength() != list.Items.Length)
            {
                Note(path, expected, list, false);
                return;
            }

            for (int index = 0; index < list.Items.Length; index++)
            {
                Compare(name, $"{path}[{index}]", expected[index], list.Items[index]);
            }
        }

        void Note(string path, JsonElement expected, Answer answer, bool agrees)
        {
            if (!agrees)
            {
                string text = expected.ValueKind == JsonValueKind.String ? expected.GetString()! : expected.GetRawText();
                found.Add(new(path, text, answer.ToString()!));
            }
        }
    }

    private static bool IsWithin(ReferenceNumber expected, Answer.Number actual, ExactNumber bound) =>
        double.IsFinite(actual.Value) && (ExactNumber.Of(actual.Value) - expected.Exact).Magnitude <= bound;

    private static CaseNotImplementedException Unknown(string field) => new($"field {field} is unknown");
}
