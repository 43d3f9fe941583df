using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Breakwater.Adapters.Files;
using Breakwater.Cli.Feeds;
using Breakwater.Cli.Market;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Server;
using Breakwater.Server.Access;
using Breakwater.Server.Loop;

namespace Breakwater.Cli.Verbs;

/// <summary><c>serve</c>: the risk server over a recorded or live market, until it is stopped.</summary>
internal static class ServeVerb
{
    private const string ExampleArguments =
        "serve --chain samples/market/deribit_btc_chain.csv.gz samples/market/deribit_eth_chain.csv.gz "
        + "--history BTC=samples/market/btcusd_1d.csv.gz BTC=samples/market/binance_btcusdt_1h.csv.gz "
        + "ETH=samples/market/ethusd_1d.csv.gz ETH=samples/market/binance_ethusdt_1h.csv.gz "
        + "--from 2026-01-28T09:30:00Z --to 2026-02-05T09:37:00Z --speed 3600 --population 20 --port 0 "
        + "--data data --for 3";

    private static readonly Option<Timestamp> From = Time("--from", "Recorded time at which an empty journal begins.");
    private static readonly Option<Timestamp> To = Time("--to", "Where recorded time ends; no later row is read.");
    private static readonly Option<double> Speed = NumberOption.Create(
        "--speed", 1, "Seconds of recorded time per second.", 1e6);

    private static readonly Option<string> Data = new("--data")
    {
        Description = "Folder of the journal.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "data",
    };

    private static readonly Option<string?> Keys = new("--keys")
    {
        Description = "File of keys (JSON); without it keys are made for this run and printed.",
        HelpName = "FILE",
    };

    private static readonly Option<IPAddress> Listen = new("--listen")
    {
        Description = "Address to listen on; anything but loopback is open to others.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = ParseAddress,
    };

    private static readonly Option<int> Port = NumberOption.Count("--port", "Port; 0: a free one", 8080, 0, 65_535);

    private static readonly Option<int> Tick = NumberOption.Count(
        "--tick", "Time between clock ticks, milliseconds", 1_000, 3_600_000);

    private static readonly Option<int> People = NumberOption.Count(
        "--population", "Subaccounts of a demonstration that trade; 0: none", 0, 0, 100_000);

    private static readonly Option<uint> Seed = NumberOption.Count<uint>(
        "--seed", "What the demonstration's draws depend on", 1, 0, uint.MaxValue);

    private static readonly Option<double> For = NumberOption.Create(
        "--for", 0, "Stops by itself after so many seconds; 0: never.", 1e9, isZero: true);

    private static readonly Option<long> SnapshotEvents = NumberOption.Count(
        "--snapshot-events", "Events after which a snapshot of the state is kept", 100_000L, 1_000_000_000);

    private static readonly Option<double> SnapshotSeconds = NumberOption.Create(
        "--snapshot-seconds", 30, "Seconds after which one is kept, if anything has happened.", 1e6);

    private static readonly Option<int> HistoryDays = NumberOption.Count(
        "--history-days", "Days of margins kept for the history of subaccounts; 0: none", 30, 0, 36_500);

