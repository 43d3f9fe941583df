using System.Globalization;
using Breakwater.Adapters.Storage;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Server.Loop;

namespace Breakwater.Cli.Drills;

/// <summary>The log of a server held against the journals of its clients.</summary>
/// <param name="AcknowledgedCount">Acknowledgements that the clients have written down.</param>
/// <param name="LoggedCount">Commands of the clients in the log.</param>
/// <param name="LostCount">Acknowledged under a sequence at which the log holds something else.</param>
/// <param name="RepeatedCount">In the log more than once.</param>
/// <param name="StrangeCount">In the log and never acknowledged, or never sent.</param>
/// <param name="DisorderedCount">Places where a command of a client stands before an earlier one of the same client.
/// </param>
internal sealed record KillProof(
    int AcknowledgedCount, int LoggedCount, int LostCount, int RepeatedCount, int StrangeCount, int DisorderedCount)
{
    /// <summary>Whether log and journals say the same.</summary>
    public bool IsKept => AcknowledgedCount == LoggedCount
        && LostCount + RepeatedCount + StrangeCount + DisorderedCount == 0;

    /// <summary>Reads log and journals, and compares them.</summary>
    /// <param name="data">Folder of the server's journal; the server has stopped.</param>
    /// <param name="clients">The clients, in order of their numbers.</param>
    public static KillProof Of(string data, IReadOnlyList<BurstClient> clients)
    {
        SortedDictionary<string, long> acknowledged = new(StringComparer.Ordinal);
        for (int client = 0; client < clients.Count; client++)
        {
            foreach (string line in File.ReadLines(clients[client].JournalPath))
            {
                string[] words = line.Split(' ');
                acknowledged[BurstClient.NameOf(client, int.Parse(words[0], CultureInfo.InvariantCulture))] =
                    long.Parse(words[1], CultureInfo.InvariantCulture);
            }
        }

        return Of(Logged(data, clients.Count), [.. clients.Select(static own => own.CommandCount)], acknowledged);
    }

    /// <summary>Compares.</summary>
    /// <param name="logged">Commands of clients in the log, in its order, with their sequences.</param>
    /// <param name="sentCounts">Commands that each client has sent.</param>
    /// <param name="acknowledged">Sequences that were acknowledged, by name.</param>
    public static KillProof Of(
        IReadOnlyList<(string Name, long Sequence)> logged, IReadOnlyList<int> sentCounts,
        SortedDictionary<string, long> acknowledged)
    {
        SortedDictionary<string, (int Client, int Index)> sent = new(StringComparer.Ordinal);
        for (int client = 0; client < sentCounts.Count; client++)
        {
            for (int index = 0; index < sentCounts[client]; index++)
            {
                sent[BurstClient.NameOf(client, index)] = (client, index);
            }
        }

        SortedDictionary<string, long> firsts = new(StringComparer.Ordinal);
        int[] newest = [.. Enumerable.Repeat(-1, sentCounts.Count)];
        int disordered = 0;
        foreach ((string name, long sequence) in logged)
        {
            if (!firsts.TryAdd(name, sequence) || !sent.TryGetValue(name, out (int Client, int Index) own)) continue;
            if (own.Index < newest[own.Client]) disordered++;
            newest[own.Client] = own.Index;
        }

        return new KillProof(
            acknowledged.Count, logged.Count,
            acknowledged.Count(own => firsts.GetValueOrDefault(own.Key) != own.Value),
            logged.Count - firsts.Count,
            firsts.Keys.Count(name => !sent.ContainsKey(name) || !acknowledged.ContainsKey(name)),
            disordered);
    }

    private static List<(string Name, long Sequence)> Logged(string data, int clients)
    {
        HashSet<string> keys = [.. Enumerable.Range(0, clients).Select(DrillKeys.NameOf)];
        Result<Journal> opened = Journal.Open(FolderDisk.At(data), JournalOptions.Default);
        using Journal journal = opened.Value;
        using JournalCursor cursor = journal.ReadAfter(Genesis.RecordOf(0));
        List<(string, long)> logged = [];
        while (cursor.MoveNext())
        {
            RiskEvent happened = RiskEventEncoding.Decode(cursor.Current.Payload).Value;
            if (RiskEventEncoding.CommandIdOf(happened) is { } name && keys.Contains(name.Split(':')[0]))
            {
                logged.Add((name, Genesis.EventOf(cursor.Point.Sequence)));
            }
        }

        return logged;
    }
}
