using System.CommandLine;

namespace Breakwater.Cli.Terminal;

/// <summary>A verb of the command: its options, what it does, and an example that works from the repository's root.
/// </summary>
internal sealed class VerbCommand : Command
{
    /// <summary>A verb with <c>--json</c>.</summary>
    /// <param name="name">The verb.</param>
    /// <param name="description">What it does, one sentence.</param>
    /// <param name="example">Arguments after <c>breakwater</c> that work from the repository's root.</param>
    public VerbCommand(string name, string description, string example)
        : base(name, description)
    {
        Example = example;
        Options.Add(Json);
    }

    /// <summary>The verb as one types it: with the verb it belongs to, if it is a part of one.</summary>
    public string Path => string.Join(' ', Parents.OfType<VerbCommand>().Select(parent => parent.Path).Append(Name));

    /// <summary>Arguments of the example, as one would type them.</summary>
    public string Example { get; }

    /// <summary>Machine output on standard output, one document.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "One JSON document on standard output." };

    /// <summary>Sets what the verb does; the function returns an exit code.</summary>
    public void Does(Func<Shell, ParseResult, int> action) =>
        SetAction(parse => action(Shell.Of(parse, this), parse));
}
