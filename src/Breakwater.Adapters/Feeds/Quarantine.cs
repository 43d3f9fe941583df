using System.Globalization;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>Keeps what feeds sent and was refused, on disk, in a ring: the newest inputs within a stated size
/// (RELIABILITY 2.2).</summary>
/// <remarks>
/// Segments are files; the oldest goes when there are too many. What goes, and what could not be written, is counted. A
/// full disk stops no feed. Safe for several threads; one quarantine per folder and process.
/// </remarks>
public sealed class Quarantine : IDisposable
{
    /// <summary>Most bytes kept of one input; of the rest a digest is kept (RELIABILITY 2.2).</summary>
    public const int RawBytesMax = 64 * 1024;

    private const string Prefix = "quarantine-";
    private const string Suffix = ".bin";

    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly long _segmentBytesMax;
    private readonly int _segmentCountMax;
    private readonly SortedDictionary<long, long> _inputsBySegment = [];
    private FileStream? _segment;
    private long _overflowCount;
    private long _unwrittenCount;

    private Quarantine(string folder, long segmentBytesMax, int segmentCountMax)
    {
        _folder = folder;
        _segmentBytesMax = segmentBytesMax;
        _segmentCountMax = segmentCountMax;
    }

    /// <summary>Inputs that are no longer kept because newer ones needed the room, since it was opened.</summary>
    public long OverflowCount => Interlocked.Read(ref _overflowCount);

    /// <summary>Inputs that could not be written, since it was opened.</summary>
    public long UnwrittenCount => Interlocked.Read(ref _unwrittenCount);

    /// <summary>Opens a folder; what is in it stays until it is the oldest.</summary>
    /// <param name="folder">The folder; made if it is not there.</param>
    /// <param name="segmentBytesMax">Size at which a segment ends, bytes; ≥ 1,024.</param>
    /// <param name="segmentCountMax">Most segments; ≥ 2.</param>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public static Quarantine Open(string folder, long segmentBytesMax = 8L * 1024 * 1024, int segmentCountMax = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(segmentBytesMax, 1_024);
        ArgumentOutOfRangeException.ThrowIfLessThan(segmentCountMax, 2);
        Directory.CreateDirectory(folder);
        Quarantine quarantine = new(folder, segmentBytesMax, segmentCountMax);
        foreach (long number in Segments(folder))
        {
            quarantine._inputsBySegment[number] = ReadSegment(PathOf(folder, number)).Count();
        }

        return quarantine;
    }

    /// <summary>What a folder keeps, oldest first. An input that was torn or changed ends its segment.</summary>
    /// <param name="folder">The folder.</param>
    public static IEnumerable<QuarantinedInput> Read(string folder) =>
        Segments(folder).SelectMany(number => ReadSegment(PathOf(folder, number)));

    /// <summary>Keeps an input.</summary>
    /// <param name="receivedAt">When it was received.</param>
    /// <param name="source">From which feed.</param>
    /// <param name="stage">Where it was refused.</param>
    /// <param name="failure">Why.</param>
    /// <param name="raw">The whole input.</param>
    /// <returns>False if it could not be written, which is counted.</returns>
    public bool Keep(
        Timestamp receivedAt, string source, FeedStage stage, Failure failure, ReadOnlyMemory<byte> raw)
    {
        bool isCut = raw.Length > RawBytesMax;
        byte[] frame = QuarantineFormat.Write(new QuarantinedInput(
            receivedAt, source, stage, failure.Reason, failure.Message, raw.Length, isCut ? raw[..RawBytesMax] : raw,
            isCut ? Digest.Of(raw.Span[RawBytesMax..]).ToString() : null));
        lock (_gate)
        {
            try
            {
                Append(frame);
                return true;
            }
            catch (Exception exception) when (InputFile.IsUnreadable(exception))
            {
                Interlocked.Increment(ref _unwrittenCount);
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _segment?.Dispose();
            _segment = null;
        }
    }

    private void Append(byte[] frame)
    {
        if (_segment is null || _segment.Length + frame.Length > _segmentBytesMax)
        {
            _segment?.Dispose();
            _segment = null;
            long number = _inputsBySegment.Count == 0 ? 1 : _inputsBySegment.Keys.Last() + 1;
            _segment = new FileStream(PathOf(_folder, number), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            _inputsBySegment[number] = 0;
            DropOldest();
        }

        _segment.Write(frame);
        _segment.Flush();
        _inputsBySegment[_inputsBySegment.Keys.Last()]++;
    }

    private void DropOldest()
    {
        while (_inputsBySegment.Count > _segmentCountMax)
        {
            (long oldest, long count) = _inputsBySegment.First();
            File.Delete(PathOf(_folder, oldest));
            _inputsBySegment.Remove(oldest);
            Interlocked.Add(ref _overflowCount, count);
            FeedMetrics.QuarantineOverflow(count);
        }
    }

    private static IEnumerable<long> Segments(string folder) => Directory
        .EnumerateFiles(folder, Prefix + "*" + Suffix)
        .Select(path => Path.GetFileName(path)[Prefix.Length..^Suffix.Length])
        .Select(text =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0)
        .Where(number => number > 0)
        .Order();

    private static string PathOf(string folder, long number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:00000000}{Suffix}"));

    private static IEnumerable<QuarantinedInput> ReadSegment(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        int at = 0;
        while (QuarantineFormat.TryRead(bytes.AsSpan(at), out QuarantinedInput? input, out int length))
        {
            at += length;
            yield return input!; // there is one where it was read
        }
    }
}
