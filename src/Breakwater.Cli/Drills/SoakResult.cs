using System.Collections.Immutable;

namespace Breakwater.Cli.Drills;

/// <summary>What a soak found.</summary>
/// <param name="Request">What was done.</param>
/// <param name="Intervals">By interval, in order.</param>
/// <param name="BrokenStreamCount">Followers of the stream that were cut off.</param>
/// <param name="ExitCode">What the server returned when it was asked to stop.</param>
internal sealed record SoakResult(
    SoakRequest Request, ImmutableArray<SoakInterval> Intervals, int BrokenStreamCount, int ExitCode)
{
    /// <summary>Growth from the middle third to the last that is still called flat.</summary>
    /// <remarks>A server that leaks a tenth of what it holds in a third of the soak would double it in a few soaks. The
    /// first third is left out: it holds more with every piece of code and every pool that it uses first.</remarks>
    public const double GrowthFractionMax = 0.10;

    private const int Thirds = 3;
    private const double HandlesMax = 16; // pools and sockets that open for a moment

    /// <summary>By how much memory has grown from the middle third to the last, as a fraction; <c>null</c> with fewer
    /// than three intervals.</summary>
    public double? MemoryGrowthFraction => Growth(Intervals, static own => own.ResidentBytesMedian);

    /// <summary>What-if questions for more of a market that is restricted to less: the rule is their answer.</summary>
    public int RefusedCount => Intervals.Sum(static own => own.Load.Tallies.Sum(static kind => kind.RefusedCount));

    /// <summary>Requests that got another answer than success or that refusal, or none.</summary>
    public int FailedCount => Intervals.Sum(static own => own.Load.Tallies.Sum(static kind => kind.FailedCount));

    /// <summary>Whether memory and handles stay where they are.</summary>
    public bool IsFlat => MemoryGrowthFraction is not > GrowthFractionMax && (Intervals.Length < Thirds
        || Mean(Last(Intervals), static own => own.HandleCountMax)
            <= Mean(Middle(Intervals), static own => own.HandleCountMax) + HandlesMax);

    /// <summary>Whether it held: flat, every request answered, no follower cut off, stopped in good order.</summary>
    public bool HasHeld => IsFlat && FailedCount == 0 && BrokenStreamCount == 0 && ExitCode == Cli.ExitCode.Done;

    /// <summary>Growth of something from the middle third to the last, as a fraction of the former.</summary>
    /// <param name="intervals">Intervals, in order.</param>
    /// <param name="of">What is looked at; &gt; 0.</param>
    public static double? Growth(ImmutableArray<SoakInterval> intervals, Func<SoakInterval, double> of) =>
        intervals.Length < Thirds ? null : Mean(Last(intervals), of) / Mean(Middle(intervals), of) - 1d;

    private static double Mean(IEnumerable<SoakInterval> intervals, Func<SoakInterval, double> of) =>
        intervals.Average(of);

    private static IEnumerable<SoakInterval> Middle(ImmutableArray<SoakInterval> intervals) =>
        intervals.Skip(intervals.Length / Thirds).SkipLast(intervals.Length / Thirds);

    private static IEnumerable<SoakInterval> Last(ImmutableArray<SoakInterval> intervals) =>
        intervals.TakeLast(intervals.Length / Thirds);
}
