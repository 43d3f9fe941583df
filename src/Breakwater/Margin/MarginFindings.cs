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

    /// <summary>Findings of an account: of the arrays those about what it holds or ordered, so that the report does not
    /// depend on what else the arrays were made for.</summary>
    internal static ImmutableArray<Finding> Of(
        MarginAccount account, CoreRequirement maintenance, CoreRequirement initial)
    {
        RiskArrays arrays = account.Arrays;
        SortedSet<string> names = new(StringComparer.Ordinal);
        names.UnionWith(account.Netted.Positions.Select(position => position.Instrument.Name));
        names.UnionWith(account.Netted.Orders.Select(order => order.Instrument.Name));
        names.UnionWith(account.Netted.Collateral.Select(balance => balance.Asset.Name));
        return Join(
        [
            .. arrays.Findings.Where(finding => names.Contains(finding.Subject)),
            .. arrays.Scenarios.Maintenance.Findings,
            .. arrays.Scenarios.Initial.Findings,
            .. Imprecision("maintenance", maintenance),
            .. Imprecision("initial", initial),
        ]);
    }

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
