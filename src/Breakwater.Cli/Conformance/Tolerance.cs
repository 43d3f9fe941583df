using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Breakwater.Cli.Conformance;

/// <summary>The tolerance of a set, read as <c>reference/README.md</c> says.</summary>
/// <param name="Text">As written.</param>
/// <param name="Clauses">Its clauses.</param>
internal sealed partial record Tolerance(string Text, ImmutableArray<ToleranceClause> Clauses)
{
    // A result whose relative error exceeds 25 times that of its input lies in a tail: |x| > 5 for the normal density.
    private const double TailConditionNumber = 25.0;

    private const int LibraryFigures = 14;

    /// <summary>Reads a tolerance; false if a clause is not understood.</summary>
    public static bool TryParse(string text, out Tolerance tolerance)
    {
        ImmutableArray<ToleranceClause?> clauses = [.. text.Split(';').Select(ToleranceClause.Parse)];
        bool isUnderstood = text.Length > 0 && clauses.All(clause => clause is not null);
        tolerance = isUnderstood ? new(text, [.. clauses.Select(clause => clause!)]) : null!;
        return isUnderstood;
    }

    /// <summary>Whether a field of <c>expected</c> only states a tolerance: a factor this tolerance names.</summary>
    public bool Names(string field) => Clauses.Any(clause => clause.Factor == field);

    /// <summary>The greatest error allowed for one number.</summary>
    /// <param name="field">Name of the field.</param>
    /// <param name="expected">The expected number.</param>
    /// <param name="answer">The product's number.</param>
    /// <param name="item">The case, for the factors that clauses name.</param>
    public ExactNumber Bound(string field, ReferenceNumber expected, Answer.Number answer, ReferenceCase item)
    {
        ExactNumber bound = ExactNumber.Of(0.0);
        bool isExact = true;
        foreach (ToleranceClause clause in ClausesFor(field, answer))
        {
            bound = ExactNumber.Max(bound, Bound(clause, expected, answer, item));
            isExact &= clause is { Measure: ToleranceMeasure.Absolute, Value: 0.0 };
        }

        double magnitude = Math.Abs(expected.Nearest);
        bound = ExactNumber.Max(bound, ExactNumber.Of(Math.BitIncrement(magnitude)) - ExactNumber.Of(magnitude));
        return ExactNumber.Max(bound, isExact ? ExactMargin(expected) : expected.HalfLastDigit);
    }

    // "Exact" holds for counts, words and short decimals. A decimal of 15 digits and more is a double that a library
    // computed with rounding errors of its own (the coverages of var-order-statistic-ci lie 2 to 3 units in the last
    // place from the rational result): it is matched to 14 significant figures.
    private static ExactNumber ExactMargin(ReferenceNumber expected) =>
        expected.IsWholeDouble ? expected.HalfFigure(LibraryFigures) : ExactNumber.Of(0.0);

    private static ExactNumber Bound(
        ToleranceClause clause, ReferenceNumber expected, Answer.Number answer, ReferenceCase item)
    {
        double factor = clause.Factor switch
        {
            "" => 1.0,
            ToleranceClause.ConditionNumber => answer.ConditionNumber,
            _ => Named(clause.Factor, item),
        };
        ExactNumber value = ExactNumber.Of(clause.Value) * ExactNumber.Of(factor);
        ExactNumber bound = clause.Measure switch
        {
            ToleranceMeasure.Relative when Holds(clause.Condition, item) => value * expected.Exact.Magnitude,
            ToleranceMeasure.Relative or ToleranceMeasure.Absolute => value,
            ToleranceMeasure.PrintedDigits => expected.HalfPrintedDigit,
            ToleranceMeasure.SignificantFigures => expected.HalfFigure((int)clause.Value),
            _ => throw new System.Diagnostics.UnreachableException(clause.Measure.ToString()),
        };
        double floor = clause.FloorValue * (clause.FloorFactor.Length == 0 ? 1.0 : Named(clause.FloorFactor, item));
        return ExactNumber.Max(bound, ExactNumber.Of(floor));
    }

    // Each field or case has the clause that names it, else the unlabelled ones, else the wider of all.
    private ImmutableArray<ToleranceClause> ClausesFor(string field, Answer.Number answer)
    {
        ImmutableArray<ToleranceClause> named = [.. Clauses.Where(clause => IsNamedBy(clause.Label, field, answer))];
        if (!named.IsEmpty)
        {
            return named;
        }

        ImmutableArray<ToleranceClause> rest = [.. Clauses.Where(clause => clause.Label is "" or "coefficients")];
        return rest.IsEmpty ? Clauses : rest;
    }

    private static bool IsNamedBy(string label, string field, Answer.Number answer) => label switch
    {
        "" or "coefficients" => false,
        "tails" => Math.Abs(answer.ConditionNumber) > TailConditionNumber,
        _ when label.StartsWith("printed", StringComparison.Ordinal) => PrintedField().IsMatch(field),
        _ when label.StartsWith("recomputed", StringComparison.Ordinal) => !PrintedField().IsMatch(field),
        _ when label.StartsWith("own implementation", StringComparison.Ordinal) => true,
        _ => field.StartsWith(label, StringComparison.OrdinalIgnoreCase),
    };

    private static double Named(string name, ReferenceCase item)
    {
        JsonElement value;
        bool isFound = item.Expected.TryGetProperty(name, out value) || item.Inputs.TryGetProperty(name, out value);
        return isFound && ReferenceNumber.TryRead(value, out ReferenceNumber number)
            ? Math.Abs(number.Nearest)
            : throw new UnknownCaseException($"the tolerance names {name}, which the case does not state");
    }

    private static bool Holds(string condition, ReferenceCase item)
    {
        if (condition.Length == 0)
        {
            return true;
        }

        Match match = Distance().Match(condition);
        return match.Success
            ? IsFar(match, item)
            : throw new UnknownCaseException($"condition {condition} of the tolerance is not understood");
    }

    private static bool IsFar(Match match, ReferenceCase item) =>
        Math.Abs(Named(match.Groups["input"].Value, item) - Real(match.Groups["centre"].Value))
            > Real(match.Groups["distance"].Value);

    private static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(_\d+dp|printed|published)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrintedField();

    [GeneratedRegex(
        @"^\|(?<input>[A-Za-z_]\w*)-(?<centre>[0-9.eE-]+)\|>(?<distance>[0-9.eE-]+)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Distance();
}
