using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;

namespace Breakwater.Cli.Replays;

/// <summary>Forecasts of one group against what happened.</summary>
/// <param name="Name">Which group.</param>
/// <param name="Count">Forecasts.</param>
/// <param name="Forecast">Their mean.</param>
/// <param name="Observed">Share of accounts that were liquidated.</param>
/// <param name="Low">Lower end of the 95 % band of the observed share.</param>
/// <param name="High">Upper end.</param>
/// <param name="Effective">Independent observations the group is worth.</param>
internal sealed record CalibrationGroup(
    string Name, int Count, double Forecast, double Observed, double Low, double High, double Effective)
{
    private const double Quantile = 1.959964; // of the normal law, two-sided 95 %

    /// <summary>Whether the forecast lies in the band.</summary>
    public bool IsInside => Forecast >= Low && Forecast <= High;

    /// <summary>Measures a group.</summary>
    /// <remarks>Positions of one week share its market, so they are no independent observations: the variance is that
    /// of the sums of weeks about the forecast, and the band is Wilson's (1927) with as many observations as give it.
    /// Where forecasts look ahead for half of that or more, a cluster is as long as two horizons.</remarks>
    public static CalibrationGroup Of(string name, IReadOnlyList<PassageOutcome> outcomes)
    {
        const long Week = 7 * Timestamp.DayMilliseconds;
        long cluster = Math.Max(Week, 2 * outcomes.Max(own => own.Hours) * Timestamp.HourMilliseconds);
        double count = outcomes.Count;
        double forecast = outcomes.Average(own => own.Forecast);
        double observed = outcomes.Count(own => own.IsLiquidated) / count;
        double clustered = outcomes.GroupBy(own => own.At.UnixMilliseconds / cluster)
            .Select(week => week.Sum(own => (own.IsLiquidated ? 1d : 0d) - own.Forecast))
            .Sum(sum => sum * sum);
        double independent = outcomes.Sum(own => own.Forecast * (1d - own.Forecast));
        double effective = count / Math.Max(1d, independent > 0d ? clustered / independent : 1d);
        double square = Quantile * Quantile;
        double centre = (observed + (square / (2d * effective))) / (1d + (square / effective));
        double width = Quantile / (1d + (square / effective))
            * Math.Sqrt((observed * (1d - observed) / effective) + (square / (4d * effective * effective)));
        return new CalibrationGroup(
            name, outcomes.Count, forecast, observed,
            observed > 0d ? Math.Max(0d, centre - width) : 0d,
            observed < 1d ? Math.Min(1d, centre + width) : 1d,
            effective);
    }
}

/// <summary>Deciles of forecast probability against observed frequency.</summary>
internal static class PassageCalibration
{
    private const int GroupCount = 10;

    /// <summary>Those forecasts that are zero, deciles of the others, and these by whether the floor held σ̂ up.
    /// </summary>
    /// <param name="outcomes">Forecasts and outcomes.</param>
    /// <param name="hours">Horizon, hours.</param>
    public static ImmutableArray<CalibrationGroup> Deciles(ImmutableArray<PassageOutcome> outcomes, int hours)
    {
        PassageOutcome[] own = [.. outcomes.Where(outcome => outcome.Hours == hours)];
        PassageOutcome[] zero = [.. own.Where(outcome => outcome.Forecast <= 0d)];
        PassageOutcome[] sorted = [.. own.Where(outcome => outcome.Forecast > 0d).OrderBy(outcome => outcome.Forecast)];
        ImmutableArray<CalibrationGroup>.Builder groups = ImmutableArray.CreateBuilder<CalibrationGroup>();
        if (zero.Length > 0)
        {
            groups.Add(CalibrationGroup.Of("none", zero));
        }

        for (int group = 0; group < GroupCount && sorted.Length >= GroupCount; group++)
        {
            int from = (int)((long)group * sorted.Length / GroupCount);
            int to = (int)((group + 1L) * sorted.Length / GroupCount);
            groups.Add(CalibrationGroup.Of(FormattableString.Invariant($"{group + 1}"), sorted[from..to]));
        }

        foreach (bool isFloored in (ImmutableArray<bool>)[true, false])
        {
            PassageOutcome[] part = [.. sorted.Where(outcome => outcome.IsFloored == isFloored)];
            if (part.Length > 0)
            {
                groups.Add(CalibrationGroup.Of(isFloored ? "all, floored" : "all, not floored", part));
            }
        }

        return groups.ToImmutable();
    }

    /// <summary>Writes the tables of every horizon.</summary>
    public static void WriteTables(TextWriter output, ImmutableArray<PassageOutcome> outcomes)
    {
        foreach (int hours in PassageStudy.Horizons)
        {
            output.WriteLine(FormattableString.Invariant(
                $"PL({hours} h) of every position of the list, deciles of the forecasts above zero"));
            TextTable table = new(
                "decile", ">forecasts", ">mean forecast, %", ">observed, %", ">95 % band, %", ">independent", "inside");
            foreach (CalibrationGroup group in Deciles(outcomes, hours))
            {
                table.Row(
                    group.Name, group.Count.ToString(CultureInfo.InvariantCulture), Percent(group.Forecast),
                    Percent(group.Observed), $"{Percent(group.Low)} to {Percent(group.High)}",
                    group.Effective.ToString("0", CultureInfo.InvariantCulture), group.IsInside ? "yes" : "no");
            }

            table.Write(output);
            output.WriteLine();
        }
    }

    /// <summary>Writes the same as members of a document.</summary>
    public static void WriteJson(Utf8JsonWriter json, ImmutableArray<PassageOutcome> outcomes)
    {
        json.WriteNumber("version", 1);
        json.Objects("horizons", PassageStudy.Horizons, hours =>
        {
            json.WriteNumber("hours", hours);
            json.Objects("groups", Deciles(outcomes, hours), group =>
            {
                json.WriteString("decile", group.Name);
                json.WriteNumber("count", group.Count);
                json.WriteNumber("forecast", group.Forecast);
                json.WriteNumber("observed", group.Observed);
                json.WriteNumber("low", group.Low);
                json.WriteNumber("high", group.High);
                json.WriteNumber("independent", group.Effective);
                json.WriteBoolean("inside", group.IsInside);
            });
        });
    }

    private static string Percent(double fraction) =>
        (100d * fraction).ToString("0.000", CultureInfo.InvariantCulture);
}
