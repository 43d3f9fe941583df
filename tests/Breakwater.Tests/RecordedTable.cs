using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using Breakwater.Instruments;

namespace Breakwater.Tests;

/// <summary>Columns of recorded files, by name; skips the running test where the shared folder is absent.</summary>
internal static class RecordedTable
{
    /// <summary>Cells of the named columns of a file of market data, row by row.</summary>
    /// <param name="file">Name of the file in the folder of recorded data.</param>
    /// <param name="columns">Names of columns, in the order wanted.</param>
    public static ImmutableArray<string[]> Read(string file, params string[] columns)
    {
        using StreamReader reader = Open(SharedFolder.Require("data/" + file));
        string[] header = (reader.ReadLine() ?? throw new InvalidDataException($"{file}: an empty file")).Split(',');
        int[] places = [.. columns.Select(column => Array.IndexOf(header, column))];
        Assert.DoesNotContain(-1, places);
        ImmutableArray<string[]>.Builder rows = ImmutableArray.CreateBuilder<string[]>();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            rows.Add([.. places.Select(place => cells[place])]);
        }

        return rows.ToImmutable();
    }

    /// <summary>A number as written.</summary>
    public static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>A time or a date, in hours since 1970.</summary>
    public static double Hours(string cell) =>
        Timestamp.Parse(cell).UnixMilliseconds / (double)Timestamp.HourMilliseconds;

    private static StreamReader Open(string path) => new(path.EndsWith(".gz", StringComparison.Ordinal)
        ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress)
        : File.OpenRead(path));
}
