using System.Globalization;
using Breakwater.Margin;
using Breakwater.Parameters;

namespace Breakwater.Cli.Reports;

/// <summary>Says of each line of a report why it is what it is, in one sentence.</summary>
internal static class LineReasons
{
    /// <summary>The sentence.</summary>
    public static string Of(MarginLine line, MarginView view)
    {
        MarginParameters parameters = view.Market.Parameters.Margin;
        MarginReport margin = view.Report.Margin;
        return line.Name switch
        {
            "Core" => $"initial: {Binding(margin.CoreInitial, parameters)}; "
                + $"maintenance: {Binding(margin.CoreMaintenance, parameters)}",
            "Multipliers" => string.Create(
                CultureInfo.InvariantCulture,
                $"core × {margin.Multipliers.ProductInitial} initial, {margin.Multipliers.ProductMaintenance} "
                + $"maintenance"),
            "Buffer" => string.Create(
                CultureInfo.InvariantCulture,
                $"up to {100m * view.Market.Parameters.AddOns.BufferFraction:0.##} % of core while "
                    + $"volatility is "
                + $"below its past, released as it rises"),
            "Diversification" => "offsets between underlyings are capped: each keeps a share of its own core",
            "Liquidity" => "closing it: impact, longer horizon of what takes days, vega",
            "Pin" => "options at their strike in their last hours",
            "Basis" => "longs against shorts of another price of the same underlying",
            "Flow" => "drift foretold by the order flow, where it is against the account",
            "OpenOrders" => "resting orders, each filled where its fill hurts",
            "Scheduled" => string.Create(
                CultureInfo.InvariantCulture,
                $"margin in effect is {margin.Multipliers.InEffect} × computed: rises and falls are limited in speed"),
            "ShortOptionMinimum" => string.Create(
                CultureInfo.InvariantCulture,
                $"short options ask at least {100m * parameters.ShortOptionMinimumInitialFraction:0.##} % "
                + $"(maintenance {100m * parameters.ShortOptionMinimumMaintenanceFraction:0.##} %) of the index"),
            "MinimumRatio" => string.Create(
                CultureInfo.InvariantCulture,
                $"initial is at least {parameters.InitialToMaintenanceMinimum:0.##} × maintenance"),
            _ => string.Empty,
        };
    }

    /// <summary>Names the member of the core that binds.</summary>
    public static string Binding(CoreRequirement core, MarginParameters parameters) => core.Binding switch
    {
        CoreBinding.ExpectedShortfall => $"expected shortfall at {Level(parameters.ExpectedShortfallLevelThousandths)}",
        CoreBinding.ValueAtRisk => $"value at risk at {Level(parameters.ValueAtRiskLevelThousandths)}",
        _ => $"scenario {core.WorstScenario.Scenario.Label}",
    };

    /// <summary>A level in thousandths as percent.</summary>
    public static string Level(int thousandths) =>
        string.Create(CultureInfo.InvariantCulture, $"{thousandths / 10m:0.#} %");
}
