using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Cli.Terminal;

/// <summary>Says why an input or a market was not accepted, the same way for every verb.</summary>
internal static class Refusals
{
    private const int TextLengthMax = 80;

    /// <summary>Lists every refusal: lines for people on the error stream, with <c>--json</c> a document on the output.
    /// </summary>
    /// <returns><see cref="ExitCode.Refused"/>.</returns>
    public static int Print(Shell shell, IReadOnlyList<Failure> failures)
    {
        shell.Error.WriteLine("refused: reason, file, line or path, value, limit, message");
        foreach (Failure failure in failures)
        {
            shell.Error.WriteLine(Line(failure));
        }

        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() =>
                json.Objects("refusals", failures, failure => FindingJson.WriteMembers(json, failure))));
        }

        return ExitCode.Refused;
    }

    /// <summary>Lists why the market cannot be used for what was asked.</summary>
    /// <returns><see cref="ExitCode.MarketUnusable"/>.</returns>
    public static int PrintUnusable(Shell shell, IReadOnlyList<Finding> findings)
    {
        shell.Error.WriteLine("market unusable: kind, subject, message");
        foreach (Finding finding in findings)
        {
            shell.Error.WriteLine($"{finding.Kind}, {Field(finding.Subject)}, {Field(finding.Message, int.MaxValue)}");
        }

        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() =>
                json.Objects("findings", findings, finding => FindingJson.WriteMembers(json, finding))));
        }

        return ExitCode.MarketUnusable;
    }

    private static string Line(Failure failure) => string.Join(
        ", ",
        failure.Reason.ToString(),
        Field(failure.File, int.MaxValue),
        Field(failure.Place),
        Field(failure.Value),
        Field(failure.Limit, int.MaxValue),
        Field(failure.Message, int.MaxValue));

    private static string Field(string text, int lengthMax = TextLengthMax)
    {
        string clean = FindingJson.Clean(text, lengthMax);
        return clean.Length == 0 ? "-" : clean.Contains(", ", StringComparison.Ordinal) ? $"\"{clean}\"" : clean;
    }
}
