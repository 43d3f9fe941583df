using Breakwater.Adapters.Files;

namespace Breakwater.Cli.Benchmarks;

/// <summary>What a benchmark is run on.</summary>
/// <param name="Workload">The shared workload; read or drawn when first asked for.</param>
/// <param name="Threads">Threads that may work at once; ≥ 1.</param>
/// <param name="Rounds">Rounds of which the median counts; ≥ 1.</param>
internal sealed record BenchmarkSetting(Lazy<Workload> Workload, int Threads, int Rounds)
{
    /// <summary>Runs a body over parts of [0, count) on as many threads as may work; with one, on the
    /// caller's.</summary>
    /// <param name="count">Number of items, ≥ 0.</param>
    /// <param name="body">Works on items from the first to below the second argument.</param>
    public void Split(int count, Action<int, int> body)
    {
        if (Threads == 1)
        {
            body(0, count);
            return;
        }

        SplitOnThreads(count, body);
    }

    // By itself: what the parts capture is allocated on entry.
    private void SplitOnThreads(int count, Action<int, int> body)
    {
        int share = (count + Threads - 1) / Threads;
        Parallel.For(
            0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads },
            part => body(Math.Min(count, part * share), Math.Min(count, part * share + share)));
    }

    /// <summary>Runs independent units on as many threads as may work.</summary>
    /// <param name="count">Units; ≥ 0.</param>
    /// <param name="unit">Works on one.</param>
    public void Run(int count, Action<int> unit)
    {
        if (Threads == 1)
        {
            for (int index = 0; index < count; index++) unit(index);
            return;
        }

        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Threads }, unit);
    }
}
