using System.Collections.Immutable;
using System.CommandLine;
using Breakwater.Adapters.Files;
using Breakwater.Cli.Plots;
using Breakwater.Cli.Reports;
using Breakwater.Cli.Terminal;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Cli.Verbs;

/// <summary><c>haircuts</c>: collateral haircuts through time, part by part, computed and in effect.</summary>
internal static class HaircutsVerb
{
    private const string ExampleArguments =
        "haircuts --history BTC=samples/market/binance_btcusdt_1h.csv.gz ETH=samples/market/binance_ethusdt_1h.csv.gz "
        + "--from 2026-02-04T00:00:00Z --to 2026-02-05T09:00:00Z --every 3h --unrevalued";

    private static readonly Option<string[]> History = Files("--history", "Price histories of collateral assets.");
    private static readonly Option<string[]> Peg = Files(
        "--peg-history", "Price histories of what they are pegged to.");
    private static readonly Option<Timestamp> From = Time("--from", "First time (ISO 8601, UTC).");
    private static readonly Option<Timestamp> To = Time("--to", "Last time; no later row is read.");

    private static readonly Option<TimeStep> Every = TimeStep.CreateOption("--every", "Step", "hd");

    private static readonly Option<decimal> Holding = new("--holding")
    {
        Description = "Balance whose sale makes h_liq, USD before haircut.",
        HelpName = "USD",
        DefaultValueFactory = _ => 1_000_000m,
    };

    private static readonly Option<bool> Unrevalued = new("--unrevalued")
    {
        Description = "Takes every asset as one that no scenario revalues: h_mkt and class bounds count.",
    };

    private static readonly Option<string?> Parameters = new("--parameters")
    {
        Description = "Parameter file (YAML); without it the newest shipped version.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Plot = new("--plot")
    {
        Description = "Draws the paths (SVG).",
        HelpName = "FILE",
    };

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "haircuts", "Collateral haircuts through time: every part, computed and in effect.", ExampleArguments);
        foreach (Option option in
            (Option[])[History, Peg, From, To, Every, Holding, Unrevalued, Parameters, Plot])
        {
            verb.Options.Add(option);
        }

