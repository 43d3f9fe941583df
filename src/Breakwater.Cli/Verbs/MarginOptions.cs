using System.CommandLine;
using Breakwater.Cli.Market;
using Breakwater.Cli.Terminal;
using Breakwater.Collateral;

namespace Breakwater.Cli.Verbs;

/// <summary>What one margin command asks besides its market.</summary>
/// <param name="PortfolioPath">Portfolio file.</param>
/// <param name="OrdersPath">Orders file of a what-if question; <c>null</c> if none.</param>
/// <param name="IsExplained">Whether to explain.</param>
/// <param name="ThreadCount">Threads that revalue at once; ≥ 1.</param>
internal sealed record MarginRequest(string PortfolioPath, string? OrdersPath, bool IsExplained, int ThreadCount)
{
    /// <summary>What all accounts hold together as collateral.</summary>
    public ProtocolHoldings Protocol { get; init; } = ProtocolHoldings.Neutral;

    /// <summary>File for the drawing of the liquidation surface; <c>null</c> if none.</summary>
    public string? PlotPath { get; init; }

    /// <summary>File for its numbers; <c>null</c> if none.</summary>
    public string? PlotCsvPath { get; init; }
}

/// <summary>Options of the margin verb besides those of the market.</summary>
internal sealed class MarginOptions
{
    private readonly Option<string> _portfolio = new("--portfolio")
    {
        Description = "Portfolio file (JSON): collateral and positions.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<bool> _explain = new("--explain")
    {
        Description = "Adds what made every number: parts of lines, both cores, multipliers, underlyings, "
            + "contributions, haircut parts, worst scenarios, sensitivities, factors, what each position adds, "
            + "probability of liquidation with its prices, cheapest cures of a shortfall, decay.",
    };

    private readonly Option<string?> _whatIf = new("--what-if")
    {
        Description = "Orders file (JSON), also with collateral and moves of the market: shows the margin before and "
            + "after, and the change, to the last unit.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _plot = new("--plot")
    {
        Description = "Draws the margin ratio over spot and implied volatility, one panel per underlying (SVG).",
        HelpName = "FILE",
    };

    private readonly Option<string?> _plotCsv = new("--plot-csv")
    {
        Description = "Writes the numbers of that drawing, one row per point (CSV).",
        HelpName = "FILE",
    };

    private readonly Option<ProtocolHoldings?> _protocol = ProtocolHoldingOption.Create();

    private readonly Option<int> _threads = ThreadsOption.Create(
        "Threads that revalue at once; every number of them gives the same report");

    /// <summary>Adds every option to a verb.</summary>
    public void AddTo(VerbCommand verb)
    {
        verb.Options.Add(_portfolio);
        verb.Options.Add(_explain);
        verb.Options.Add(_whatIf);
        verb.Options.Add(_plot);
        verb.Options.Add(_plotCsv);
        verb.Options.Add(_protocol);
        verb.Options.Add(_threads);
    }

    /// <summary>What a command line asks.</summary>
    public MarginRequest Of(ParseResult parse) => new(
        parse.GetRequiredValue(_portfolio), parse.GetValue(_whatIf), parse.GetValue(_explain), parse.GetValue(
            _threads))
    {
        Protocol = parse.GetValue(_protocol) ?? ProtocolHoldings.Neutral,
        PlotPath = parse.GetValue(_plot),
        PlotCsvPath = parse.GetValue(_plotCsv),
    };
}
