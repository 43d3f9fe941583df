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
        double[] cpu = new double[rounds];
        double[] wall = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
            long wallBefore = Stopwatch.GetTimestamp();
            round();
            wall[i] = Stopwatch.GetElapsedTime(wallBefore).TotalSeconds;
            cpu[i] = (Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds;
        }

        Array.Sort(cpu);
        Array.Sort(wall);
        return new RoundTime(cpu[rounds / 2], wall[rounds / 2]);
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
