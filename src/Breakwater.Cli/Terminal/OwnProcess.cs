using System.Diagnostics;

namespace Breakwater.Cli.Terminal;

/// <summary>This command, started again as a process of its own.</summary>
internal static class OwnProcess
{
    private const string Host = "dotnet";

    /// <summary>Starts it; both its streams can be read.</summary>
    /// <param name="arguments">What stands after <c>breakwater</c>.</param>
    public static Process Start(IEnumerable<string> arguments)
    {
        string assembly = typeof(BreakwaterCommand).Assembly.Location;
        bool isItself = Path.GetFileNameWithoutExtension(Environment.ProcessPath)
            == Path.GetFileNameWithoutExtension(assembly);
        ProcessStartInfo start = new(isItself ? Environment.ProcessPath! : Host) // a path that was just looked at
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!isItself) start.ArgumentList.Add(assembly);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("the command cannot be started again");
    }
}
