using System.Text.Json;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>Where a number of the JSON report stands in the explained text: table, row and column.</summary>
/// <param name="Path">Its path, indices left out.</param>
/// <param name="Table">Title of the table.</param>
/// <param name="Keys">First cells of its row, from the JSON object it is a member of.</param>
/// <param name="Heading">Heading of its column.</param>
/// <param name="Show">How it is shown.</param>
internal sealed record ReportPlace(
    string Path, string Table, Func<JsonElement, string[]> Keys, string Heading, Func<string, string> Show);

/// <summary>The places of every number of a margin report.</summary>
internal static class ReportPlaces
{
    private const string Holding = "holding";
    private const string Initial = "initial, $";
    private const string Maintenance = "maintenance, $";

    private static readonly (string, string, Func<string, string>)[] Greeks =
    [
        ("delta", "delta, units", ReportDisplay.Four), ("gamma", "gamma, units/$", ReportDisplay.Six),
        ("vega", "vega, $ per 1.00", ReportDisplay.Usd), ("theta", "theta, $/day", ReportDisplay.Usd),
    ];

    private static readonly (string, string, Func<string, string>)[] BothSides =
        [("initial", Initial, ReportDisplay.Usd), ("maintenance", Maintenance, ReportDisplay.Usd)];

    private static readonly (string Member, string Row)[] Totals =
    [
        ("equity", "equity"), ("collateralValue", "collateral after haircut"), ("unrealisedPnl", "unrealised P&L"),
        ("initialMargin", "initial margin"), ("targetMargin", "target margin"),
        ("maintenanceMargin", "maintenance margin"), ("excess", "excess over initial"),
        ("withdrawable", "withdrawable"), ("thinGains", "gains in thin markets"),
    ];

    private static readonly (string Member, string Row)[] Horizons =
        [("probability1h", "1 h"), ("probability24h", "24 h"), ("probability7d", "7 d")];

    /// <summary>Of one report.</summary>
    public static IReadOnlyList<ReportPlace> OfReport { get; } =
    [
        .. Totals.Select(own => Fixed(own.Member, "total", own.Row, "$", ReportDisplay.Usd)),
        Fixed("marginRatio", "total", "margin ratio (equity ÷ maintenance)", "$", ReportDisplay.Four),
        .. Core("core", "maintenance"), .. Core("explanation.maintenance", "maintenance"),
        .. Core("explanation.initial", "initial"),
        .. Rows("lines", "line", own => [Text(own, "name")], BothSides),
        .. Rows("lines.parts", "line", PartKey, BothSides),
        .. Multipliers(),
        .. Rows("underlyings", "underlying alone", own => [Text(own, "underlying")],
            ("coreInitial", "core initial, $", ReportDisplay.Usd),
            ("coreMaintenance", "core maintenance, $", ReportDisplay.Usd),
            ("closingSize", "to close, $", ReportDisplay.Usd), ("dailyVolume", "volume a day, $", ReportDisplay.Usd),
            ("daysToLiquidate", "days to liquidate", ReportDisplay.Same),
            ("flowMultiplier", "order flow ×", ReportDisplay.Same), ("calmness", "calmness", ReportDisplay.Same)),
        .. Rows("orders", "resting order", own => [Text(own, "instrument")],
            ("quantity", "quantity", ReportDisplay.Same), ("limitPrice", "limit", ReportDisplay.Same),
            ("adverseFill", "loss of the fill, $", ReportDisplay.Usd)),
        .. Rows("positions", Holding, own => [Text(own, "instrument")],
        [
            ("quantity", "quantity", ReportDisplay.Same), ("markPrice", "price, $", ReportDisplay.Usd),
            ("markValue", "value, $", ReportDisplay.Usd),
            ("componentLoss", "part of maintenance core, $", ReportDisplay.Usd), .. Greeks,
        ]),
        .. Rows("collateral", Holding, CollateralKey,
            ("quantity", "quantity", ReportDisplay.Same), ("price", "price, $", ReportDisplay.Usd),
            ("haircutFraction", "haircut, %", ReportDisplay.Haircut), ("value", "value, $", ReportDisplay.Usd),
            ("componentLoss", "part of maintenance core, $", ReportDisplay.Usd)),
        .. Rows("collateral.haircutParts", "haircut of collateral, %", CollateralKey,
            ("market", "market", ReportDisplay.Haircut), ("drawdown", "drawdown", ReportDisplay.Haircut),
            ("peg", "peg", ReportDisplay.Haircut), ("asset", "asset", ReportDisplay.Haircut),
            ("bridge", "bridge", ReportDisplay.Haircut), ("liquidity", "sale", ReportDisplay.Haircut),
            ("protocol", "protocol", ReportDisplay.Haircut),
            ("concentration", "concentration", ReportDisplay.Haircut)),
        .. Rows("sensitivities", "sensitivities",
            own => [Text(own, "underlying"), Text(own, "expiry") is { Length: > 0 } known ? known[..10] : "–"],
            Greeks),
        .. Horizons.Select(own => Fixed(
            $"liquidation.{own.Member}", "probability of liquidation", $"within {own.Row}", "%",
            ReportDisplay.Probability)),
        .. Rows("liquidation.prices", "liquidation price", own => [Text(own, "underlying")],
            ("down", "down, $", ReportDisplay.Usd), ("up", "up, $", ReportDisplay.Usd)),
        .. Rows("explanation.factors", "part of maintenance core by factor, $", own => [Text(own, "holding")],
            [.. Names("delta", "gamma", "vega", "cross", "theta", "residual")]),
        .. Rows("explanation.incremental", "what each position adds, resting orders apart",
            own => [Text(own, "instrument")], BothSides),
        .. Rows("explanation.cures", "ways to cover margin", CureKey,
            ("lots", "lots", ReportDisplay.Same), ("amount", "amount, $", ReportDisplay.Usd),
            ("cost", "cost, $", ReportDisplay.Usd), ("remaining", "short of it then, $", ReportDisplay.Usd)),
        .. Rows("explanation.decay", "margin ahead if nothing moves",
            own => ["account", Text(own, "hours")], BothSides),
        .. Rows("explanation.optionDecay.schedule", "margin ahead if nothing moves",
            own => [$"{Text(own, "instrument")}, alone", Text(own, "hours")], BothSides),
    ];

