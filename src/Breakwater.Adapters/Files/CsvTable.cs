using System.Collections.Immutable;
using System.Text;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Files;

/// <summary>A comma-separated file with a header: columns by name, values read strictly, refusals by line.</summary>
internal sealed class CsvTable : IDisposable
{
    /// <summary>Position of a column that the file does not have.</summary>
    internal const int Absent = -1;

    private readonly CsvReader _reader;

    private CsvTable(string file, CsvReader reader, ImmutableArray<string> header)
    {
        File = file;
        _reader = reader;
        Header = header;
    }

    /// <summary>Name of the file as given.</summary>
    internal string File { get; }

    /// <summary>Column names.</summary>
    internal ImmutableArray<string> Header { get; }

    /// <summary>Refusals so far.</summary>
    internal IReadOnlyList<Failure> Failures => _reader.Failures;

    /// <summary>Bytes of a field of the current row; empty if the file has no such column.</summary>
    internal ReadOnlySpan<byte> this[int column] => column == Absent ? [] : _reader[column];

    /// <summary>Opens a file and reads its header.</summary>
    internal static Result<CsvTable> Open(string path)
    {
        Result<CsvReader> opened = CsvReader.Open(path);
        if (!opened.IsAccepted)
        {
            return Result<CsvTable>.Refused(opened.Failures);
        }

        CsvReader reader = opened.Value;
        bool isRead = reader.Read(0);
        ImmutableArray<string> header = isRead ? HeaderOf(reader) : [];
        if (reader.Failures.Count == 0 && isRead && header.All(name => name.Length > 0))
        {
            return Result<CsvTable>.Accepted(new CsvTable(path, reader, header));
        }

        using (reader)
        {
            return Result<CsvTable>.Refused(reader.Failures.Count > 0
                ? reader.Failures
                : [new Failure(FailureReason.Malformed, "the file has no header", path, "line 1")]);
        }
    }

    /// <summary>Position of a column, or <see cref="Absent"/>.</summary>
    internal int Column(string name) => Header.IndexOf(name, StringComparer.Ordinal);

    /// <summary>Position of a column that must be there; records a refusal if not.</summary>
    internal int Require(string name)
    {
        int column = Column(name);
        if (column == Absent)
        {
            Refuse(FailureReason.Missing, $"there is no column {name}", []);
        }

        return column;
    }

    /// <summary>Moves to the next row.</summary>
    internal bool Read() => _reader.Read(Header.Length);

    /// <summary>Records a refusal at the current line.</summary>
    internal void Refuse(FailureReason reason, string message, ReadOnlySpan<byte> value, string limit = "") =>
        _reader.Refuse(reason, message, value, limit);

    /// <summary>A number, or <c>null</c> where the field is blank or was refused.</summary>
    /// <param name="column">Column, or <see cref="Absent"/>.</param>
    /// <param name="domain">What values it may have.</param>
    internal double? Number(int column, NumberDomain domain)
    {
        ReadOnlySpan<byte> text = this[column];
        if (text.IsEmpty)
        {
            return null;
        }

        if (!StrictNumber.TryDouble(text, out double value))
        {
            bool isTooGreat = StrictNumber.IsNumber(text);
            Refuse(
                isTooGreat ? FailureReason.OutOfRange : FailureReason.Malformed,
                $"{Header[column]} {(isTooGreat ? "is not finite in double precision" : "is no number")}", text,
                StrictNumber.Form);
            return null;
        }

        bool isInside = domain == NumberDomain.Any || value > 0 || (value == 0 && domain == NumberDomain.NotNegative);
        if (!isInside)
        {
            Refuse(
                FailureReason.OutOfRange, $"{Header[column]} is outside its domain", text,
                domain == NumberDomain.Positive ? "> 0" : "≥ 0");
        }

        return isInside ? value : null;
    }

    /// <summary>A time; false and a refusal if the field holds none.</summary>
    internal bool TryTime(int column, out Timestamp time)
    {
        if (TimeText.TryParse(this[column], out time))
        {
            return true;
        }

        Refuse(
            FailureReason.Malformed, $"{Header[column]} is no UTC time", this[column], "such as 2026-02-05T09:36:47Z");
        return false;
    }

    /// <summary>A whole number without sign; false and a refusal if the field holds none or it is out of range.
    /// </summary>
    /// <param name="column">Column.</param>
    /// <param name="minimum">Least value allowed, in the column's own unit; ≥ 0.</param>
    /// <param name="maximum">Greatest value allowed, likewise.</param>
    /// <param name="value">The number.</param>
    internal bool TryWhole(int column, long minimum, long maximum, out long value)
    {
        const int DigitsMax = 18; // any number of so many digits fits
        ReadOnlySpan<byte> text = this[column];
        value = 0;
        bool isDigits = text.Length is > 0 and <= DigitsMax + 1;
        foreach (byte digit in text)
        {
            isDigits &= digit is >= (byte)'0' and <= (byte)'9';
        }

        isDigits = isDigits && System.Buffers.Text.Utf8Parser.TryParse(text, out value, out int used)
            && used == text.Length;
        if (isDigits && value >= minimum && value <= maximum)
        {
            return true;
        }

        Refuse(
            isDigits ? FailureReason.OutOfRange : FailureReason.Malformed,
            $"{Header[column]} is {(isDigits ? "outside its range" : "no whole number")}", text,
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{minimum} to {maximum}"));
        return false;
    }

    /// <summary>Refuses every column that is not known.</summary>
    internal void RefuseUnknown(ImmutableArray<string> known)
    {
        foreach (string name in Header.Where(name => !known.Contains(name, StringComparer.Ordinal)))
        {
            Refuse(FailureReason.Unknown, "a column is not of this kind of file", Encoding.ASCII.GetBytes(name));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static ImmutableArray<string> HeaderOf(CsvReader reader)
    {
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>(reader.FieldCount);
        for (int field = 0; field < reader.FieldCount; field++)
        {
            string name = Encoding.ASCII.GetString(reader[field]);
            if (name.Length > 0 && names.Contains(name, StringComparer.Ordinal))
            {
                reader.Refuse(FailureReason.Duplicate, "a column stands twice", reader[field]);
            }

            names.Add(name);
        }

        return names.ToImmutable();
    }
}

/// <summary>What values a number may have.</summary>
internal enum NumberDomain
{
    /// <summary>Any finite value.</summary>
    Any,

    /// <summary>≥ 0.</summary>
    NotNegative,

    /// <summary>&gt; 0.</summary>
    Positive,
}
