using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Adapters.Files;

/// <summary>Reads funding rates, fraction per 8 h: <c>time_utc,funding_rate_8h</c> known at its time, or
/// <c>date,funding_mean</c> known when the day ends.</summary>
internal static class FundingFile
{
    /// <summary>Rates known at <paramref name="at"/>.</summary>
    internal static Result<FundingSeries> Read(string path, Timestamp at)
    {
        Result<CsvTable> opened = CsvTable.Open(path);
        if (!opened.IsAccepted)
        {
            return Result<FundingSeries>.Refused(opened.Failures);
        }

        using CsvTable table = opened.Value;
        bool isDaily = table.Column("date") != CsvTable.Absent;
        int time = table.Require(isDaily ? "date" : "time_utc");
        int rate = table.Require(isDaily ? "funding_mean" : "funding_rate_8h");
        int absolute = table.Column("funding_abs");
        List<FundingPoint> points = [];
        Timestamp? last = null;
        while (table.Failures.Count == 0 && table.Read())
        {
            table.Number(absolute, NumberDomain.NotNegative);
            double? value = Rate(table, rate);
            if (table.TryTime(time, out Timestamp stamp) && stamp > (last ?? stamp.AddMilliseconds(-1)))
            {
                last = stamp;
                Keep(points, stamp.AddMilliseconds(isDaily ? Timestamp.DayMilliseconds : 0), value, at);
            }
            else if (stamp <= last)
            {
                table.Refuse(
                    stamp == last ? FailureReason.Duplicate : FailureReason.OutOfOrder, "times must rise", table[time],
                    $"> {last}");
            }
        }

        return table.Failures.Count > 0
            ? Result<FundingSeries>.Refused(table.Failures)
            : Result<FundingSeries>.Accepted(new FundingSeries(path, [.. points]));
    }

    private static double? Rate(CsvTable table, int column)
    {
        double? value = table.Number(column, NumberDomain.Any);
        if (value is not (> -1 and < 1) and not null)
        {
            table.Refuse(
                FailureReason.OutOfRange, "a funding rate is a fraction per 8 h", table[column], "between −1 and 1");
            return null;
        }

        return value;
    }

    private static void Keep(List<FundingPoint> points, Timestamp known, double? value, Timestamp at)
    {
        if (known <= at && value is { } rate)
        {
            points.Add(new FundingPoint(known, rate));
        }
    }
}
