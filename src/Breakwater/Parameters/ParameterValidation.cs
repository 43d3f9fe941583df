using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Parameters;

/// <summary>Checks raw parameters: every field present, known, in range and consistent with the others.</summary>
public static class ParameterValidation
{
    /// <summary>Every field of a parameter file; paths with <c>*</c> stand once per underlying, or once per peg and
    /// collateral asset.</summary>
    public static ImmutableArray<ParameterField> Catalogue { get; } =
        [
            .. MarginParameters.Fields, .. CollateralParameters.Fields, .. ValuationParameters.Fields,
            .. SurfaceParameters.Fields,
            .. VolatilityParameters.Fields, .. HorizonParameters.Fields, .. ScenarioParameters.Fields,
            .. GridParameters.Fields, .. FactorLawParameters.Fields, .. LiquidityParameters.Fields,
            .. AddOnParameters.Fields, .. FlowParameters.Fields, .. HaircutParameters.Fields,
            .. CollateralAssetParameters.Fields, .. UnderlyingParameters.Fields, .. JumpParameters.Fields,
        ];

    /// <summary>Turns raw values into parameters, or refuses them with every reason.</summary>
    /// <param name="version">Version number.</param>
    /// <param name="effectiveAt">When it takes effect.</param>
    /// <param name="protocolId">Name of the protocol; not empty.</param>
    /// <param name="values">Raw values by path.</param>
    public static Result<RiskParameters> Check(
        int version, Timestamp effectiveAt, string protocolId, ParameterValues values)
    {
        ImmutableArray<AssetId> assets = AssetsOf(values);
        ImmutableArray<string> pegsAndAssets = NamesOf(values, CollateralAssetParameters.Section, 2);
        List<Failure> failures = [];
        SortedSet<string> known = new(StringComparer.Ordinal);
        foreach (ParameterField field in Catalogue)
        {
            foreach (string path in PathsOf(field, assets, pegsAndAssets))
            {
                known.Add(path);
                CheckField(field, path, values, failures);
            }
        }

        failures.AddRange(values.ByPath.Keys.Where(path => !known.Contains(path)).Select(path =>
            new Failure(FailureReason.Unknown, $"{path} is not a parameter", Place: path)));
        if (failures.Count == 0)
        {
            failures.AddRange(MarginParameters.Conflicts(values));
            failures.AddRange(CollateralAssetParameters.Conflicts(pegsAndAssets, assets));
        }

        return failures.Count > 0
            ? Result<RiskParameters>.Refused(failures)
            : Result<RiskParameters>.Accepted(
                new RiskParameters(version, effectiveAt, protocolId, assets, pegsAndAssets, values));
    }

    /// <summary>What <c>*</c> stands for in a section of a file: the keys below it, joined by points, sorted.</summary>
    /// <param name="values">Values by path.</param>
    /// <param name="section">First key of the paths.</param>
    /// <param name="depth">Number of keys between section and field.</param>
    public static ImmutableArray<string> NamesOf(ParameterValues values, string section, int depth)
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        foreach (string path in values.ByPath.Keys)
        {
            string[] parts = path.Split('.');
            if (parts.Length == depth + 2 && parts[0] == section)
            {
                names.Add(string.Join('.', parts[1..^1]));
            }
        }

        return [.. names];
    }

    private static ImmutableArray<AssetId> AssetsOf(ParameterValues values) =>
    [
        .. NamesOf(values, "underlyings", 1).Where(static name => AssetId.TryOf(name, out _)).Select(AssetId.Of),
    ];

    private static IEnumerable<string> PathsOf(
        ParameterField field, ImmutableArray<AssetId> assets, ImmutableArray<string> pegsAndAssets) =>
        !field.Path.Contains('*', StringComparison.Ordinal)
            ? [field.Path]
            : field.Path.StartsWith(CollateralAssetParameters.Section, StringComparison.Ordinal)
                ? pegsAndAssets.Select(field.For)
                : assets.Select(asset => field.For(asset.Name));

    private static void CheckField(ParameterField field, string path, ParameterValues values, List<Failure> failures)
    {
        string limit = $"[{field.Minimum}, {field.Maximum}] {field.Unit}";
        if (!values.ByPath.TryGetValue(path, out decimal value))
        {
            failures.Add(new Failure(FailureReason.Missing, $"{path} is absent", Place: path, Limit: limit));
        }
        else if (value < field.Minimum || value > field.Maximum)
        {
            failures.Add(new Failure(
                FailureReason.OutOfRange, $"{path} is outside its range", Place: path, Value: $"{value}",
                Limit: limit));
        }
    }
}
