using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Breakwater.Adapters.Feeds.Binance;
using Breakwater.Cli.Market;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;
using Breakwater.Server.Live;

namespace Breakwater.Cli.Feeds;

/// <summary>Options of <c>serve</c> that name live venues in place of a recorded market.</summary>
internal sealed class LiveOptions
{
    private const string DeribitName = "deribit";
    private const string FuturesName = "binance";
    private const string SpotName = "binance-spot";
    private const string QuarantineName = "quarantine";

    private static readonly ImmutableArray<string> UnderlyingsUsual = ["BTC", "ETH"];

    private readonly Option<string[]> _live = new("--live")
    {
        Description = "Listens to venues instead of replaying files: deribit, binance, binance-spot, at their public "
            + "addresses or at deribit=WEBSOCKET, binance=STREAM,SNAPSHOTS. The index of an underlying needs three of "
            + "them.",
        HelpName = "VENUE…",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _underlyings = new("--underlyings")
    {
        Description = "Underlyings that are listened to; without it BTC and ETH.",
        HelpName = "ASSET…",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Adds the options; what a replay requires is not required with them.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="from">Option of the beginning of recorded time.</param>
    /// <param name="to">Option of its end.</param>
    /// <param name="market">Options of files.</param>
    internal void AddTo(VerbCommand verb, Option from, Option to, MarketOptions market)
    {
        verb.Options.Add(_live);
        verb.Options.Add(_underlyings);
        market.History.Required = false;
        market.History.DefaultValueFactory = _ => [];
        verb.Validators.Add(result =>
        {
            bool isLive = Has(result, _live);
            foreach (Option needed in (Option[])[from, to, market.History, market.Chain])
            {
                if (!isLive && !Has(result, needed)) result.AddError($"{needed.Name} is missing, or --live");
            }

            foreach (Option other in (Option[])[from, to, market.Chain])
            {
                if (isLive && Has(result, other)) result.AddError($"{other.Name} and --live exclude each other");
            }

            foreach (string own in result.GetValue(_live) ?? [])
            {
                if (!IsKnown(own)) result.AddError($"--live: '{own}' names no venue such as {DeribitName}");
            }

            foreach (string own in result.GetValue(_underlyings) ?? [])
            {
                if (!AssetId.TryOf(own, out _)) result.AddError($"--underlyings: '{own}' is no asset such as BTC");
            }
        });
    }

    /// <summary>What is listened to; <c>null</c>: nothing.</summary>
    /// <param name="parse">The command line, valid.</param>
    /// <param name="dataFolder">Folder beside whose journal refused inputs are kept.</param>
    internal LiveSelection? Selection(ParseResult parse, string dataFolder)
    {
        string[] venues = parse.GetValue(_live)!; // it has a default
        if (venues.Length == 0) return null;
        ImmutableArray<AssetId> underlyings =
            [.. (parse.GetValue(_underlyings) is { Length: > 0 } named ? [.. named] : UnderlyingsUsual)
                .Select(AssetId.Of).Distinct().Order()];
        return new LiveSelection(
            underlyings,
            [
                .. Addresses(venues, DeribitName, "wss://www.deribit.com/ws/api/v2")
                    .Select(own => LiveSelection.DeribitOf(own[0], underlyings)),
            ],
            [
                .. Addresses(
                    venues, FuturesName, "wss://fstream.binance.com/stream,https://fapi.binance.com/fapi/v1/depth")
                    .Select(own => LiveSelection.BinanceOf(BinanceMarketKind.Futures, own[0], own[1], underlyings)),
                .. Addresses(
                    venues, SpotName, "wss://stream.binance.com:9443/stream,https://api.binance.com/api/v3/depth")
                    .Select(own => LiveSelection.BinanceOf(BinanceMarketKind.Spot, own[0], own[1], underlyings)),
            ])
        {
            QuarantineFolder = Path.Combine(dataFolder, QuarantineName),
        };
    }

    private static IEnumerable<Uri[]> Addresses(string[] venues, string name, string shipped) =>
        venues.Where(own => NameOf(own) == name).Take(1)
            .Select(own => own.Contains('=', StringComparison.Ordinal) ? own[(name.Length + 1)..] : shipped)
            .Select(static own => own.Split(',').Select(static part => new Uri(part)).ToArray());

    private static bool IsKnown(string venue)
    {
        int count = NameOf(venue) switch
        {
            DeribitName => 1,
            FuturesName or SpotName => 2,
            _ => 0,
        };
        if (!venue.Contains('=', StringComparison.Ordinal)) return count > 0;
        string[] parts = venue[(NameOf(venue).Length + 1)..].Split(',');
        return parts.Length == count && IsAddress(parts[0], "ws")
            && parts[1..].All(static own => IsAddress(own, "http"));
    }

    // Plain or over TLS.
    private static bool IsAddress(string text, string scheme) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && (address.Scheme == scheme || address.Scheme == scheme + "s");

    private static string NameOf(string venue) => venue.Split('=')[0];

    private static bool Has(CommandResult result, Option option) =>
        result.GetResult(option) is { Implicit: false };
}
