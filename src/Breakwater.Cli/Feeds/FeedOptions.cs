using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Feeds.Deribit;
using Breakwater.Adapters.Feeds.Recorded;
using Breakwater.Adapters.Files;
using Breakwater.Cli.Market;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;

namespace Breakwater.Cli.Feeds;

/// <summary>Options of the verb <c>feed</c>: recordings, or a live venue.</summary>
internal sealed class FeedOptions
{
    private const int SecondsUsual = 10;
    private const int SecondsMax = 86_400; // a day: the venue ends connections then

    private static readonly Timestamp Always = Timestamp.Parse("2100-01-01");

    private readonly Option<string[]> _chain = Several("--chain", "FILE", "Recorded option chains.");
    private readonly Option<string[]> _history = Several("--history", "ASSET=FILE", "Price histories.");

    private readonly Option<string[]> _volatilityIndex = Several(
        "--volatility-index", "ASSET=FILE", "Volatility indices.");

    private readonly Option<string[]> _book = Several(
        "--book", "INSTRUMENT=FILE", "Order-book recordings and best quotes.");

    private readonly Option<string[]> _trades = Several("--trades", "INSTRUMENT=FILE", "Executed trades.");
    private readonly Option<Timestamp> _from = Time("--from", "Nothing recorded earlier is replayed.");
    private readonly Option<Timestamp> _until = Time("--until", "Nothing recorded later is replayed.");

    private readonly Option<ReplaySpeed> _speed = new("--speed")
    {
        CustomParser = ParseSpeed,
        Description = "Recorded seconds per second; without it as fast as it can be read.",
        HelpName = "FACTOR",
    };

    private readonly Option<Uri?> _deribit = new("--deribit")
    {
        CustomParser = ParseAddress,
        Description = "Listens to Deribit's public WebSocket at this address instead, such as "
            + "wss://www.deribit.com/ws/api/v2.",
        HelpName = "ADDRESS",
    };

    private readonly Option<string[]> _instrument = Several(
        "--instrument", "NAME", "Instruments to listen to: quotes, book and trades.");

    private readonly Option<int> _seconds = NumberOption.Count(
        "--seconds", "How long to listen to a venue, seconds", SecondsUsual, SecondsMax);

    private readonly Option<string?> _quarantine = new("--quarantine")
    {
        Description = "Folder in which refused inputs are kept.",
        HelpName = "FOLDER",
    };

    /// <summary>Folder in which refused inputs are kept; <c>null</c> keeps none.</summary>
    /// <param name="parse">The command line.</param>
    public string? Quarantine(ParseResult parse) => parse.GetValue(_quarantine);

    /// <summary>How long a live venue is listened to.</summary>
    /// <param name="parse">The command line.</param>
    public TimeSpan Duration(ParseResult parse) => TimeSpan.FromSeconds(parse.GetValue(_seconds));

    /// <summary>Whether a live venue is listened to.</summary>
    /// <param name="parse">The command line.</param>
    public bool IsLive(ParseResult parse) => parse.GetValue(_deribit) is not null;

    /// <summary>Adds every option to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(VerbCommand verb)
    {
        foreach (Option option in (Option[])
            [
                _chain, _history, _volatilityIndex, _book, _trades, _from, _until, _speed, _deribit, _instrument,
                _seconds, _quarantine,
            ])
        {
            verb.Options.Add(option);
        }

        verb.Validators.Add(result =>
        {
            Option[] sources = [_deribit, _chain, _history, _volatilityIndex, _book, _trades];
            if (sources.All(source => result.GetResult(source) is null or { Implicit: true }))
            {
                result.AddError("a recording is missing, or --deribit");
            }
        });
    }

    /// <summary>The feed that the options name.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="ledger">Where it is counted.</param>
    public Result<IMarketFeed> Feed(ParseResult parse, FeedLedger ledger)
    {
        List<Failure> failures = [];
        if (parse.GetValue(_deribit) is { } address)
        {
            ImmutableArray<Instrument> instruments =
                [.. parse.GetValue(_instrument)!.Select(name => Parsed(name, failures)).OfType<Instrument>()];
            return failures.Count > 0
                ? Result<IMarketFeed>.Refused(failures)
                : Result<IMarketFeed>.Accepted(DeribitFeed.Of(
                    new DeribitSettings(address)
                    {
                        Underlyings = [.. instruments.Select(instrument => instrument.Underlying).Distinct()],
                        Quotes = instruments,
                        Books = instruments,
                        Trades = instruments,
                    },
                    ledger, TimeProvider.System));
        }

        RecordedSelection selection = new(parse.GetResult(_until) is null ? Always : parse.GetValue(_until))
        {
            From = parse.GetValue(_from),
            Chains = [.. parse.GetValue(_chain)!],
            Histories = MarketOptions.Files(parse.GetValue(_history)!, failures),
            VolatilityIndices = MarketOptions.Files(parse.GetValue(_volatilityIndex)!, failures),
            Books = Files(parse.GetValue(_book)!, failures),
            Trades = Files(parse.GetValue(_trades)!, failures),
        };
        Result<RecordedFeed> feed = RecordedFeed.Open(selection, ledger, parse.GetValue(_speed), TimeProvider.System);
        failures.AddRange(feed.Failures);
        return failures.Count > 0
            ? Result<IMarketFeed>.Refused(failures)
            : Result<IMarketFeed>.Accepted(feed.Value);
    }

    private static ImmutableArray<RecordedFile> Files(string[] arguments, List<Failure> failures)
    {
        ImmutableArray<RecordedFile>.Builder files = ImmutableArray.CreateBuilder<RecordedFile>();
        foreach (string argument in arguments)
        {
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (Parsed(argument[..Math.Max(equals, 0)], failures) is { } instrument)
            {
                files.Add(new RecordedFile(instrument, argument[(equals + 1)..]));
            }
        }

        return files.ToImmutable();
    }

    private static Instrument? Parsed(string name, List<Failure> failures)
    {
        if (!InstrumentName.TryParse(name, out Instrument? instrument))
        {
            failures.Add(new Failure(
                FailureReason.UnknownInstrument, "the argument names no instrument", Value: name,
                Limit: "such as BTC-PERPETUAL"));
        }

        return instrument;
    }

    private static ReplaySpeed ParseSpeed(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (StrictNumber.TryDouble(text, out double factor) && factor > 0d)
        {
            return ReplaySpeed.Times(factor);
        }

        argument.AddError($"--speed: '{text}' is no number above 0");
        return ReplaySpeed.Fastest;
    }

    private static Uri? ParseAddress(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "ws" or "wss")
        {
            return address;
        }

        argument.AddError($"--deribit: '{text}' is no ws or wss address");
        return null;
    }

    private static Option<Timestamp> Time(string name, string description) => new(name)
    {
        CustomParser = MarketOptions.ParseTime,
        Description = description + " (ISO 8601, UTC).",
        HelpName = "TIME",
    };

    private static Option<string[]> Several(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName + "…",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };
}
