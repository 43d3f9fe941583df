using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Parameters;

/// <summary>Checks raw parameters: every field present, known, in range and consistent with the others.</summary>
public static class ParameterValidation
{
    /// <summary>Every field of a parameter file; paths with <c>*</c> stand once per underlying.</summary>
    public static ImmutableArray<ParameterField> Catalogue { get; } =
        [
            .. MarginParameters.Fields, .. CollateralParameters.Fields, .. ValuationParameters.Fields,
            .. SurfaceParameters.Fields,
            .. VolatilityParameters.Fields, .. HorizonParameters.Fields, .. ScenarioParameters.Fields,
            .. GridParameters.Fields, .. FactorLawParameters.Fields, .. LiquidityParameters.Fields,
            .. AddOnParameters.Fields, .. FlowParameters.Fields, .. UnderlyingParameters.Fields,
            .. JumpParameters.Fields,
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
        List<Failure> failures = [];
        SortedSet<string> known = new(StringComparer.Ordinal);
        foreach (ParameterField field in Catalogue)
        {
            foreach (string path in PathsOf(field, assets))
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
        }

        return failures.Count > 0
            ? Result<RiskParameters>.Refused(failures)
            : Result<RiskParameters>.Accepted(new RiskParameters(version, effectiveAt, protocolId, assets, values));
    }

    private static ImmutableArray<AssetId> AssetsOf(ParameterValues values)
    {
        SortedSet<AssetId> assets = [];
        foreach (string path in values.ByPath.Keys)
        {
            string[] parts = path.Split('.');
            if (parts.Length == 3 && parts[0] == "underlyings" && AssetId.TryOf(parts[1], out AssetId asset))
            {
                assets.Add(asset);
            }
        }

        return [.. assets];
    }

    private static IEnumerable<string> PathsOf(ParameterField field, ImmutableArray<AssetId> assets) =>
        field.Path.Contains('*', StringComparison.Ordinal)
            ? assets.Select(asset => field.For(asset.Name))
            : [field.Path];

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
