using System.Diagnostics;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Time of one round, by two clocks.</summary>
/// <param name="CpuSeconds">Processor time of the process, all threads, seconds: not disturbed by other
/// processes.</param>
/// <param name="WallSeconds">Time on the wall, seconds.</param>
internal readonly record struct RoundTime(double CpuSeconds, double WallSeconds)
{
    // Vector kernels reach their final machine code after some dozens of calls and a tenth of a second.
    private const double WarmUpSeconds = 0.4;
    private const int WarmUpRounds = 2;

    /// <summary>Median of several rounds, each clock by itself, after rounds that are not counted.</summary>
    /// <param name="rounds">Rounds that count; ≥ 1. With 1 nothing is warmed up: only whether it runs is asked.</param>
    /// <param name="round">The work of a round.</param>
    public static RoundTime Median(int rounds, Action round)
    {
        if (rounds > 1) WarmUp(round);
        RoundTime[] times = new RoundTime[rounds];
        for (int i = 0; i < rounds; i++) times[i] = Of(round);
        return Median(times);
    }

    /// <summary>Time of one round.</summary>
    /// <param name="round">Its work.</param>
    public static RoundTime Of(Action round)
    {
        TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
        long wallBefore = Stopwatch.GetTimestamp();
        round();
        double wall = Stopwatch.GetElapsedTime(wallBefore).TotalSeconds;
        return new RoundTime((Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds, wall);
    }

    /// <summary>Median of several rounds, each clock by itself.</summary>
    /// <param name="times">Their times; at least one.</param>
    public static RoundTime Median(ReadOnlySpan<RoundTime> times) => Quantile(times, 0.5);

    /// <summary>A quantile of several rounds, each clock by itself.</summary>
    /// <param name="times">Their times; at least one.</param>
    /// <param name="share">Share of the rounds that are faster; in [0, 1).</param>
    public static RoundTime Quantile(ReadOnlySpan<RoundTime> times, double share)
    {
        double[] cpu = new double[times.Length];
        double[] wall = new double[times.Length];
        for (int i = 0; i < times.Length; i++) (cpu[i], wall[i]) = times[i];
        Array.Sort(cpu);
        Array.Sort(wall);
        int at = (int)(share * times.Length);
        return new RoundTime(cpu[at], wall[at]);
    }

    private static void WarmUp(Action round)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < WarmUpRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds; i++)
        {
            round();
        }
    }
}
