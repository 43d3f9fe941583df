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

    private const int RoomBytesMax = 1 << 20;

    // Of the last document of this thread: a server writes many of one size.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _room;

    /// <summary>Writes the document that <paramref name="describe"/> describes, and a line end.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> describe) => output.WriteLine(Text(describe));

    /// <summary>The document as text, without a final line end.</summary>
    public static string Text(Action<Utf8JsonWriter> describe)
    {
        ArrayBufferWriter<byte> buffer = new();
        Fill(buffer, describe);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The document as UTF-8 bytes with a final line end: those that <see cref="Write"/> prints.</summary>
    public static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> describe)
    {
        ArrayBufferWriter<byte> buffer = _room ?? new ArrayBufferWriter<byte>();
        _room = null; // a document that is written meanwhile takes room of its own
        Fill(buffer, describe);
        buffer.Write("\n"u8);
        byte[] bytes = buffer.WrittenSpan.ToArray();
        buffer.ResetWrittenCount();
        if (buffer.Capacity <= RoomBytesMax) _room = buffer;
        return bytes;
    }

    private static void Fill(ArrayBufferWriter<byte> buffer, Action<Utf8JsonWriter> describe)
    {
        using Utf8JsonWriter writer = new(buffer, Options);
        describe(writer);
        writer.Flush();
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
