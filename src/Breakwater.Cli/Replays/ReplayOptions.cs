using System.CommandLine;
using System.CommandLine.Parsing;
using Breakwater.Adapters.Files;
using Breakwater.Cli.Market;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;

namespace Breakwater.Cli.Replays;

/// <summary>Options of the replay verb besides the market's files.</summary>
internal sealed class ReplayOptions
{
    private const long InstantsMax = 1_000_000; // a replay of a century of hours; more is a slip of the pen

    private readonly Option<string?> _portfolio = new("--portfolio")
    {
        Description = "Portfolio file (JSON), held unchanged at every instant.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _probability = new("--liquidation-probability")
    {
        Description = "Instead of a portfolio: forecasts the liquidation of a fixed list of leveraged positions at "
            + "every instant and compares it with what happened.",
    };

    private readonly Option<Timestamp> _from = Instant("--from", "First instant (ISO 8601, UTC).");
    private readonly Option<Timestamp> _to = Instant("--to", "Last instant (ISO 8601, UTC).");

    private readonly Option<TimeStep> _every = TimeStep.CreateOption("--every", "Time between instants", "mhd");

    private readonly Option<string?> _csv = new("--csv")
    {
        Description = "Writes one row per instant (CSV).",
        HelpName = "FILE",
    };

    private readonly Option<string?> _plot = new("--plot")
    {
        Description = "Draws prices, volatility and margin (SVG).",
        HelpName = "FILE",
    };

    private readonly Option<bool> _maintenanceOnly = new("--maintenance-only")
    {
        Description = "Leaves initial margin out: a third of the time.",
    };

    private readonly Option<int> _threads = ThreadsOption.Create(
        "Instants worked on at once; every number of them gives the same result");

    /// <summary>Adds every option to a verb.</summary>
    public void AddTo(VerbCommand verb)
    {
        foreach (Option option in
            (Option[])[_portfolio, _probability, _from, _to, _every, _maintenanceOnly, _csv, _plot, _threads])
        {
            verb.Options.Add(option);
        }

        verb.Validators.Add(result =>
        {
            if ((result.GetResult(_portfolio) is null) != (result.GetResult(_probability) is { Implicit: false }))
            {
                result.AddError("either --portfolio or --liquidation-probability is needed");
            }

            CheckInstants(result);
        });
    }

    private void CheckInstants(CommandResult result)
    {
        try
        {
            Timestamp from = result.GetValue(_from);
            Timestamp to = result.GetValue(_to);
            long every = (result.GetValue(_every) ?? TimeStep.Hour).Milliseconds;
            if (to < from || to.MillisecondsSince(from) / every >= InstantsMax)
            {
                result.AddError($"--from {from} --to {to}: not 1 to {InstantsMax} instants");
            }
        }
        catch (InvalidOperationException)
        {
            // A value was not understood, which its own parser has said.
        }
    }

    /// <summary>What a command line asks.</summary>
    public ReplayRequest Of(ParseResult parse, MarketFileSelection files) => new(
        files, parse.GetValue(_portfolio), parse.GetRequiredValue(_from), parse.GetRequiredValue(_to),
        parse.GetRequiredValue(_every).Milliseconds, parse.GetValue(_threads), parse.GetValue(_maintenanceOnly),
        parse.GetValue(_csv), parse.GetValue(_plot));

    private static Option<Timestamp> Instant(string name, string description) => new(name)
    {
        CustomParser = MarketOptions.ParseTime,
        Description = description,
        HelpName = "TIME",
        Required = true,
    };
}
