using System.CommandLine;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Market;

/// <summary>The options that name a market, its time and its parameters; the same for every verb that needs one.
/// </summary>
internal sealed class MarketOptions
{
    /// <summary>Option chain files.</summary>
    public Option<string[]> Chain { get; } = Several("--chain", "FILE", "Option chain files (CSV or CSV.gz).");

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

    /// <summary>The instant to value at.</summary>
    public Option<string?> At { get; } = new("--at")
    {
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
    public Option<string?> Beacon { get; } = new("--beacon")
    {
        Description = "Public beacon of the scenario seed, 32 bytes in hexadecimal; without it zeros and a finding.",
        HelpName = "HEX",
    };

    /// <summary>Adds every option to a verb.</summary>
    public void AddTo(VerbCommand verb)
    {
        Chain.Required = true;
        At.Required = true;
        foreach (Option option in (Option[])[Chain, History, VolatilityIndex, Futures, Funding, At, Parameters, Beacon])
        {
            verb.Options.Add(option);
        }
    }

    private static Option<string[]> Several(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName + "…",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };
}
