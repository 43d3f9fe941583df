using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Storage;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Server.Access;
using Breakwater.Server.Live;
using Breakwater.Server.Loop;
using Breakwater.Server.Replay;

namespace Breakwater.Server;

/// <summary>A server from start to stop: recovery, engine, HTTP, market; then everything in reverse.
/// </summary>
internal static class ServeRun
{
    /// <summary>Name of the file of the history, beside the journal.</summary>
    internal const string HistoryName = "history.db";

    private const string Venue = "venue";
    private static readonly TimeSpan SummaryEvery = TimeSpan.FromSeconds(10);

    /// <summary>Runs until it is asked to stop, or the engine ends.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="started">Told once where it listens, what was recovered, and which keys were made.</param>
    /// <param name="progress">Told how it goes, for people.</param>
    /// <param name="stop">Asks it to stop.</param>
    /// <returns>Accepted: why the engine ended, empty if it was asked to. Refused: why it could not start.</returns>
    internal static async Task<Result<string>> RunAsync(
        ServeRequest request, Action<ServeStart> started, TextWriter progress, CancellationToken stop)
    {
        Result<TakenAddress> address = TakenAddress.Take(request.Http);
        if (!address.IsAccepted) return Result<string>.Refused(address.Failures);
        using TakenAddress taken = address.Value;
        Timestamp now = Timestamp.FromUnixMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        using Quarantine? quarantine = request.Live?.QuarantineFolder is { } folder ? Quarantine.Open(folder) : null;
        Result<Func<Served, Task>> feeding = request.Live is { } live
            ? Listening(request, live, new FeedLedger(TimeProvider.System, quarantine), now)
            : Replaying(request);
        if (!feeding.IsAccepted) return Result<string>.Refused(feeding.Failures);
        Result<KeyRing> given = request.KeyPath is { } path
            ? KeyFile.Load(path)
            : Result<KeyRing>.Accepted(new KeyRing([]));
        if (!given.IsAccepted) return Result<string>.Refused(given.Failures);
        Result<EngineHost> opened = await EngineHost.OpenAsync(
            FolderDisk.AtOrNew(request.DataFolder), EngineOf(request),
            request.Parameters, request.Live is null ? request.From : now, speed: request.Live is null ? 0d : 1d,
            progress.WriteLine)
            .ConfigureAwait(false);
        if (!opened.IsAccepted) return Result<string>.Refused(opened.Failures);
        EngineHost engine = opened.Value;
        KeepThreadsForAnswers(request.Engine.ThreadCount);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(
            stop, engine.Health.Ended);
        string why = string.Empty;
        try
        {
            await ServeAsync(request, feeding.Value, given.Value, engine, taken, started, progress, ending.Token)
                .ConfigureAwait(false);
            why = engine.Health.Stopped ?? string.Empty;
        }
        catch (SocketException exception)
        {
            // Somebody began to listen there while the journal was read.
            return Result<string>.Refused(taken.Refusal(exception));
        }
        finally
        {
            await engine.DisposeAsync().ConfigureAwait(false);
        }

        SnapshotStanding last = engine.Snapshots.Newest;
        progress.WriteLine(engine.Snapshots.Trouble is { } trouble
            ? $"no snapshot of the last state, the next start takes longer: {trouble}"
            : last.Bytes > 0 ? $"state after event {last.Sequence}: {last.State}" : "nothing has happened");
        return Result<string>.Accepted(why);
    }

    private static EngineOptions EngineOf(ServeRequest request) => request.Engine with
    {
        AreTicksFed = true,
        HistoryPath = request.HistoryDays > 0 ? Path.Combine(request.DataFolder, HistoryName) : null,
        History = request.Engine.History with { KeptDays = Math.Max(1, request.HistoryDays) },
    };

