using System.Globalization;
using System.Text;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Margin;
using Breakwater.Numerics;

namespace Breakwater.IntegrationTests.Margin;

/// <summary>The table of docs/evidence/orderings.md is what the books of <see cref="OrderingTests"/> ask on the
/// recorded
/// days; BREAKWATER_APPROVE=1 writes it anew.</summary>
public sealed class OrderingTableTests
{
    private const decimal Dollars = 1_000_000m;

    private const string Heading = """
        # What books ask on two recorded days

        `OrderingTableTests` of tests/Breakwater.IntegrationTests compares this page in every run of `./test` and writes
        it anew with `BREAKWATER_APPROVE=1`. Every recorded file is read. Options are those listed that day, nearest to
        the stated days and moneyness; quantities are in units of the underlying; amounts in USD. "Flat" is the fitted
        surface with every slice at its at-the-money volatility: over all scenarios it asks a little more for the short
        put, because the fitted premium already holds the skew; over a sell-off, or counted with the premium owed, it
        asks less (`OrderingTests.Row_28_…`).


        """;

    [Fact]
    public void The_documented_table_is_what_the_books_ask()
    {
        StringBuilder text = new(Heading.ReplaceLineEndings("\n"));
        foreach (string name in (string[])["calm", "crash"])
        {
            AppendDay(text, name, RealDay.Of(name));
        }

        string path = SampleFiles.Of("docs/evidence/orderings.md");
        if (Environment.GetEnvironmentVariable("BREAKWATER_APPROVE") == "1")
        {
            Directory.CreateDirectory(SampleFiles.Of("docs/evidence"));
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text.ToString());
    }

    private static void AppendDay(StringBuilder text, string name, RealDay day)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {name}: {day.Valued.Inputs.Market.At}\n\n");
        text.Append("| book | initial | maintenance | binding at maintenance |\n|---|---:|---:|---|\n");
        foreach ((string book, MarginReport report) in Books(day))
        {
            CoreRequirement core = report.CoreMaintenance;
            string binding =
                core.Binding == CoreBinding.Scenario ? core.WorstScenario.Scenario.Label : core.Binding.ToString();
            text.Append(CultureInfo.InvariantCulture,
                $"| {book} | {Usd(report.InitialMargin)} | {Usd(report.MaintenanceMargin)} | {binding} |\n");
        }

        text.Append('\n');
    }

    private static IEnumerable<(string Book, MarginReport Report)> Books(RealDay day)
    {
        Perpetual bitcoin = new(RealDay.Btc, Settlement.Linear);
        Perpetual ether = new(RealDay.Eth, Settlement.Linear);
        VanillaOption call = day.Listed(RealDay.Btc, 30, 1.10, OptionRight.Call);
        VanillaOption near = day.Listed(RealDay.Btc, 30, 1.0, OptionRight.Call);
        VanillaOption far = day.Listed(RealDay.Btc, 60, 1.0, OptionRight.Call);
        VanillaOption wing = day.Listed(RealDay.Btc, 30, 1.15, OptionRight.Call);
        VanillaOption put = FlatSurface.TenDeltaPut(day, RealDay.Btc, 30);
        RealDay flat = day.With(surfaces: FlatSurface.Of(day.Valued.Surfaces));
        decimal hedge = OrderingTests.HedgeEther(day);
        yield return ($"−10 {call}", day.Assess(Dollars, (call, -10m)));
        yield return ("+10 BTC perpetual", day.Assess(Dollars, (bitcoin, 10m)));
        yield return ("covered: both", day.Assess(Dollars, (call, -10m), (bitcoin, 10m)));
        yield return ($"vertical: −10 {near}, +10 {wing}", day.Assess(Dollars, (near, -10m), (wing, 10m)));
        yield return ($"−10 {put} (10-delta)", day.Assess(Dollars, (put, -10m)));
        yield return ("the same, flat surface", flat.Assess(Dollars, (put, -10m)));
        yield return ($"−{hedge} ETH perpetual", day.Assess(Dollars, (ether, -hedge)));
        yield return ($"+10 BTC, −{hedge} ETH perpetual", day.Assess(Dollars, (bitcoin, 10m), (ether, -hedge)));
        yield return ($"+10 {near}, fully paid", day.Assess(0m, (near, 10m)));
        yield return ($"−10 {near}", day.Assess(Dollars, (near, -10m)));
        yield return ($"calendar: −10 {near}, +10 {far}", day.Assess(Dollars, (near, -10m), (far, 10m)));
        yield return ("market maker, 60 legs", day.Assess(Dollars, SampleBooks.MarketMaker(day)));
        yield return ("its short legs alone", day.Assess(
            Dollars, [.. SampleBooks.MarketMaker(day).Where(leg => leg.Quantity < 0m)]));
    }

    private static string Usd(Money money) =>
        decimal.Round((decimal)money.MicroDollars / 1_000_000m, 2).ToString("N2", CultureInfo.InvariantCulture);
}
