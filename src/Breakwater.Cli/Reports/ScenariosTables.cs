using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Cli.Terminal;
using Breakwater.Markets;
using Breakwater.Scenarios;

namespace Breakwater.Cli.Reports;

/// <summary>The scenario report for people: what the sets are made of, then each set.</summary>
internal static class ScenariosTables
{
    private static readonly ImmutableArray<(string Name, ImmutableArray<ScenarioBlock> Blocks)> Distributions =
        [("A and B", ScenariosView.Weighted), ("A", [ScenarioBlock.A]), ("B", [ScenarioBlock.B])];

    /// <summary>Writes the report.</summary>
    public static void Write(TextWriter output, ScenariosView view)
    {
        output.WriteLine(Invariant(
            $"Scenarios at {view.Market.Market.At}, parameters version {view.Market.Parameters.Version}"));
        WriteSeed(output, view.Sets.Maintenance.Seed);
        if (view.Sets.Maintenance.SeedBefore != view.Sets.Maintenance.Seed)
        {
            int replaced = ScenarioSeed.EighthsReplaced(view.Market.Market.At);
            output.WriteLine(Invariant($"{replaced} of 8 parts of block B use it; the others that of the day before:"));
            WriteSeed(output, view.Sets.Maintenance.SeedBefore);
        }

        VolatilityTable(view).Write(output);
        foreach (ScenarioSet set in view.Both)
        {
            WriteSet(output, view, set);
        }

        WriteFindings(output, view.Findings);
    }

    private static void WriteSeed(TextWriter output, ScenarioSeed seed)
    {
        string beacon = "0x" + Convert.ToHexStringLower(seed.Beacon.AsSpan());
        output.WriteLine(Invariant($"seed        {seed.Value}"));
        output.WriteLine("            = SHA-256(protocol id ‖ parameters ‖ epoch ‖ beacon)");
        output.WriteLine(Invariant($"protocol id {seed.ProtocolId}"));
        output.WriteLine(Invariant($"parameters  {seed.ParameterDigest}"));
        output.WriteLine(Invariant($"epoch       {seed.Epoch} (UTC day since 1970-01-01)"));
        output.WriteLine(Invariant($"beacon      {beacon}{(seed.IsBeaconMissing ? " (none given)" : "")}"));
        output.WriteLine();
    }

    private static TextTable VolatilityTable(ScenariosView view)
    {
        TextTable table = new("underlying", ">filter, % p.a.", ">floor, % p.a.", ">used σ̂, % p.a.", "surface");
        foreach (UnderlyingVolatility volatility in view.Volatilities)
        {
            table.Row(
                volatility.Asset.Name, Percent(volatility.FilteredAnnual), Percent(volatility.FloorAnnual),
                Percent(volatility.FusedAnnual), volatility.Surface?.ToString() ?? "none");
        }

        return table;
    }

    private static void WriteSet(TextWriter output, ScenariosView view, ScenarioSet set)
    {
        string[] hours = [.. set.Underlyings.Select((asset, index) => $"{asset} {set.HorizonHours[index]} h")];
        output.WriteLine();
        output.WriteLine(Invariant($"{set.Horizon} margin: {string.Join(", ", hours)}; {set.Count} scenarios"));
        output.WriteLine(Invariant($"digest {set.Digest}"));
        BlockTable(set).Write(output);
        output.WriteLine("Log returns of spot; σ is the forecast over the horizon");
        ReturnTable(view, set).Write(output);
        output.WriteLine("Other factors, A and B");
        FactorTable(set).Write(output);
        output.WriteLine("Correlation of spot (S) and 30-day volatility (V), A and B");
        CorrelationTable(set).Write(output);
    }

    private static TextTable BlockTable(ScenarioSet set)
    {
        TextTable table = new(
            "block", "role", ">first id", ">scenarios", ">weight", ">share, %", ">least", ">greatest", ">dampening");
        foreach (BlockSummary block in ScenariosView.Blocks(set))
        {
            table.Row(
                block.Block.ToString(), Role(block.Block), Whole(block.FirstId), Whole(block.Count),
                Whole(block.Weight), Percent((double)block.Weight / ScenarioSet.WeightTotal), Whole(block.WeightMin),
                Whole(block.WeightMax), block.DampeningMin.ToString("0.000", CultureInfo.InvariantCulture));
        }

        return table.Row(
            "all", "", "0", Whole(set.Count), Whole(set.Scenarios.Sum(scenario => (long)scenario.Weight)), "100.00", "",
            "", "");
    }

