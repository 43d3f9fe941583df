using System.Globalization;
using System.Text.Json;
using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>Recorded rounds are joined: peers' lines are read as they print them, ratios are of one round, checksums
/// are compared.</summary>
public sealed class SideBySideTests
{
    // Lines that the peers printed on one run, shortened to those of one thread.
    private const string Native = """
        W1 C++ 1t: scalar erfc 15.31 Mopt/s; libmvec auto-vectorised 80.00 Mopt/s
        W1 C++ 2t: scalar erfc 14.53 Mopt/s; libmvec auto-vectorised 70.42 Mopt/s
        W1 checksum price 41354558.781674 delta 44837.244389 gamma 6520.783580 vega 13020207.6100 theta -11489926.8509
        W2 C++ 1t: reval 27.7 ms = 200.0 M revals/s; agg+ES 1802.0 ms; total 1800.0 ms = 5.5 k accounts/s
        W2 checksum P&L 208081778.364778 mean ES99 -115738.3532
        W3 C++ 1t: 10.000 ms = 9.29 M accounts/s
        W3 mean worst -158075.2640
        """;

    private const string QuantLibBook =
        "W2 QuantLib 1t: reval blackFormula 383.6 ms = 12.50 M revals/s; "
        + "agg+RiskStatistics::expectedShortfall 9050 ms (1000 accts x10); agg+nth_element 1770 ms; "
        + "total fast 2000 ms, total idiomatic-stats 9000 ms";

    private const string QuantLib = $"""
        W1 QuantLib BlackCalculator 1t: 4.000 Mopt/s
        W1 checksum price 41354558.781674 delta 44837.244389 gamma 6520.783580 vega 13020207.6100 theta -11489926.8509
        W1 QuantLib VanillaOption+AnalyticEuropeanEngine 1t: 0.4000 Mopt/s (854924.3)
        {QuantLibBook}
        W2 checksum P&L 208081778.364780 mean ES99 -115738.3532
        W3 QuantLib blackFormula per account, unshared 1t: 0.0224 M accounts/s => 100k accounts 4.45 s
        """;

    [Fact]
    public void Ratios_are_of_one_round_and_stand_beside_their_bars()
    {
        using TemporaryFolder folder = new();
        Record(folder, 1, Own(0.005, "41354558.781674", "-115738.3562"));
        Record(folder, 2, Own(0.010, "41354558.781674", "-115738.3562"));
        Record(folder, 3, Own(0.020, "41354558.781674", "-115738.3562"));
        CommandRun run = CommandRun.Of("benchmark", "--compare", folder.FullName, "--json");
        Assert.Equal(ExitCode.Done, run.Code);
        JsonElement bars = JsonDocument.Parse(run.Output).RootElement.GetProperty("bars");
        JsonElement cpp = Find(bars, "W1", "C++ libmvec");
        Assert.Equal(1.25, cpp.GetProperty("median").GetDouble(), 1e-12); // 12.5 ms a million options over 10 ms
        Assert.Equal(0.625, cpp.GetProperty("least").GetDouble(), 1e-12);
        Assert.Equal(2.5, cpp.GetProperty("greatest").GetDouble(), 1e-12);
        Assert.False(cpp.GetProperty("isMet").GetBoolean());
        Assert.Equal(25.0, Find(bars, "W1", "QuantLib BlackCalculator").GetProperty("median").GetDouble(), 1e-12);
        JsonElement engine = Find(bars, "W1", "QuantLib option + engine");
        Assert.Equal(250.0, engine.GetProperty("median").GetDouble(), 1e-9);
        Assert.False(engine.TryGetProperty("isMet", out _)); // no bar
        Assert.Equal(18.0, Find(bars, "W2", "C++ libmvec").GetProperty("median").GetDouble(), 1e-12);
        Assert.Equal(20.0, Find(bars, "W2", "QuantLib nth_element").GetProperty("median").GetDouble(), 1e-12);
        JsonElement fill = Find(bars, "W4c", "one fill, p50");
        Assert.Equal(4.5, fill.GetProperty("median").GetDouble(), 1e-12);
        Assert.True(fill.GetProperty("isMet").GetBoolean());
        Assert.DoesNotContain("W3", bars.GetRawText(), StringComparison.Ordinal); // it did not run
    }

