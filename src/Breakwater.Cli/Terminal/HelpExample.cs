using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Breakwater.Cli.Terminal;

/// <summary>Help as the library prints it, with the verb's example below.</summary>
internal sealed class HelpExample(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>The help option of the command and, recursively, of its verbs.</summary>
    public static HelpOption Option()
    {
        HelpOption option = new() { Recursive = true };
        option.Action = new HelpExample((HelpAction)option.Action!);
        return option;
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is VerbCommand verb)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Example:");
            output.WriteLine("  breakwater " + verb.Example);
            output.WriteLine();
        }

        return code;
    }
}