    private static readonly Option<int> Threads = ThreadsOption.CreateBesideAnswers(
        "Threads that work on a tick at once, one fewer than processors unless said; all numbers give the same bits");

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "serve",
            "The risk server: engine, journal, HTTP and streams over a recorded or live market, until it is stopped.",
            ExampleArguments);
        MarketOptions market = new();
        market.AddForReplayTo(verb);
        verb.Options.Add(market.Trades);
        Data.Validators.Add(static own =>
        {
            if (string.IsNullOrWhiteSpace(own.GetValue(Data))) own.AddError("--data: the name of a folder is empty");
        });
        LiveOptions live = new();
        live.AddTo(verb, From, To, market);
        foreach (Option option in (Option[])[
            From, To, Speed, Data, Keys, Listen, Port, Tick, People, Seed, For, SnapshotEvents,
            SnapshotSeconds, HistoryDays, Threads])
        {
            verb.Options.Add(option);
        }

        verb.Does((shell, parse) => Run(shell, parse, market, live));
        return verb;
    }

    private static int Run(Shell shell, ParseResult parse, MarketOptions market, LiveOptions live)
    {
        List<Failure> failures = [];
        MarketFileSelection files = market.SelectionWithTrades(parse, failures);
        Result<RiskParameters> parameters = parse.GetValue(market.Parameters) is { } file
            ? ParameterFile.Load(file)
            : ParameterFile.LoadNewestShipped();
        failures.AddRange(parameters.Failures);
        if (failures.Count > 0) return Refusals.Print(shell, failures);
        ServeRequest request = new(
            parse.GetRequiredValue(Data), parameters.Value, files, parse.GetValue(From), parse.GetValue(To))
        {
            Live = live.Selection(parse, parse.GetRequiredValue(Data)),
            Speed = parse.GetValue(Speed),
            KeyPath = parse.GetValue(Keys),
            PopulationCount = parse.GetValue(People),
            Seed = parse.GetValue(Seed),
            HistoryDays = parse.GetValue(HistoryDays),
            Engine = new EngineOptions
            {
                TickMilliseconds = parse.GetValue(Tick),
                ThreadCount = parse.GetValue(Threads),
                SnapshotEvents = parse.GetValue(SnapshotEvents),
                SnapshotSeconds = parse.GetValue(SnapshotSeconds),
            },
            Http = new ServerOptions { Address = parse.GetRequiredValue(Listen), Port = parse.GetValue(Port) },
        };
        return Serve(shell, request, TimeSpan.FromSeconds(parse.GetValue(For)));
    }

    private static int Serve(Shell shell, ServeRequest request, TimeSpan length)
    {
        using CancellationTokenSource stop = new();
        if (length > TimeSpan.Zero) stop.CancelAfter(length);
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true; // the process ends when everything is durable
            stop.Cancel();
        }

        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            Result<string> end = ServeRun.RunAsync(request, start => Tell(shell, start), shell.Error, stop.Token)
                .GetAwaiter().GetResult();
            if (!end.IsAccepted) return Refusals.Print(shell, end.Failures);
            if (end.Value.Length == 0) return ExitCode.Done;
            shell.Error.WriteLine($"the engine has stopped: {end.Value}");
            return ExitCode.CheckFailed;
        }
        catch (IOException exception)
        {
            return Refusals.Print(
                shell, [new Failure(FailureReason.Unreadable, exception.Message, request.DataFolder)]);
        }
    }

    private static void Tell(Shell shell, ServeStart start)
    {
        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() =>
            {
                json.WriteString("address", start.Address);
                json.WriteNumber("recoveredEvents", start.Recovery.State.Sequence);
                json.WriteNumber("replayedEvents", start.Recovery.ReplayedCount);
                json.Objects("keys", start.Keys, own =>
                {
                    json.WriteString("name", own.Key.Name);
                    json.WriteString("scopes", Scopes(own.Key));
                    json.WriteString("secret", own.Secret);
                });
            }));
            return;
        }

        shell.Output.WriteLine($"Breakwater listens on {start.Address}");
        shell.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"journal: {start.Recovery.State.Sequence} events recovered in "
            + $"{start.Recovery.Elapsed.TotalSeconds:0.0} s, {start.Recovery.ReplayedCount} of them applied again"));
        foreach (PrintedKey own in start.Keys)
        {
            string seen = own.Key.SeesAll ? "every subaccount" : string.Join(", ", own.Key.Subaccounts);
            shell.Output.WriteLine($"key {own.Key.Name} ({Scopes(own.Key)}; {seen}): {own.Secret}");
        }

        if (start.Keys.Count == 0) return;
        string secret = start.Keys[0].Secret;
        shell.Output.WriteLine($"dashboard: {start.Address}/#key={secret}");
        shell.Output.WriteLine($"try: curl -H \"Authorization: Bearer {secret}\" {start.Address}/v1/status");
    }

    private static string Scopes(ApiKey key) => key.Scopes.ToString().ToLowerInvariant();

    private static IPAddress ParseAddress(ArgumentResult argument)
    {
        if (IPAddress.TryParse(argument.Tokens[0].Value, out IPAddress? address)) return address;
        argument.AddError($"--listen: '{argument.Tokens[0].Value}' is no address such as 127.0.0.1");
        return IPAddress.Loopback;
    }

    private static Option<Timestamp> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = MarketOptions.ParseTime,
    };
}
