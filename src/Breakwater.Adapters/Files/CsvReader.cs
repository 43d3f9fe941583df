using System.IO.Compression;
using System.Text;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Files;

/// <summary>Reads comma-separated files row by row, as bytes, plain or inside gzip; nothing is allocated per
/// row.</summary>
/// <remarks>
/// The format is strict, because a margin follows from it: ASCII, no quotes, one header, every row of the header's
/// field count, every line ended (a file cut in its last number would read as another number). Limits below are
/// refusals.
/// </remarks>
internal sealed class CsvReader : IDisposable
{
    /// <summary>Longest line, bytes.</summary>
    internal const int LineBytesMax = 64 << 10;

    /// <summary>Largest file, bytes uncompressed.</summary>
    internal const long FileBytesMax = 1L << 30;

    /// <summary>Most rows.</summary>
    internal const int RowsMax = 20_000_000;

    /// <summary>Most fields of a row.</summary>
    internal const int FieldsMax = 256;

    /// <summary>Refusals listed of one file; then reading stops.</summary>
    internal const int FailuresMax = 20;

    private readonly string _file;
    private readonly Stream _stream;
    private readonly GzipCheck? _gzip;
    private readonly byte[] _buffer = new byte[4 * LineBytesMax];
    private readonly int[] _fieldStarts = new int[FieldsMax + 1];
    private readonly List<Failure> _failures = [];
    private int _lineStart;
    private int _lineEnd;
    private int _next;
    private int _filled;
    private long _bytesRead;
    private bool _isAtEnd;
    private bool _isStopped;

    private CsvReader(string file, Stream stream, GzipCheck? gzip)
    {
        _file = file;
        _stream = stream;
        _gzip = gzip;
    }

    /// <summary>Refusals so far.</summary>
    internal IReadOnlyList<Failure> Failures => _failures;

    /// <summary>Number of the current line, from 1.</summary>
    internal long Line { get; private set; }

    /// <summary>Fields of the current row.</summary>
    internal int FieldCount { get; private set; }

    /// <summary>Bytes of a field of the current row.</summary>
    internal ReadOnlySpan<byte> this[int field] =>
        _buffer.AsSpan(_fieldStarts[field], _fieldStarts[field + 1] - 1 - _fieldStarts[field]);

