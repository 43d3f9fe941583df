using System.Text.RegularExpressions;
using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>The README says what works: its commands end well, and what it explains is really printed.</summary>
public sealed partial class ReadmeTests
{
    private const string Prefix = "breakwater ";

    private static readonly string Readme = File.ReadAllText(SampleFiles.Of("README.md"));

    public static TheoryData<string> Commands =>
        [.. ShellLines().Where(line => line.StartsWith(Prefix, StringComparison.Ordinal))];

    public static TheoryData<string> VerbNames => [.. BreakwaterCommand.Verbs.Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(VerbNames))]
    public void It_shows_an_example_of_every_verb(string name) => Assert.Contains(
        ShellLines(), line => line.StartsWith($"{Prefix}{name} ", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_works_as_printed(string line)
    {
        CommandRun run = CommandExample.Run(line[Prefix.Length..]);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        Assert.NotEmpty(run.Output);
    }

    [Fact]
    public void A_script_it_names_is_there() => Assert.All(
        ShellLines().Where(line => line.StartsWith("./", StringComparison.Ordinal)),
        line => Assert.True(File.Exists(SampleFiles.Of(line.Split(' ')[0])), line));

    [Fact]
    public void What_it_says_to_look_for_in_an_explained_margin_is_printed()
    {
        string line = ShellLines().Single(text => text.StartsWith(Prefix + "margin ", StringComparison.Ordinal));
        string output = CommandExample.Run(line[Prefix.Length..]).Output;
        int from = Readme.IndexOf("## How to read an explained margin", StringComparison.Ordinal);
        string section = Readme[from..Readme.IndexOf("\n## ", from, StringComparison.Ordinal)];
        string[] words = [.. LookedFor().Matches(section).Select(match => match.Groups["words"].Value)];
        Assert.NotEmpty(words);
        Assert.All(words, word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    // Lines of the shell blocks; a line that ends with a backslash goes on in the next.
    private static IEnumerable<string> ShellLines() =>
        ShellBlock().Matches(Readme)
            .SelectMany(block => Continuation().Replace(block.Groups["text"].Value, " ").Split('\n'))
            .Where(line => line.Length > 0);

    [GeneratedRegex(
        "^```sh\n(?<text>.*?)^```",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("\\\\\n *", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Continuation();

    [GeneratedRegex(
        "^\\| `(?<words>[^`]+)` \\| [^|]* \\|$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex LookedFor();
}
