using System.Collections.Immutable;

namespace Breakwater.Parameters;

/// <summary>Constants of order flow (METHODOLOGY 4.6).</summary>
public sealed record FlowParameters
{
    private static readonly ParameterField MultiplierMaximumField = new(
        "flow.multiplierMaximum", "ratio", 1m, 2m, "0.1 / 7 d",
        "Cap of m_flow (METHODOLOGY 4.6, 10).");

    private static readonly ParameterField ScoreSlopeField = new(
        "flow.scoreSlope", "ratio per standard deviation", 0m, 0.5m, "0.05 / 7 d",
        "Rise of m_flow per standard deviation of imbalance above its threshold (METHODOLOGY 4.6).");

    private static readonly ParameterField ScoreThresholdField = new(
        "flow.scoreThreshold", "standard deviations", 1m, 4m, "0.5 / 7 d",
        "|z| of imbalance up to which nothing is added (METHODOLOGY 4.6).");

    private static readonly ParameterField ToxicitySlopeField = new(
        "flow.toxicitySlope", "ratio", 0m, 1m, "0.1 / 7 d",
        "Rise of m_flow from the threshold to the top of the distribution of VPIN (METHODOLOGY 4.6).");

    private static readonly ParameterField ToxicityThresholdField = new(
        "flow.toxicityThreshold", "fraction", 0.5m, 0.99m, "0.05 / 7 d",
        "F(VPIN) up to which nothing is added (METHODOLOGY 4.6).");

    private static readonly ParameterField ScoreWindowDaysField = new(
        "flow.scoreWindowDays", "days", 1m, 30m, "20 % / 7 d",
        "Window of mean and deviation of the imbalance (METHODOLOGY 4.6).");

    private static readonly ParameterField ToxicityWindowDaysField = new(
        "flow.toxicityWindowDays", "days", 7m, 90m, "20 % / 7 d",
        "Window of the empirical distribution of VPIN (METHODOLOGY 4.6).");

    private static readonly ParameterField BucketsPerDayField = new(
        "flow.bucketsPerDay", "count", 10m, 500m, "20 % / 7 d",
        "A volume bucket is the median daily volume over this (METHODOLOGY 4.6: V/50).");

    private static readonly ParameterField BucketCountField = new(
        "flow.bucketCount", "count", 10m, 500m, "20 % / 7 d",
        "Volume buckets that VPIN averages (METHODOLOGY 4.6: 50).");

    private static readonly ParameterField ScoreHoursField = new(
        "flow.scoreHours", "hours", 0.25m, 8m, "×2 / 7 d",
        "Interval of the imbalance that is scored: an hour, as taker volumes are published "
            + "(docs/methodology/order-flow.md).");

    private static readonly ParameterField IntervalSecondsField = new(
        "flow.intervalSeconds", "seconds", 1m, 60m, "×2 / 7 d",
        "Interval of the imbalance whose impact on the price is estimated (METHODOLOGY 4.6: 10 s).");

    private static readonly ParameterField ImpactWindowHoursField = new(
        "flow.impactWindowHours", "hours", 1m, 168m, "20 % / 7 d",
        "Window of the regression of price changes on imbalance (METHODOLOGY 4.6: rolling 24 h).");

    private static readonly ParameterField LevelCountField = new(
        "flow.levelCount", "count", 1m, 50m, "5 / 7 d",
        "Levels of the book that count on each side; at weight e^(−0.5·level) the tenth counts 1 %.");

    private static readonly ParameterField LevelDecayField = new(
        "flow.levelDecay", "per level", 0m, 5m, "0.1 / 7 d",
        "Weight of a level is e^(−this·level) (METHODOLOGY 4.6).");

    private static readonly ParameterField RestSecondsField = new(
        "flow.restSeconds", "seconds", 1m, 60m, "×2 / 7 d",
        "Depth counts once it has rested so long without a break: spoof guard (METHODOLOGY 4.6).");

    private static readonly ParameterField VolumeShareMinimumField = new(
        "flow.volumeShareMinimum", "fraction of median volume", 0.05m, 1m, "0.05 / 7 d",
        "Flow below this share of the median volume of an interval is neutral (METHODOLOGY 4.6).");