    /// <summary>Of what a what-if question changes.</summary>
    public static IReadOnlyList<ReportPlace> OfChange { get; } =
    [
        .. Totals.Select(own => Fixed(own.Member, "what if", own.Row, "change, $", ReportDisplay.Change)),
        .. Rows("lines", "line of the change", own => [Text(own, "name")],
            ("initial", "initial change, $", ReportDisplay.Change),
            ("maintenance", "maintenance change, $", ReportDisplay.Change)),
        .. Horizons.Select(own => Fixed(
            $"liquidation.{own.Member}", "what if", $"liquidated within {own.Row}, %", "change, $",
            ReportDisplay.ProbabilityChange)),
    ];

    private static IEnumerable<ReportPlace> Core(string path, string side)
    {
        string heading = $"{side}, $";
        const string Table = "core: the greatest of three";
        yield return Fixed(
            $"{path}.expectedShortfall", Table, "expected shortfall, 97.5 %", heading, ReportDisplay.Usd);
        yield return Fixed($"{path}.standardError", Table, "standard error", heading, ReportDisplay.Usd);
        yield return Fixed($"{path}.valueAtRisk", Table, "value at risk, 99 %", heading, ReportDisplay.Usd);
        yield return Fixed($"{path}.valueAtRiskLow", Table, "95 % interval, low", heading, ReportDisplay.Usd);
        yield return Fixed($"{path}.valueAtRiskHigh", Table, "95 % interval, high", heading, ReportDisplay.Usd);
        yield return Fixed($"{path}.worstScenario.loss", Table, "worst scenario, dampened", heading, ReportDisplay.Usd);
        yield return Fixed($"{path}.amount", Table, "core", heading, ReportDisplay.Usd);
        yield return Fixed($"{path}.scenarioCount", Table, "scenarios", heading, ReportDisplay.Same);
        yield return new ReportPlace(
            $"{path}.worstScenario.id", $"worst named scenarios, {side}", own => [Text(own, "label")], "id",
            ReportDisplay.Same);
        foreach ((string list, string title) in new[]
            { ("worstDeterministic", "worst named scenarios"), ("worstDistribution", "worst of the distribution") })
        {
            foreach (ReportPlace place in Rows($"{path}.{list}", $"{title}, {side}", own => [Text(own, "label")],
                ("id", "id", ReportDisplay.Same), ("loss", "loss, $", ReportDisplay.Usd),
                ("lossDampened", "counted, $", ReportDisplay.Usd)))
            {
                yield return place;
            }
        }
    }

    private static IEnumerable<ReportPlace> Multipliers()
    {
        const string Table = "multiplier of the core";
        foreach (string same in new[] { "system", "behaviour", "learned" })
        {
            yield return Fixed($"multipliers.{same}", Table, same, "maintenance", ReportDisplay.Same);
            yield return Fixed($"multipliers.{same}", Table, same, "initial", ReportDisplay.Same);
        }

        foreach ((string member, string side) in new[] { ("Initial", "initial"), ("Maintenance", "maintenance") })
        {
            yield return Fixed($"multipliers.flow{member}", Table, "order flow", side, ReportDisplay.Same);
            yield return Fixed($"multipliers.product{member}", Table, "product, capped", side, ReportDisplay.Same);
        }

        yield return Fixed(
            "multipliers.inEffect", Table, "margin in effect ÷ computed", "maintenance", ReportDisplay.Same);
    }

    private static ReportPlace Fixed(
        string path, string table, string row, string heading, Func<string, string> show) =>
        new(path, table, _ => [row], heading, show);

    private static IEnumerable<ReportPlace> Rows(
        string path, string table, Func<JsonElement, string[]> keys,
        params (string Member, string Heading, Func<string, string> Show)[] members) =>
        members.Select(own => new ReportPlace($"{path}.{own.Member}", table, keys, own.Heading, own.Show));

    private static IEnumerable<(string, string, Func<string, string>)> Names(params string[] names) =>
        names.Select(name => (name, name, (Func<string, string>)ReportDisplay.Usd));

    private static string[] PartKey(JsonElement own) =>
        [Text(own, "underlying") + (Text(own, "name") is { Length: > 0 } name ? $", {name}" : string.Empty)];

    private static string[] CollateralKey(JsonElement own)
    {
        string bridge = Text(own, "bridge");
        return Text(own, "chain") is { Length: > 0 } chain
            ? [$"{Text(own, "asset")} on {chain} ({char.ToUpperInvariant(bridge[0])}{bridge[1..]})"]
            : [Text(own, "asset")];
    }

    private static string[] CureKey(JsonElement own) =>
        [Text(own, "requirement"), Text(own, "kind"), Text(own, "instrument") is { Length: > 0 } known ? known : "–"];

    private static string Text(JsonElement own, string member) => own.TryGetProperty(member, out JsonElement found)
        ? found.ToString()
        : string.Empty;
}
