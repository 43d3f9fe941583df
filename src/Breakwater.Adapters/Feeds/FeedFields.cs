using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Adapters.Files;
using Breakwater.Instruments;

namespace Breakwater.Adapters.Feeds;

/// <summary>Takes what is used of a venue's message, member by member. Members that are not used may come and go; those
/// that are used have one form each.</summary>
/// <remarks>The first refusal counts: a message is accepted whole or refused whole.</remarks>
internal sealed class FeedFields(string source)
{
    /// <summary>Numbers of a feed are below this: nothing is quoted in quadrillions, and all sums stay exact.</summary>
    internal const decimal NumberMax = 1e15m;

    private const long WholeMax = 1L << 62; // numbers of venues are below it: one more of them is still a number
    private const long EarliestMilliseconds = 946_684_800_000; // 2000-01-01
    private const long LatestMilliseconds = 4_102_444_800_000; // 2100-01-01

    /// <summary>The first refusal; <c>null</c> while there is none.</summary>
    internal Failure? Refusal { get; private set; }

    /// <summary>Where it was refused.</summary>
    internal FeedStage Stage { get; private set; }

    /// <summary>Refuses the message, unless it was refused before.</summary>
    internal void Refuse(FailureReason reason, string message, JsonValue value, string limit = "") =>
        Refuse(FeedStage.Meaning, new Failure(
            reason, message, source, value.Path, value.Kind is JsonKind.Text or JsonKind.Number
                ? Excerpt.Of(value.Text)
                : value.Kind.ToString(), limit));

    /// <summary>Refuses the message at a stage, unless it was refused before.</summary>
    internal void Refuse(FeedStage stage, Failure failure)
    {
        (Stage, Refusal) = Refusal is null ? (stage, failure) : (Stage, Refusal);
    }

    /// <summary>A member that must be there and not null.</summary>
    internal JsonValue? Member(JsonValue parent, string name)
    {
        JsonValue? member = Optional(parent, name);
        if (member is null)
        {
            Refuse(FeedStage.Meaning, new Failure(
                FailureReason.Missing, "the member is missing", source, parent.PathOf(name)));
        }

        return member;
    }

    /// <summary>A member that may be absent or null.</summary>
    internal static JsonValue? Optional(JsonValue parent, string name) =>
        parent.Find(name) is { Kind: not JsonKind.Null } member ? member : null;

    /// <summary>A text that must be there; empty if refused.</summary>
    internal string Text(JsonValue parent, string name)
    {
        JsonValue? member = Member(parent, name);
        if (member is { Kind: not JsonKind.Text })
        {
            Refuse(FailureReason.Malformed, "no text", member);
        }

        return member is { Kind: JsonKind.Text } ? member.Text : string.Empty;
    }

    /// <summary>Truth that must be there.</summary>
    internal bool Truth(JsonValue parent, string name)
    {
        JsonValue? member = Member(parent, name);
        if (member is { Kind: not JsonKind.Truth })
        {
            Refuse(FailureReason.Malformed, "neither true nor false", member);
        }

        return member?.Text == "true";
    }

    /// <summary>A whole number that must be there, in [0, 2^62].</summary>
    internal long Whole(JsonValue parent, string name)
    {
        JsonValue? member = Member(parent, name);
        long value = 0;
        if (member is not null && !(member.Kind is JsonKind.Number or JsonKind.Text
            && long.TryParse(member.Text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value <= WholeMax))
        {
            Refuse(FailureReason.OutOfRange, "no whole number", member, "[0, 2^62]");
            value = 0;
        }

        return value;
    }

    /// <summary>A decimal that must be there.</summary>
    /// <param name="parent">The object.</param>
    /// <param name="name">Name of the member.</param>
    /// <param name="minimum">Least value; unit of the member.</param>
    internal decimal Decimal(JsonValue parent, string name, decimal minimum) =>
        Member(parent, name) is { } member ? Decimal(member, minimum) : 0m;

    /// <summary>A decimal that may be absent.</summary>
    /// <param name="parent">The object.</param>
    /// <param name="name">Name of the member.</param>
    /// <param name="minimum">Least value; unit of the member.</param>
    internal decimal? OptionalDecimal(JsonValue parent, string name, decimal minimum) =>
        Optional(parent, name) is { } member ? Decimal(member, minimum) : null;

    /// <summary>A decimal, exactly.</summary>
    /// <param name="value">A number, or a text that is one.</param>
    /// <param name="minimum">Least value; unit of the number.</param>
    internal decimal Decimal(JsonValue value, decimal minimum)
    {
        if (value.Kind is not (JsonKind.Number or JsonKind.Text) || !StrictNumber.IsNumber(value.Text))
        {
            Refuse(FailureReason.Malformed, "no decimal number", value, StrictNumber.Form);
            return 0m;
        }

        if (!StrictNumber.TryDecimal(value.Text, out decimal number) || number < minimum || number >= NumberMax)
        {
            Refuse(
                FailureReason.OutOfRange, "the number is outside its domain", value,
                string.Create(CultureInfo.InvariantCulture, $"[{minimum}, {NumberMax}), 28 digits"));
            return 0m;
        }

        return number;
    }

    /// <summary>A price: a decimal above 0.</summary>
    internal decimal Positive(JsonValue parent, string name) =>
        Member(parent, name) is { } member ? Positive(member) : 0m;

    /// <summary>A decimal above 0.</summary>
    internal decimal Positive(JsonValue value)
    {
        decimal number = Decimal(value, 0m);
        if (Refusal is null && number == 0m)
        {
            Refuse(FailureReason.OutOfRange, "the number is 0", value, "> 0");
        }

        return number;
    }

    /// <summary>A time in milliseconds; seconds, microseconds and nanoseconds are no time of this century in them
    /// (RELIABILITY T-I3).</summary>
    internal Timestamp Milliseconds(JsonValue parent, string name)
    {
        long value = Whole(parent, name);
        if (Refusal is null && value is < EarliestMilliseconds or > LatestMilliseconds)
        {
            Refuse(FeedStage.Clock, new Failure(
                FailureReason.OutOfRange, "no time of this century in milliseconds", source, parent.PathOf(name),
                value.ToString(CultureInfo.InvariantCulture), "milliseconds since 1970"));
        }

        return Timestamp.FromUnixMilliseconds(value);
    }

    /// <summary>Items of an array that must be there.</summary>
    internal ImmutableArray<JsonValue> Items(JsonValue parent, string name)
    {
        JsonValue? member = Member(parent, name);
        if (member is { Kind: not JsonKind.Array })
        {
            Refuse(FailureReason.Malformed, "no array", member);
        }

        return member is { Kind: JsonKind.Array } ? member.Items : [];
    }
}
