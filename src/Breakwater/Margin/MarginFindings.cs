using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Margin;

/// <summary>Findings of a report: those of what it was made of, and its own about precision.</summary>
public static class MarginFindings
{
    private const int ImprecisionPercent = 25; // METHODOLOGY 4.1: se/ES > 25 % is a finding

    /// <summary>Joins findings in canonical order, each once.</summary>
    /// <param name="findings">In any order.</param>
    public static ImmutableArray<Finding> Join(IEnumerable<Finding> findings) =>
    [
        .. findings.Distinct()
            .OrderBy(finding => finding.Kind)
            .ThenBy(finding => finding.Subject, StringComparer.Ordinal)
            .ThenBy(finding => finding.Message, StringComparer.Ordinal),
    ];

    internal static ImmutableArray<Finding> Of(
        RiskArrays arrays, CoreRequirement maintenance, CoreRequirement initial) => Join(
        [
            .. arrays.Findings,
            .. arrays.Scenarios.Maintenance.Findings,
            .. arrays.Scenarios.Initial.Findings,
            .. Imprecision("maintenance", maintenance),
            .. Imprecision("initial", initial),
        ]);

    private static IEnumerable<Finding> Imprecision(string horizon, CoreRequirement core)
    {
        Money error = core.StandardError;
        if (error.MicroDollars * 100 > core.ExpectedShortfall.MicroDollars * ImprecisionPercent && error > Money.Zero)
        {
            yield return new Finding(
                FindingKind.ImpreciseEstimate,
                string.Create(CultureInfo.InvariantCulture, $"expected shortfall, {horizon} horizon"),
                $"standard error {error} USD exceeds {ImprecisionPercent} % of expected shortfall "
                + $"{core.ExpectedShortfall} USD; nothing is added for it");
        }
    }
}
