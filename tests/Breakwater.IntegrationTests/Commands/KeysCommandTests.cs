using Breakwater.Cli;
using Breakwater.Server.Access;

namespace Breakwater.IntegrationTests.Commands;

/// <summary><c>keys</c> makes what the server reads, and never overwrites.</summary>
public sealed class KeysCommandTests
{
    [Fact]
    public void A_key_that_is_made_opens_what_it_lists_and_its_secret_stands_nowhere()
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("keys.json");
        string desk = Made("keys", "new", "desk", file, "--scopes", "trade", "read", "--subaccounts", "b", "a");
        string all = Made("keys", "new", "custody", file, "--scopes", "operate", "--subaccounts", "*");
        KeyRing ring = KeyFile.Load(file).Value;
        ApiKey own = ring.Find($"Bearer {desk}")!;
        Assert.Equal(("desk", Scope.Read | Scope.Trade, false), (own.Name, own.Scopes, own.SeesAll));
        Assert.Equal((true, true, false), (own.Sees("a"), own.Sees("b"), own.Sees("c")));
        Assert.True(ring.Find($"Bearer {all}")!.Sees("anything"));
        Assert.DoesNotContain(desk["bw_".Length..], File.ReadAllText(file), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Theory]
    [InlineData("Duplicate", "desk", "read", "a")]
    [InlineData("Malformed", "Desk", "read", "a")]
    [InlineData("Malformed", "sixteen-letters-", "read", "a")]
    [InlineData("Unknown", "other", "rule", "a")]
    [InlineData("Inconsistent", "other", "read", "*,a")]
    public void What_is_refused_leaves_the_file_as_it_was(string reason, string name, string scope, string subaccounts)
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("keys.json");
        Made("keys", "new", "desk", file, "--scopes", "read", "--subaccounts", "a");
        string before = File.ReadAllText(file);
        CommandRun run = CommandRun.Of(
            ["keys", "new", name, file, "--scopes", scope, "--subaccounts", .. subaccounts.Split(',')]);
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Equal(before, File.ReadAllText(file));
    }

    [Fact]
    public void A_file_that_is_no_file_of_keys_is_refused_and_kept()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("keys.json", "{ \"keys\": [ { \"name\": \"desk\" } ] }");
        CommandRun run = CommandRun.Of("keys", "new", "x", file, "--scopes", "read", "--subaccounts", "a");
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("\"desk\"", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_revoked_is_known_no_more_and_the_others_are()
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("keys.json");
        string one = Made("keys", "new", "one", file, "--scopes", "read", "--subaccounts", "a");
        string two = Made("keys", "new", "two", file, "--scopes", "read", "--subaccounts", "a");
        Assert.Equal(ExitCode.Done, CommandRun.Of("keys", "revoke", "one", file).Code);
        Assert.Equal(ExitCode.Refused, CommandRun.Of("keys", "revoke", "one", file).Code);
        KeyRing ring = KeyFile.Load(file).Value;
        Assert.Null(ring.Find($"Bearer {one}"));
        Assert.NotNull(ring.Find($"Bearer {two}"));
        string list = CommandRun.Of("keys", "list", file).Output;
        Assert.Contains("two", list, StringComparison.Ordinal);
        Assert.DoesNotContain("one", list, StringComparison.Ordinal);
    }

    private static string Made(params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        return run.Output.Trim();
    }
}
