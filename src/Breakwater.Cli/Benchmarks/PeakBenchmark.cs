using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Breakwater.Cli.Benchmarks;

/// <summary>The floor: what the machine gives to code without any other limit.</summary>
/// <remarks>Twelve independent chains of fused multiply-adds, two operations each; reads of an array far larger than
/// the
/// caches.</remarks>
internal static class PeakBenchmark
{
    private const int Steps = 4_000_000;
    private const int Chains = 12;
    private const int BandwidthDoubles = 16 << 20; // 128 MiB

    /// <summary>The entry.</summary>
    public static BenchmarkEntry Entry { get; } = new(
        "peak", "fused multiply-adds and reads from memory, one thread: what a kernel could reach at most", Run);

    /// <summary>Fused multiply-adds of one thread, operations per second, a multiply and an add each.</summary>
    /// <param name="rounds">Rounds of which the median counts.</param>
    public static BenchmarkResult Fma(int rounds)
    {
        RoundTime time = RoundTime.Median(rounds, static () => Sink(FmaChains(Steps)));
        return BenchmarkResult.Of(
            "peak", "FMA f64", 1, time, 2.0 * Chains * Vector512<double>.Count * Steps / 1e9, "GFLOP/s");
    }

    private static IEnumerable<BenchmarkResult> Run(BenchmarkSetting setting)
    {
        yield return Fma(setting.Rounds);
        double[] values = new double[BandwidthDoubles];
        Array.Fill(values, 1.0);
        RoundTime time = RoundTime.Median(setting.Rounds, () => Sink(Greatest(values)));
        yield return BenchmarkResult.Of(
            "peak", "read memory", 1, time, sizeof(double) * (double)BandwidthDoubles / 1e9, "GB/s");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double FmaChains(int steps)
    {
        Vector512<double> a = Vector512.Create(0.999999);
        Vector512<double> b = Vector512.Create(1e-9);
        Vector512<double> c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a;
        Vector512<double> c6 = a, c7 = a, c8 = a, c9 = a, c10 = a, c11 = a;
        for (int i = 0; i < steps; i++)
        {
            c0 = Vector512.FusedMultiplyAdd(c0, a, b);
            c1 = Vector512.FusedMultiplyAdd(c1, a, b);
            c2 = Vector512.FusedMultiplyAdd(c2, a, b);
            c3 = Vector512.FusedMultiplyAdd(c3, a, b);
            c4 = Vector512.FusedMultiplyAdd(c4, a, b);
            c5 = Vector512.FusedMultiplyAdd(c5, a, b);
            c6 = Vector512.FusedMultiplyAdd(c6, a, b);
            c7 = Vector512.FusedMultiplyAdd(c7, a, b);
            c8 = Vector512.FusedMultiplyAdd(c8, a, b);
            c9 = Vector512.FusedMultiplyAdd(c9, a, b);
            c10 = Vector512.FusedMultiplyAdd(c10, a, b);
            c11 = Vector512.FusedMultiplyAdd(c11, a, b);
        }

        return Vector512.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Greatest(double[] values)
    {
        ReadOnlySpan<Vector512<double>> vectors = MemoryMarshal.Cast<double, Vector512<double>>(values);
        Vector512<double> a = default, b = default, c = default, d = default;
        for (int i = 0; i + 3 < vectors.Length; i += 4)
        {
            a = Vector512.MaxNative(a, vectors[i]);
            b = Vector512.MaxNative(b, vectors[i + 1]);
            c = Vector512.MaxNative(c, vectors[i + 2]);
            d = Vector512.MaxNative(d, vectors[i + 3]);
        }

        return Vector512.Sum(a + b + c + d);
    }

    // The result must be used, or the compiler may leave the work out.
    private static void Sink(double value)
    {
        if (double.IsNaN(value)) throw new InvalidOperationException("a peak measurement gave no number");
    }
}
