using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;

namespace Breakwater.Server.Api;

/// <summary>Reads what stands behind the question mark of a request: one form each; what has another is refused.
/// </summary>
internal sealed class QueryFields
{
    private const string Input = "query";

    private readonly List<Failure> _failures = [];

    /// <summary>Everything that was refused.</summary>
    internal ImmutableArray<Failure> Failures => [.. _failures];

    /// <summary>A whole number.</summary>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="text">What was sent; <c>null</c>: nothing.</param>
    /// <param name="given">What it is where nothing was sent.</param>
    /// <param name="least">Least value.</param>
    /// <param name="most">Greatest value.</param>
    internal int Whole(string name, string? text, int given, int least, int most)
    {
        if (text is null) return given;
        bool isWhole = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value);
        if (isWhole && value >= least && value <= most) return value;
        Refuse(
            isWhole ? FailureReason.OutOfRange : FailureReason.Malformed, "no whole number in range", name, text,
            string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));
        return given;
    }

    /// <summary>An instant.</summary>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="text">What was sent; <c>null</c>: nothing.</param>
    /// <param name="given">What it is where nothing was sent.</param>
    internal Timestamp Time(string name, string? text, Timestamp given)
    {
        if (text is null) return given;
        if (Timestamp.TryParse(text, out Timestamp at)) return at;
        Refuse(FailureReason.Malformed, "no time", name, text, "2026-02-05T09:40:00Z");
        return given;
    }

    /// <summary>Refuses a parameter.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="message">Why, in words.</param>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="text">What was sent.</param>
    /// <param name="limit">What would do.</param>
    internal void Refuse(FailureReason reason, string message, string name, string text, string limit) =>
        _failures.Add(new Failure(reason, message, Input, name, Excerpt.Of(text), limit));
}
