using System.CommandLine;

namespace Breakwater.Cli.Terminal;

/// <summary>The option <c>--threads</c>: the same for every verb that can work on several.</summary>
internal static class ThreadsOption
{
    private const int ThreadsMax = 256;

    /// <summary>The option; as many threads as processors by default.</summary>
    /// <param name="description">What is shared among the threads; the bounds are added.</param>
    public static Option<int> Create(string description) => Create(description, Environment.ProcessorCount);

    /// <summary>The option of a verb that answers others while it works: a processor is left to them by default.
    /// </summary>
    /// <param name="description">What is shared among the threads; the bounds are added.</param>
    public static Option<int> CreateBesideAnswers(string description) =>
        Create(description, Math.Max(1, Environment.ProcessorCount - 1));

    private static Option<int> Create(string description, int shipped) =>
        NumberOption.Count("--threads", description, Math.Min(shipped, ThreadsMax), ThreadsMax);
}
