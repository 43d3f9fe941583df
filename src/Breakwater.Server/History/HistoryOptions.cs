using Breakwater.Instruments;

namespace Breakwater.Server.History;

/// <summary>How much of the past is kept for queries (docs/adr/0100).</summary>
internal sealed record HistoryOptions
{
    /// <summary>Least time between two samples, seconds of engine time; ≥ 1.</summary>
    public int IntervalSecondsMin { get; init; } = 60;

    /// <summary>Greatest time between two samples that many subaccounts lead to, seconds of engine time; not below the
    /// least.</summary>
    public int IntervalSecondsMax { get; init; } = 900;

    /// <summary>How long samples and marks are kept, days of engine time; ≥ 1.</summary>
    public int KeptDays { get; init; } = 30;

    /// <summary>Most rows of samples, one per subaccount and sample; ≥ 1. The oldest samples go first.</summary>
    public long RowsMax { get; init; } = 10_000_000;

    /// <summary>Most marks; ≥ 1. The oldest go first.</summary>
    public long MarksMax { get; init; } = 2_000_000;

    /// <summary>Most samples that wait to be written; the next one is left out and counted. ≥ 1.</summary>
    public int WaitingSamplesMax { get; init; } = 4;

    /// <summary>Most commands that wait to be written as marks; the next one is left out and counted. ≥ 1.</summary>
    public int WaitingMarksMax { get; init; } = 65_536;

    /// <summary>How long rows are kept, milliseconds of engine time.</summary>
    internal long KeptMilliseconds => KeptDays * Timestamp.DayMilliseconds;

    /// <summary>Time between samples of so many subaccounts, milliseconds of engine time: such that what is kept for
    /// <see cref="KeptDays"/> fits into <see cref="RowsMax"/>, within its bounds.</summary>
    /// <param name="accountCount">Subaccounts.</param>
    internal long IntervalMilliseconds(int accountCount)
    {
        const long MillisecondsPerSecond = 1_000;
        decimal fitting = (decimal)KeptMilliseconds * accountCount / RowsMax;
        return (long)Math.Clamp(
            fitting, (decimal)IntervalSecondsMin * MillisecondsPerSecond,
            (decimal)IntervalSecondsMax * MillisecondsPerSecond);
    }
}
