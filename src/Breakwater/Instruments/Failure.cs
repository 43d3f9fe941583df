using System.Collections.Immutable;

namespace Breakwater.Instruments;

/// <summary>Why an outside input was refused: a closed set shared by code, reports and the public API.</summary>
public enum FailureReason
{
    /// <summary>The file or stream cannot be read at all.</summary>
    Unreadable,

    /// <summary>The text is not of the stated format (CSV, JSON, YAML, a number, a time).</summary>
    Malformed,

    /// <summary>A required field, column or file is absent.</summary>
    Missing,

    /// <summary>A field, column, option or member is not known here.</summary>
    Unknown,

    /// <summary>The same key, instrument or row stands twice.</summary>
    Duplicate,

    /// <summary>A number is outside its domain or governed range; NaN and infinity always are.</summary>
    OutOfRange,

    /// <summary>An instrument's terms are invalid or its underlying has no market.</summary>
    UnknownInstrument,

    /// <summary>An instrument's expiry does not lie ahead.</summary>
    Expired,

    /// <summary>A quantity is no whole number of lots.</summary>
    LotMultiple,

    /// <summary>The input is larger, longer or deeper than a stated limit.</summary>
    TooLarge,

    /// <summary>Times do not follow each other as they must.</summary>
    OutOfOrder,

    /// <summary>Fields contradict each other.</summary>
    Inconsistent,

    /// <summary>Whoever asks has no right to it.</summary>
    Unauthorised,

    /// <summary>There is less of an asset than is asked for.</summary>
    InsufficientFunds,

    /// <summary>Stored bytes are not those that were written.</summary>
    Damaged,

    /// <summary>Another process holds it.</summary>
    InUse,

    /// <summary>It cannot be taken now; nothing has happened, and the same may be asked again.</summary>
    Unavailable,
}

/// <summary>One refusal of an outside input.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Message">What was wrong, in words.</param>
/// <param name="File">File (its name as given) or input; empty if not from a file.</param>
/// <param name="Place">Line number or path within the file, such as <c>line 12</c> or
/// <c>positions[0].quantity</c>.</param>
/// <param name="Value">The offending text, shortened; empty if absent.</param>
/// <param name="Limit">The limit or expected form; empty if none.</param>
public sealed record Failure(
    FailureReason Reason, string Message, string File = "", string Place = "", string Value = "", string Limit = "");

/// <summary>Either a value or the refusals that prevent it; never both.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class Result<T>
{
    private readonly T? _value;

    private Result(T? value, ImmutableArray<Failure> failures)
    {
        _value = value;
        Failures = failures;
    }

    /// <summary>The refusals; empty if accepted.</summary>
    public ImmutableArray<Failure> Failures { get; }

    /// <summary>Whether there is a value.</summary>
    public bool IsAccepted => Failures.IsEmpty;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The input was refused.</exception>
    public T Value => IsAccepted
        ? _value!
        : throw new InvalidOperationException($"refused: {Failures[0].Message}");

    /// <summary>An accepted value.</summary>
    public static Result<T> Accepted(T value) => new(value, []);

    /// <summary>A refusal for at least one reason.</summary>
    /// <exception cref="ArgumentException">There is no reason.</exception>
    public static Result<T> Refused(IEnumerable<Failure> failures)
    {
        ImmutableArray<Failure> list = [.. failures];
        return list.IsEmpty ? throw new ArgumentException("a refusal needs a reason") : new Result<T>(default, list);
    }

    /// <summary>A refusal for one reason.</summary>
    public static Result<T> Refused(Failure failure) => Refused([failure]);
}
