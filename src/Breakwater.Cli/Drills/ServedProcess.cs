using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Drills;

/// <summary>A server in a process of its own: started, killed, stopped, looked at.</summary>
internal sealed class ServedProcess : IDisposable
{
    private const int Terminate = 15; // SIGTERM
    private const int LinesKept = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Queue<string> _said = [];

    private ServedProcess(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>What it printed when it listened.</summary>
    public JsonElement Started { get; private set; }

    /// <summary>Memory that it holds, bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Files, sockets and the like that it holds open; <c>null</c> where the system does not say.</summary>
    public int? HandleCount
    {
        get
        {
            string open = string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/fd");
            return Directory.Exists(open) ? Directory.GetFileSystemEntries(open).Length
                : OperatingSystem.IsWindows() ? _process.HandleCount
                : null;
        }
    }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Lines of its standard error, the newest.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_said) return [.. _said];
        }
    }

    /// <summary>Starts one and waits until it listens.</summary>
    /// <param name="arguments">What stands after <c>serve</c>.</param>
    /// <exception cref="InvalidOperationException">It did not start; the message is what it said.</exception>
    public static async Task<ServedProcess> StartAsync(IEnumerable<string> arguments)
    {
        ServedProcess served = new(OwnProcess.Start(["serve", .. arguments, "--port", "0", "--json"]));
        served._process.ErrorDataReceived += (_, line) => served.Hear(line.Data);
        served._process.BeginErrorReadLine();
        StringBuilder printed = new();
        while (await served._process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            printed.Append(line);
            if (line != "}") continue;
            served.Started = JsonDocument.Parse(printed.ToString()).RootElement.Clone();
            served.Address = new Uri(served.Started.GetProperty("address").GetString()!); // printed by serve
            return served;
        }

        served._process.WaitForExit();
        string said = string.Join(' ', served.Said);
        served.Dispose();
        throw new InvalidOperationException($"the server did not start: {said}");
    }

    /// <summary>Waits until it takes commands and a market is valued.</summary>
    /// <param name="http">A client of it.</param>
    /// <exception cref="TimeoutException">It is not ready in two minutes.</exception>
    public static async Task ReadyAsync(HttpClient http)
    {
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < Patience)
        {
            using HttpResponseMessage answer =
                await http.GetAsync(new Uri("/health/ready", UriKind.Relative)).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode) return;
            await Task.Delay(50).ConfigureAwait(false);
        }

        throw new TimeoutException("the server is not ready after two minutes");
    }

    /// <summary>Ends it at once, without a word: SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>Asks it to stop and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("a drill asks by SIGTERM");
        if (kill(_process.Id, Terminate) != 0) throw new InvalidOperationException("the server has gone");
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.WaitForExit(); // until its last line is heard
        return _process.ExitCode;
    }

    /// <summary>Kills it if it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > LinesKept) _said.Dequeue();
        }
    }

#pragma warning disable SYSLIB1054, IDE1006 // One plain call of C; the name is its own.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
#pragma warning restore SYSLIB1054, IDE1006
}
