using System.Globalization;
using System.Text.RegularExpressions;

namespace Breakwater.Cli.Conformance;

/// <summary>How a clause of a tolerance measures.</summary>
internal enum ToleranceMeasure
{
    /// <summary>Of the expected value.</summary>
    Relative,

    /// <summary>In the expected value's own unit.</summary>
    Absolute,

    /// <summary>Half a unit of the last printed digit.</summary>
    PrintedDigits,

    /// <summary>Half a unit of the n-th significant figure.</summary>
    SignificantFigures,
}

/// <summary>One clause of a tolerance, such as <c>relative 4e-16 x condition number</c>.</summary>
/// <param name="Label">What it holds for; empty if for everything.</param>
/// <param name="Measure">How it measures.</param>
/// <param name="Value">Its number: 0 for exact, figures for significant figures.</param>
/// <param name="Factor">Name of a factor: <c>condition number</c>, a field or an input; empty if none.</param>
/// <param name="FloorValue">Absolute floor; 0 if none.</param>
/// <param name="FloorFactor">Input the floor is multiplied by; empty if none.</param>
/// <param name="Condition">Where it holds, as <c>|input-centre|&gt;distance</c>; empty if everywhere.</param>
internal sealed partial record ToleranceClause(
    string Label,
    ToleranceMeasure Measure,
    double Value,
    string Factor = "",
    double FloorValue = 0.0,
    string FloorFactor = "",
    string Condition = "")
{
    /// <summary>The factor that stands for the result's sensitivity to its input.</summary>
    public const string ConditionNumber = "condition number";

    private const string Number = @"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?";

    /// <summary>Reads one clause; <c>null</c> if its words are not understood.</summary>
    public static ToleranceClause? Parse(string text)
    {
        Remarks remarks = Remarks.Take(text.Trim());
        ToleranceClause? clause = ParseWhole(remarks.Rest) ?? ParseLabelled(remarks.Rest);
        return clause is null ? null : clause with
        {
            Label = clause.Label.Length > 0 ? clause.Label : remarks.Label,
            FloorValue = remarks.FloorValue,
            FloorFactor = remarks.FloorFactor,
            Condition = remarks.Condition,
        };
    }

    private static ToleranceClause? ParseWhole(string text)
    {
        if (text is "exact")
        {
            return new(string.Empty, ToleranceMeasure.Absolute, 0.0);
        }

        if (text is "printed digits" or "half a unit of the last printed digit")
        {
            return new(string.Empty, ToleranceMeasure.PrintedDigits, 0.0);
        }

        Match power = PowerOfTwo().Match(text);
        if (power.Success)
        {
            int exponent = int.Parse(power.Groups["exponent"].ValueSpan, CultureInfo.InvariantCulture);
            return new(string.Empty, ToleranceMeasure.Absolute, Math.ScaleB(1.0, exponent));
        }

        Match figures = Figures().Match(text);
        return figures.Success
            ? new(string.Empty, ToleranceMeasure.SignificantFigures, Real(figures.Groups["figures"].Value))
            : null;
    }

    private static ToleranceClause? ParseLabelled(string text)
    {
        Match named = NamedFactor().Match(text);
        if (named.Success)
        {
            double value = Real(named.Groups["value"].Value);
            return new(string.Empty, ToleranceMeasure.Relative, value, named.Groups["factor"].Value);
        }

        Match match = Labelled().Match(text);
        if (!match.Success)
        {
            return null;
        }

        bool isRelative = match.Groups["before"].Value == "relative" || match.Groups["after"].Value == "relative";
        string after = match.Groups["label2"].Value.Trim();
        string label = match.Groups["label"].Value.Trim().TrimEnd(':').Trim();
        return after.Length > 0 && label.Length > 0 ? null : new(
            label.Length > 0 ? label : after,
            isRelative ? ToleranceMeasure.Relative : ToleranceMeasure.Absolute,
            Real(match.Groups["value"].Value),
            match.Groups["factor"].Value.Trim());
    }

    private static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^exact to 2\^(?<exponent>-?\d{1,3})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PowerOfTwo();

    [GeneratedRegex(
        @"^(?<figures>\d{1,2}) significant figures$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Figures();

    [GeneratedRegex(
        @"^relative (?<factor>[A-Za-z_]\w*) x (?<value>" + Number + ")$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedFactor();

    [GeneratedRegex(
        @"^(?<label>[A-Za-z_][\w ]*?:?\s)??(?:(?<before>relative|absolute)\s+)?(?<value>" + Number + ")"
        + @"(?:\s+x\s+(?<factor>condition number|[A-Za-z_]\w*))?(?:\s+(?<after>relative|absolute))?"
        + @"(?<label2>\s+[A-Za-z_][\w ]*)?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Labelled();

    // What stands in parentheses: a floor, a condition, or a name for the clause.
    private sealed partial record Remarks(
        string Rest, string Label, double FloorValue, string FloorFactor, string Condition)
    {
        public static Remarks Take(string text)
        {
            Match match = Parenthesis().Match(text);
            if (!match.Success)
            {
                return new(text, string.Empty, 0.0, string.Empty, string.Empty);
            }

            string rest = text.Remove(match.Index, match.Length).Trim();
            string remark = match.Groups["remark"].Value.Trim();
            Match floor = Floor().Match(remark);
            if (floor.Success)
            {
                double value = Real(floor.Groups["value"].Value);
                return new(rest, string.Empty, value, floor.Groups["factor"].Value, string.Empty);
            }

            return remark.StartsWith('|')
                ? new(rest, string.Empty, 0.0, string.Empty, remark)
                : new(rest, remark, 0.0, string.Empty, string.Empty);
        }

        [GeneratedRegex(@"\((?<remark>[^()]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
        private static partial Regex Parenthesis();

        [GeneratedRegex(
            @"^absolute floor (?<value>" + Number + @")(?: x (?<factor>[A-Za-z_]\w*))?$",
            RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 1000)]
        private static partial Regex Floor();
    }
}
