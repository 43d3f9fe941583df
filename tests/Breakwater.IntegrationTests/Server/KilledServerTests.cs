using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Breakwater.Adapters.Storage;
using Breakwater.Cli;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Server.Loop;

namespace Breakwater.IntegrationTests.Server;

/// <summary>A server of its own process, killed in the middle of a burst of commands.</summary>
public sealed class KilledServerTests
{
    private const int Senders = 32;
    private const int KilledAfter = 1_500;

    [Fact]
    public async Task INV_S1_what_a_killed_server_has_acknowledged_is_there_once_and_in_order()
    {
        using TemporaryFolder folder = new();
        string data = folder.PathOf("data");
        ConcurrentBag<(string Id, long Sequence)> acknowledged = [];
        using (Process process = Start(data))
        {
            try
            {
                await BurstAsync(process, acknowledged);
            }
            finally
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
        }

        Digest one = await StateAsync(data, threads: 1, acknowledged);
        Assert.Equal(one, await StateAsync(data, threads: 2, acknowledged));
    }

    private static async Task<Digest> StateAsync(
        string data, int threads, ConcurrentBag<(string Id, long Sequence)> acknowledged)
    {
        await using EngineHost engine = (await EngineHost.OpenAsync(
            FolderDisk.At(data), new EngineOptions { ThreadCount = threads, Start = RecoveryStart.FirstRecord },
            Adapters.Files.ParameterFile.LoadNewestShipped().Value, ServedMarket.At, speed: 0d)).Value;
        RiskState state = engine.View.State;
        Assert.True(acknowledged.Count >= KilledAfter, $"{acknowledged.Count} acknowledged");
        Assert.Equal(acknowledged.Count, acknowledged.Select(static own => own.Sequence).Distinct().Count());
        foreach ((string id, long sequence) in acknowledged)
        {
            Assert.Equal(new CommandOutcome(sequence, null), state.Commands.Find($"operator:{id}"));
            Assert.NotNull(state.Ledger.Find(id));
        }

        return RiskStateEncoding.DigestOf(state);
    }

    private static Process Start(string data)
    {
        string[] arguments = [.. MarginArguments.Of("unused")];
        ProcessStartInfo start = new("dotnet")
        {
            ArgumentList = { typeof(BreakwaterCommand).Assembly.Location, "serve" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        int files = Array.IndexOf(arguments, "--at");
        string[] own =
            ["--from", MarginArguments.At, "--to", MarginArguments.At, "--port", "0", "--json", "--data", data];
        foreach (string argument in arguments[1..files].Concat(own)) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    // Until enough is acknowledged: then the process is killed while other commands are on their way.
    private static async Task BurstAsync(Process process, ConcurrentBag<(string Id, long Sequence)> acknowledged)
    {
        JsonElement started = await StartedAsync(process);
        using HttpClient client = new() { BaseAddress = new Uri(started.GetProperty("address").GetString()!) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", started.GetProperty("keys")[0].GetProperty("secret").GetString());
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            try
            {
                while (true)
                {
                    string id = $"s{Interlocked.Increment(ref next)}";
                    (int status, string body) = await ServedMarket.SendAsync(
                        client,
                        $"\"commandId\":\"{id}\",\"kind\":\"openSubaccount\",\"subaccount\":\"{id}\","
                        + $"\"owner\":\"{id}\"");
                    if (status != 200) return;
                    acknowledged.Add((id, JsonDocument.Parse(body).RootElement.GetProperty("sequence").GetInt64()));
                    if (acknowledged.Count == KilledAfter) process.Kill();
                }
            }
            catch (HttpRequestException)
            {
                // The server is gone: what was not answered may be there or not.
            }
        }));
    }

    private static async Task<JsonElement> StartedAsync(Process process)
    {
        System.Text.StringBuilder text = new();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            text.Append(line);
            if (line == "}") return JsonDocument.Parse(text.ToString()).RootElement.Clone();
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
    }
}
