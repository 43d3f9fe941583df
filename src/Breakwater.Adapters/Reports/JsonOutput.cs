using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Breakwater.Adapters.Reports;

/// <summary>Writes one JSON document, whole, in the order it is described: never a part of one.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the document that <paramref name="describe"/> describes, and a line end.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> describe) => output.WriteLine(Text(describe));

    /// <summary>The document as text, without a final line end.</summary>
    public static string Text(Action<Utf8JsonWriter> describe) => Encoding.UTF8.GetString(Buffer(describe).WrittenSpan);

    /// <summary>The document as UTF-8 bytes with a final line end: those that <see cref="Write"/> prints.</summary>
    public static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> describe)
    {
        ArrayBufferWriter<byte> buffer = Buffer(describe);
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    private static ArrayBufferWriter<byte> Buffer(Action<Utf8JsonWriter> describe)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer, Options);
        describe(writer);
        writer.Flush();
        return buffer;
    }

    /// <summary>Writes an object.</summary>
    public static void Object(this Utf8JsonWriter writer, Action members)
    {
        writer.WriteStartObject();
        members();
        writer.WriteEndObject();
    }

    /// <summary>Writes a property that holds an object.</summary>
    public static void Object(this Utf8JsonWriter writer, string name, Action members)
    {
        writer.WritePropertyName(name);
        writer.Object(members);
    }

    /// <summary>Writes a property that holds an array of objects, one per item.</summary>
    public static void Objects<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> members)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            writer.Object(() => members(item));
        }

        writer.WriteEndArray();
    }
}