    /// <summary>Opens a file; gzip is recognised by its first two bytes.</summary>
    internal static Result<CsvReader> Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            GzipCheck? gzip = TryReadTrailer(file);
            Stream stream = gzip is null ? file : new GZipStream(file, CompressionMode.Decompress);
            return Result<CsvReader>.Accepted(new CsvReader(path, stream, gzip));
        }
        catch (Exception exception) when (InputFile.IsUnreadable(exception))
        {
            file?.Dispose();
            return Result<CsvReader>.Refused(InputFile.Unreadable(path, exception));
        }
    }

    /// <summary>Moves to the next row of <paramref name="fieldCount"/> fields (0: any number), recording a refusal for
    /// each line that is none.</summary>
    /// <returns>False at the end, or when reading cannot go on.</returns>
    internal bool Read(int fieldCount)
    {
        while (TryNextLine())
        {
            if (TrySplit(fieldCount))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Records a refusal at the current line; stops reading after <see cref="FailuresMax"/>.</summary>
    internal void Refuse(FailureReason reason, string message, ReadOnlySpan<byte> value, string limit = "")
    {
        _failures.Add(new Failure(reason, message, _file, $"line {Line}", Excerpt.Of(value), limit));
        _isStopped |= _failures.Count >= FailuresMax;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static GzipCheck? TryReadTrailer(FileStream file)
    {
        bool isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B && file.Length > GzipCheck.TrailerBytes;
        Span<byte> trailer = stackalloc byte[GzipCheck.TrailerBytes];
        if (isGzip)
        {
            file.Seek(-GzipCheck.TrailerBytes, SeekOrigin.End);
            file.ReadExactly(trailer);
        }

        file.Position = 0;
        return isGzip ? new GzipCheck(trailer) : null;
    }

    private void Stop(FailureReason reason, string message, string limit = "")
    {
        Refuse(reason, message, [], limit);
        _isStopped = true;
    }

    private bool TryNextLine()
    {
        while (!_isStopped)
        {
            int length = _buffer.AsSpan(_next, _filled - _next).IndexOf((byte)'\n');
            if (length > LineBytesMax || (length < 0 && _filled - _next > LineBytesMax))
            {
                Line++;
                Stop(FailureReason.TooLarge, "the line is too long", $"{LineBytesMax} bytes");
            }
            else if (length >= 0)
            {
                TakeLine(length);
                return !_isStopped;
            }
            else if (_isAtEnd)
            {
                EndFile();
                return false;
            }
            else
            {
                Fill();
            }
        }

        return false;
    }

    private void TakeLine(int length)
    {
        Line++;
        _lineStart = _next;
        _lineEnd = _next + length;
        _next = _lineEnd + 1;
        if (Line > RowsMax)
        {
            Stop(FailureReason.TooLarge, "the file has too many rows", $"{RowsMax} rows");
        }
    }

    private void EndFile()
    {
        if (_gzip is { IsWhole: false })
        {
            Stop(FailureReason.Malformed, "the compressed data are damaged or cut", "a whole gzip file");
        }
        else if (_filled > _next)
        {
            Line++;
            Stop(
                FailureReason.Malformed, "the last line is not ended: the file may have been cut",
                "a line break at the end");
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_next, _filled - _next).CopyTo(_buffer);
        _filled -= _next;
        _next = 0;
        int count = ReadStream();
        _isAtEnd = count == 0;
        _gzip?.Append(_buffer.AsSpan(_filled, count));
        _filled += count;
        _bytesRead += count;
        if (_bytesRead > FileBytesMax)
        {
            Stop(FailureReason.TooLarge, "the file is too large", $"{FileBytesMax} bytes uncompressed");
        }
    }

    private int ReadStream()
    {
        try
        {
            return _stream.Read(_buffer, _filled, _buffer.Length - _filled);
        }
        catch (InvalidDataException)
        {
            Stop(FailureReason.Malformed, "the compressed data are damaged or cut", "a whole gzip file");
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Stop(FailureReason.Unreadable, "the file cannot be read to its end");
        }

        return 0;
    }

    private bool TrySplit(int fieldCount)
    {
        int end = _lineEnd > _lineStart && _buffer[_lineEnd - 1] == '\r' ? _lineEnd - 1 : _lineEnd;
        bool hasPreamble = Line == 1 && _buffer.AsSpan(_lineStart, end - _lineStart).StartsWith(Encoding.UTF8.Preamble);
        _lineStart += hasPreamble ? 3 : 0;
        ReadOnlySpan<byte> line = _buffer.AsSpan(_lineStart, end - _lineStart);
        if (!Ascii.IsValid(line) || line.ContainsAny((byte)'"', (byte)0))
        {
            Refuse(
                FailureReason.Malformed, "the line holds bytes that are not plain text", line, "ASCII without quotes");
            return false;
        }

        FieldCount = 0;
        for (int at = 0; at >= 0 && FieldCount < FieldsMax; FieldCount++)
        {
            _fieldStarts[FieldCount] = _lineStart + at;
            int comma = line[at..].IndexOf((byte)',');
            at = comma < 0 ? -1 : at + comma + 1;
            _fieldStarts[FieldCount + 1] = _lineStart + (at < 0 ? line.Length + 1 : at);
        }

        return CheckFieldCount(fieldCount, line);
    }

    private bool CheckFieldCount(int fieldCount, ReadOnlySpan<byte> line)
    {
        if (FieldCount == FieldsMax)
        {
            Stop(FailureReason.TooLarge, "the line has too many fields", $"{FieldsMax - 1} fields");
            return false;
        }

        bool isRight = fieldCount == 0 || FieldCount == fieldCount;
        if (!isRight)
        {
            Refuse(FailureReason.Malformed, $"the line has {FieldCount} fields", line, $"{fieldCount} fields");
        }

        return isRight;
    }
}
