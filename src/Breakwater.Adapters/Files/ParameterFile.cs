using System.Collections.Immutable;
using System.Reflection;
using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Adapters.Files;

/// <summary>Reads parameter files: YAML, one version per file (INTERFACES 3).</summary>
public static class ParameterFile
{
    private const string ResourcePrefix = "Breakwater.Parameters.";

    /// <summary>Largest parameter file, bytes.</summary>
    private const long BytesMax = 1 << 20;

    private static readonly ImmutableArray<string> HeaderKeys = ["version", "effectiveAt", "protocolId"];

    /// <summary>Reads and validates a parameter file.</summary>
    /// <returns>The parameters, or every refusal with line and path.</returns>
    public static Result<RiskParameters> Load(string path)
    {
        Result<byte[]> bytes = InputFile.ReadBytes(path, BytesMax);
        return bytes.IsAccepted
            ? Read(path, InputFile.Text(bytes.Value))
            : Result<RiskParameters>.Refused(bytes.Failures);
    }

    /// <summary>Reads and validates the newest parameters shipped with this release.</summary>
    public static Result<RiskParameters> LoadNewestShipped()
    {
        string name = NewestShippedName();
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"resource {name} is not embedded");
        using StreamReader reader = new(stream);
        return Read(name[ResourcePrefix.Length..], reader.ReadToEnd());
    }

    /// <summary>Reads and validates the text of a parameter file.</summary>
    /// <param name="file">Name of the file, for refusals.</param>
    /// <param name="text">Its text.</param>
    public static Result<RiskParameters> Read(string file, string text)
    {
        Result<ParameterDocument> document = ReadDocument(file, text);
        if (!document.IsAccepted)
        {
            return Result<RiskParameters>.Refused(document.Failures);
        }

        ParameterDocument read = document.Value;
        Result<RiskParameters> checkedResult = ParameterValidation.Check(
            read.Version, read.EffectiveAt, read.ProtocolId, read.Values);
        return checkedResult.IsAccepted
            ? checkedResult
            : Result<RiskParameters>.Refused(checkedResult.Failures.Select(failure => read.Locate(file, failure)));
    }

    /// <summary>Reads the values of a parameter file without checking them against the catalogue.</summary>
    public static Result<ParameterDocument> ReadDocument(string file, string text)
    {
        Result<ImmutableArray<YamlScalar>> scalars = ParameterYaml.Read(file, text);
        if (!scalars.IsAccepted)
        {
            return Result<ParameterDocument>.Refused(scalars.Failures);
        }

        List<Failure> failures = [];
        ParameterDocument document = Compose(file, scalars.Value, failures);
        return failures.Count == 0
            ? Result<ParameterDocument>.Accepted(document)
            : Result<ParameterDocument>.Refused(failures);
    }

    private static ParameterDocument Compose(string file, ImmutableArray<YamlScalar> scalars, List<Failure> failures)
    {
        ImmutableSortedDictionary<string, decimal>.Builder values = Sorted<decimal>();
        ImmutableSortedDictionary<string, int>.Builder lines = Sorted<int>();
        foreach (YamlScalar scalar in scalars.Where(scalar => !HeaderKeys.Contains(scalar.Path)))
        {
            lines[scalar.Path] = scalar.Line;
            if (StrictNumber.TryDecimal(scalar.Text, out decimal value) && !scalar.IsQuoted)
            {
                values[scalar.Path] = value;
            }
            else
            {
                failures.Add(Refuse(file, scalar, FailureReason.Malformed, "is no number", StrictNumber.Form));
            }
        }

        return new ParameterDocument(
            ReadVersion(file, scalars, failures),
            ReadEffectiveAt(file, scalars, failures),
            ReadProtocolId(file, scalars, failures),
            new ParameterValues(values.ToImmutable()),
            lines.ToImmutable());
    }

    private static int ReadVersion(string file, ImmutableArray<YamlScalar> scalars, List<Failure> failures)
    {
        YamlScalar? scalar = Find(file, scalars, "version", failures);
        bool isValid = StrictNumber.TryUnits(scalar?.Text, 0, out Int128 version, out bool isWhole)
            && isWhole && version >= 1 && version <= int.MaxValue;
        if (scalar is not null && !isValid)
        {
            failures.Add(Refuse(file, scalar, FailureReason.OutOfRange, "is no version", "a whole number ≥ 1"));
        }

        return isValid ? (int)version : 0;
    }

    private static Timestamp ReadEffectiveAt(string file, ImmutableArray<YamlScalar> scalars, List<Failure> failures)
    {
        YamlScalar? scalar = Find(file, scalars, "effectiveAt", failures);
        bool isValid = Timestamp.TryParse(scalar?.Text, out Timestamp effectiveAt);
        if (scalar is not null && !isValid)
        {
            failures.Add(
                Refuse(file, scalar, FailureReason.Malformed, "is no UTC time", "such as 2026-01-01T00:00:00Z"));
        }

        return effectiveAt;
    }

    private static string ReadProtocolId(string file, ImmutableArray<YamlScalar> scalars, List<Failure> failures)
    {
        const int LengthMax = 64;
        YamlScalar? scalar = Find(file, scalars, "protocolId", failures);
        bool isValid = scalar is { Text.Length: >= 1 and <= LengthMax } && System.Text.Ascii.IsValid(scalar.Text);
        if (scalar is not null && !isValid)
        {
            failures.Add(
                Refuse(file, scalar, FailureReason.Malformed, "is no name", $"1–{LengthMax} ASCII characters"));
        }

        return isValid ? scalar!.Text : string.Empty;
    }

    private static YamlScalar? Find(
        string file, ImmutableArray<YamlScalar> scalars, string path, List<Failure> failures)
    {
        YamlScalar? found = scalars.FirstOrDefault(
            scalar => string.Equals(scalar.Path, path, StringComparison.Ordinal));
        if (found is null)
        {
            failures.Add(new Failure(FailureReason.Missing, $"{path} is absent", file, path));
        }

        return found;
    }

    private static Failure Refuse(
        string file, YamlScalar scalar, FailureReason reason, string complaint, string limit) =>
        new(reason, $"{scalar.Path} {complaint}", file, scalar.Place, Excerpt.Of(scalar.Text), limit);

    private static ImmutableSortedDictionary<string, T>.Builder Sorted<T>() =>
        ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);

    private static string NewestShippedName() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .OrderByDescending(VersionOf)
            .First();

    private static int VersionOf(string resourceName)
    {
        string digits = resourceName[(resourceName.LastIndexOf("-v", StringComparison.Ordinal) + 2)..^".yaml".Length];
        return int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
    }
}
