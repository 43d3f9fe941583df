using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Breakwater.Cli.Terminal;

/// <summary>The option <c>--threads</c>: the same for every verb that can work on several.</summary>
internal static class ThreadsOption
{
    private const int ThreadsMax = 256;

    /// <summary>The option; as many threads as processors by default.</summary>
    /// <param name="description">What is shared among the threads.</param>
    public static Option<int> Create(string description) => Create(description, Environment.ProcessorCount);

    /// <summary>The option of a verb that answers others while it works: a processor is left to them by default.
    /// </summary>
    /// <param name="description">What is shared among the threads.</param>
    public static Option<int> CreateBesideAnswers(string description) =>
        Create(description, Math.Max(1, Environment.ProcessorCount - 1));

    private static Option<int> Create(string description, int shipped) => new("--threads")
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => Math.Min(shipped, ThreadsMax),
        CustomParser = Parse,
    };

    private static int Parse(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is >= 1 and <= ThreadsMax)
        {
            return count;
        }

        argument.AddError($"--threads: '{text}' is no number from 1 to {ThreadsMax}");
        return 1;
    }
}
