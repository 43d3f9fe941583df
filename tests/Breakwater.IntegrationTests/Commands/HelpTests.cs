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
        string[] arguments = printed.Groups["arguments"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string folder = Directory.CreateTempSubdirectory("breakwater-help-").FullName;
        CommandRun run = CommandRun.Of([.. arguments.Select(argument => Located(argument, folder))]);
        Directory.Delete(folder, recursive: true);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        Assert.NotEmpty(run.Output);
    }

    // Inputs lie in the repository; what an example writes goes to a folder of the test.
    private static string Located(string argument, string folder)
    {
        int cut = argument.IndexOf('=', StringComparison.Ordinal) + 1;
        string path = argument[cut..];
        return Path.Exists(SampleFiles.Of(path)) && path.Length > 0 ? argument[..cut] + SampleFiles.Of(path)
            : path.EndsWith(".svg", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal)
                ? Path.Combine(folder, path)
            : argument;
    }

    [GeneratedRegex(
        "Example:\\s+breakwater (?<arguments>.+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();
}
