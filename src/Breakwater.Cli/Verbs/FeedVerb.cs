using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Breakwater.Adapters.Feeds;
using Breakwater.Cli.Feeds;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;

namespace Breakwater.Cli.Verbs;

/// <summary><c>feed</c>: replays recordings, or listens to a live venue, through the checks of all feeds, and says what
/// was delivered and what was refused.</summary>
internal static class FeedVerb
{
    private const string ExampleArguments =
        "feed --chain samples/market/deribit_btc_chain.csv.gz "
        + "--book BTC_USDC-PERPETUAL=samples/market/binance_btcusdt_perp_depth.csv.gz "
        + "--trades BTC_USDC-PERPETUAL=samples/market/binance_btcusdt_perp_trades.csv.gz";

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "feed",
            "Replays recorded market data at any speed, or listens to a live venue, and counts what is refused.",
            ExampleArguments);
        FeedOptions options = new();
        options.AddTo(verb);
        verb.Does((shell, parse) => Run(shell, options, parse));
        return verb;
    }

    private static int Run(Shell shell, FeedOptions options, ParseResult parse)
    {
        Quarantine? quarantine = null;
        try
        {
            quarantine = options.Quarantine(parse) is { } folder ? Quarantine.Open(folder) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refusals.Print(
                shell, [new Failure(FailureReason.Unreadable, exception.Message, options.Quarantine(parse)!)]);
        }

        using (quarantine)
        {
            FeedLedger ledger = new(TimeProvider.System, quarantine);
            Result<IMarketFeed> feed = options.Feed(parse, ledger);
            return feed.IsAccepted
                ? Read(shell, feed.Value, ledger, options.IsLive(parse) ? options.Duration(parse) : null)
                : Refusals.Print(shell, feed.Failures);
        }
    }

    private static int Read(Shell shell, IMarketFeed feed, FeedLedger ledger, TimeSpan? limit)
    {
        FeedSummary summary = new();
        Stopwatch clock = Stopwatch.StartNew();
        using (Progress progress = new(shell))
        {
            ReadAsync(feed, summary, progress, limit).GetAwaiter().GetResult();
        }

        shell.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{summary.Count} messages in {clock.Elapsed.TotalSeconds:0.00} s"));
        if (shell.IsJson)
        {
            JsonOutput.Write(
                shell.Output, json => json.Object(() => FeedReport.WriteJson(json, summary, ledger.Refusals)));
        }
        else
        {
            FeedReport.WriteTables(shell.Output, summary, ledger.Refusals);
        }

        return ExitCode.Done;
    }

    private static async Task ReadAsync(IMarketFeed feed, FeedSummary summary, Progress progress, TimeSpan? limit)
    {
        using CancellationTokenSource cancel = new();
        if (limit is { } known)
        {
            cancel.CancelAfter(known);
        }

        await foreach (FeedMessage message in feed.ReadAsync(cancel.Token).ConfigureAwait(false))
        {
            summary.Take(message);
            if (summary.Count % 1_000 == 0 || limit is not null)
            {
                progress.Step($"{summary.Count} messages, {summary.Last}");
            }
        }
    }
}
