using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Adapters.Files;

/// <summary>Reads depth of one order book: <c>time_utc,percentage,depth,notional</c> and, where the source marks bad
/// rows, <c>suspect</c> (0 or 1).</summary>
/// <remarks>Rows of one time are one sample; a negative percentage is the bid side. A sample with a suspect row is
/// suspect as a whole: a wrong reference price is wrong on both sides.</remarks>
internal static class DepthFile
{
    private const double PercentageMaximum = 100;

    /// <summary>Samples known at <paramref name="at"/>; later rows are checked and left out.</summary>
    internal static Result<DepthSeries> Read(string path, Timestamp at)
    {
        Result<CsvTable> opened = CsvTable.Open(path);
        if (!opened.IsAccepted)
        {
            return Result<DepthSeries>.Refused(opened.Failures);
        }

        using CsvTable table = opened.Value;
        DepthColumns columns = new(
            table.Require("time_utc"), table.Require("percentage"), table.Column("depth"), table.Require("notional"),
            table.Column("suspect"));
        Gathering gathering = new(at);
        while (table.Failures.Count == 0 && table.Read())
        {
            if (ReadRow(table, columns) is { } row)
            {
                gathering.Add(table, columns, row);
            }
        }

        return table.Failures.Count > 0
            ? Result<DepthSeries>.Refused(table.Failures)
            : Result<DepthSeries>.Accepted(gathering.Series(path));
    }

    private static DepthRow? ReadRow(CsvTable table, in DepthColumns columns)
    {
        bool isTimed = table.TryTime(columns.Time, out Timestamp time);
        double? percentage = table.Number(columns.Percentage, NumberDomain.Any);
        double? notional = table.Number(columns.Notional, NumberDomain.NotNegative);
        table.Number(columns.Depth, NumberDomain.NotNegative);
        double suspect = table.Number(columns.Suspect, NumberDomain.NotNegative) ?? 0;
        if (percentage is 0 or >= PercentageMaximum or <= -PercentageMaximum)
        {
            table.Refuse(
                FailureReason.OutOfRange, "percentage is a distance from the mid", table[columns.Percentage],
                "within ±100, not 0");
        }

        if (suspect is not (0 or 1))
        {
            table.Refuse(FailureReason.OutOfRange, "suspect is a mark", table[columns.Suspect], "0 or 1");
        }

        if (percentage is null || notional is null)
        {
            table.Refuse(FailureReason.Missing, "a row states percentage and notional", []);
            return null;
        }

        return isTimed ? new DepthRow(time, percentage.Value, notional.Value, suspect == 1) : null;
    }

    private readonly record struct DepthColumns(int Time, int Percentage, int Depth, int Notional, int Suspect);

    private readonly record struct DepthRow(Timestamp At, double Percentage, double NotionalUsd, bool IsSuspect);

    private sealed class Gathering(Timestamp at)
    {
        private readonly ImmutableArray<DepthSample>.Builder _samples = ImmutableArray.CreateBuilder<DepthSample>();
        private readonly SortedDictionary<double, double> _levels = [];
        private Timestamp? _time;
        private bool _isSuspect;
        private int _suspectCount;

        internal void Add(CsvTable table, in DepthColumns columns, in DepthRow row)
        {
            if (row.At < _time)
            {
                table.Refuse(
                    FailureReason.OutOfOrder, "times must not fall", table[columns.Time], $"≥ {_time}");
                return;
            }

            if (row.At != _time)
            {
                Close();
                _time = row.At;
            }

            if (!_levels.TryAdd(row.Percentage, row.NotionalUsd))
            {
                table.Refuse(
                    FailureReason.Duplicate, "a distance stands twice at one time", table[columns.Percentage]);
            }

            _isSuspect |= row.IsSuspect;
        }

        internal DepthSeries Series(string path)
        {
            Close();
            return new DepthSeries(path, _samples.ToImmutable(), _suspectCount);
        }

        private void Close()
        {
            if (_time is { } time && time <= at)
            {
                _suspectCount += _isSuspect ? 1 : 0;
                if (!_isSuspect)
                {
                    _samples.Add(new DepthSample(time, Side(-1d), Side(1d)));
                }
            }

            _levels.Clear();
            _isSuspect = false;
        }

        private ImmutableArray<DepthLevel> Side(double sign) =>
        [
            .. _levels.Where(level => level.Key * sign > 0d)
                .Select(level => new DepthLevel(Math.Abs(level.Key) / PercentageMaximum, level.Value))
                .OrderBy(level => level.DistanceFraction),
        ];
    }
}
