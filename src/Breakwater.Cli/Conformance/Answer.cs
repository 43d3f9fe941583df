using System.Collections.Immutable;
using System.Globalization;

namespace Breakwater.Cli.Conformance;

/// <summary>What the product answers for one expected field. A closed hierarchy.</summary>
internal abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>A number, and how strongly it reacts to its input.</summary>
    /// <param name="Value">The product's result.</param>
    /// <param name="ConditionNumber">Relative change of the result per relative change of the input; 1 if
    /// unstated.</param>
    internal sealed record Number(double Value, double ConditionNumber = 1.0) : Answer
    {
        /// <inheritdoc/>
        public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A yes or no.</summary>
    internal sealed record Truth(bool Value) : Answer
    {
        /// <inheritdoc/>
        public override string ToString() => Value ? "true" : "false";
    }

    /// <summary>Text that must agree, apart from the case of letters.</summary>
    internal sealed record Words(string Value) : Answer
    {
        /// <inheritdoc/>
        public override string ToString() => Value;
    }

    /// <summary>A list, or a matrix as a list of rows.</summary>
    internal sealed record List(ImmutableArray<Answer> Items) : Answer
    {
        /// <inheritdoc/>
        public override string ToString() => $"[{string.Join(", ", Items)}]";
    }

    /// <summary>A number.</summary>
    public static implicit operator Answer(double value) => new Number(value);

    /// <summary>A yes or no.</summary>
    public static implicit operator Answer(bool value) => new Truth(value);

    /// <summary>A list of numbers.</summary>
    public static Answer Of(IEnumerable<double> values) => new List([.. values.Select(value => (Answer)value)]);

    /// <summary>A row-major matrix of <paramref name="columns"/> columns.</summary>
    public static Answer OfMatrix(ReadOnlySpan<double> values, int columns)
    {
        ImmutableArray<Answer>.Builder rows = ImmutableArray.CreateBuilder<Answer>();
        for (int start = 0; start < values.Length; start += columns)
        {
            rows.Add(Of(values.Slice(start, columns).ToArray()));
        }

        return new List(rows.ToImmutable());
    }
}

/// <summary>The answers of one case by field; each is computed when it is asked for.</summary>
internal sealed class Answers
{
    private readonly SortedDictionary<string, Func<string, Answer?>> _byField = new(StringComparer.Ordinal);

    /// <summary>Answers a plain field.</summary>
    public Answers Add(string field, Func<Answer> answer)
    {
        _byField[field] = key => key.Length == 0 ? answer() : null;
        return this;
    }

    /// <summary>Answers a field whose members are asked for one by one, such as <c>w</c> at <c>-0.5</c>.</summary>
    public Answers AddKeyed(string field, Func<string, Answer?> answer)
    {
        _byField[field] = key => key.Length == 0 ? null : answer(key);
        return this;
    }

    /// <summary>The answer of a field, or of a member of it; <c>null</c> if this program knows none.</summary>
    public Answer? Find(string field, string key) =>
        _byField.TryGetValue(field, out Func<string, Answer?>? answer) ? answer(key) : null;
}
