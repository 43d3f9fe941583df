using System.Collections.Immutable;
using System.Diagnostics;
using Breakwater.Adapters.Storage;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Writers of which each waits for its acknowledgement before it appends again.</summary>
internal sealed class JournalWriters(Journal journal, int count, long events, int payloadBytes, double seconds)
{
    private readonly List<long>[] _waits = [.. Enumerable.Range(0, count).Select(_ => new List<long>())];

    /// <summary>Writes until the time is over, or each writer has written its share.</summary>
    public void Run() => Task.WaitAll([.. Enumerable.Range(0, count).Select(writer => Task.Run(() => Write(writer)))]);

    /// <summary>How long each append waited, ticks of the stopwatch, in order of length.</summary>
    public ImmutableArray<long> SortedWaits() => [.. _waits.SelectMany(waits => waits).Order()];

    private async Task Write(int writer)
    {
        long start = Stopwatch.GetTimestamp();
        long share = Math.Max(1, events / count);
        for (long i = 0; i < share && Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; i++)
        {
            JournalEntry entry = BenchmarkEvent.Of(writer + i * count, payloadBytes);
            long asked = Stopwatch.GetTimestamp();
            await journal.AppendAsync(entry);
            _waits[writer].Add(Stopwatch.GetTimestamp() - asked);
        }
    }
}
