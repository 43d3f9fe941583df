using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Breakwater.Instruments;

namespace Breakwater.Cli.Drills;

/// <summary>A server is killed in the middle of a burst of commands, starts again, gets what was not acknowledged once
/// more, and then has to hold everything once and in order (issue 5, RELIABILITY S1, S2, S4).</summary>
internal static class KillDrill
{
    /// <summary>What the clients trade.</summary>
    public const string Instrument = "BTC_USDC-PERPETUAL";

    private const string Asset = "BTC";
    private const int ServerThreads = 1;
    private const int ReplayThreads = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs it.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="told">Told how it goes.</param>
    /// <exception cref="InvalidOperationException">The server does not start, or what is to be built is refused.
    /// </exception>
    public static async Task<Result<KillResult>> RunAsync(KillRequest request, Action<string> told)
    {
        string keyFile = Path.Combine(request.Folder, "keys.json");
        DrillKeys keys = DrillKeys.Make(keyFile, request.ClientCount);
        string data = Path.Combine(request.Folder, "data");
        string[] arguments =
        [
            .. SampleMarket.Arguments(request.MarketFolder), "--from", SampleMarket.From, "--to", SampleMarket.At,
            "--speed", "60", "--tick", "1000", "--threads", Text(ServerThreads), "--keys", keyFile, "--data", data,
        ];
        BurstClient[] clients =
        [
            .. keys.Clients.Select((secret, number) => new BurstClient(
                number, request.ClientCount, request.CommandsOf(number), secret,
                Path.Combine(request.Folder, $"{DrillKeys.NameOf(number)}.journal"))),
        ];
        try
        {
            decimal price;
            Burst before;
            using (ServedProcess served = await ServedProcess.StartAsync(arguments).ConfigureAwait(false))
            {
                price = await BuildAsync(served.Address, keys.Builder, request.ClientCount).ConfigureAwait(false);
                told("the server is built; the burst begins");
                before = await BurstAsync(
                    served, clients, price, killAt: request.CommandCount / 2).ConfigureAwait(false);
            }

            told(string.Create(
                CultureInfo.InvariantCulture, $"killed after {before.AcknowledgedCount:#,0} acknowledgements"));
            long begun = Stopwatch.GetTimestamp();
            using ServedProcess again = await ServedProcess.StartAsync(arguments).ConfigureAwait(false);
            TimeSpan restart = Stopwatch.GetElapsedTime(begun);
            Burst after = await BurstAsync(again, clients, price, killAt: long.MaxValue).ConfigureAwait(false);
            told("everything is acknowledged; the server is asked to stop");
            int code = await again.StopAsync().ConfigureAwait(false);
            foreach (BurstClient own in clients) own.Dispose();
            Result<JournalReplay> replay = JournalReplay.Run(data, isFromFirst: true, ReplayThreads, told);
            return replay.IsAccepted
                ? Result<KillResult>.Accepted(new KillResult(
                    request, before, after, restart, again.Started.GetProperty("replayedEvents").GetInt64(),
                    KillProof.Of(data, clients), StateSaid(again.Said, code),
                    replay.Value.Digest.ToString(),
                    [.. clients.SelectMany(static own => own.LatenciesMs).Order()],
                    clients.Sum(static own => own.UnansweredCount), clients.Sum(static own => own.PutOffCount)))
                : Result<KillResult>.Refused(replay.Failures);
        }
        finally
        {
            foreach (BurstClient own in clients) own.Dispose();
        }
    }

