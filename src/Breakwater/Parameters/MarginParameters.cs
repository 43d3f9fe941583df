using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Parameters;

/// <summary>Constants of the margin itself (METHODOLOGY 4.1–4.5).</summary>
public sealed record MarginParameters
{
    private static readonly ParameterField ExpectedShortfallLevelField = new(
        "margin.expectedShortfallLevel", "fraction, whole thousandths", 0.970m, 0.995m, "0.005 / 7 d",
        "Confidence of expected shortfall; 0.975 equals VaR 99 % for normal tails (METHODOLOGY 4.2, 10).");

    private static readonly ParameterField ValueAtRiskLevelField = new(
        "margin.valueAtRiskLevel", "fraction, whole thousandths", 0.990m, 0.999m, "0.005 / 7 d",
        "Confidence of the value-at-risk floor (METHODOLOGY 4.2, 10).");

    private static readonly ParameterField InitialToMaintenanceMinimumField = new(
        "margin.initialToMaintenanceMinimum", "ratio", 1.1m, 2m, "0.1 / 3 d",
        "Initial margin is at least this multiple of maintenance margin (METHODOLOGY 4.2, 10).");

    private static readonly ParameterField TargetToMaintenanceField = new(
        "margin.targetToMaintenance", "ratio", 1.05m, 1.25m, "0.05 / 7 d",
        "Partial liquidation restores this multiple of maintenance margin (METHODOLOGY 4.2).");

    private static readonly ParameterField ShortOptionInitialField = new(
        "margin.shortOptionMinimumInitialFraction", "fraction of index", 0m, 0.05m, "25 % / 3 d",
        "Short-option minimum per unit, initial (METHODOLOGY 4.5).");

    private static readonly ParameterField ShortOptionMaintenanceField = new(
        "margin.shortOptionMinimumMaintenanceFraction", "fraction of index", 0m, 0.05m, "25 % / 3 d",
        "Short-option minimum per unit, maintenance (METHODOLOGY 4.5).");

    private static readonly ParameterField ShortOptionGrossFloorField = new(
        "margin.shortOptionMinimumGrossFloorFraction", "fraction of gross", 0m, 1m, "0.05 / 3 d",
        "The short-option minimum is never below this share of its gross amount (METHODOLOGY 4.5).");

    private static readonly ParameterField WarningRatioField = new(
        "margin.warningRatio", "ratio", 1.05m, 2m, "0.05 / 7 d", "Stage trigger (METHODOLOGY 6.1).");

    private static readonly ParameterField CallRatioField = new(
        "margin.callRatio", "ratio", 1.05m, 1.5m, "0.05 / 7 d", "Stage trigger (METHODOLOGY 6.1).");

    private static readonly ParameterField DeleverageRatioField = new(
        "margin.deleverageRatio", "ratio", 0.95m, 1.2m, "0.05 / 7 d", "Stage trigger (METHODOLOGY 6.1).");

    private static readonly ParameterField AuctionRatioField = new(
        "margin.auctionRatio", "ratio", 0.5m, 0.95m, "0.05 / 7 d", "Stage trigger (METHODOLOGY 6.1).");

    private static readonly ParameterField FundingUnknownField = new(
        "margin.fundingUnknownFraction8h", "fraction per 8 h", 0m, 0.003m, "25 % / 3 d",
        "Funding charged to either side of a perpetual whose funding is unknown (METHODOLOGY 1.1).");

    private static readonly ParameterField FundingMaximumField = new(
        "margin.fundingMaximumFraction8h", "fraction per 8 h", 0m, 0.01m, "25 % / 3 d",
        "Largest funding the methodology believes; observed range ±0.30 % (METHODOLOGY 1.1).");

    private const decimal TriggerGapMinimum = 0.05m; // METHODOLOGY 10: order preserved, gaps at least 0.05

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
    [
        ExpectedShortfallLevelField, ValueAtRiskLevelField, InitialToMaintenanceMinimumField, TargetToMaintenanceField,
        ShortOptionInitialField, ShortOptionMaintenanceField, ShortOptionGrossFloorField,
        WarningRatioField, CallRatioField, DeleverageRatioField, AuctionRatioField,
        FundingUnknownField, FundingMaximumField,
    ];

