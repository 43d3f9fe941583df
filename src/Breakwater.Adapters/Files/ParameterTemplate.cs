using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Adapters.Files;

/// <summary>Writes a parameter file: catalogue order, and with every field its unit, range, step and reason.</summary>
/// <remarks>A parameter file is what this prints for its values; a law compares the shipped files with it.</remarks>
public static class ParameterTemplate
{
    private const int ColumnMax = 110;

    private const string Header =
        """
        # Governed parameters of Breakwater, one version per file.
        # Above every field: unit; range; largest change per proposal; what it does and where it comes from.
        # The comments are written from the catalogue in the source (ParameterValidation.Catalogue). To add a field:
        # add it there, add a line `name: value` in its section here, in any place and without comment, and run
        #   BREAKWATER_APPROVE=1 dotnet run --project tests/Breakwater.Tests -- \
        #     -class Breakwater.Tests.Parameters.ShippedParametersLaws
        # which writes this file anew in catalogue order.
        """;

    /// <summary>The file of these values. A field without a value is left out.</summary>
    public static string Render(int version, Timestamp effectiveAt, string protocolId, ParameterValues values)
    {
        StringBuilder text = new(Header + "\n\n");
        text.Append(CultureInfo.InvariantCulture, $"version: {version}\n");
        text.Append(CultureInfo.InvariantCulture, $"effectiveAt: \"{effectiveAt}\"\n");
        text.Append(CultureInfo.InvariantCulture, $"protocolId: {protocolId}\n");
        ImmutableArray<string> open = [];
        foreach ((ParameterField field, string path) in InOrder(values))
        {
            if (values.ByPath.TryGetValue(path, out decimal value))
            {
                open = AppendSections(text, open, [.. path.Split('.')[..^1]]);
                AppendField(text, field, path, value);
            }
        }

        return text.ToString();
    }

    /// <summary>Comment of a field, in lines without indent.</summary>
    public static ImmutableArray<string> Comment(ParameterField field)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{field.Unit}; {field.Minimum} to {field.Maximum}; step {field.Step}. {field.Reason}");
        ImmutableArray<string>.Builder lines = ImmutableArray.CreateBuilder<string>();
        StringBuilder line = new("#");
        foreach (string word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > ColumnMax)
            {
                lines.Add(line.ToString());
                line.Clear().Append('#');
            }

            line.Append(' ').Append(word);
        }

        lines.Add(line.ToString());
        return lines.ToImmutable();
    }

    private static IEnumerable<(ParameterField Field, string Path)> InOrder(ParameterValues values) =>
        Sections(ParameterValidation.Catalogue.Where(field => !PerAsset(field)))
            .Select(field => (field, field.Path))
            .Concat(PerName(values, "collateralAssets", 2))
            .Concat(PerName(values, "underlyings", 1));

    private static IEnumerable<(ParameterField Field, string Path)> PerName(
        ParameterValues values, string section, int depth) =>
        ParameterValidation.NamesOf(values, section, depth).SelectMany(name => ParameterValidation.Catalogue
            .Where(field => field.Path.StartsWith(section + ".*.", StringComparison.Ordinal))
            .Select(field => (field, field.For(name))));

    /// <summary>Fields of one section side by side, sections in order of their first field.</summary>
    private static IEnumerable<ParameterField> Sections(IEnumerable<ParameterField> fields) =>
        fields.GroupBy(field => field.Path.Split('.')[0], StringComparer.Ordinal)
            .SelectMany(top => top
                .GroupBy(field => field.Path[..field.Path.LastIndexOf('.')], StringComparer.Ordinal)
                .OrderBy(section => section.Key.Count(character => character == '.'))
                .SelectMany(section => section));

    private static bool PerAsset(ParameterField field) => field.Path.Contains('*', StringComparison.Ordinal);

    private static ImmutableArray<string> AppendSections(
        StringBuilder text, ImmutableArray<string> open, ImmutableArray<string> wanted)
    {
        int common = 0;
        while (common < open.Length && common < wanted.Length
            && string.Equals(open[common], wanted[common], StringComparison.Ordinal))
        {
            common++;
        }

        for (int level = common; level < wanted.Length; level++)
        {
            text.Append('\n').Append(' ', 2 * level).Append(wanted[level]).Append(":\n");
        }

        return wanted;
    }

    private static void AppendField(StringBuilder text, ParameterField field, string path, decimal value)
    {
        string[] parts = path.Split('.');
        int indent = 2 * (parts.Length - 1);
        foreach (string line in Comment(field))
        {
            text.Append(' ', indent).Append(line).Append('\n');
        }

        text.Append(' ', indent).Append(CultureInfo.InvariantCulture, $"{parts[^1]}: {value}\n");
    }
}
