using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary><c>scenarios</c> through the real command on the sample market.</summary>
public sealed class ScenariosCommandTests
{
    private static readonly string[] Chain =
    [
        "scenarios", "--chain", SampleFiles.Of("samples/market/deribit_btc_chain.csv.gz"),
        "--history", "BTC=" + SampleFiles.Of("samples/market/binance_btcusdt_1h.csv.gz"),
        "--at", "2026-02-05T09:37:00Z", "--json",
    ];

    // The recipe of docs/methodology/scenario-seed.md.
    [Fact]
    public void The_file_holds_every_integer_that_the_digests_are_taken_of()
    {
        string path = Path.GetTempFileName();
        CommandRun run = CommandRun.Of([.. Chain, "--out", path]);
        Assert.Equal(ExitCode.Done, run.Code);
        string[][] rows = [.. File.ReadAllLines(path).Select(line => line.Split(','))];
        File.Delete(path);
        using JsonDocument report = JsonDocument.Parse(run.Output);
        JsonElement sets = report.RootElement.GetProperty("sets");
        for (int horizon = 0; horizon < 2; horizon++)
        {
            string name = sets[horizon].GetProperty("horizon").GetString()!; // A member of every set.
            Assert.Equal(sets[horizon].GetProperty("digest").GetString(), DigestOf(horizon, name, rows));
        }
    }

    [Fact]
    public void The_beacon_is_named_and_changes_the_digests()
    {
        using JsonDocument none = JsonDocument.Parse(CommandRun.Of(Chain).Output);
        using JsonDocument given =
            JsonDocument.Parse(CommandRun.Of([.. Chain, "--beacon", new string('7', 64)]).Output);
        Assert.True(none.RootElement.GetProperty("seed").GetProperty("beaconMissing").GetBoolean());
        Assert.False(given.RootElement.GetProperty("seed").GetProperty("beaconMissing").GetBoolean());
        Assert.NotEqual(Digest(none), Digest(given));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_refused_and_nothing_is_printed()
    {
        string path = Path.Combine(Path.GetTempPath(), "none", "such", "s.csv");
        CommandRun run = CommandRun.Of([.. Chain[..^1], "--out", path]);
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Empty(run.Output);
    }

    private static string? Digest(JsonDocument report) =>
        report.RootElement.GetProperty("sets")[0].GetProperty("digest").GetString();

    private static string DigestOf(int number, string horizon, string[][] rows)
    {
        string[][] own = [.. rows.Where(row => row[0] == horizon)];
        List<long> numbers = [number, own.Length, rows[0].Length - 7];
        foreach (string[] row in own)
        {
            // A label may hold a comma: its parts stand between the six cells before it and the factors at the end.
            int factors = rows[0].Length - 7;
            numbers.Add("ABCDE".IndexOf(row[2], StringComparison.Ordinal));
            numbers.AddRange(
                row[3..6].Concat(row[^factors..]).Select(cell => long.Parse(cell, CultureInfo.InvariantCulture)));
        }

        byte[] bytes = new byte[8 * numbers.Count];
        for (int index = 0; index < numbers.Count; index++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8 * index), numbers[index]);
        }

        return "0x" + Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
