using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Breakwater.Cli;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.BrowserTests;

/// <summary>A server of its own process over the sample market, started by <c>serve</c> as people start it.</summary>
internal sealed class ServedProcess : IDisposable
{
    // It ends by itself if the tests are killed before they end it.
    private const string SecondsMax = "900";

    private readonly Process _process;

    private ServedProcess(Process process, Uri address, string secret)
    {
        _process = process;
        Address = address;
        Secret = secret;
    }

    /// <summary>Where it listens.</summary>
    internal Uri Address { get; }

    /// <summary>Secret of a key that may do everything.</summary>
    internal string Secret { get; }

    /// <summary>Starts one, and waits until it listens.</summary>
    /// <param name="data">Folder of its journal.</param>
    /// <param name="arguments">More arguments of <c>serve</c>.</param>
    internal static async Task<ServedProcess> StartAsync(string data, params string[] arguments)
    {
        string[] margin = MarginArguments.Of("unused");
        string[] market = margin[1..Array.IndexOf(margin, "--at")];
        ProcessStartInfo start = new("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all =
        [
            typeof(BreakwaterCommand).Assembly.Location, "serve", .. market, "--to", MarginArguments.At, "--json",
            "--data", data, "--for", SecondsMax, .. arguments,
        ];
        foreach (string argument in all) start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!; // UseShellExecute is off: a process is always returned
        StringBuilder errors = new();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        JsonElement told = await ToldAsync(process, errors);
        return new ServedProcess(
            process, new Uri(told.GetProperty("address").GetString()!),
            told.GetProperty("keys") is { } keys && keys.GetArrayLength() > 0
                ? keys[0].GetProperty("secret").GetString()!
                : string.Empty);
    }

    /// <summary>A client with its key, or with another one.</summary>
    internal HttpClient Client(string? secret = null)
    {
        HttpClient client = new() { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", secret ?? Secret);
        return client;
    }

    /// <summary>The port, for another one to be started in its place.</summary>
    internal string Port => Address.Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Kills it, as a power cut does.</summary>
    internal async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<JsonElement> ToldAsync(Process process, StringBuilder errors)
    {
        StringBuilder text = new();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            text.Append(line);
            if (line == "}") return JsonDocument.Parse(text.ToString()).RootElement.Clone();
        }

        throw new InvalidOperationException($"serve has ended: {errors}");
    }
}
