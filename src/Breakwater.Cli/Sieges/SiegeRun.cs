using System.Collections.Immutable;
using System.Diagnostics;
using Breakwater.Cli.Loads;

namespace Breakwater.Cli.Sieges;

/// <summary>What a siege is to be.</summary>
/// <param name="Address">Where the server listens.</param>
/// <param name="Secret">Secret of a key that sees a subaccount.</param>
/// <param name="SocketCount">Sockets that besiege; ≥ 1.</param>
/// <param name="Length">How long; &gt; 0.</param>
/// <param name="ProbeRate">Questions a second of somebody who means well; &gt; 0.</param>
internal sealed record SiegeRequest(
    Uri Address, string Secret, int SocketCount, TimeSpan Length, double ProbeRate);

/// <summary>What a siege came to.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Before">Answers to the same questions before it.</param>
/// <param name="During">Answers during it.</param>
/// <param name="Tally">What became of its sockets.</param>
/// <param name="Memory">Resident memory of the server, bytes: before, greatest during, after.</param>
/// <param name="CpuShares">Processor time of the server per time: before and during.</param>
internal sealed record SiegeResult(
    SiegeRequest Request, LoadResult Before, LoadResult During, SiegeTally Tally,
    (long Before, long Most, long After) Memory, (double Before, double During) CpuShares)
{
    /// <summary>Whether everybody who means well was answered, and nothing hostile was taken for good or broke
    /// anything.</summary>
    internal bool IsHeld => Before.Tallies.Concat(During.Tallies).All(static own => own.FailedCount == 0)
        && Tally.Answers.All(static own => own.Status is >= 400 and < 500
            || (own.Status == 200 && own.Kind is SiegeKind.SubscribeFlood));
}

/// <summary>Besieges a server while somebody who means well asks it (RELIABILITY T-W2).</summary>
internal static class SiegeRun
{
    private const string Resident = "process_resident_memory_bytes";
    private const string CpuTime = "process_cpu_seconds_total";
    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(2); // until the sockets stand

    /// <summary>Runs it.</summary>
    /// <param name="request">What it is to be.</param>
    /// <param name="told">Told how it goes.</param>
    internal static async Task<SiegeResult> RunAsync(SiegeRequest request, Action<string> told)
    {
        using HttpClient http = new() { BaseAddress = request.Address };
        LoadRequest probe = new(
            request.Address, request.Secret, request.ProbeRate, request.Length, TimeSpan.FromSeconds(1),
            LoadMix.StatusOnly);
        told("asking before the siege");
        (LoadResult before, double cpuBefore) = await AskAsync(http, probe).ConfigureAwait(false);
        long memoryBefore = await MemoryAsync(http).ConfigureAwait(false);
        using CancellationTokenSource end = new();
        SiegeTally tally = new();
        ImmutableArray<SiegeOpening> openings = [.. SiegeOpening.All(request.Address, request.Secret)];
        Task[] sockets =
        [
            .. Enumerable.Range(0, request.SocketCount).Select(number => Task.Run(() => SiegeSocket.RunAsync(
                request.Address, openings[(int)SiegeOpening.KindOf(number)], tally, end.Token))),
        ];
        await Task.Delay(Gathering).ConfigureAwait(false);
        told($"{tally.OpenMax} sockets are open: asking during the siege");
        Task<long> watching = WatchAsync(http, end.Token);
        (LoadResult during, double cpuDuring) = await AskAsync(http, probe).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(sockets).ConfigureAwait(false);
        long most = await watching.ConfigureAwait(false);
        return new SiegeResult(
            request, before, during, tally, (memoryBefore, most, await MemoryAsync(http).ConfigureAwait(false)),
            (cpuBefore, cpuDuring));
    }

    private static async Task<(LoadResult Load, double CpuShare)> AskAsync(HttpClient http, LoadRequest probe)
    {
        long begun = Stopwatch.GetTimestamp();
        double spent = await ReadAsync(http, CpuTime).ConfigureAwait(false);
        LoadResult load = await LoadRun.RunAsync(probe, static () => { }).ConfigureAwait(false);
        spent = await ReadAsync(http, CpuTime).ConfigureAwait(false) - spent;
        return (load, spent / Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private static async Task<long> WatchAsync(HttpClient http, CancellationToken end)
    {
        long most = 0;
        while (!end.IsCancellationRequested)
        {
            most = Math.Max(most, await MemoryAsync(http).ConfigureAwait(false));
            await Task.Delay(Sampling, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return most;
    }

    private static async Task<long> MemoryAsync(HttpClient http) =>
        (long)await ReadAsync(http, Resident).ConfigureAwait(false);

    private static async Task<double> ReadAsync(HttpClient http, string series) => Cadence.Value(
        await http.GetStringAsync(new Uri("/metrics", UriKind.Relative)).ConfigureAwait(false), series);
}
