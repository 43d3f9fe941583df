using System.Collections.Immutable;

namespace Breakwater.Adapters.Files;

/// <summary>What a JSON value is.</summary>
public enum JsonKind
{
    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Truth,

    /// <summary>A number, kept as its text.</summary>
    Number,

    /// <summary>A string.</summary>
    Text,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,
}

/// <summary>A value of a JSON document with its place; numbers are text, so nothing is rounded by reading.</summary>
/// <param name="Path">Place in the document: <c>$</c>, <c>positions[0].quantity</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Text of a number, a string or <c>true</c>/<c>false</c>; empty otherwise.</param>
/// <param name="Members">Members of an object in the order written, names unique; empty otherwise.</param>
/// <param name="Items">Items of an array; empty otherwise.</param>
public sealed record JsonValue(
    string Path,
    JsonKind Kind,
    string Text,
    ImmutableArray<KeyValuePair<string, JsonValue>> Members,
    ImmutableArray<JsonValue> Items)
{
    /// <summary>The member of a name; <c>null</c> if there is none.</summary>
    /// <param name="name">Name of the member, exactly.</param>
    public JsonValue? Find(string name)
    {
        foreach ((string known, JsonValue value) in Members)
        {
            if (known == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The place of a member, whether it is there or not.</summary>
    /// <param name="name">Name of the member.</param>
    public string PathOf(string name) => Path == "$" ? name : $"{Path}.{name}";
}