    internal MarginParameters(ParameterValues values)
    {
        ExpectedShortfallLevelThousandths = (int)(values.Exact(ExpectedShortfallLevelField) * 1000);
        ValueAtRiskLevelThousandths = (int)(values.Exact(ValueAtRiskLevelField) * 1000);
        InitialToMaintenanceMinimum = values.Exact(InitialToMaintenanceMinimumField);
        TargetToMaintenance = values.Exact(TargetToMaintenanceField);
        ShortOptionMinimumInitialFraction = values.Exact(ShortOptionInitialField);
        ShortOptionMinimumMaintenanceFraction = values.Exact(ShortOptionMaintenanceField);
        ShortOptionMinimumGrossFloorFraction = values.Exact(ShortOptionGrossFloorField);
        WarningRatio = values.Exact(WarningRatioField);
        CallRatio = values.Exact(CallRatioField);
        DeleverageRatio = values.Exact(DeleverageRatioField);
        AuctionRatio = values.Exact(AuctionRatioField);
        FundingUnknownFraction8h = values[FundingUnknownField];
        FundingMaximumFraction8h = values[FundingMaximumField];
    }

    /// <summary>Contradictions between fields that are each in range.</summary>
    internal static IEnumerable<Failure> Conflicts(ParameterValues values)
    {
        // The order MM ≤ target ≤ IM of invariant M1 holds by this.
        if (values.Exact(TargetToMaintenanceField) > values.Exact(InitialToMaintenanceMinimumField))
        {
            yield return Conflict(TargetToMaintenanceField, values, $"at most {InitialToMaintenanceMinimumField.Path}");
        }

        ImmutableArray<ParameterField> triggers =
            [WarningRatioField, CallRatioField, DeleverageRatioField, AuctionRatioField];
        for (int stage = 1; stage < triggers.Length; stage++)
        {
            if (values.Exact(triggers[stage]) > values.Exact(triggers[stage - 1]) - TriggerGapMinimum)
            {
                yield return Conflict(triggers[stage], values, $"{TriggerGapMinimum} below {triggers[stage - 1].Path}");
            }
        }
    }

    /// <summary>Confidence of expected shortfall, thousandths (975 means 97.5 %).</summary>
    public int ExpectedShortfallLevelThousandths { get; }

    /// <summary>Confidence of value at risk, thousandths (990 means 99 %).</summary>
    public int ValueAtRiskLevelThousandths { get; }

    /// <summary>Least ratio of initial to maintenance margin; ≥ 1.1.</summary>
    public decimal InitialToMaintenanceMinimum { get; }

    /// <summary>Target margin ÷ maintenance margin.</summary>
    public decimal TargetToMaintenance { get; }

    /// <summary>Short-option minimum per unit of underlying, fraction of the index, for initial margin.</summary>
    public decimal ShortOptionMinimumInitialFraction { get; }

    /// <summary>Short-option minimum per unit of underlying, fraction of the index, for maintenance margin.</summary>
    public decimal ShortOptionMinimumMaintenanceFraction { get; }

    /// <summary>Least share of the gross short-option minimum that spreads leave.</summary>
    public decimal ShortOptionMinimumGrossFloorFraction { get; }

    /// <summary>Margin ratio below which the stage is Warning.</summary>
    public decimal WarningRatio { get; }

    /// <summary>Margin ratio below which the stage is MarginCall.</summary>
    public decimal CallRatio { get; }

    /// <summary>Margin ratio below which the stage is Deleverage.</summary>
    public decimal DeleverageRatio { get; }

    /// <summary>Margin ratio below which the stage is Auction.</summary>
    public decimal AuctionRatio { get; }

    /// <summary>Funding charged to either side of a perpetual when unknown, fraction per 8 h.</summary>
    public double FundingUnknownFraction8h { get; }

    /// <summary>Cap on the size of expected funding, fraction per 8 h.</summary>
    public double FundingMaximumFraction8h { get; }

    private static Failure Conflict(ParameterField field, ParameterValues values, string limit) => new(
        FailureReason.Inconsistent,
        $"{field.Path} contradicts another parameter",
        Place: field.Path,
        Value: values.Exact(field).ToString(System.Globalization.CultureInfo.InvariantCulture),
        Limit: limit);
}
