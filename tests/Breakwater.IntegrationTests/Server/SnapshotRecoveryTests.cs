using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Files;
using Breakwater.Adapters.Storage;
using Breakwater.Engine;
using Breakwater.Engine.Snapshots;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Parameters;
using Breakwater.Server.Loop;

namespace Breakwater.IntegrationTests.Server;

/// <summary>A server begins again with its newest good snapshot, and never serves from another one.</summary>
public sealed class SnapshotRecoveryTests
{
    private const int Commands = 4 * Every;
    private const int Every = 30;

    private static readonly RiskParameters Parameters = ParameterFile.LoadNewestShipped().Value;

    private static readonly EngineOptions Options = new()
    {
        AreTicksFed = true,
        SnapshotEvents = Every,
        SnapshotSeconds = 1e6,
        Journal = JournalOptions.Default with { SegmentBytes = 1 << 16 },
    };

    [Fact]
    public async Task INV_S2_a_stopped_server_a_restart_and_a_full_replay_on_two_threads_have_one_state()
    {
        using TemporaryFolder folder = new();
        string data = folder.PathOf("data");
        Digest live;
        await using (ServedMarket market = await ServedMarket.StartAsync(data))
        {
            await ServedBook.BuildAsync(market);
            live = RiskStateEncoding.DigestOf(market.Engine.View.State);
        }

        await using (EngineHost restarted = await OpenAsync(data, new EngineOptions()))
        {
            Assert.Equal(0, restarted.Recovery.ReplayedCount);
            Assert.Equal(live, RiskStateEncoding.DigestOf(restarted.View.State));
        }

        await using EngineHost replayed = await OpenAsync(
            data, new EngineOptions { Start = RecoveryStart.FirstRecord, ThreadCount = 2 });
        Assert.Equal(replayed.View.Sequence, replayed.Recovery.ReplayedCount);
        Assert.Equal(live, RiskStateEncoding.DigestOf(replayed.View.State));
    }

    [Fact]
    public async Task A_snapshot_is_kept_every_so_many_events_beside_the_loop_and_the_newest_three_stay()
    {
        using TemporaryFolder folder = new();
        string data = folder.PathOf("data");
        await WrittenAsync(data);
        Assert.Equal([2 * Every, 3 * Every, 4 * Every], Snapshots(data).Select(Genesis.EventOf));
    }

