using System.Collections.Immutable;
using Breakwater.Adapters.Files;
using Breakwater.Cli.Market;
using Breakwater.Cli.Plots;
using Breakwater.Cli.Replays;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Cli.Verbs;

/// <summary><c>replay</c>: the margin of one portfolio through recorded time, with and without the anti-procyclical
/// rules.</summary>
internal static class ReplayVerb
{
    private const string ExampleArguments =
        "replay --history BTC=samples/market/btcusd_1d.csv.gz BTC=samples/market/binance_btcusdt_1h.csv.gz "
        + "--portfolio samples/portfolios/leveraged-perpetual.json "
        + "--from 2026-02-04T00:00:00Z --to 2026-02-05T08:00:00Z --every 4h --plot replay.svg";

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "replay",
            "Walks a portfolio through recorded time: margin computed and in effect, and how procyclical it was.",
            ExampleArguments);
        MarketOptions market = new();
        market.AddForReplayTo(verb);
        ReplayOptions options = new();
        options.AddTo(verb);
        verb.Does((shell, parse) =>
        {
            List<Failure> failures = [];
            MarketFileSelection files = market.Selection(parse, failures);
            Result<RiskParameters> parameters = parse.GetValue(market.Parameters) is { } file
                ? ParameterFile.Load(file)
                : ParameterFile.LoadNewestShipped();
            failures.AddRange(parameters.Failures);
            return failures.Count > 0
                ? Refusals.Print(shell, failures)
                : Run(shell, options.Of(parse, files), parameters.Value);
        });
        return verb;
    }

    private static int Run(Shell shell, ReplayRequest request, RiskParameters parameters) =>
        request.PortfolioPath is null ? Study(shell, request, parameters) : Walk(shell, request, parameters);

    private static int Study(Shell shell, ReplayRequest request, RiskParameters parameters)
    {
        Result<ImmutableArray<PassageOutcome>> outcomes;
        using (Progress progress = new(shell))
        {
            outcomes = PassageStudy.Of(request, parameters, progress);
        }

        if (!outcomes.IsAccepted)
        {
            return Refusals.Print(shell, outcomes.Failures);
        }

        if (shell.IsJson)
        {
            JsonOutput.Write(
                shell.Output, json => json.Object(() => PassageCalibration.WriteJson(json, outcomes.Value)));
        }
        else
        {
            PassageCalibration.WriteTables(shell.Output, outcomes.Value);
        }

        return ExitCode.Done;
    }

    private static int Walk(Shell shell, ReplayRequest request, RiskParameters parameters)
    {
        Result<ReplayRun> run;
        using (Progress progress = new(shell))
        {
            run = ReplayRun.Of(request, parameters, progress);
        }

        if (!run.IsAccepted)
        {
            return Refusals.Print(shell, run.Failures);
        }

        List<Failure> unwritten = [];
        if (request.CsvPath is { } csv && OutputFile.TryWrite(csv, ReplayCsv.Text(run.Value)) is { } first)
        {
            unwritten.Add(first);
        }

        if (request.PlotPath is { } plot && OutputFile.TryWrite(plot, ReplayPlot.Draw(run.Value)) is { } second)
        {
            unwritten.Add(second);
        }

        if (unwritten.Count > 0)
        {
            return Refusals.Print(shell, unwritten);
        }

        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() => ReplayJson.Write(json, run.Value)));
        }
        else
        {
            ReplayTables.Write(shell.Output, run.Value);
        }

        return ExitCode.Done;
    }
}
