using System.Text.Json;

namespace Breakwater.Tests.Numerics;

/// <summary>Cases of a file of reference values, in file order.</summary>
internal static class ReferenceFile
{
    internal static List<(JsonElement Inputs, JsonElement Expected)> Cases(string id)
    {
        using JsonDocument document =
            JsonDocument.Parse(File.ReadAllText(SharedFolder.Require($"reference/{id}.json")));
        return document.RootElement.GetProperty("sets").EnumerateArray()
            .SelectMany(set => set.GetProperty("cases").EnumerateArray())
            .Select(item => (item.GetProperty("inputs").Clone(), item.GetProperty("expected").Clone()))
            .ToList();
    }
}
