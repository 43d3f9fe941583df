using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Breakwater.Adapters.Files;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;

namespace Breakwater.Cli.Market;

/// <summary>The options that name a market, its time and its parameters; the same for every verb that needs one.
/// </summary>
internal sealed class MarketOptions
{
    /// <summary>Option chain files.</summary>
    public Option<string[]> Chain { get; } = new("--chain")
    {
        Description = "Option chain files (CSV or CSV.gz).",
        HelpName = "FILE…",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Price histories by asset.</summary>
    public Option<string[]> History { get; } = Several(
        "--history", "ASSET=FILE", "Price histories; files of one asset are joined, the later argument wins.");

    /// <summary>Volatility indices by asset.</summary>
    public Option<string[]> VolatilityIndex { get; } = Several(
        "--volatility-index", "ASSET=FILE", "Volatility index files.");

    /// <summary>Futures marks.</summary>
    public Option<string[]> Futures { get; } = Several("--futures", "ASSET=FILE", "Futures marks.");

    /// <summary>Funding rates.</summary>
    public Option<string[]> Funding { get; } = Several("--funding", "ASSET=FILE", "Funding rates.");

    /// <summary>Depth of order books.</summary>
    public Option<string[]> Depth { get; } = Several(
        "--depth", "ASSET=FILE", "Depth of order books by distance, one file per book; books are added up.");

    /// <summary>Executed trades or taker volumes.</summary>
    public Option<string[]> Trades { get; } = Several(
        "--trades", "ASSET=FILE",
        "Executed trades, or bars with taker volume; FILE@10USD where amounts are contracts of 10 USD.");

    /// <summary>Recordings of order books.</summary>
    public Option<string[]> Book { get; } = Several(
        "--book", "ASSET=FILE", "Order-book recordings: changes of levels, and best quotes that check them.");

    /// <summary>The instant to value at.</summary>
    public Option<Timestamp> At { get; } = new("--at")
    {
        CustomParser = ParseTime,
        Description = "Values as of the newest snapshot not after this time (ISO 8601, UTC).",
        HelpName = "TIME",
    };

    /// <summary>Parameter file.</summary>
    public Option<string?> Parameters { get; } = new("--parameters")
    {
        Description = "Parameter file (YAML); without it the newest shipped version, named in the output.",
        HelpName = "FILE",
    };

    /// <summary>Public beacon value of the scenario seed.</summary>
    public Option<ImmutableArray<byte>> Beacon { get; } = new("--beacon")
    {
        CustomParser = ParseBeacon,
        Description = "Public beacon of the scenario seed, 32 bytes in hexadecimal; without it zeros and a finding.",
        HelpName = "HEX",
    };

    /// <summary>Beacon of the day before, for the part of block B that has not rotated yet.</summary>
    public Option<ImmutableArray<byte>> BeaconBefore { get; } = new("--beacon-before")
    {
        CustomParser = ParseBeacon,
        Description = "Beacon of the day before, for the scenarios not yet replaced before 03:30 UTC; likewise.",
        HelpName = "HEX",
    };

    /// <summary>Adds every option to a verb.</summary>
    public void AddTo(VerbCommand verb)
    {
        Chain.Required = true;
        At.Required = true;
        foreach (Option option in
            (Option[])
            [
                Chain, History, VolatilityIndex, Futures, Funding, Depth, Trades, Book, At, Parameters, Beacon,
                BeaconBefore,
            ])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Adds every option that a walk through time needs: no instant, and chains only where there are any.
    /// </summary>
    public void AddForReplayTo(VerbCommand verb)
    {
        Chain.DefaultValueFactory = _ => [];
        History.Required = true;
        foreach (Option option in (Option[])[Chain, History, VolatilityIndex, Futures, Funding, Parameters])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>The files that the options name.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="failures">Takes arguments that name none.</param>
    public MarketFileSelection Selection(ParseResult parse, List<Failure> failures) => new(
        [.. parse.GetValue(Chain)!],
        Files(parse.GetValue(History)!, failures),
        Files(parse.GetValue(VolatilityIndex)!, failures),
        Files(parse.GetValue(Futures)!, failures),
        Files(parse.GetValue(Funding)!, failures));

    /// <summary>The same with executed trades or taker volumes.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="failures">Takes arguments that name none.</param>
    public MarketFileSelection SelectionWithTrades(ParseResult parse, List<Failure> failures) =>
        Selection(parse, failures) with { Trades = Files(parse.GetValue(Trades)!, failures) };

    /// <summary>Reads what the options name; on failure says why and returns the exit code.</summary>
    /// <param name="shell">Where to say why.</param>
    /// <param name="parse">The command line.</param>
    /// <param name="inputs">What was read; <c>null</c> on failure.</param>
    /// <returns><see cref="ExitCode.Done"/> if everything was read.</returns>
    public int Load(Shell shell, ParseResult parse, out MarketInputs? inputs)
    {
        inputs = null;
        List<Failure> failures = [];
        MarketFileSelection selection = Selection(parse, failures) with
        {
            Depths = Files(parse.GetValue(Depth)!, failures),
            Trades = Files(parse.GetValue(Trades)!, failures),
            Books = Files(parse.GetValue(Book)!, failures),
        };
        Result<SnapshotOutcome> outcome = MarketFiles.Load(selection, parse.GetRequiredValue(At));
        Result<RiskParameters> parameters = parse.GetValue(Parameters) is { } file
            ? ParameterFile.Load(file)
            : ParameterFile.LoadNewestShipped();
        failures.AddRange([.. outcome.Failures, .. parameters.Failures]);
        if (failures.Count > 0)
        {
            return Refusals.Print(shell, failures);
        }

        switch (outcome.Value)
        {
            case SnapshotOutcome.Usable usable when Ungoverned(
                CollateralMarkets.Separate(usable.Market, parameters.Value), parameters.Value)
                    is { Count: > 0 } strangers:
                return Refusals.Print(shell, strangers);
            case SnapshotOutcome.Usable usable:
                inputs = new MarketInputs(
                    CollateralMarkets.Separate(usable.Market, parameters.Value), parameters.Value,
                    BeaconOf(parse, Beacon), BeaconOf(parse, BeaconBefore));
                return ExitCode.Done;
            case SnapshotOutcome.Unusable unusable:
                return Refusals.PrintUnusable(shell, unusable.Findings);
            default:
                throw new System.Diagnostics.UnreachableException(outcome.Value.GetType().Name);
        }
    }

    private static ImmutableArray<byte> BeaconOf(ParseResult parse, Option<ImmutableArray<byte>> option) =>
        parse.GetResult(option) is null ? ScenarioSeed.NoBeacon : parse.GetRequiredValue(option);

    /// <summary>Assets of a market that no parameter governs.</summary>
    internal static List<Failure> Ungoverned(MarketSnapshot market, RiskParameters parameters) =>
    [
        .. market.Underlyings.Where(underlying => parameters.Find(underlying.Asset) is null).Select(underlying =>
            new Failure(
                FailureReason.Unknown, "the asset of a market file is not governed by the parameters",
                Value: underlying.Asset.Name,
                Limit: string.Join(' ', parameters.Underlyings.Select(governed => governed.Asset.Name)
                    .Concat(parameters.CollateralAssets.Select(governed => governed.Asset.Name))))),
    ];

    /// <summary>Files about assets that arguments name.</summary>
    /// <param name="arguments">Arguments <c>ASSET=FILE</c>.</param>
    /// <param name="failures">Takes arguments that name none.</param>
    internal static ImmutableArray<AssetFile> Files(string[] arguments, List<Failure> failures)
    {
        ImmutableArray<AssetFile>.Builder files = ImmutableArray.CreateBuilder<AssetFile>();
        foreach (string argument in arguments)
        {
            Result<AssetFile> file = AssetFile.Parse(argument);
            failures.AddRange(file.Failures);
            if (file.IsAccepted)
            {
                files.Add(file.Value);
            }
        }

        return files.ToImmutable();
    }

    /// <summary>Reads an instant, or says what is wrong with it.</summary>
    internal static Timestamp ParseTime(ArgumentResult argument)
    {
        if (!Timestamp.TryParse(argument.Tokens[0].Value, out Timestamp time))
        {
            argument.AddError($"{(argument.Parent as OptionResult)?.Option.Name}: '{argument.Tokens[0].Value}' is no "
                + "time such as 2026-02-05T09:40:00Z");
        }

        return time;
    }

    private static ImmutableArray<byte> ParseBeacon(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        string digits = text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text;
        if (digits.Length == 2 * ScenarioSeed.BeaconBytes && digits.All(char.IsAsciiHexDigit))
        {
            return [.. Convert.FromHexString(digits)];
        }

        argument.AddError(
            $"{(argument.Parent as OptionResult)?.Option.Name}: '{text}' is not {ScenarioSeed.BeaconBytes} bytes "
                + $"in hexadecimal");
        return ScenarioSeed.NoBeacon;
    }

    private static Option<string[]> Several(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName + "…",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };
}
