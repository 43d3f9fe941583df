using System.CommandLine;
using Breakwater.Cli.Market;
using Breakwater.Cli.Reports;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Verbs;

/// <summary><c>scenarios</c>: builds both scenario sets and describes them.</summary>
internal static class ScenariosVerb
{
    private const string ExampleArguments =
        "scenarios --chain samples/market/deribit_btc_chain.csv.gz samples/market/deribit_eth_chain.csv.gz "
        + "--history BTC=samples/market/btcusd_1d.csv.gz BTC=samples/market/binance_btcusdt_1h.csv.gz "
        + "ETH=samples/market/ethusd_1d.csv.gz ETH=samples/market/binance_ethusdt_1h.csv.gz "
        + "--volatility-index BTC=samples/market/deribit_btc_dvol_1h.csv.gz --at 2026-02-05T09:37:00Z";

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "scenarios",
            "Builds the scenario sets of both horizons: digest, blocks, weights, moments, correlation.",
            ExampleArguments);
        MarketOptions market = new();
        market.AddTo(verb);
        Option<string?> file = new("--out")
        {
            Description = "Writes both sets whole, in the format of docs/methodology/scenario-seed.md (CSV).",
            HelpName = "FILE",
        };
        verb.Options.Add(file);
        verb.Does((shell, parse) =>
        {
            int code = market.Load(shell, parse, out MarketInputs? inputs);
            return inputs is null ? code : Run(shell, inputs, parse.GetValue(file));
        });
        return verb;
    }

    private static int Run(Shell shell, MarketInputs inputs, string? path)
    {
        ScenariosView view;
        using (Progress progress = new(shell))
        {
            ValuedMarket valued = ValuedMarket.Of(inputs, progress);
            view = new ScenariosView(valued.Explained, [.. valued.Findings]);
        }

        if (path is not null && OutputFile.TryWrite(path, ScenariosFile.Text(view.Sets)) is { } failure)
        {
            return Refusals.Print(shell, [failure]);
        }

        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() => ScenariosJson.Write(json, view)));
        }
        else
        {
            ScenariosTables.Write(shell.Output, view);
        }

        return ExitCode.Done;
    }
}
