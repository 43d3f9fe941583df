using Breakwater.Instruments;

namespace Breakwater.Adapters.Files;

/// <summary>Takes the members of a JSON object one by one and notes what is wrong with each; nothing stops at the
/// first.
/// </summary>
internal sealed class JsonFields
{
    private readonly JsonValue _value;
    private readonly string _file;
    private readonly List<Failure> _failures;

    /// <summary>Fields of an object that may have these members and no other.</summary>
    public JsonFields(JsonValue value, string file, List<Failure> failures, params ReadOnlySpan<string> known)
    {
        _value = value;
        _file = file;
        _failures = failures;
        if (value.Kind != JsonKind.Object)
        {
            Refuse(FailureReason.Malformed, "no object", value.Path, value.Text, "a JSON object");
        }

        foreach ((string name, JsonValue member) in value.Members)
        {
            if (!known.Contains(name))
            {
                Refuse(FailureReason.Unknown, "the member is unknown", member.Path, name, string.Join("|", known!));
            }
        }
    }

    /// <summary>Whether a member is there.</summary>
    public bool Has(string name) => _value.Find(name) is not null;

    /// <summary>A string that must be there; empty if refused.</summary>
    public string Text(string name, string form)
    {
        JsonValue? member = Required(name, form);
        if (member is null)
        {
            return string.Empty;
        }

        if (member.Kind != JsonKind.Text || member.Text.Length == 0)
        {
            Refuse(FailureReason.Malformed, "no text", member.Path, Shown(member), form);
            return string.Empty;
        }

        return member.Text;
    }

    /// <summary>Text of a decimal number, written as a string or as a number; <c>null</c> if refused or
    /// absent.</summary>
    public string? Decimal(string name, bool isRequired = true)
    {
        JsonValue? member = isRequired ? Required(name, StrictNumber.Form) : _value.Find(name);
        if (member is null)
        {
            return null;
        }

        if (member.Kind is JsonKind.Text or JsonKind.Number && StrictNumber.IsNumber(member.Text))
        {
            return member.Text;
        }

        Refuse(FailureReason.Malformed, "no decimal number", member.Path, Shown(member), StrictNumber.Form);
        return null;
    }

    /// <summary>Text of a decimal number or of a fraction of two; <c>null</c> if it is neither.</summary>
    public string? Fraction(string name) =>
        _value.Find(name) is { Kind: JsonKind.Text or JsonKind.Number } member
        && member.Text.Split('/') is { Length: 1 or 2 } parts && parts.All(StrictNumber.IsNumber)
            ? member.Text
            : null;

    /// <summary>An array; empty if refused, or if absent and not required.</summary>
    public IReadOnlyList<JsonValue> Array(string name, bool isRequired = true)
    {
        JsonValue? member = isRequired ? Required(name, "an array") : _value.Find(name);
        if (member is { Kind: not JsonKind.Array })
        {
            Refuse(FailureReason.Malformed, "no array", member.Path, Shown(member), "an array");
        }

        return member is { Kind: JsonKind.Array } ? member.Items : [];
    }

    /// <summary>Notes a refusal of a member.</summary>
    public void RefuseMember(FailureReason reason, string message, string name, string limit) =>
        Refuse(
            reason, message, _value.PathOf(name),
            _value.Find(name) is { } member ? Shown(member) : string.Empty, limit);

    private JsonValue? Required(string name, string form)
    {
        JsonValue? member = _value.Find(name);
        if (member is null && _value.Kind == JsonKind.Object)
        {
            Refuse(FailureReason.Missing, "the member is missing", _value.PathOf(name), string.Empty, form);
        }

        return member;
    }

    private void Refuse(FailureReason reason, string message, string place, string value, string limit) =>
        _failures.Add(new Failure(reason, message, _file, place, Excerpt.Of(value), limit));

    private static string Shown(JsonValue value) => value.Kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Object => "{…}",
        JsonKind.Array => "[…]",
        _ => value.Text,
    };
}