    [Theory]
    [InlineData("41354558.781675", "-115738.3562")] // a printed digit
    [InlineData("41354558.781674", "-115738.3600")] // further off than the 0.006 that rounding allows
    public void A_checksum_that_differs_fails_the_comparison(string price, string shortfall)
    {
        using TemporaryFolder folder = new();
        Record(folder, 1, Own(0.005, price, shortfall));
        CommandRun run = CommandRun.Of("benchmark", "--compare", folder.FullName);
        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.Contains("DISAGREE", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_product_must_print_the_same_without_its_widest_vectors()
    {
        using TemporaryFolder folder = new();
        Record(folder, 1, Own(0.005, "41354558.781674", "-115738.3562"));
        string narrow = Path.Combine(folder.PathOf("round-1"), "narrow.json");
        File.WriteAllText(narrow, Own(0.010, "41354558.781674", "-115738.3562"));
        CommandRun same = CommandRun.Of("benchmark", "--compare", folder.FullName);
        Assert.Equal(ExitCode.Done, same.Code);
        Assert.Matches("itself without AVX-512 +50.0 ", same.Output);
        File.WriteAllText(narrow, Own(0.010, "41354558.781674", "-115738.3561"));
        Assert.Equal(
            ExitCode.CheckFailed, CommandRun.Of("benchmark", "--compare", folder.FullName).Code);
    }

    [Fact]
    public void What_cannot_be_read_is_refused_with_its_place()
    {
        using TemporaryFolder folder = new();
        CommandRun empty = CommandRun.Of("benchmark", "--compare", folder.FullName);
        Assert.Equal(ExitCode.Refused, empty.Code);
        Assert.Contains("the folder holds no round", empty.Error, StringComparison.Ordinal);
        Record(folder, 1, "{ \"results\": [ { } ] }");
        File.WriteAllText(
            Path.Combine(folder.PathOf("round-1"), "native.txt"),
            Native.Replace("80.00", "nan", StringComparison.Ordinal));
        CommandRun spoilt = CommandRun.Of("benchmark", "--compare", folder.FullName);
        Assert.Equal(ExitCode.Refused, spoilt.Code);
        Assert.Contains("no output of 'benchmark --json'", spoilt.Error, StringComparison.Ordinal);
        Assert.Contains("no number after 'auto-vectorised '", spoilt.Error, StringComparison.Ordinal);
    }

    private static JsonElement Find(JsonElement bars, string workload, string against) =>
        bars.EnumerateArray().Single(bar =>
            bar.GetProperty("workload").GetString() == workload && bar.GetProperty("against").GetString() == against);

    private static void Record(TemporaryFolder folder, int number, string own)
    {
        string round = folder.PathOf(string.Create(CultureInfo.InvariantCulture, $"round-{number}"));
        Directory.CreateDirectory(round);
        File.WriteAllText(Path.Combine(round, "breakwater.json"), own);
        File.WriteAllText(Path.Combine(round, "native.txt"), Native);
        File.WriteAllText(Path.Combine(round, "ql.txt"), QuantLib);
    }

    private static string Own(double pricingSeconds, string price, string shortfall) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        { "results": [
          { "workload": "W1", "variant": "Black-76 with Greeks", "threads": 1, "cpuSeconds": {{pricingSeconds}},
            "wallSeconds": 0.1, "rate": 1, "unit": "M options/s", "checksums": { "price": "{{price}}" },
            "figures": { } },
          { "workload": "W2", "variant": "thresholds of the last tick", "threads": 1, "cpuSeconds": 0.1,
            "wallSeconds": 0.1, "rate": 1, "unit": "k accounts/s", "checksums": { "meanEs99": "{{shortfall}}" },
            "figures": { "meanEs99Allowance": 0.006 } },
          { "workload": "W4c", "variant": "one fill", "threads": 1, "cpuSeconds": 0.1, "wallSeconds": 0.1, "rate": 1,
            "unit": "fills/s", "checksums": { }, "figures": { "p50Microseconds": 4.5 } } ] }
        """);
}
