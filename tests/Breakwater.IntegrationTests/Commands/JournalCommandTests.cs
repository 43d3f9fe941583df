using System.Text.Json;
using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>The verbs of the journal say what is there, where damage is, and end with the right code.</summary>
public sealed class JournalCommandTests
{
    private const string Sample = "samples/journal";

    [Fact]
    public void A_whole_journal_is_verified()
    {
        CommandRun run = CommandRun.Of("journal", "verify", SampleFiles.Of(Sample));
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("the journal is whole", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_holds_is_counted_the_same_in_both_forms()
    {
        CommandRun table = CommandRun.Of("journal", "stats", SampleFiles.Of(Sample));
        CommandRun document = CommandRun.Of("journal", "stats", SampleFiles.Of(Sample), "--json");
        Assert.Equal((ExitCode.Done, ExitCode.Done), (table.Code, document.Code));
        JsonElement root = JsonDocument.Parse(document.Output).RootElement;
        Assert.Equal(300, root.GetProperty("records").GetInt64());
        JsonElement.ArrayEnumerator kinds = root.GetProperty("kinds").EnumerateArray();
        Assert.Equal(300, kinds.Sum(kind => kind.GetProperty("records").GetInt64()));
        Assert.Contains(root.GetProperty("chain").GetString()!, table.Output, StringComparison.Ordinal); // it has one
        Assert.Contains(root.GetProperty("journal").GetString()!, table.Output, StringComparison.Ordinal); // and a name
    }

    [Fact]
    public void Damage_ends_with_1_and_its_place()
    {
        using TemporaryFolder folder = new();
        Copy(folder);
        string file = folder.PathOf("0000000002.segment");
        byte[] bytes = File.ReadAllBytes(file);
        bytes[5_000] ^= 4;
        File.WriteAllBytes(file, bytes);
        CommandRun run = CommandRun.Of("journal", "verify", folder.FullName);
        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.Contains("damage: Record, 0000000002.segment, byte ", run.Output, StringComparison.Ordinal);
        CommandRun document = CommandRun.Of("journal", "verify", folder.FullName, "--json");
        Assert.Equal(ExitCode.CheckFailed, document.Code);
        JsonElement damage = Assert.Single(
            JsonDocument.Parse(document.Output).RootElement.GetProperty("damage").EnumerateArray());
        Assert.Equal("0000000002.segment", damage.GetProperty("file").GetString());
        Assert.InRange(damage.GetProperty("offset").GetInt64(), 4_096, 5_000);
    }

    [Fact]
    public void A_damaged_snapshot_ends_with_1_and_says_what_it_costs()
    {
        using TemporaryFolder folder = new();
        Copy(folder);
        string file = Directory.GetFiles(folder.FullName, "*.snapshot").Order(StringComparer.Ordinal).Last();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[90] ^= 1;
        File.WriteAllBytes(file, bytes);
        CommandRun run = CommandRun.Of("journal", "verify", folder.FullName);
        Assert.Equal(ExitCode.CheckFailed, run.Code);
        Assert.Contains(Path.GetFileName(file), run.Output, StringComparison.Ordinal);
        Assert.Contains("the log is whole", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_is_whole_and_is_not_made_over_another()
    {
        using TemporaryFolder folder = new();
        string copy = folder.PathOf("copy");
        Assert.Equal(ExitCode.Done, CommandRun.Of("journal", "backup", SampleFiles.Of(Sample), copy).Code);
        CommandRun verified = CommandRun.Of("journal", "verify", copy, "--json");
        Assert.Equal(ExitCode.Done, verified.Code);
        Assert.Equal(CommandRun.Of("journal", "verify", SampleFiles.Of(Sample), "--json").Output, verified.Output);
        CommandRun again = CommandRun.Of("journal", "backup", SampleFiles.Of(Sample), copy);
        Assert.Equal(ExitCode.Refused, again.Code);
        Assert.Contains("not empty", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("stats")]
    public void A_folder_without_a_journal_is_refused(string part)
    {
        using TemporaryFolder folder = new();
        CommandRun empty = CommandRun.Of("journal", part, folder.FullName);
        Assert.Equal(ExitCode.Refused, empty.Code);
        Assert.Contains("holds no journal", empty.Error, StringComparison.Ordinal);
        CommandRun missing = CommandRun.Of("journal", part, folder.PathOf("none"));
        Assert.Equal(ExitCode.Refused, missing.Code);
        Assert.Contains("there is no such folder", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_benchmark_runs_reads_back_what_it_wrote_and_leaves_nothing()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(
            "journal", "benchmark", "--events", "2000", "--payload", "100", "--in", folder.FullName, "--json");
        Assert.Equal(ExitCode.Done, run.Code);
        JsonElement[] results =
            [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("results").EnumerateArray()];
        Assert.All(results, result => Assert.True(result.GetProperty("rate").GetDouble() > 0));
        Assert.Single(results
            .Where(result => result.GetProperty("checksums").TryGetProperty("chain", out _))
            .Select(result => result.GetProperty("checksums").GetProperty("chain").GetString())
            .Distinct());
        Assert.Empty(Directory.GetFileSystemEntries(folder.FullName));
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("journal", "verify")]
    [InlineData("journal", "nonsense", ".")]
    [InlineData("journal", "benchmark", "--events", "0")]
    public void A_command_line_that_is_not_understood_ends_with_2(params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("usage: see 'breakwater journal", run.Error, StringComparison.Ordinal);
    }

    private static void Copy(TemporaryFolder folder)
    {
        foreach (string file in Directory.GetFiles(SampleFiles.Of(Sample)))
        {
            File.Copy(file, folder.PathOf(Path.GetFileName(file)));
        }
    }
}
