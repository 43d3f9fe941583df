using System.Text.RegularExpressions;

namespace Breakwater.Tests.Laws;

public sealed class MachinePathTests
{
    // Kept journals too: a line of theirs is what lies between two bytes of a line end.
    private static readonly string[] KeptFiles =
        ["*.cs", "*.csproj", "*.props", "*.slnx", "*.json", "*.yaml", "*.yml", "*.md", "*.txt", "*.csv", "run", "test",
        "*.snapshot", "*.segment"];

    // Written in pieces, so that this file does not find itself.
    private static readonly Regex MachinePath = new(
        "/" + "work/|/" + "farm/|/" + "home/[a-z]|/" + "tmp/[a-z]|[.]" + "library\\b|[A-Z]:\\\\" + "Users",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    [Fact]
    public void No_file_names_a_path_of_somebodys_machine() =>
        Law.Holds(
            from pattern in KeptFiles
            from file in Repository.Files(".", pattern)
            where Path.GetFileName(file) != "packages.lock.json"
            from line in File.ReadLines(file)
            where MachinePath.IsMatch(line)
            select $"{Repository.Relative(file)}: {line.Trim()}");
}
