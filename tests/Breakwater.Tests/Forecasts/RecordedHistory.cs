using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Tests.Forecasts;

/// <summary>Reads the recorded hourly files of the shared folder; skips the running test where they are
/// absent.</summary>
internal static class RecordedHistory
{
    /// <summary>Hourly closes, known one hour after the stamp of their bar.</summary>
    public static ImmutableArray<PricePoint> Hourly(string file, string untilUtc = "2027-01-01T00:00:00Z") =>
        Read(file, 4, 1d, Timestamp.Parse(untilUtc));

    /// <summary>Volatility index as a fraction, known one hour after the stamp of its candle.</summary>
    public static ImmutableArray<PricePoint> VolatilityIndex(string file, string untilUtc = "2027-01-01T00:00:00Z") =>
        Read(file, 1, 0.01, Timestamp.Parse(untilUtc));

    /// <summary>Hourly log returns of closes without holes.</summary>
    public static double[] Returns(ImmutableArray<PricePoint> closes) =>
        [.. Enumerable.Range(1, closes.Length - 1).Select(
            index => Math.Log(closes[index].Value / closes[index - 1].Value))];

    /// <summary>Closes at 00:00 UTC of an hourly history.</summary>
    public static ImmutableArray<PricePoint> Daily(ImmutableArray<PricePoint> hourly) =>
        [.. hourly.Where(point => point.At.UnixMilliseconds % Timestamp.DayMilliseconds == 0)];

    /// <summary>A market of one asset with an hourly history and nothing else.</summary>
    public static UnderlyingMarket Market(
        string asset, ImmutableArray<PricePoint> hourly, ImmutableArray<PricePoint> volatilityIndex = default) => new(
            AssetId.Of(asset), hourly[^1].At, hourly[^1].Value, [], [], null, null,
            new PriceHistory(hourly, [], Daily(hourly)), volatilityIndex.IsDefault ? [] : volatilityIndex);

    private static ImmutableArray<PricePoint> Read(string file, int column, double scale, Timestamp until)
    {
        using GZipStream stream = new(File.OpenRead(SharedFolder.Require("data/" + file)), CompressionMode.Decompress);
        using StreamReader reader = new(stream);
        ImmutableArray<PricePoint>.Builder points = ImmutableArray.CreateBuilder<PricePoint>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            Timestamp known = Timestamp.Parse(cells[0]).AddMilliseconds(Timestamp.HourMilliseconds);
            if (known <= until)
            {
                points.Add(new PricePoint(known, double.Parse(cells[column], CultureInfo.InvariantCulture) * scale));
            }
        }

        return points.ToImmutable();
    }
}
