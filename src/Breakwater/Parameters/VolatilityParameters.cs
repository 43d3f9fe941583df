using System.Collections.Immutable;

namespace Breakwater.Parameters;

/// <summary>Constants of the volatility filter and of what bounds it (METHODOLOGY 3.2, 4.7).</summary>
public sealed record VolatilityParameters
{
    private static readonly ParameterField HalfLifeShortHoursField = new(
        "volatility.halfLifeShortHours", "hours", 6m, 48m, "20 % / 7 d",
        "Short memory of the volatility filter (METHODOLOGY 3.2, 10).");

    private static readonly ParameterField HalfLifeMediumHoursField = new(
        "volatility.halfLifeMediumHours", "hours", 48m, 240m, "20 % / 7 d",
        "Medium memory of the volatility filter (METHODOLOGY 3.2, 10).");

    private static readonly ParameterField HalfLifeLongHoursField = new(
        "volatility.halfLifeLongHours", "hours", 360m, 2160m, "20 % / 7 d",
        "Long memory of the volatility filter (METHODOLOGY 3.2, 10).");

    private static readonly ParameterField WeightShortField = new(
        "volatility.weightShort", "relative weight", 0m, 1m, "0.1 / 7 d",
        "Weight of the short memory; the three are divided by their sum (METHODOLOGY 3.2).");

    private static readonly ParameterField WeightMediumField = new(
        "volatility.weightMedium", "relative weight", 0m, 1m, "0.1 / 7 d",
        "Weight of the medium memory (METHODOLOGY 3.2).");

    private static readonly ParameterField WeightLongField = new(
        "volatility.weightLong", "relative weight", 0.05m, 1m, "0.1 / 7 d",
        "Weight of the long memory; never zero, so that the sum is not (METHODOLOGY 3.2).");

    private static readonly ParameterField HourOfWeekShareFractionField = new(
        "volatility.hourOfWeekShareFraction", "fraction", 0m, 1m, "0.25 / 7 d",
        "Share of the hour-of-week pattern that is removed; 0 is off, 0.5 shrinks it by half (METHODOLOGY 3.2).");

    private static readonly ParameterField HourOfWeekHalfLifeDaysField = new(
        "volatility.hourOfWeekHalfLifeDays", "days", 30m, 365m, "20 % / 7 d",
        "Memory of the hour-of-week pattern (METHODOLOGY 3.2).");

    private static readonly ParameterField FloorToLongFractionField = new(
        "volatility.floorToLongFraction", "fraction", 0.5m, 1m, "0.1 / 7 d",
        "No forecast is below this share of the long volatility: anti-procyclical (METHODOLOGY 3.2, 4.7, M10).");

    private static readonly ParameterField LongWindowYearsField = new(
        "volatility.longWindowYears", "years", 5m, 20m, "1 / 14 d",
        "Daily returns that make the long volatility (METHODOLOGY 3.2, M10: 10-year lookback).");

    private static readonly ParameterField LongHistoryMinimumYearsField = new(
        "volatility.longHistoryMinimumYears", "years", 1m, 5m, "1 / 14 d",
        "A shorter daily history borrows the leader's long volatility times its beta (METHODOLOGY 3.2).");

    private static readonly ParameterField ImpliedShareFractionField = new(
        "volatility.impliedShareFraction", "fraction", 0.5m, 1m, "0.05 / 7 d",
        "Share of short-dated implied volatility below which the forecast may not stay (METHODOLOGY 3.2).");

    private static readonly ParameterField ImpliedExpiryMinimumDaysField = new(
        "volatility.impliedExpiryMinimumDays", "days", 0.5m, 7m, "1 / 7 d",
        "Shortest expiry of the implied floor (METHODOLOGY 3.2).");

    private static readonly ParameterField ImpliedExpiryMaximumDaysField = new(
        "volatility.impliedExpiryMaximumDays", "days", 2m, 30m, "2 / 7 d",
        "Longest expiry of the implied floor (METHODOLOGY 3.2).");

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
    [
        HalfLifeShortHoursField, HalfLifeMediumHoursField, HalfLifeLongHoursField, WeightShortField,
        WeightMediumField, WeightLongField, HourOfWeekShareFractionField, HourOfWeekHalfLifeDaysField,
        FloorToLongFractionField, LongWindowYearsField, LongHistoryMinimumYearsField, ImpliedShareFractionField,
        ImpliedExpiryMinimumDaysField, ImpliedExpiryMaximumDaysField,
    ];

    internal VolatilityParameters(ParameterValues values)
    {
        HalfLifeShortHours = values[HalfLifeShortHoursField];
        HalfLifeMediumHours = values[HalfLifeMediumHoursField];
        HalfLifeLongHours = values[HalfLifeLongHoursField];
        WeightShort = values[WeightShortField];
        WeightMedium = values[WeightMediumField];
        WeightLong = values[WeightLongField];
        HourOfWeekShareFraction = values[HourOfWeekShareFractionField];
        HourOfWeekHalfLifeDays = values[HourOfWeekHalfLifeDaysField];
        FloorToLongFraction = values[FloorToLongFractionField];
        LongWindowYears = values[LongWindowYearsField];
        LongHistoryMinimumYears = values[LongHistoryMinimumYearsField];
        ImpliedShareFraction = values[ImpliedShareFractionField];
        ImpliedExpiryMinimumDays = values[ImpliedExpiryMinimumDaysField];
        ImpliedExpiryMaximumDays = values[ImpliedExpiryMaximumDaysField];
    }

    /// <summary>Half-life of the short memory, hours.</summary>
    public double HalfLifeShortHours { get; }

    /// <summary>Half-life of the medium memory, hours.</summary>
    public double HalfLifeMediumHours { get; }

    /// <summary>Half-life of the long memory, hours.</summary>
    public double HalfLifeLongHours { get; }

    /// <summary>Weight of the short memory; the three are divided by their sum.</summary>
    public double WeightShort { get; }

    /// <summary>Weight of the medium memory.</summary>
    public double WeightMedium { get; }

    /// <summary>Weight of the long memory; &gt; 0.</summary>
    public double WeightLong { get; }

    /// <summary>Share of the hour-of-week pattern removed before filtering; 0 is off.</summary>
    public double HourOfWeekShareFraction { get; }

    /// <summary>Half-life of the hour-of-week pattern, days.</summary>
    public double HourOfWeekHalfLifeDays { get; }

    /// <summary>σ_floor ÷ σ_long.</summary>
    public double FloorToLongFraction { get; }

    /// <summary>Length of the daily history behind σ_long, years.</summary>
    public double LongWindowYears { get; }

    /// <summary>Daily history below which σ_long is borrowed from the leader, years.</summary>
    public double LongHistoryMinimumYears { get; }

    /// <summary>Share of implied volatility that floors σ̂.</summary>
    public double ImpliedShareFraction { get; }

    /// <summary>Shortest expiry of the implied floor, days.</summary>
    public double ImpliedExpiryMinimumDays { get; }

    /// <summary>Longest expiry of the implied floor, days.</summary>
    public double ImpliedExpiryMaximumDays { get; }
}