    private static async Task<Burst> BurstAsync(
        ServedProcess served, BurstClient[] clients, decimal price, long killAt)
    {
        using HttpClient http = new() { BaseAddress = served.Address, Timeout = Patience };
        long count = 0;
        TimeSpan cpu = served.CpuTime;
        TimeSpan used = cpu;
        long begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Select(own => Task.Run(() => own.SendAsync(http, price, () =>
        {
            if (Interlocked.Increment(ref count) != killAt) return;
            used = served.CpuTime;
            served.Kill();
        })))).ConfigureAwait(false);
        TimeSpan spent = Stopwatch.GetElapsedTime(begun);
        if (killAt == long.MaxValue) used = served.CpuTime;
        return new Burst(count, spent, used - cpu);
    }

    // Admits, lists, opens, pays; then waits until a trade can be judged. Gives the price of the trades to come.
    private static async Task<decimal> BuildAsync(Uri address, string secret, int clients)
    {
        using HttpClient http = new() { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        await SendAsync(http, $"\"commandId\":\"admit\",\"kind\":\"admitAsset\",\"asset\":\"{Asset}\"")
            .ConfigureAwait(false);
        await SendAsync(
            http, $"\"commandId\":\"list\",\"kind\":\"listInstrument\",\"instrument\":\"{Instrument}\"")
            .ConfigureAwait(false);
        foreach (string own in Enumerable.Range(0, clients).Select(DrillKeys.NameOf))
        {
            await SendAsync(
                http,
                $"\"commandId\":\"open-{own}\",\"kind\":\"openSubaccount\",\"subaccount\":\"{own}\","
                + $"\"owner\":\"{own}\"").ConfigureAwait(false);
            await SendAsync(
                http,
                $"\"commandId\":\"pay-{own}\",\"kind\":\"deposit\",\"subaccount\":\"{own}\",\"asset\":\"USDC\","
                + "\"quantity\":\"1000000\"").ConfigureAwait(false);
        }

        await ServedProcess.ReadyAsync(http).ConfigureAwait(false);
        using JsonDocument markets = JsonDocument.Parse(
            await http.GetStringAsync(new Uri("/v1/markets", UriKind.Relative)).ConfigureAwait(false));
        return Math.Round(markets.RootElement.GetProperty("markets").EnumerateArray()
            .First(static own => own.GetProperty("underlying").GetString() == Asset)
            .GetProperty("indexUsd").GetDecimal());
    }

    private static async Task SendAsync(HttpClient http, string members)
    {
        using StringContent body = new($"{{{members}}}", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer =
            await http.PostAsync(new Uri("/v1/events", UriKind.Relative), body).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode) return;
        throw new InvalidOperationException(
            $"{members}: {await answer.Content.ReadAsStringAsync().ConfigureAwait(false)}");
    }

    // The last words of a server that stops: the digest of its state.
    private static string StateSaid(IReadOnlyList<string> said, int code)
    {
        string? line = said.LastOrDefault(static own => own.StartsWith("state after event", StringComparison.Ordinal));
        return code == ExitCode.Done && line is not null
            ? line[(line.LastIndexOf(' ') + 1)..]
            : $"none: the server ended with {code}";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a kill drill is to do.</summary>
/// <param name="Folder">A new folder for journals and keys.</param>
/// <param name="MarketFolder">Folder of the sample market.</param>
/// <param name="CommandCount">Commands in all; ≥ 1.</param>
/// <param name="ClientCount">Clients, each on a connection of its own; ≥ 2.</param>
internal sealed record KillRequest(string Folder, string MarketFolder, int CommandCount, int ClientCount)
{
    /// <summary>Commands of a client: the first ones send what cannot be shared equally.</summary>
    /// <param name="client">Its number, from 0.</param>
    public int CommandsOf(int client) => CommandCount / ClientCount + (client < CommandCount % ClientCount ? 1 : 0);
}

/// <summary>One part of a burst.</summary>
/// <param name="AcknowledgedCount">Commands acknowledged.</param>
/// <param name="Spent">How long it lasted.</param>
/// <param name="ServerCpu">Processor time of the server in it.</param>
internal sealed record Burst(long AcknowledgedCount, TimeSpan Spent, TimeSpan ServerCpu)
{
    /// <summary>Acknowledgements per second.</summary>
    public double RatePerSecond => AcknowledgedCount / Math.Max(1e-9, Spent.TotalSeconds);

    /// <summary>Processor time of the server per command, microseconds.</summary>
    public double CpuMicroseconds => ServerCpu.TotalMicroseconds / Math.Max(1, AcknowledgedCount);
}

/// <summary>What a kill drill found.</summary>
/// <param name="Request">What was done.</param>
/// <param name="Before">The burst until the kill.</param>
/// <param name="After">The burst after the restart.</param>
/// <param name="Restart">From the start of the second process until it listened.</param>
/// <param name="ReplayedCount">Events that the restart applied again.</param>
/// <param name="Proof">The log held against the journals of the clients.</param>
/// <param name="LiveState">Digest of the state that the server ended with.</param>
/// <param name="ReplayedState">Digest of the state that a full replay on another number of threads gave.</param>
/// <param name="LatenciesMs">From sending to acknowledgement, in rising order, milliseconds.</param>
/// <param name="UnansweredCount">Commands under way when the server was killed.</param>
/// <param name="PutOffCount">Answers that said: send again.</param>
internal sealed record KillResult(
    KillRequest Request, Burst Before, Burst After, TimeSpan Restart, long ReplayedCount, KillProof Proof,
    string LiveState, string ReplayedState, ImmutableArray<double> LatenciesMs, int UnansweredCount, int PutOffCount)
{
    /// <summary>Whether nothing is lost, nothing is there twice, the order is kept, and there is one state.</summary>
    public bool IsProven => Proof.IsKept && LiveState == ReplayedState;
}