    private static TextTable ReturnTable(ScenariosView view, ScenarioSet set)
    {
        TextTable table = new(
            "underlying", "blocks", ">σ√h, %", ">mean, %", ">sd, %", ">sd ÷ σ√h", ">skew", ">excess kurtosis",
            ">1 %, %",
            ">99 %, %", ">1 %, σ", ">99 %, σ");
        for (int underlying = 0; underlying < set.Underlyings.Length; underlying++)
        {
            double expected = view.Expected(set, underlying);
            int column = FactorLayout.Column(underlying, RiskFactorKind.SpotReturn);
            foreach ((string name, ImmutableArray<ScenarioBlock> blocks) in Distributions)
            {
                FactorMoments moments = ScenarioMoments.Of(set, column, blocks);
                table.Row(
                    set.Underlyings[underlying].Name, name, Percent(expected), Percent(moments.Mean),
                    Percent(moments.StandardDeviation), Ratio(moments.StandardDeviation / expected),
                    Ratio(moments.Skewness), Ratio(moments.ExcessKurtosis), Percent(moments.Quantile01),
                    Percent(moments.Quantile99), Ratio(moments.Quantile01 / expected),
                    Ratio(moments.Quantile99 / expected));
            }
        }

        return table;
    }

    private static TextTable FactorTable(ScenarioSet set)
    {
        TextTable table = new(
            "factor", ">mean, %", ">sd, %", ">skew", ">excess kurtosis", ">1 %, %", ">99 %, %");
        string[] names = [.. set.Layout.Names()];
        for (int column = 0; column < names.Length; column++)
        {
            if (!names[column].EndsWith(nameof(RiskFactorKind.SpotReturn), StringComparison.Ordinal))
            {
                FactorMoments moments = ScenarioMoments.Of(set, column, ScenariosView.Weighted);
                table.Row(
                    names[column], Percent(moments.Mean), Percent(moments.StandardDeviation), Ratio(moments.Skewness),
                    Ratio(moments.ExcessKurtosis), Percent(moments.Quantile01), Percent(moments.Quantile99));
            }
        }

        return table;
    }

    private static TextTable CorrelationTable(ScenarioSet set)
    {
        (string Name, int Column)[] shown =
        [
            .. set.Underlyings.SelectMany((asset, index) => new[]
            {
                ($"{asset} S", FactorLayout.Column(index, RiskFactorKind.SpotReturn)),
                ($"{asset} V", FactorLayout.Column(index, RiskFactorKind.VolatilityLevel)),
            }),
        ];
        TextTable table = new(["", .. shown.Select(factor => ">" + factor.Name)]);
        foreach ((string name, int row) in shown)
        {
            table.Row([name, .. shown.Select(factor => Ratio(
                row == factor.Column
                    ? 1d
                    : ScenarioMoments.Correlation(set, row, factor.Column, ScenariosView.Weighted)))]);
        }

        return table;
    }

    private static void WriteFindings(TextWriter output, ImmutableArray<Finding> findings)
    {
        output.WriteLine();
        output.WriteLine(findings.IsEmpty ? "No findings" : "Findings");
        foreach (Finding finding in findings)
        {
            output.WriteLine($"  {finding.Kind}: {finding.Subject}: {finding.Message}");
        }
    }

    private static string Role(ScenarioBlock block) => block switch
    {
        ScenarioBlock.A => "filtered historical simulation",
        ScenarioBlock.B => "jump diffusion, t-copula",
        ScenarioBlock.C => "historical black swans",
        ScenarioBlock.D => "grid",
        ScenarioBlock.E => "hypothetical",
        _ => throw new System.Diagnostics.UnreachableException(block.ToString()),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double fraction) => Ratio(100d * fraction);

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