    private static readonly ParameterField PrintShareMaximumField = new(
        "flow.printShareMaximum", "standard deviations", 0.01m, 1m, "25 % / 3 d",
        "No single print or change of the book counts more than this share of the usual imbalance of an interval: one "
            + "moves m_flow below 1 % (METHODOLOGY 12, row 7).");

    private static readonly ParameterField ObservationsMinimumField = new(
        "flow.observationsMinimum", "count", 10m, 200m, "20 % / 7 d",
        "Fewer intervals or values of VPIN than this say nothing: a day of hours, as the chosen interval has.");

    private static readonly ParameterField DriftShareField = new(
        "flow.driftShare", "fraction", 0m, 1m, "0.1 / 7 d",
        "Share of the impact of the last imbalance that is expected to come again (METHODOLOGY 4.6: ½).");

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
    [
        MultiplierMaximumField, ScoreSlopeField, ScoreThresholdField, ToxicitySlopeField, ToxicityThresholdField,
        ScoreWindowDaysField, ToxicityWindowDaysField, BucketsPerDayField, BucketCountField, ScoreHoursField,
        IntervalSecondsField, ImpactWindowHoursField, LevelCountField, LevelDecayField, RestSecondsField,
        VolumeShareMinimumField, PrintShareMaximumField, ObservationsMinimumField, DriftShareField,
    ];

    internal FlowParameters(ParameterValues values)
    {
        MultiplierMaximum = values[MultiplierMaximumField];
        ScoreSlope = values[ScoreSlopeField];
        ScoreThreshold = values[ScoreThresholdField];
        ToxicitySlope = values[ToxicitySlopeField];
        ToxicityThreshold = values[ToxicityThresholdField];
        ScoreWindowDays = values[ScoreWindowDaysField];
        ToxicityWindowDays = values[ToxicityWindowDaysField];
        BucketsPerDay = values[BucketsPerDayField];
        BucketCount = (int)values.Exact(BucketCountField);
        ScoreHours = values[ScoreHoursField];
        IntervalSeconds = values[IntervalSecondsField];
        ImpactWindowHours = values[ImpactWindowHoursField];
        LevelCount = (int)values.Exact(LevelCountField);
        LevelDecay = values[LevelDecayField];
        RestSeconds = values[RestSecondsField];
        VolumeShareMinimum = values[VolumeShareMinimumField];
        PrintShareMaximum = values[PrintShareMaximumField];
        ObservationsMinimum = (int)values.Exact(ObservationsMinimumField);
        DriftShare = values[DriftShareField];
    }

    /// <summary>Cap of m_flow, ratio.</summary>
    public double MultiplierMaximum { get; }

    /// <summary>Rise per standard deviation.</summary>
    public double ScoreSlope { get; }

    /// <summary>|z| that adds nothing yet, standard deviations.</summary>
    public double ScoreThreshold { get; }

    /// <summary>Rise from the threshold of F(VPIN) to 1.</summary>
    public double ToxicitySlope { get; }

    /// <summary>F(VPIN) that adds nothing yet, fraction.</summary>
    public double ToxicityThreshold { get; }

    /// <summary>Window of z, days.</summary>
    public double ScoreWindowDays { get; }

    /// <summary>Window of F, days.</summary>
    public double ToxicityWindowDays { get; }

    /// <summary>Volume buckets a day.</summary>
    public double BucketsPerDay { get; }

    /// <summary>Volume buckets averaged.</summary>
    public int BucketCount { get; }

    /// <summary>Interval of z, hours.</summary>
    public double ScoreHours { get; }

    /// <summary>Interval of the impact regression, seconds.</summary>
    public double IntervalSeconds { get; }

    /// <summary>Window of the impact regression, hours.</summary>
    public double ImpactWindowHours { get; }

    /// <summary>Levels counted on each side.</summary>
    public int LevelCount { get; }

    /// <summary>Decay of the weight per level.</summary>
    public double LevelDecay { get; }

    /// <summary>Rest before depth counts, seconds.</summary>
    public double RestSeconds { get; }

    /// <summary>Share of median volume below which flow is neutral.</summary>
    public double VolumeShareMinimum { get; }

    /// <summary>Most that one print counts, standard deviations of an interval's imbalance.</summary>
    public double PrintShareMaximum { get; }

    /// <summary>Least number of intervals, or of values of VPIN.</summary>
    public int ObservationsMinimum { get; }

    /// <summary>Share of the impact that is expected again.</summary>
    public double DriftShare { get; }
}
