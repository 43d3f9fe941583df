using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Files;

/// <summary>Reads a JSON document whole: no comments, no trailing commas, no member twice, bounded in every
/// way.</summary>
public static class StrictJson
{
    /// <summary>Largest document, bytes.</summary>
    public const long BytesMax = 16L * 1024 * 1024;

    /// <summary>Longest string, member name or number, bytes.</summary>
    public const int TextBytesMax = 4096;

    /// <summary>Deepest nesting.</summary>
    public const int DepthMax = 16;

    /// <summary>Most values in one document.</summary>
    public const int ValueCountMax = 1_000_000;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    public static Result<JsonValue> Load(string path)
    {
        List<Failure> failures = [];
        JsonValue? root = Load(path, failures);
        return failures.Count == 0 ? Result<JsonValue>.Accepted(root!) : Result<JsonValue>.Refused(failures);
    }

    /// <summary>Reads a file as far as it has a meaning, so that every refusal in it can be named at once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="failures">Receives the refusals; with any, the document must not be used.</param>
    /// <returns><c>null</c> if the file is no JSON document.</returns>
    internal static JsonValue? Load(string path, List<Failure> failures)
    {
        Result<byte[]> bytes = InputFile.ReadBytes(path, BytesMax);
        failures.AddRange(bytes.Failures);
        return bytes.IsAccepted ? Parse(bytes.Value, path, failures) : null;
    }

    /// <summary>Reads a document as far as it has a meaning.</summary>
    /// <param name="bytes">UTF-8 text.</param>
    /// <param name="file">Name of the input, for refusals.</param>
    /// <param name="failures">Receives the refusals; with any, the document must not be used.</param>
    /// <returns><c>null</c> if the bytes are no JSON document.</returns>
    internal static JsonValue? Parse(ReadOnlySpan<byte> bytes, string file, List<Failure> failures)
    {
        Utf8JsonReader reader = new(bytes, new JsonReaderOptions { MaxDepth = DepthMax });
        try
        {
            reader.Read();
            JsonValue root = new Reading(file, failures).Value(ref reader, "$");
            reader.Read();
            return root;
        }
        catch (JsonException exception)
        {
            bool isDeep = exception.Message.Contains("configured depth", StringComparison.Ordinal);
            failures.Add(new Failure(
                isDeep ? FailureReason.TooLarge : FailureReason.Malformed,
                Reason(exception),
                file,
                $"line {(exception.LineNumber ?? 0) + 1}, byte {(exception.BytePositionInLine ?? 0) + 1}",
                Limit: isDeep ? $"{DepthMax} levels" : "a JSON document"));
            return null;
        }
    }

    // The library appends its own position; ours stands in the refusal's place.
    private static string Reason(JsonException exception)
    {
        int at = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return at < 0 ? exception.Message : exception.Message[..at];
    }

    private sealed class Reading(string file, List<Failure> failures)
    {
        private int _count;

        public JsonValue Value(ref Utf8JsonReader reader, string path)
        {
            if (++_count > ValueCountMax)
            {
                throw new JsonException($"more than {ValueCountMax} values");
            }

            return reader.TokenType switch
            {
                JsonTokenType.StartObject => Object(ref reader, path),
                JsonTokenType.StartArray => Array(ref reader, path),
                JsonTokenType.String => Scalar(path, JsonKind.Text, Text(ref reader, path)),
                JsonTokenType.Number => Scalar(path, JsonKind.Number, Text(ref reader, path)),
                JsonTokenType.True => Scalar(path, JsonKind.Truth, "true"),
                JsonTokenType.False => Scalar(path, JsonKind.Truth, "false"),
                _ => Scalar(path, JsonKind.Null, string.Empty),
            };
        }

        private JsonValue Object(ref Utf8JsonReader reader, string path)
        {
            ImmutableArray<KeyValuePair<string, JsonValue>>.Builder members =
                ImmutableArray.CreateBuilder<KeyValuePair<string, JsonValue>>();
            HashSet<string> names = new(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                string name = Text(ref reader, path);
                string place = path == "$" ? name : $"{path}.{name}";
                reader.Read();
                JsonValue value = Value(ref reader, place);
                if (names.Add(name))
                {
                    members.Add(new(name, value));
                }
                else
                {
                    failures.Add(new Failure(
                        FailureReason.Duplicate, "the member stands twice", file, place, name, "each member once"));
                }
            }

            return new(path, JsonKind.Object, string.Empty, members.ToImmutable(), []);
        }

        private JsonValue Array(ref Utf8JsonReader reader, string path)
        {
            ImmutableArray<JsonValue>.Builder items = ImmutableArray.CreateBuilder<JsonValue>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(Value(ref reader, $"{path}[{items.Count}]"));
            }

            return new(path, JsonKind.Array, string.Empty, [], items.ToImmutable());
        }

        private string Text(ref Utf8JsonReader reader, string path)
        {
            if (reader.ValueSpan.Length > TextBytesMax)
            {
                failures.Add(new Failure(
                    FailureReason.TooLarge,
                    "the text is too long",
                    file,
                    path,
                    $"{reader.ValueSpan.Length} bytes",
                    $"{TextBytesMax} bytes"));
                return string.Empty;
            }

            return reader.TokenType == JsonTokenType.Number
                ? Encoding.ASCII.GetString(reader.ValueSpan)
                : Unescaped(ref reader);
        }

        private static string Unescaped(ref Utf8JsonReader reader)
        {
            try
            {
                return reader.GetString()!;
            }
            catch (InvalidOperationException exception)
            {
                throw new JsonException("a string holds half of a surrogate pair", exception);
            }
        }

        private static JsonValue Scalar(string path, JsonKind kind, string text) => new(path, kind, text, [], []);
    }
}
