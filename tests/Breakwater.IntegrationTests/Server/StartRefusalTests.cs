using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Breakwater.Adapters.Storage;
using Breakwater.Cli;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Server;

/// <summary>A server that cannot start says why in one line that names what is wrong, and leaves nothing behind.
/// </summary>
public sealed class StartRefusalTests
{
    private static readonly string[] Market =
    [
        "--chain", SampleFiles.Of("samples/market/deribit_btc_chain.csv.gz"),
        "--history", $"BTC={SampleFiles.Of("samples/market/btcusd_1d.csv.gz")}",
    ];

    private static readonly string[] Passing = ["--from", "2026-01-28T09:30:00Z", "--to", "2026-02-05T09:37:00Z"];

    [Fact]
    public void A_port_that_is_in_use_is_named_and_no_journal_is_begun()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        using TemporaryFolder folder = new();
        string data = folder.PathOf("data");
        CheckRefused(
            Serve([.. Market, .. Passing, "--data", data, "--port", port.ToString(CultureInfo.InvariantCulture)]),
            $"InUse, -, -, 127.0.0.1:{port}, -, another process listens there: --port");
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public void An_address_of_another_machine_is_named_and_no_journal_is_begun()
    {
        using TemporaryFolder folder = new();
        string data = folder.PathOf("data");
        // 192.0.2.0/24 belongs to nobody (RFC 5737).
        CheckRefused(
            Serve([.. Market, .. Passing, "--data", data, "--listen", "192.0.2.1", "--port", "0"]),
            "Unknown, -, -, 192.0.2.1:0, -, this machine has no such address: --listen");
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public void Time_that_ends_before_it_begins_is_refused()
    {
        using TemporaryFolder folder = new();
        string data = folder.PathOf("data");
        CheckRefused(
            Serve([
                .. Market, "--from", "2026-02-05T09:37:00Z", "--to", "2026-01-28T09:30:00Z", "--data", data,
                "--port", "0",
            ]),
            "OutOfRange, -, -, 2026-01-28T09:30:00Z, ≥ 2026-02-05T09:37:00Z, recorded time would end before it begins");
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public void A_folder_that_is_a_file_or_is_held_by_another_server_is_named()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("data", string.Empty);
        CheckRefused(
            Serve([.. Market, .. Passing, "--data", file, "--port", "0"]), "it is a file, and a folder is needed");
        string held = folder.PathOf("held");
        using IDisposable? other = FolderDisk.AtOrNew(held).TryLock();
        CheckRefused(
            Serve([.. Market, .. Passing, "--data", held, "--port", "0"]),
            $"InUse, {held}, -, -, -, another process holds the journal");
        Assert.Equal(ExitCode.Usage, Serve([.. Market, .. Passing, "--data", string.Empty]).Code);
    }

    private static CommandRun Serve(string[] arguments) => CommandRun.Of(["serve", .. arguments, "--for", "20"]);

    private static void CheckRefused(CommandRun run, string said)
    {
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Error.TrimEnd().Split('\n').Length); // heading and refusal: no trace
    }
}
