using System.Collections.Immutable;
using Breakwater.Cli.Drills;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Server;

/// <summary>A server of its own process, killed in the middle of a burst of commands: the short form of
/// <c>drill kill</c>.</summary>
public sealed class KilledServerTests
{
    private static readonly ImmutableArray<int> Sent = [3, 2];

    private static readonly ImmutableArray<(string Name, long Sequence)> Whole =
        [(Of(0, 0), 11), (Of(1, 0), 12), (Of(0, 1), 13), (Of(0, 2), 15), (Of(1, 1), 16)];

    [Fact]
    public async Task INV_S1_what_a_killed_server_has_acknowledged_is_there_once_and_in_order()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.PathOf("drill"));
        KillRequest request = new(
            folder.PathOf("drill"), SampleFiles.Of(SampleMarket.Folder), CommandCount: 1_203, ClientCount: 16);
        Result<KillResult> drill = await KillDrill.RunAsync(request, static _ => { });
        Assert.True(drill.IsAccepted, string.Join('\n', drill.Failures));
        KillResult result = drill.Value;
        Assert.Equal(new KillProof(1_203, 1_203, 0, 0, 0, 0), result.Proof);
        Assert.Equal(result.ReplayedState, result.LiveState);
        Assert.True(result.IsProven);
        Assert.InRange(result.Before.AcknowledgedCount, 1_203 / 2, 1_202);
        Assert.InRange(result.UnansweredCount, 1, 16);
    }

    [Fact]
    public void The_proof_finds_a_lost_a_repeated_a_strange_and_a_disordered_command()
    {
        SortedDictionary<string, long> acknowledged = new(
            Whole.ToDictionary(static own => own.Name, static own => own.Sequence), StringComparer.Ordinal);
        Assert.Equal(new KillProof(5, 5, 0, 0, 0, 0), KillProof.Of(Whole, Sent, acknowledged));
        Assert.True(KillProof.Of(Whole, Sent, acknowledged).IsKept);
        ImmutableArray<(string, long)> disordered =
            [Whole[0], (Of(0, 2), 12), (Of(0, 1), 13), (Of(1, 0), 15), Whole[4]];
        foreach ((KillProof expected, ImmutableArray<(string, long)> logged) in (ImmutableArray<(
            KillProof, ImmutableArray<(string, long)>)>)
            [
                (new KillProof(5, 4, 1, 0, 0, 0), Whole[1..]),
                (new KillProof(5, 6, 0, 1, 0, 0), [.. Whole, (Of(1, 1), 17)]),
                (new KillProof(5, 6, 0, 0, 1, 0), [.. Whole, (Of(1, 9), 17)]),
                (new KillProof(5, 5, 2, 0, 0, 1), disordered),
            ])
        {
            KillProof found = KillProof.Of(logged, Sent, acknowledged);
            Assert.Equal(expected, found);
            Assert.False(found.IsKept);
        }

        acknowledged.Remove(Of(1, 1));
        Assert.Equal(1, KillProof.Of(Whole, Sent, acknowledged).StrangeCount);
    }

    private static string Of(int client, int index) => BurstClient.NameOf(client, index);
}
