using System.Text.RegularExpressions;
using Breakwater.Cli;
using Breakwater.Cli.Terminal;

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

    [Fact]
    public void A_default_reads_as_it_is_typed()
    {
        foreach (VerbCommand verb in BreakwaterCommand.Verbs.SelectMany(WithParts))
        {
            foreach (Match shown in Shown().Matches(CommandRun.Of([.. verb.Path.Split(' '), "--help"]).Output))
            {
                string option = shown.Groups["option"].Value;
                string text = shown.Groups["value"].Value.Trim();
                IEnumerable<string> refused = verb.Parse([option, .. text.Split(' ')])
                    .Errors.Select(static own => own.Message);
                Assert.DoesNotContain(refused, message => message.Contains(option, StringComparison.Ordinal)
                    || message.Contains($"'{text}'", StringComparison.Ordinal));
            }
        }
    }

    private static IEnumerable<VerbCommand> WithParts(VerbCommand verb) =>
        verb.Subcommands.OfType<VerbCommand>().SelectMany(WithParts).Prepend(verb);

    [GeneratedRegex(
        "Example:\\s+breakwater (?<arguments>.+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();

    [GeneratedRegex(
        @"^\s+(?<option>--[a-z-]+) .*\[default: (?<value>.*)\]\s*$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shown();
}
