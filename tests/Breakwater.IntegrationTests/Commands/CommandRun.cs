using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>One run of the real command, in process.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    /// <summary>Runs the command.</summary>
    public static CommandRun Of(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = BreakwaterCommand.Run(arguments, output, error);
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