        verb.Does(Run);
        return verb;
    }

    private static int Run(Shell shell, ParseResult parse)
    {
        List<Failure> failures = [];
        Timestamp to = parse.GetRequiredValue(To);
        ImmutableArray<UnderlyingObservations> seen = Read(parse.GetValue(History)!, to, failures);
        ImmutableArray<UnderlyingObservations> pegs = Read(parse.GetValue(Peg)!, to, failures);
        Result<RiskParameters> parameters = parse.GetValue(Parameters) is { } file
            ? ParameterFile.Load(file)
            : ParameterFile.LoadNewestShipped();
        failures.AddRange(parameters.Failures);
        if (parse.GetRequiredValue(From) > to || parse.GetValue(Holding) < 0)
        {
            failures.Add(new Failure(
                FailureReason.OutOfRange, "--from lies after --to, or --holding is negative",
                Value: $"{parse.GetRequiredValue(From)}, {parse.GetValue(Holding)}"));
        }

        if (failures.Count > 0)
        {
            return Refusals.Print(shell, failures);
        }

        failures.AddRange(Ungoverned(seen, pegs, parameters.Value));
        return failures.Count > 0
            ? Refusals.Print(shell, failures)
            : Show(shell, parse, Paths(shell, parse, seen, pegs, parameters.Value), parameters.Value);
    }

    private static ImmutableArray<HaircutView> Paths(
        Shell shell,
        ParseResult parse,
        ImmutableArray<UnderlyingObservations> seen,
        ImmutableArray<UnderlyingObservations> pegs,
        RiskParameters parameters)
    {
        using Progress progress = new(shell);
        ImmutableArray<HaircutView>.Builder views = ImmutableArray.CreateBuilder<HaircutView>();
        foreach (UnderlyingObservations own in seen)
        {
            progress.Step($"haircuts: {own.Asset}");
            AssetId? peg = parameters.FindCollateral(own.Asset)?.Underlying;
            bool isRevalued = !parse.GetValue(Unrevalued) && parameters.MovedBy(own.Asset) is not null;
            HaircutSubject subject = new(
                MarketOf(own, parse.GetRequiredValue(To)),
                peg is { } name ? MarketOf(pegs.First(other => other.Asset == name), parse.GetRequiredValue(To)).Prices
                    : PriceHistory.Empty,
                isRevalued,
                (Int128)(parse.GetValue(Holding) * 1_000_000m));
            views.Add(new HaircutView(own.Asset, isRevalued, HaircutPath.Of(
                subject, parse.GetRequiredValue(From), parse.GetRequiredValue(To),
                parse.GetRequiredValue(Every).Milliseconds, parameters)));
        }

        return views.ToImmutable();
    }

    private static int Show(
        Shell shell, ParseResult parse, ImmutableArray<HaircutView> views, RiskParameters parameters)
    {
        if (parse.GetValue(Plot) is { } path && OutputFile.TryWrite(path, HaircutPlot.Draw(views)) is { } failure)
        {
            return Refusals.Print(shell, [failure]);
        }

        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() => HaircutReport.Write(json, views, parameters)));
        }
        else
        {
            HaircutReport.Write(shell.Output, views, parameters);
        }

        return ExitCode.Done;
    }

    private static UnderlyingMarket MarketOf(UnderlyingObservations seen, Timestamp to) =>
        SnapshotAssembly.Build(new MarketObservations(to, [seen])) is SnapshotOutcome.Usable usable
            ? usable.Market.Underlyings[0]
            : new UnderlyingMarket(seen.Asset, to, 1d, [], [], null, null, PriceHistory.Empty, []);

    private static IEnumerable<Failure> Ungoverned(
        ImmutableArray<UnderlyingObservations> seen, ImmutableArray<UnderlyingObservations> pegs,
        RiskParameters parameters)
    {
        foreach (AssetId asset in seen.Select(static own => own.Asset))
        {
            if (parameters.TokenDecimalsOf(asset) is null)
            {
                yield return new Failure(
                    FailureReason.Unknown, "the asset is not governed by the parameters", Value: asset.Name);
            }
            else if (parameters.FindCollateral(asset)?.Underlying is { } peg && pegs.All(own => own.Asset != peg))
            {
                yield return new Failure(
                    FailureReason.Missing, $"{asset} is pegged to {peg}, of which there is no --peg-history",
                    Value: asset.Name);
            }
        }
    }

    private static ImmutableArray<UnderlyingObservations> Read(string[] arguments, Timestamp to, List<Failure> failures)
    {
        ImmutableArray<Result<AssetFile>> files = [.. arguments.Select(AssetFile.Parse)];
        failures.AddRange(files.SelectMany(static file => file.Failures));
        MarketFileSelection selection = new(
            [], [.. files.Where(static file => file.IsAccepted).Select(static file => file.Value)], [], [], []);
        Result<MarketObservations> read = MarketFiles.Read(selection, to);
        failures.AddRange(read.Failures);
        return read.IsAccepted ? read.Value.Underlyings : [];
    }

    private static Option<string[]> Files(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "ASSET=FILE…",
        AllowMultipleArgumentsPerToken = true,
        Required = name == "--history",
        DefaultValueFactory = name == "--history" ? null : _ => [],
    };

    private static Option<Timestamp> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        Required = true,
        CustomParser = argument =>
        {
            if (!Timestamp.TryParse(argument.Tokens[0].Value, out Timestamp time))
            {
                argument.AddError($"{name}: '{argument.Tokens[0].Value}' is no time such as 2026-02-05T09:40:00Z");
            }

            return time;
        },
    };
}
