using System.Text.Json;
using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>Drills are commands: they say what they found, and refuse what they cannot use.</summary>
public sealed class DrillCommandTests
{
    [Fact]
    public void One_portfolio_has_one_report_by_command_live_and_in_replay()
    {
        CommandRun run = CommandRun.Of("drill", "reports", "--market", SampleFiles.Of("samples/market"), "--json");
        Assert.True(run.Code == ExitCode.Done, run.Error);
        JsonElement found = JsonDocument.Parse(run.Output).RootElement;
        Assert.True(found.GetProperty("isEqual").GetBoolean());
        Assert.True(found.GetProperty("replayedEvents").GetInt64() > 20);
        Assert.Equal(6, found.GetProperty("reports").GetArrayLength());
        Assert.Equal(
            6, found.GetProperty("reports").EnumerateArray().Select(static own => own.GetProperty("live").GetString())
                .Distinct().Count());
    }

    [Fact]
    public void A_restart_and_a_rebuild_of_a_journal_have_one_state()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(
            "drill", "restart", "--events", "1500", "--snapshot-events", "500", "--in", folder.PathOf("."), "--json");
        Assert.True(run.Code == ExitCode.Done, run.Error);
        JsonElement found = JsonDocument.Parse(run.Output).RootElement;
        Assert.True(found.GetProperty("isOneState").GetBoolean());
        Assert.InRange(found.GetProperty("tailEvents").GetInt64(), 500, 1_500);
        Assert.Empty(Directory.GetFileSystemEntries(folder.PathOf(".")));
    }

    [Fact]
    public void What_is_not_there_is_refused_by_name()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(ExitCode.Refused, CommandRun.Of("drill", "kill", "--market", folder.PathOf("none")).Code);
        Assert.Equal(ExitCode.Refused, CommandRun.Of("journal", "replay", folder.PathOf("none")).Code);
        string foreign = Copy("samples/journal", folder.PathOf("copy")); // of no server
        Assert.Equal(ExitCode.Refused, CommandRun.Of("journal", "replay", foreign).Code);
        Assert.Equal(ExitCode.Usage, CommandRun.Of("drill", "restart", "--events", "0").Code);
    }

    private static string Copy(string sample, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string path in Directory.GetFiles(SampleFiles.Of(sample)))
        {
            File.Copy(path, Path.Combine(to, Path.GetFileName(path)));
        }

        return to;
    }
}
