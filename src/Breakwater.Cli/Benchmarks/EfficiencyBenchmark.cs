using Breakwater.Adapters.Files;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Statistical efficiency of block B's sampler alone: how far the expected shortfall of 4,096 of its points
/// lies from that of 2¹⁸, account by account, over many seeds.</summary>
/// <remarks>
/// First the product's points, with one public beacon after another: a draw is 2,048 points, so two draws make 4,096,
/// as two days would. Then the same tools, scrambled nets and a stratified jump, on the workload's own law, on which
/// the figures of PERFORMANCE 1 were found. Instruments and accounts are the workload's. Plain random numbers for
/// comparison: as many points drawn from the reference by weight, with replacement.
/// </remarks>
internal static class EfficiencyBenchmark
{
    private const int AccountCount = 101; // odd: the median is one of them
    private const int ChunkPoints = 2_048; // of a draw of the block
    private const int ChunksOfSample = 2;
    private const int ChunksOfReference = 128; // 2^18 points
    private const int Samples = 32;
    private const int RoughChunksOfReference = 8; // with one round only whether it runs is asked
    private const int RoughSamples = 2;
    private const ulong ReferenceSeed = 1_000_000;
    private const double TailShare = 0.01;
    private const double Percent = 100.0;

    /// <summary>The entry.</summary>
    public static BenchmarkEntry Entry { get; } = new(
        "efficiency", "error of ES99 from 4,096 points of block B's sampler against 2^18, and of plain random ones",
        Run);

    private static IEnumerable<BenchmarkResult> Run(BenchmarkSetting setting)
    {
        Workload workload = setting.Workload.Value;
        int samples = setting.Rounds == 1 ? RoughSamples : Samples;
        int chunks = setting.Rounds == 1 ? RoughChunksOfReference : ChunksOfReference;
        BlockDraws draws = new(workload);
        return
        [
            .. Measure("block B", workload, samples,
                Enumerable.Range(0, chunks).Select(draws.Of),
                sample => Enumerable.Range(chunks + (sample * ChunksOfSample), ChunksOfSample).Select(draws.Of)),
            .. Measure("its tools on the workload's law", workload, samples,
                Enumerable.Range(0, chunks).Select(chunk => DrawnPoints.OfNets(
                    ReferenceSeed, chunk * ChunkPoints / 2, ChunkPoints / 2)),
                sample => [DrawnPoints.OfNets((ulong)sample, 0, ChunksOfSample * ChunkPoints / 2)]),
        ];
    }

    private static IEnumerable<BenchmarkResult> Measure(
        string law,
        Workload workload,
        int samples,
        IEnumerable<DrawnPoints> reference,
        Func<int, IEnumerable<DrawnPoints>> sampleOf)
    {
        double[][] sampled = new double[samples][];
        double[][] random = new double[samples][];
        double[] expected = [];
        RoundTime time = RoundTime.Of(() =>
        {
            WeightedLosses whole = LossesIn(workload, reference);
            expected = whole.Shortfalls(TailShare);
            for (int sample = 0; sample < samples; sample++)
            {
                WeightedLosses own = LossesIn(workload, sampleOf(sample));
                sampled[sample] = own.Shortfalls(TailShare);
                random[sample] = whole.Resampled(own.PointCount, new Random(sample)).Shortfalls(TailShare);
            }
        });
        yield return ResultOf(law, sampled, expected, time);
        yield return ResultOf($"{law}: plain random", random, expected, time);
    }

    private static WeightedLosses LossesIn(Workload workload, IEnumerable<DrawnPoints> points)
    {
        WeightedLosses losses = new(AccountCount);
        foreach (DrawnPoints own in points) losses.Add(workload, own);
        return losses;
    }

    private static BenchmarkResult ResultOf(
        string variant, double[][] estimates, double[] expected, RoundTime time)
    {
        double[] errors = [.. expected.Select((own, account) =>
            Percent * Math.Sqrt(estimates.Average(sample => Square((sample[account] - own) / own))))];
        Array.Sort(errors);
        return BenchmarkResult.Of("efficiency", variant, 1, time, estimates.Length, "samples/s") with
        {
            Figures = [("medianPercent", errors[errors.Length / 2]), ("worstPercent", errors[^1])],
        };
    }

    private static double Square(double value) => value * value;
}
