using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Markets;

/// <summary>A series as its guard looks at it: values, their bars and their neighbours up to an instant.</summary>
internal sealed class Prints
{
    private const double RangeTolerance = 1e-6; // relative; sources round
    private const int Reach = 48; // bars on either side that say what is usual
    private const double NormalQuartile = 0.6744897501960817; // median of |z| of a standard normal

    private readonly PriceSeries _series;
    private readonly PricePoint? _later;
    private readonly bool _hasBars;

    /// <summary>Looks at a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="at">Later values are not looked at.</param>
    /// <param name="later">A price of another source that follows the newest value; used if within two bars.</param>
    internal Prints(PriceSeries series, Timestamp at, PricePoint? later)
    {
        _series = series;
        _hasBars = series.Bars.Length == series.Closes.Length;
        Count = series.Closes.Count(close => close.At <= at);
        bool isNear = later is { } own && Count > 0
            && own.At.MillisecondsSince(series.Closes[Count - 1].At) is > 0 and var age
            && age <= 2 * series.BarMilliseconds;
        _later = isNear ? later : null;
    }

    /// <summary>Values looked at.</summary>
    internal int Count { get; }

    /// <summary>A value.</summary>
    internal double Value(int index) => _series.Closes[index].Value;

    /// <summary>Its time.</summary>
    internal string Name(int index) => _series.Closes[index].At.ToString();

    /// <summary>Whether a close is not within its own bar.</summary>
    internal bool IsOutsideRange(int index) => _hasBars
        && _series.Bars[index] is { High: { } high, Low: { } low } && high >= low
        && (Value(index) > high * (1d + RangeTolerance) || Value(index) < low * (1d - RangeTolerance));

    /// <summary>The value before, unless a hole lies between.</summary>
    internal double? Before(int index) => index > 0 && IsNext(index - 1) ? Value(index - 1) : null;

    /// <summary>The value after, unless a hole lies between; after the newest the price of the other source.</summary>
    internal double? After(int index) =>
        index == Count - 1 ? _later?.Value : IsNext(index) ? Value(index + 1) : null;

    /// <summary>ln(open of the next bar ÷ close): about zero where trading goes on; <c>null</c> if unknown.</summary>
    internal double? Gap(int index) =>
        NextOpen(index) is { } open ? DeterministicMath.Log(open / Value(index)) : null;

    /// <summary>Open of the bar that begins where this ends; <c>null</c> if unknown or not within its bar.</summary>
    internal double? NextOpen(int index) =>
        _hasBars && index >= 0 && index + 1 < Count
        && _series.Closes[index + 1].At.MillisecondsSince(_series.Closes[index].At) == _series.BarMilliseconds
        && _series.Bars[index + 1] is { Open: { } open, High: { } high, Low: { } low } && open <= high && open >= low
            ? open
            : null;

    /// <summary>Usual move from bar to bar around a value, without its own two: robust deviation, log.</summary>
    internal double Deviation(int index)
    {
        List<double> moves = [];
        for (int own = Math.Max(1, index - Reach); own <= Math.Min(Count - 1, index + Reach); own++)
        {
            if (own != index && own != index + 1)
            {
                moves.Add(Math.Abs(DeterministicMath.Log(Value(own) / Value(own - 1))));
            }
        }

        return moves.Count > 0 ? SampleMedian.Of([.. moves]) / NormalQuartile : double.PositiveInfinity;
    }

    /// <summary>The series with the next open in place of what is bad, or without it.</summary>
    internal PriceSeries Without(SortedDictionary<int, string> bad)
    {
        ImmutableArray<PricePoint>.Builder closes = ImmutableArray.CreateBuilder<PricePoint>(_series.Closes.Length);
        ImmutableArray<BarDetail>.Builder bars = ImmutableArray.CreateBuilder<BarDetail>(_series.Bars.Length);
        for (int index = 0; index < _series.Closes.Length; index++)
        {
            bool isBad = bad.ContainsKey(index);
            double? restored = isBad && !bad.ContainsKey(index + 1) ? NextOpen(index) : null;
            if (!isBad || restored is not null)
            {
                closes.Add(_series.Closes[index] with { Value = restored ?? Value(index) });
                if (_hasBars)
                {
                    bars.Add(_series.Bars[index]);
                }
            }
        }

        return _series with { Closes = closes.ToImmutable(), Bars = bars.ToImmutable() };
    }

    private bool IsNext(int index) =>
        _series.Closes[index + 1].At.MillisecondsSince(_series.Closes[index].At) <= 2 * _series.BarMilliseconds;
}
