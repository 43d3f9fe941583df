using System.Collections.Immutable;
using System.Text.Json;
using Breakwater.Instruments;

namespace Breakwater.Cli.Conformance;

/// <summary>A case asks what no reference format of this program states: an unknown set, field or input (INTERFACES 2);
/// the
/// message says which. The command lists it apart from passed and failed.</summary>
internal sealed class UnknownCaseException(string message) : Exception(message);

/// <summary>The inputs of one case, read as they are asked for.</summary>
/// <param name="Root">The JSON object.</param>
/// <param name="Folder">Folder of the reference file; series are read from below it.</param>
internal sealed record CaseInputs(JsonElement Root, string Folder)
{
    /// <summary>Whether an input is given and not <c>null</c>.</summary>
    public bool Has(string name) =>
        Root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A number.</summary>
    public double Number(string name) => Exact(name).Nearest;

    /// <summary>A number, or <paramref name="absent"/> where it is not given.</summary>
    public double NumberOr(string name, double absent) => Has(name) ? Number(name) : absent;

    /// <summary>A number with its exact value.</summary>
    public ReferenceNumber Exact(string name) => Read(Member(name), name);

    /// <summary>The number a text starts with, such as <c>1 (spot = …)</c>.</summary>
    public double LeadingNumber(string name)
    {
        JsonElement member = Member(name);
        return member.ValueKind == JsonValueKind.String
            && ReferenceNumber.TryParse(member.GetString()!.Split(' ')[0], out ReferenceNumber number)
            ? number.Nearest
            : Number(name);
    }

    /// <summary>An integer.</summary>
    public int Integer(string name)
    {
        double value = Number(name);
        return value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw new UnknownCaseException($"input {name} = {value} is no integer");
    }

    /// <summary>A text.</summary>
    public string Text(string name)
    {
        JsonElement member = Member(name);
        return member.ValueKind == JsonValueKind.String
            ? member.GetString()!
            : throw new UnknownCaseException($"input {name} is no text");
    }

    /// <summary>A yes or no.</summary>
    public bool Truth(string name) => Member(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new UnknownCaseException($"input {name} is neither true nor false"),
    };

    /// <summary>Call or put.</summary>
    public OptionRight Right(string name) => Text(name).ToUpperInvariant() switch
    {
        "CALL" or "C" => OptionRight.Call,
        "PUT" or "P" => OptionRight.Put,
        _ => throw new UnknownCaseException($"input {name} = {Text(name)} is neither Call nor Put"),
    };

    /// <summary>A member object as inputs of its own.</summary>
    public CaseInputs Object(string name) => Member(name).ValueKind == JsonValueKind.Object
        ? this with { Root = Member(name) }
        : throw new UnknownCaseException($"input {name} is no object");

    /// <summary>A list of texts.</summary>
    public ImmutableArray<string> Texts(string name) =>
        [.. List(Member(name), name).Select(item => item.ValueKind == JsonValueKind.String
            ? item.GetString()!
            : throw new UnknownCaseException($"input {name} holds something other than texts"))];

    /// <summary>A list of numbers.</summary>
    public ImmutableArray<double> Numbers(string name) =>
        [.. List(Member(name), name).Select(item => Read(item, name).Nearest)];

    /// <summary>A matrix, row-major, with its number of columns.</summary>
    public (ImmutableArray<double> Values, int Columns) Matrix(string name)
    {
        ImmutableArray<double>.Builder values = ImmutableArray.CreateBuilder<double>();
        int columns = -1;
        foreach (JsonElement row in List(Member(name), name))
        {
            ImmutableArray<double> cells = [.. List(row, name).Select(item => Read(item, name).Nearest)];
            columns = columns < 0 ? cells.Length : columns;
            values.AddRange(cells.Length == columns && columns > 0
                ? cells
                : throw new UnknownCaseException($"rows of input {name} differ in length or are empty"));
        }

        return columns > 0
            ? (values.ToImmutable(), columns)
            : throw new UnknownCaseException($"input {name} is an empty matrix");
    }

    private JsonElement Member(string name) => Root.TryGetProperty(name, out JsonElement value)
        ? value
        : throw new UnknownCaseException($"input {name} is missing");

    private static JsonElement.ArrayEnumerator List(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Array
            ? element.EnumerateArray()
            : throw new UnknownCaseException($"input {name} is no list");

    private static ReferenceNumber Read(JsonElement element, string name) =>
        ReferenceNumber.TryRead(element, out ReferenceNumber number)
            ? number
            : throw new UnknownCaseException($"input {name} = {element.GetRawText()} is no number");
}
