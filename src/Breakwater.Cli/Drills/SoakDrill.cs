using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using Breakwater.Cli.Loads;

namespace Breakwater.Cli.Drills;

/// <summary>The demonstration, for minutes, with clients that read and write and others that follow the stream: what it
/// holds, how long it takes, and whether that grows (issue 5).</summary>
internal static class SoakDrill
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Runs it.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="told">Told of every interval.</param>
    /// <exception cref="HttpRequestException">The server has gone.</exception>
    public static async Task<SoakResult> RunAsync(SoakRequest request, Action<string> told)
    {
        string keyFile = Path.Combine(request.Folder, "keys.json");
        DrillKeys keys = DrillKeys.Make(keyFile, clients: 1);
        using ServedProcess served = await ServedProcess.StartAsync(
        [
            .. SampleMarket.Arguments(request.MarketFolder), "--from", SampleMarket.From, "--to", SampleMarket.At,
            "--speed", "3600", "--tick", "2000", "--keys", keyFile, "--data", Path.Combine(request.Folder, "data"),
            "--population", request.PopulationCount.ToString(CultureInfo.InvariantCulture),
        ]).ConfigureAwait(false);
        using HttpClient http = new() { BaseAddress = served.Address, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", keys.Builder);
        await ServedProcess.ReadyAsync(http).ConfigureAwait(false);
        using CancellationTokenSource ending = new();
        SoakStreams streams = new(http, request.StreamCount, ending.Token);
        ImmutableArray<SoakInterval>.Builder intervals = ImmutableArray.CreateBuilder<SoakInterval>();
        for (int number = 1; number <= request.IntervalCount; number++)
        {
            long events = streams.EventCount;
            Task<LoadResult> load = LoadRun.RunAsync(
                new LoadRequest(
                    served.Address, keys.Builder, request.RatePerSecond, request.Interval, TimeSpan.Zero, request.Mix),
                static () => { });
            ImmutableArray<SoakLook> looks = await LookAsync(served, http, load).ConfigureAwait(false);
            SoakInterval interval = new(
                number, looks, await load.ConfigureAwait(false), streams.EventCount - events);
            intervals.Add(interval);
            told(SoakReport.Line(interval));
        }

        await ending.CancelAsync().ConfigureAwait(false);
        await streams.EndedAsync().ConfigureAwait(false);
        int code = await served.StopAsync().ConfigureAwait(false);
        return new SoakResult(request, intervals.ToImmutable(), streams.BrokenCount, code);
    }

    private static async Task<ImmutableArray<SoakLook>> LookAsync(ServedProcess served, HttpClient http, Task load)
    {
        ImmutableArray<SoakLook>.Builder looks = ImmutableArray.CreateBuilder<SoakLook>();
        do
        {
            string metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative)).ConfigureAwait(false);
            looks.Add(new SoakLook(
                served.ResidentBytes, served.HandleCount ?? 0, (long)Cadence.Value(metrics, "breakwater_queue_events"),
                (long)Cadence.Value(metrics, "breakwater_events_total")));
            await Task.WhenAny(load, Task.Delay(LookEvery)).ConfigureAwait(false);
        }
        while (!load.IsCompleted);
        return looks.ToImmutable();
    }
}

/// <summary>What a soak is to do.</summary>
/// <param name="Folder">A new folder for journal and keys.</param>
/// <param name="MarketFolder">Folder of the sample market.</param>
/// <param name="IntervalCount">Intervals; ≥ 1.</param>
/// <param name="Interval">Length of one; a minute, but for tests.</param>
/// <param name="PopulationCount">Subaccounts that trade; ≥ 4.</param>
/// <param name="RatePerSecond">Requests per second; &gt; 0.</param>
/// <param name="StreamCount">Clients that follow the stream; ≥ 0.</param>
/// <param name="Mix">What is asked.</param>
internal sealed record SoakRequest(
    string Folder, string MarketFolder, int IntervalCount, TimeSpan Interval, int PopulationCount,
    double RatePerSecond, int StreamCount, LoadMix Mix);

/// <summary>One look at the server.</summary>
/// <param name="ResidentBytes">Memory that its process holds, bytes.</param>
/// <param name="HandleCount">Files and sockets that it holds open; 0 where the system does not say.</param>
/// <param name="QueuedCount">Events that wait.</param>
/// <param name="EventCount">Events applied so far.</param>
internal sealed record SoakLook(long ResidentBytes, int HandleCount, long QueuedCount, long EventCount);

/// <summary>One interval of a soak.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Looks">Looks at the server, one a second; at least one.</param>
/// <param name="Load">What its clients got.</param>
/// <param name="StreamedCount">Lines of the stream that its followers have read.</param>
internal sealed record SoakInterval(int Number, ImmutableArray<SoakLook> Looks, LoadResult Load, long StreamedCount)
{
    /// <summary>Memory in the middle of the looks, bytes: what a collection frees for a moment is no matter.</summary>
    public long ResidentBytesMedian =>
        Looks.Select(static own => own.ResidentBytes).Order().ElementAt(Looks.Length / 2);

    /// <summary>Most files and sockets.</summary>
    public int HandleCountMax => Looks.Max(static own => own.HandleCount);

    /// <summary>Most events that waited.</summary>
    public long QueuedCountMax => Looks.Max(static own => own.QueuedCount);
}