    // A tick keeps threads of the pool busy, and the pool takes half a second to see that requests wait for more.
    private static void KeepThreadsForAnswers(int tickThreads)
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, (2 * Environment.ProcessorCount) + tickThreads), ports);
    }

    private static Result<Func<Served, Task>> Replaying(ServeRequest request)
    {
        Result<RecordedReplay> replay = RecordedReplay.Read(request.Files, request.From, request.To);
        return replay.IsAccepted
            ? Result<Func<Served, Task>>.Accepted(served => Demonstration.RunAsync(replay.Value, request, served))
            : Result<Func<Served, Task>>.Refused(replay.Failures);
    }

    private static Result<Func<Served, Task>> Listening(
        ServeRequest request, LiveSelection live, FeedLedger ledger, Timestamp now)
    {
        Result<ImmutableArray<UnderlyingObservations>> past = LiveMarket.Past(request.Files, now);
        if (!past.IsAccepted) return Result<Func<Served, Task>>.Refused(past.Failures);
        Result<LiveMarket> market = LiveMarket.Of(live, past.Value, ledger);
        return market.IsAccepted
            ? Result<Func<Served, Task>>.Accepted(served =>
                market.Value.RunAsync(served.Engine, served.Feeds, served.Ending))
            : Result<Func<Served, Task>>.Refused(market.Failures);
    }

    private static async Task ServeAsync(
        ServeRequest request, Func<Served, Task> feeding, KeyRing given, EngineHost engine, TakenAddress taken,
        Action<ServeStart> started, TextWriter progress, CancellationToken ending)
    {
        FeedBoard feeds = new();
        (ApiKey venue, string venueSecret) = Made(Venue, Scope.Operate | Scope.Govern, []);
        (ApiKey Key, string Secret)[] made = request.KeyPath is null ? Printed(request.PopulationCount) : [];
        KeyRing keys = new([venue, .. made.Select(static own => own.Key), .. given.Keys]);
        await using RiskServer server =
            await RiskServer.StartAsync(engine, keys, feeds, request.Http, taken).ConfigureAwait(false);
        using PosixSignalRegistration? reload = request.KeyPath is { } path
            ? PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
            {
                signal.Cancel = true; // without a handler it would end the process
                Reload(path, venue, server, progress);
            })
            : null;
        started(new ServeStart(server.Address, engine.Recovery, [.. made.Select(static own =>
            new PrintedKey(own.Key, own.Secret))]));
        Task living = feeding(new Served(engine, feeds, server.Address, venueSecret, ending));
        await TellAsync(engine, progress, ending).ConfigureAwait(false);
        await living.ConfigureAwait(false);
    }

    // A file that is refused changes nothing: the keys of before go on.
    private static void Reload(string path, ApiKey venue, RiskServer server, TextWriter progress)
    {
        Result<KeyRing> read = KeyFile.Load(path);
        if (read.IsAccepted) server.Replace(new KeyRing([venue, .. read.Value.Keys]));
        progress.WriteLine(read.IsAccepted
            ? $"{read.Value.Keys.Length} keys read from {path}"
            : $"the keys stay as they were: {path}, {read.Failures[0].Place}: {read.Failures[0].Message}");
    }

    private static (ApiKey Key, string Secret)[] Printed(int populationCount)
    {
        string[] own = [.. (populationCount > 0 ? Participant.Of(populationCount) : [])
            .Where(static own => own.Habit != Habit.Maker).Take(3).Select(static own => own.Name)];
        return
        [
            Made("operator", Scope.Read | Scope.Trade | Scope.Operate | Scope.Govern, []),
            .. own.Length > 0 ? [Made("trader", Scope.Read | Scope.Trade, own)] : Array.Empty<(ApiKey, string)>(),
        ];
    }

    private static (ApiKey Key, string Secret) Made(string name, Scope scopes, string[] subaccounts)
    {
        string secret = ApiKey.NewSecret();
        return (
            new ApiKey(
                name, ApiKey.HashOf(secret), scopes, [.. subaccounts.Order(StringComparer.Ordinal)],
                SeesAll: subaccounts.Length == 0),
            secret);
    }

    // Until the end: first when the first margin is there, then where everybody stands.
    private static async Task TellAsync(EngineHost engine, TextWriter progress, CancellationToken ending)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        bool isMargined = false;
        try
        {
            while (true)
            {
                await Task.Delay(isMargined ? SummaryEvery : TimeSpan.FromMilliseconds(100), ending)
                    .ConfigureAwait(false);
                RiskView view = engine.View;
                if (!view.State.Accounts.Values.Any(static own => own.Memory is not null)) continue;
                if (!isMargined)
                {
                    progress.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"first margin after {System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
                }

                isMargined = true;
                progress.WriteLine(Summary(view));
            }
        }
        catch (OperationCanceledException)
        {
            progress.WriteLine("stopping: what was taken is applied, the journal's end is made durable");
        }
    }

    private static string Summary(RiskView view)
    {
        IEnumerable<string> markets = (view.Valuation?.Market.Underlyings ?? []).Select(own => string.Create(
            CultureInfo.InvariantCulture, $"{own.Asset} {own.IndexUsd:N0} ({view.State.ModeOf(own.Asset)})"));
        IEnumerable<string> stages = Enum.GetValues<MarginStage>()
            .Select(stage => (Stage: stage, Count: view.State.Accounts.Values.Count(own => own.Stage == stage)))
            .Where(static own => own.Count > 0).Select(static own => $"{own.Stage} {own.Count}");
        return $"{view.At}  {string.Join(", ", markets)}  {string.Join(", ", stages)}  events {view.Sequence}";
    }
}

/// <summary>A server that stands, for whoever feeds it.</summary>
/// <param name="Engine">Its engine.</param>
/// <param name="Feeds">Standing of its feeds.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="VenueSecret">Key of a venue: it may operate and govern.</param>
/// <param name="Ending">Ends the feeding.</param>
internal sealed record Served(
    EngineHost Engine, FeedBoard Feeds, string Address, string VenueSecret, CancellationToken Ending);

/// <summary>What a server says when it listens.</summary>
/// <param name="Address">Where.</param>
/// <param name="Recovery">What its journal gave.</param>
/// <param name="Keys">Keys that were made for this run.</param>
internal sealed record ServeStart(string Address, Recovery Recovery, IReadOnlyList<PrintedKey> Keys);

/// <summary>A key that was made for one run, with its secret: shown once, kept nowhere.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">Its secret.</param>
internal sealed record PrintedKey(ApiKey Key, string Secret);
