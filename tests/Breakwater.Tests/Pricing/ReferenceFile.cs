using System.Globalization;
using System.Text.Json;

namespace Breakwater.Tests.Pricing;

/// <summary>Cases of one reference file, read in place; numbers stand in strings that may be fractions.</summary>
internal static class ReferenceFile
{
    internal sealed record Case(int SetIndex, int CaseIndex, JsonElement Inputs, JsonElement Expected)
    {
        internal double In(string name) => Number(Inputs.GetProperty(name));

        internal double In(string name, double otherwise) =>
            Inputs.TryGetProperty(name, out JsonElement value) ? Number(value) : otherwise;

        internal string Text(string name) => Inputs.GetProperty(name).GetString() ?? string.Empty;

        internal bool Has(string name) => Inputs.TryGetProperty(name, out _);

        internal double Out(string name) => Number(Expected.GetProperty(name));

        internal Instruments.OptionRight Right => Text("type") == "Put"
            ? Instruments.OptionRight.Put
            : Instruments.OptionRight.Call;

        internal string Label(string field) => $"set {SetIndex} case {CaseIndex} {field}";
    }

    internal static List<Case> Read(string name)
    {
        string path = SharedFolder.Require($"reference/{name}.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        List<Case> cases = [];
        int setIndex = 0;
        foreach (JsonElement set in document.RootElement.GetProperty("sets").EnumerateArray())
        {
            int caseIndex = 0;
            foreach (JsonElement item in set.GetProperty("cases").EnumerateArray())
            {
                cases.Add(new Case(
                    setIndex,
                    caseIndex++,
                    item.GetProperty("inputs").Clone(),
                    item.GetProperty("expected").Clone()));
            }

            setIndex++;
        }

        Assert.NotEmpty(cases);
        return cases;
    }

    internal static double Number(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number) return element.GetDouble();
        string text = element.GetString() ?? string.Empty;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? Parse(text) : Parse(text[..slash]) / Parse(text[(slash + 1)..]);
    }

    private static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
