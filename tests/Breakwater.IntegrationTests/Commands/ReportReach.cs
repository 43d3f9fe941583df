using System.Globalization;
using System.Text.Json;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>Looks for every number of a JSON report in its explained text.</summary>
internal sealed class ReportReach
{
    private readonly ReportText _text;
    private readonly IReadOnlyList<ReportPlace> _places;
    private readonly Dictionary<string, int> _occurrences = [];
    private readonly List<string> _missing = [];
    private readonly HashSet<(string Table, string Heading)> _used = [];

    private ReportReach(string text, IReadOnlyList<ReportPlace> places)
    {
        _text = new ReportText(text);
        _places = places;
    }

    /// <summary>Numbers, times and digests looked for.</summary>
    public int Count { get; private set; }

    /// <summary>Those that stand nowhere, or elsewhere than they should.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>Columns in which numbers were found.</summary>
    public IReadOnlyCollection<(string Table, string Heading)> Columns => _used;

    /// <summary>Looks for all of a report.</summary>
    public static ReportReach Of(JsonElement report, string text) => Of(report, text, ReportPlaces.OfReport);

    /// <summary>Looks for all of an object.</summary>
    public static ReportReach Of(JsonElement json, string text, IReadOnlyList<ReportPlace> places)
    {
        ReportReach reach = new(text, places);
        reach.Walk(json, string.Empty, json);
        return reach;
    }

    // Members of an object are looked for with the object; what an object inherits names its row too.
    private void Walk(JsonElement json, string path, JsonElement owner)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object when path == "findings":
                Finding(json);
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in json.EnumerateObject())
                {
                    string inner = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                    Walk(member.Value, inner, Row(json, owner, path));
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in json.EnumerateArray())
                {
                    Walk(item, path, owner);
                }

                break;
            default:
                Leaf(json, path, owner);
                break;
        }
    }

    // Parts of a haircut and the schedule of an option are of the collateral and of the option above them.
    private static JsonElement Row(JsonElement json, JsonElement owner, string path) => path switch
    {
        "collateral.haircutParts" => owner,
        "explanation.optionDecay.schedule" => JsonSerializer.SerializeToElement(
            new Dictionary<string, string>
            {
                ["instrument"] = owner.GetProperty("instrument").GetString()!,
                ["hours"] = json.GetProperty("hours").ToString(),
            }),
        _ => json,
    };

    private void Leaf(JsonElement json, string path, JsonElement owner)
    {
        string value = json.ToString();
        ReportPlace[] places = [.. _places.Where(place => place.Path == path)];
        if (places.Length > 0)
        {
            foreach (ReportPlace place in places)
            {
                At(place, json, owner);
            }
        }
        else if (IsKey(path))
        {
            return; // it names the row in which its object's numbers are looked for
        }
        else if (IsNumber(json) || value.StartsWith("0x", StringComparison.Ordinal) || path == "at")
        {
            Count++;
            string label = path.StartsWith("digests.", StringComparison.Ordinal)
                ? path["digests.".Length..].PadRight("parameters ".Length) + value
                : Said(path, value);
            Expect(_text.Lines.Any(line => line.EndsWith(label, StringComparison.Ordinal)
                || line.Contains(label + ",", StringComparison.Ordinal)), path, label);
        }
    }

    private static bool IsKey(string path) => path.EndsWith(".hours", StringComparison.Ordinal)
        || path.EndsWith(".expiry", StringComparison.Ordinal);

    private static string Said(string path, string value) => path switch
    {
        "at" => $" at {value}",
        "version" => $"report version {value}",
        "parameterVersion" => $"parameters version {value}",
        _ => $"no place for {path}",
    };

    private void At(ReportPlace place, JsonElement json, JsonElement owner)
    {
        Count++;
        string shown = json.ValueKind == JsonValueKind.Null ? "–" : place.Show(json.ToString());
        string[] keys = place.Keys(owner);
        string row = $"{place.Path}|{place.Table}|{place.Heading}|{string.Join('|', keys)}";
        int occurrence = _occurrences.GetValueOrDefault(row);
        _occurrences[row] = occurrence + 1;
        string? cell = _text.Find(place.Table)?.Cell(keys, Skipped(place, keys) + occurrence, place.Heading);
        _used.Add((place.Table, place.Heading));
        Expect(cell == shown, $"{place.Path} of {string.Join(", ", keys)}", $"{shown}, not {cell ?? "nothing"}");
    }

    // Positions of spot stand above collateral of the same name.
    private int Skipped(ReportPlace place, string[] keys) =>
        place.Path.StartsWith("collateral.", StringComparison.Ordinal) && place.Table == "holding"
            ? _occurrences.GetValueOrDefault($"positions.{place.Path["collateral.".Length..]}|{place.Table}|"
                + $"{place.Heading}|{string.Join('|', keys)}")
            : 0;

    private void Finding(JsonElement json)
    {
        Count++;
        string cost = json.TryGetProperty("cost", out JsonElement known) && known.ValueKind == JsonValueKind.String
            ? $" (costs {ReportDisplay.Usd(known.GetString()!)} USD)"
            : string.Empty;
        string line = $"  {json.GetProperty("kind")}: {json.GetProperty("subject")}: {json.GetProperty("message")}"
            + cost;
        Expect(_text.Lines.Contains(line), "findings", line);
    }

    private static bool IsNumber(JsonElement json) => json.ValueKind == JsonValueKind.Number
        || (json.ValueKind == JsonValueKind.String && decimal.TryParse(
            json.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    private void Expect(bool isFound, string path, string what)
    {
        if (!isFound) _missing.Add($"{path}: {what}");
    }
}
