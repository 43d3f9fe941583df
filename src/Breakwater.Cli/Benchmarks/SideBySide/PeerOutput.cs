using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Cli.Benchmarks.SideBySide;

/// <summary>What a program took for a whole workload.</summary>
/// <param name="Workload">The workload, such as <c>W2a</c>.</param>
/// <param name="Way">Program and way, such as <c>QuantLib nth_element</c>.</param>
/// <param name="Seconds">Processor time of one thread, seconds.</param>
internal sealed record PeerTime(string Workload, string Way, double Seconds);

/// <summary>What one peer printed in one round.</summary>
/// <param name="Times">Times of its workloads.</param>
/// <param name="Checksums">Name as the product names it, and the printed text.</param>
internal sealed record PeerOutput(
    ImmutableArray<PeerTime> Times, ImmutableArray<(string Name, string Value)> Checksums)
{
    private const double MilliPerOne = 1e3;
    private const double OptionsMillions = 1.0; // W1 prices a million options
    private const double RevaluationsMillions = 5.0; // W2a: 500 instruments × 10,000 scenarios

    private static readonly ImmutableArray<Mark> CppMarks =
    [
        new("W1", "C++ libmvec", "W1 C++ 1t", "auto-vectorised ", rate => OptionsMillions / rate),
        new("W2a", "C++ libmvec", "W2 C++ 1t", "ms = ", rate => RevaluationsMillions / rate),
        new("W2", "C++ libmvec", "W2 C++ 1t", "total ", Milliseconds),
        new("W3", "C++ libmvec", "W3 C++ 1t", ": ", Milliseconds),
    ];

    private static readonly ImmutableArray<Mark> QuantLibMarks =
    [
        new("W1", "QuantLib BlackCalculator", "W1 QuantLib BlackCalculator 1t", ": ", rate => OptionsMillions / rate),
        new("W1", "QuantLib option + engine", "W1 QuantLib VanillaOption", "1t: ", rate => OptionsMillions / rate),
        new("W2a", "QuantLib blackFormula", "W2 QuantLib 1t", "ms = ", rate => RevaluationsMillions / rate),
        new("W2", "QuantLib nth_element", "W2 QuantLib 1t", "total fast ", Milliseconds),
        new("W2", "QuantLib RiskStatistics", "W2 QuantLib 1t", "total idiomatic-stats ", Milliseconds),
        new("W3", "QuantLib, nothing shared", "W3 QuantLib", "100k accounts ", seconds => seconds),
    ];

    private static readonly ImmutableArray<(string Name, string Line, string Before)> Sums =
    [
        ("price", "W1 checksum", "price "),
        ("delta", "W1 checksum", "delta "),
        ("gamma", "W1 checksum", "gamma "),
        ("vega", "W1 checksum", "vega "),
        ("theta", "W1 checksum", "theta "),
        ("pnlSum", "W2 checksum", "P&L "),
        ("meanEs99", "W2 checksum", "ES99 "),
    ];

    private static readonly (string Name, string Line, string Before) WorstSum =
        ("meanWorst", "W3 mean worst", "worst ");

    /// <summary>Reads what plain C++ prints.</summary>
    /// <param name="file">Name of the file, for refusals.</param>
    /// <param name="text">Its content.</param>
    public static Result<PeerOutput> OfCpp(string file, string text) => Of(file, text, CppMarks, [.. Sums, WorstSum]);

    /// <summary>Reads what QuantLib's peer prints; it prints no checksum of W3.</summary>
    /// <param name="file">Name of the file, for refusals.</param>
    /// <param name="text">Its content.</param>
    public static Result<PeerOutput> OfQuantLib(string file, string text) => Of(file, text, QuantLibMarks, Sums);

    private static Result<PeerOutput> Of(
        string file,
        string text,
        ImmutableArray<Mark> marks,
        ImmutableArray<(string Name, string Line, string Before)> sums)
    {
        List<Failure> failures = [];
        string[] lines = text.Split('\n');
        ImmutableArray<PeerTime> times =
        [
            .. marks.Select(mark => new PeerTime(
                mark.Workload,
                mark.Way,
                mark.ToSeconds(Positive(file, lines, (mark.Line, mark.Before), failures)))),
        ];
        ImmutableArray<(string Name, string Value)> checksums =
        [
            .. sums.Select(sum => (sum.Name, TextOf(file, lines, (sum.Line, sum.Before), failures))),
        ];
        return failures.Count > 0
            ? Result<PeerOutput>.Refused(failures)
            : Result<PeerOutput>.Accepted(new PeerOutput(times, checksums));
    }

    private static double Positive(
        string file, string[] lines, (string Line, string Before) mark, List<Failure> failures)
    {
        int before = failures.Count;
        string text = TextOf(file, lines, mark, failures);
        if (failures.Count > before) return double.NaN;
        double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (value > 0.0) return value;
        failures.Add(new Failure(
            FailureReason.OutOfRange, "a time or rate is not positive", file, mark.Line, text, "> 0"));
        return double.NaN;
    }

    // The decimal number that follows a mark in the first line with a start.
    private static string TextOf(
        string file, string[] lines, (string Line, string Before) mark, List<Failure> failures)
    {
        string line = lines.FirstOrDefault(own => own.StartsWith(mark.Line, StringComparison.Ordinal)) ?? string.Empty;
        int at = line.IndexOf(mark.Before, StringComparison.Ordinal);
        string rest = at < 0 ? string.Empty : line[(at + mark.Before.Length)..];
        int end = 0;
        while (end < rest.Length && (char.IsAsciiDigit(rest[end]) || rest[end] is '-' or '.')) end++;
        string text = rest[..end];
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) return text;
        failures.Add(new Failure(
            FailureReason.Missing, $"no number after '{mark.Before}' in a line '{mark.Line} …'",
            file, mark.Line, text));
        return string.Empty;
    }

    private static double Milliseconds(double milliseconds) => milliseconds / MilliPerOne;

    private sealed record Mark(
        string Workload, string Way, string Line, string Before, Func<double, double> ToSeconds);
}
