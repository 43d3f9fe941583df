using System.Globalization;
using System.Text;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Files;
using Breakwater.Adapters.Storage;
using Breakwater.Engine;
using Breakwater.IntegrationTests.Commands;
using Breakwater.Server.Loop;

namespace Breakwater.IntegrationTests.Server;

/// <summary>Journals that releases have written are read by every release after them, and give the state that stands
/// beside them (docs/adr/0114).</summary>
/// <remarks>A journal is made once and never again: <c>BREAKWATER_APPROVE=1</c> makes the folder that
/// <see cref="Newest"/> names where it is missing, and otherwise writes <c>state.txt</c> anew, which has to be
/// explained where a result has changed. Whoever changes what new events or snapshots look like raises the number and
/// keeps the folders of before.</remarks>
public sealed class GoldenJournalTests
{
    private const int Newest = 1;
    private const string StateName = "state.txt";

    private static readonly string Folder = SampleFiles.Of("tests/Breakwater.IntegrationTests/Golden/journals");

    private static readonly EngineOptions Options = new()
    {
        AreTicksFed = true,
        SnapshotSeconds = 1e6,
        Journal = JournalOptions.Default with { SegmentBytes = 1 << 16 },
    };

    private static bool IsApproving => Environment.GetEnvironmentVariable("BREAKWATER_APPROVE") == "1";

    public static TheoryData<int> Numbers => [.. Enumerable.Range(1, Newest)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task INV_S2_A_journal_of_a_release_gives_its_state_with_each_snapshot_and_without(int number)
    {
        string kept = Path.Combine(Folder, number.ToString(CultureInfo.InvariantCulture));
        if (IsApproving && !Directory.Exists(kept)) await MakeAsync(kept);
        using TemporaryFolder folder = new();
        string told = await ReadAsync(kept, folder);
        string path = Path.Combine(kept, StateName);
        if (IsApproving) await File.WriteAllTextAsync(path, told, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), told);
    }

    [Fact]
    public void The_newest_journal_has_events_of_every_kind()
    {
        SortedSet<int> kinds = [.. GoldenEvents.First().Concat(GoldenEvents.Second()).Select(RiskEventEncoding.KindOf)];
        Assert.Equal(
            typeof(RiskEvent).GetNestedTypes().Count(static own => own.IsSubclassOf(typeof(RiskEvent))), kinds.Count);
    }

    // A snapshot at the end of each half.
    private static async Task MakeAsync(string folder)
    {
        List<string> refused = [];
        foreach (IEnumerable<RiskEvent> half in (IEnumerable<RiskEvent>[])[GoldenEvents.First(), GoldenEvents.Second()])
        {
            await using EngineHost engine = await OpenAsync(folder, Options);
            engine.Start(static (_, _) => { });
            foreach (RiskEvent own in half)
            {
                Answer answer = await engine.SubmitAsync(_ => own, TestContext.Current.CancellationToken);
                if (answer.Refusal is { } why) refused.Add($"{own}: {why.Message}");
            }
        }

        Assert.Contains("Withdrawal", Assert.Single(refused), StringComparison.Ordinal); // that of somebody else

        foreach (string own in (string[])["lock", "next.segment.tmp"]) File.Delete(Path.Combine(folder, own));
    }

    private static async Task<string> ReadAsync(string kept, TemporaryFolder folder)
    {
        StringBuilder told = new();
        string data = Copied(kept, folder.PathOf("whole"));
        await using (EngineHost engine = await OpenAsync(
            data, Options with { Start = RecoveryStart.FirstRecord, ThreadCount = 2 }))
        {
            told.Append(CultureInfo.InvariantCulture, $"events {engine.View.Sequence}\n")
                .Append(CultureInfo.InvariantCulture, $"ledger {LedgerEncoding.DigestOf(engine.View.State.Ledger)}\n")
                .Append(CultureInfo.InvariantCulture, $"state {RiskStateEncoding.DigestOf(engine.View.State)}\n");
        }

        string[] snapshots = [.. Directory.GetFiles(kept, "*.snapshot").Select(Path.GetFileName).Order()!];
        foreach (string own in snapshots)
        {
            data = Copied(kept, folder.PathOf(own));
            foreach (string other in snapshots.Where(other => other != own)) File.Delete(Path.Combine(data, other));
            await using EngineHost engine = await OpenAsync(data, Options);
            told.Append(
                CultureInfo.InvariantCulture,
                $"{own}: {engine.Recovery.ReplayedCount} events applied again, state "
                + $"{RiskStateEncoding.DigestOf(engine.View.State)}\n");
        }

        return told.ToString();
    }

    private static string Copied(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string own in Directory.GetFiles(from))
        {
            if (Path.GetFileName(own) != StateName) File.Copy(own, Path.Combine(to, Path.GetFileName(own)));
        }

        return to;
    }

    private static async Task<EngineHost> OpenAsync(string folder, EngineOptions options) =>
        (await EngineHost.OpenAsync(
            FolderDisk.AtOrNew(folder), options, ParameterFile.LoadNewestShipped().Value, ServedMarket.At,
            speed: 0d)).Value;
}
