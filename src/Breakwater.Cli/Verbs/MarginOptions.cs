using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Verbs;

/// <summary>What one margin command asks besides its market.</summary>
/// <param name="PortfolioPath">Portfolio file.</param>
/// <param name="OrdersPath">Orders file of a what-if question; <c>null</c> if none.</param>
/// <param name="IsExplained">Whether to explain.</param>
/// <param name="ThreadCount">Threads that revalue at once; ≥ 1.</param>
internal sealed record MarginRequest(string PortfolioPath, string? OrdersPath, bool IsExplained, int ThreadCount);

/// <summary>Options of the margin verb besides those of the market.</summary>
internal sealed class MarginOptions
{
    private const int ThreadsMax = 256;

    private readonly Option<string> _portfolio = new("--portfolio")
    {
        Description = "Portfolio file (JSON): collateral and positions.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<bool> _explain = new("--explain")
    {
        Description = "Adds contributions, both cores, worst scenarios and sensitivities.",
    };

    private readonly Option<string?> _whatIf = new("--what-if")
    {
        Description = "Orders file (JSON): shows the margin before and after they are filled.",
        HelpName = "FILE",
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads that revalue at once; every number of them gives the same report.",
        HelpName = "N",
        DefaultValueFactory = _ => Math.Min(Environment.ProcessorCount, ThreadsMax),
        CustomParser = ParseThreads,
    };

    /// <summary>Adds every option to a verb.</summary>
    public void AddTo(VerbCommand verb)
    {
        verb.Options.Add(_portfolio);
        verb.Options.Add(_explain);
        verb.Options.Add(_whatIf);
        verb.Options.Add(_threads);
    }

    /// <summary>What a command line asks.</summary>
    public MarginRequest Of(ParseResult parse) => new(
        parse.GetRequiredValue(_portfolio), parse.GetValue(_whatIf), parse.GetValue(_explain), parse.GetValue(
            _threads));

    private static int ParseThreads(ArgumentResult argument)
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
