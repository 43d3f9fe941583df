using System.Text.RegularExpressions;
using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>Help is there for every verb, and its example works as printed from the repository's root.</summary>
public sealed partial class HelpTests
{
    public static TheoryData<string> VerbNames => [.. BreakwaterCommand.Verbs.Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(VerbNames))]
    public void The_example_of_a_verb_works(string name)
    {
        CommandRun help = CommandRun.Of(name, "--help");
        Assert.Equal(ExitCode.Done, help.Code);
        Match printed = Example().Match(help.Output);
        Assert.True(printed.Success, help.Output);
        CommandRun run = CommandExample.Run(printed.Groups["arguments"].Value);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        Assert.NotEmpty(run.Output);
    }

    [GeneratedRegex(
        "Example:\\s+breakwater (?<arguments>.+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();
}
