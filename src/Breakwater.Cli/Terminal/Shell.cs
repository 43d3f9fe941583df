using System.CommandLine;

namespace Breakwater.Cli.Terminal;

/// <summary>Where one invocation writes, and how.</summary>
/// <param name="Output">Results: tables, or one JSON document.</param>
/// <param name="Error">Progress, refusals and findings for people.</param>
/// <param name="IsJson">Whether machine output was asked for.</param>
internal sealed record Shell(TextWriter Output, TextWriter Error, bool IsJson)
{
    /// <summary>The shell of an invocation of <paramref name="verb"/>.</summary>
    public static Shell Of(ParseResult parse, VerbCommand verb) =>
        new(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error, parse.GetValue(verb.Json));

    /// <summary>Whether a person watches the error stream.</summary>
    public bool IsWatched => ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected;
}