    [Fact]
    public async Task INV_S3_a_damaged_snapshot_is_never_served_from_and_the_restart_says_so()
    {
        using TemporaryFolder folder = new();
        string data = folder.PathOf("data");
        Digest live = await WrittenAsync(data);
        Random random = new(11);
        for (int round = 0; round < 12; round++)
        {
            string copy = Copy(data, folder.PathOf($"copy-{round}"));
            string newest = Directory.GetFiles(copy, "*.snapshot").Max(StringComparer.Ordinal)!;
            byte[] bytes = File.ReadAllBytes(newest);
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(newest, round % 3 == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            await using EngineHost host = await OpenAsync(copy, Options);
            Assert.Equal(Every, host.Recovery.ReplayedCount);
            Assert.Contains("set aside", Assert.Single(host.Recovery.Notes), StringComparison.Ordinal);
            Assert.Equal(live, RiskStateEncoding.DigestOf(host.View.State));
        }
    }

    [Fact]
    public async Task INV_S3_without_a_good_snapshot_every_record_is_applied_again()
    {
        using TemporaryFolder folder = new();
        string data = folder.PathOf("data");
        Digest live = await WrittenAsync(data);
        foreach (string path in Directory.GetFiles(data, "*.snapshot"))
        {
            using FileStream file = File.OpenWrite(path);
            file.SetLength(file.Length - 1);
        }

        await using EngineHost host = await OpenAsync(data, Options);
        Assert.Equal(Commands, host.Recovery.ReplayedCount);
        Assert.Equal(4, host.Recovery.Notes.Length);
        Assert.Equal(live, RiskStateEncoding.DigestOf(host.View.State));
    }

    // The file is whole: what it holds is not the state of its record, or nothing that this release restores.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task INV_S3_a_whole_file_with_another_state_is_not_served_from(bool isState)
    {
        using TemporaryFolder folder = new();
        string data = folder.PathOf("data");
        Digest live = await WrittenAsync(data);
        byte[] wrong = isState ? [.. RiskStateSnapshot.Encode(RiskState.Start(Parameters))] : [1, 2, 3];
        using (Journal journal = Journal.Open(FolderDisk.At(data), Options.Journal).Value)
        {
            journal.WriteSnapshot(journal.Durable.Sequence, wrong);
        }

        await using EngineHost host = await OpenAsync(data, Options);
        Assert.Equal(Every, host.Recovery.ReplayedCount);
        Assert.Contains("is not used", Assert.Single(host.Recovery.Notes), StringComparison.Ordinal);
        Assert.Equal(live, RiskStateEncoding.DigestOf(host.View.State));
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_written_is_said_and_the_server_goes_on()
    {
        using TemporaryFolder folder = new();
        string data = folder.PathOf("data");
        await using EngineHost host = await OpenAsync(data, Options);
        Directory.CreateDirectory(Path.Combine(data, $"{Genesis.RecordOf(Every):D20}.snapshot.tmp")); // in its place
        host.Start(static (_, _) => { });
        await OpenAccountsAsync(host, 1, Every);
        await WaitAsync(() => host.Snapshots.FailedCount == 1);
        Assert.NotNull(host.Snapshots.Trouble);
        Assert.Equal(0, host.Snapshots.Newest.Sequence);
        await OpenAccountsAsync(host, Every + 1, 2 * Every);
        await WaitAsync(() => host.Snapshots.Newest.Sequence == 2 * Every);
        Assert.Null(host.Snapshots.Trouble);
        Assert.Null(host.Health.Stopped);
    }

    private static async Task<EngineHost> OpenAsync(string data, EngineOptions options)
    {
        Result<EngineHost> opened = await EngineHost.OpenAsync(
            FolderDisk.AtOrNew(data), options with { AreTicksFed = true }, Parameters, ServedMarket.At, speed: 0d);
        Assert.True(opened.IsAccepted, string.Join('\n', opened.Failures));
        return opened.Value;
    }

    // Each command waits for the one before, and where a snapshot is due for that: so that the places are known.
    private static async Task<Digest> WrittenAsync(string data)
    {
        await using EngineHost host = await OpenAsync(data, Options);
        host.Start(static (_, _) => { });
        for (int last = Every; last <= Commands; last += Every)
        {
            await OpenAccountsAsync(host, last - Every + 1, last);
            await WaitAsync(() => host.Snapshots.Newest.Sequence == last);
        }

        return RiskStateEncoding.DigestOf(host.View.State);
    }

    private static async Task OpenAccountsAsync(EngineHost host, int first, int last)
    {
        for (int number = first; number <= last; number++)
        {
            string name = $"account-{number:000}";
            await host.SubmitAsync(
                at => new RiskEvent.LedgerCommand(at, name, new LedgerTransition.AccountOpening(at, name, name)),
                default);
        }
    }

    private static async Task WaitAsync(Func<bool> isDone)
    {
        long begun = Environment.TickCount64;
        while (!isDone() && Environment.TickCount64 - begun < 20_000) await Task.Delay(5);
        Assert.True(isDone());
    }

    private static long[] Snapshots(string data) =>
    [
        .. Directory.GetFiles(data, "*.snapshot").Order(StringComparer.Ordinal).Select(static path =>
            long.Parse(Path.GetFileNameWithoutExtension(path), System.Globalization.CultureInfo.InvariantCulture)),
    ];

    private static string Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string path in Directory.GetFiles(from)) File.Copy(path, Path.Combine(to, Path.GetFileName(path)));
        return to;
    }
}
