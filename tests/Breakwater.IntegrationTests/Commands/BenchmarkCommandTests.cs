using System.Runtime.InteropServices;
using System.Text.Json;
using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>The verb runs, prints the peers' checksums, and refuses a spoilt workload.</summary>
public sealed class BenchmarkCommandTests
{
    [Fact]
    public void Drawn_numbers_give_the_checksums_that_every_peer_prints()
    {
        CommandRun run = CommandRun.Of("benchmark", "--only", "W1,W2a", "--rounds", "1", "--threads", "2", "--json");
        Assert.Equal(ExitCode.Done, run.Code);
        JsonElement root = JsonDocument.Parse(run.Output).RootElement;
        Assert.True(root.GetProperty("machine").GetProperty("vectorBits").GetInt32() >= 64);
        Dictionary<string, string> sums = root.GetProperty("results").EnumerateArray()
            .SelectMany(result => result.GetProperty("checksums").EnumerateObject())
            .ToDictionary(sum => sum.Name, sum => sum.Value.GetString()!); // a checksum is a string

        // What plain C++, QuantLib and the C# experiment print on the same numbers.
        Assert.Equal("41354558.781674", sums["price"]);
        Assert.Equal("44837.244389", sums["delta"]);
        Assert.Equal("6520.783580", sums["gamma"]);
        Assert.Equal("13020207.6100", sums["vega"]);
        Assert.Equal("-11489926.8509", sums["theta"]);
        Assert.Equal("208081778.3648", sums["pnlSum"]);
    }

    [Fact]
    public void A_tick_of_the_whole_book_allocates_nothing_and_equals_a_fresh_sweep()
    {
        CommandRun run = CommandRun.Of("benchmark", "--only", "W4a", "--rounds", "2", "--json");
        Assert.Equal(ExitCode.Done, run.Code); // else a core differs
        JsonElement result = JsonDocument.Parse(run.Output).RootElement.GetProperty("results")[0];
        Assert.Equal(0, result.GetProperty("figures").GetProperty("allocatedBytes").GetInt64());
    }

    [Fact]
    public void From_event_to_digest_two_threads_say_what_one_says()
    {
        string DigestOf(string threads)
        {
            CommandRun run = CommandRun.Of(
                "benchmark", "--only", "W6", "--rounds", "1", "--threads", threads, "--json");
            Assert.Equal(ExitCode.Done, run.Code);
            JsonElement result = JsonDocument.Parse(run.Output).RootElement.GetProperty("results")[0];
            return result.GetProperty("checksums").GetProperty("margins").GetString()!; // a checksum is a string
        }

        Assert.Equal(DigestOf("1"), DigestOf("2"));
    }

    [Fact]
    public void A_spoilt_workload_is_refused_with_every_reason()
    {
        using TemporaryFolder folder = new();
        double[] strikes = [.. Enumerable.Repeat(1.0, 500)];
        strikes[3] = double.NaN;
        File.WriteAllBytes(folder.PathOf("iK.bin"), MemoryMarshal.AsBytes<double>(strikes).ToArray());
        File.WriteAllBytes(folder.PathOf("iF.bin"), new byte[8]);
        CommandRun run = CommandRun.Of("benchmark", "--only", "W2a", "--workload", folder.FullName);
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("iK.bin, element 3, NaN", run.Error, StringComparison.Ordinal);
        Assert.Contains("iF.bin, -, 8 bytes, 4000 bytes,", run.Error, StringComparison.Ordinal);
        Assert.Contains("Missing, " + folder.PathOf("qty.bin"), run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--only", "W99")]
    [InlineData("--only", "")]
    [InlineData("--rounds", "0")]
    [InlineData("--threads", "0")]
    public void A_wrong_option_is_a_usage_error(string option, string value) =>
        Assert.Equal(ExitCode.Usage, CommandRun.Of("benchmark", option, value).Code);
}
