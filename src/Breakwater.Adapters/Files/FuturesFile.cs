using System.Collections.Immutable;
using System.Text;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Adapters.Files;

/// <summary>Reads marks of futures: <c>snapshot_utc,currency,future,mark</c>, further columns being ranges of the mark.
/// </summary>
/// <remarks>A future is named as an instrument (<c>BTC-27MAR26</c>, <c>BTC-PERPETUAL</c>), with <c>SYN.</c> before it
/// if the venue only implies it.</remarks>
internal static class FuturesFile
{
    private static ReadOnlySpan<byte> SyntheticPrefix => "SYN."u8;

    /// <summary>Marks of one underlying at every time not after <paramref name="at"/>, in order of time.</summary>
    internal static Result<ImmutableArray<FuturesObservation>> Read(string path, AssetId asset, Timestamp at)
    {
        Result<CsvTable> opened = CsvTable.Open(path);
        if (!opened.IsAccepted)
        {
            return Result<ImmutableArray<FuturesObservation>>.Refused(opened.Failures);
        }

        using CsvTable table = opened.Value;
        (int time, int currency, int future, int mark) = (
            table.Require("snapshot_utc"), table.Require("currency"), table.Require("future"), table.Require("mark"));
        ImmutableArray<int> ranges = [table.Column("mark_min"), table.Column("mark_max")];
        byte[] name = Encoding.ASCII.GetBytes(asset.Name);
        Sweeps sweeps = new();
        while (table.Failures.Count == 0 && table.Read())
        {
            foreach (int range in ranges)
            {
                table.Number(range, NumberDomain.Positive);
            }

            bool isTimed = table.TryTime(time, out Timestamp snapshot);
            Instrument? instrument = InstrumentOf(table, future, currency);
            double? value = table.Number(mark, NumberDomain.Positive);
            if (isTimed && instrument is not null && table[currency].SequenceEqual(name))
            {
                sweeps.Take(table, time, future, snapshot, at, instrument, value);
            }
        }

        return table.Failures.Count > 0
            ? Result<ImmutableArray<FuturesObservation>>.Refused(table.Failures)
            : Result<ImmutableArray<FuturesObservation>>.Accepted(sweeps.Close());
    }

    private static Instrument? InstrumentOf(CsvTable table, int future, int currency)
    {
        ReadOnlySpan<byte> text = table[future];
        ReadOnlySpan<byte> bare = text.StartsWith(SyntheticPrefix) ? text[SyntheticPrefix.Length..] : text;
        bool isKnown = InstrumentName.TryParse(Encoding.ASCII.GetString(bare), out Instrument? instrument)
            && instrument is DatedFuture { Settlement: Settlement.Inverse }
                or Perpetual { Settlement: Settlement.Inverse }
            && table[currency].SequenceEqual(Encoding.ASCII.GetBytes(instrument.Underlying.Name));
        if (!isKnown)
        {
            table.Refuse(
                FailureReason.UnknownInstrument, "future is no future of its currency", text, "such as BTC-27MAR26");
        }

        return isKnown ? instrument : null;
    }

    // Rows of one time are one observation.
    private sealed class Sweeps
    {
        private readonly List<FuturesObservation> _closed = [];
        private readonly SortedDictionary<string, FutureMark> _dated = new(StringComparer.Ordinal);
        private Timestamp? _last;
        private Timestamp? _at;
        private double? _perpetualMarkUsd;
        private SortedSet<string> _names = new(StringComparer.Ordinal);

        internal void Take(
            CsvTable table, int timeColumn, int futureColumn, Timestamp snapshot, Timestamp at, Instrument instrument,
            double? mark)
        {
            if (snapshot < _last)
            {
                table.Refuse(FailureReason.OutOfOrder, "times must not fall", table[timeColumn], $"≥ {_last}");
            }
            else if (snapshot > _last || _last is null)
            {
                _names = new SortedSet<string>(StringComparer.Ordinal);
            }

            _last = snapshot;
            if (!_names.Add(instrument.Name))
            {
                table.Refuse(FailureReason.Duplicate, "the future stands twice at its time", table[futureColumn]);
            }

            if (snapshot <= at)
            {
                Keep(snapshot, instrument, mark, !table[futureColumn].StartsWith(SyntheticPrefix));
            }
        }

        internal ImmutableArray<FuturesObservation> Close()
        {
            if (_at is { } at)
            {
                _closed.Add(new FuturesObservation(
                    at, [.. _dated.Values.OrderBy(mark => mark.Expiry)], _perpetualMarkUsd));
            }

            return [.. _closed];
        }

        private void Keep(Timestamp snapshot, Instrument instrument, double? mark, bool isListed)
        {
            if (snapshot != _at)
            {
                Close();
                _at = snapshot;
                _dated.Clear();
                _perpetualMarkUsd = null;
            }

            if (instrument is DatedFuture future && mark is { } markUsd)
            {
                _dated[future.Name] = new FutureMark(future.Expiry, markUsd, isListed);
            }
            else if (instrument is Perpetual)
            {
                _perpetualMarkUsd = mark;
            }
        }
    }
}
