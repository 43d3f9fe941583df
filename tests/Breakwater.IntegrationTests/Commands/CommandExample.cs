using Breakwater.IntegrationTests.Server;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>Runs a command line that a text prints, as if from the repository's root.</summary>
internal static class CommandExample
{
    /// <summary>Runs it in process.</summary>
    /// <param name="line">What stands after <c>breakwater</c>: words without quotes. Where it names the address of a
    /// server, one is started for it.</param>
    public static CommandRun Run(string line)
    {
        string[] arguments = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string folder = Directory.CreateTempSubdirectory("breakwater-example-").FullName;
        try
        {
            return arguments.Contains("--address")
                ? ServedCommand.RunAsync(folder, arguments).GetAwaiter().GetResult()
                : CommandRun.Of([.. arguments.Select(argument => Located(argument, folder))]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Inputs lie in the repository; what an example writes goes to a folder of the test.
    private static string Located(string argument, string folder)
    {
        int cut = argument.IndexOf('=', StringComparison.Ordinal) + 1;
        string path = argument[cut..];
        if (path.Length > 0 && Path.Exists(SampleFiles.Of(path)))
        {
            return argument[..cut] + SampleFiles.Of(path);
        }

        string[] written = [".svg", ".json", ".csv"];
        bool isWritten = written.Contains(Path.GetExtension(path)) || path == "data";
        return isWritten ? argument[..cut] + Path.Combine(folder, path) : argument;
    }
}
