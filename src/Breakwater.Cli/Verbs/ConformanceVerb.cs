using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Breakwater.Cli.Conformance;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;

namespace Breakwater.Cli.Verbs;

/// <summary><c>conformance DIR</c>: runs every reference case in a folder.</summary>
internal static class ConformanceVerb
{
    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "conformance", "Runs every case of every *.json lying directly in a folder.",
            "conformance samples/reference");
        Argument<string> folder = new("DIR") { Description = "Folder of reference files." };
        verb.Arguments.Add(folder);
        verb.Does((shell, parse) => Run(shell, parse.GetRequiredValue(folder)));
        return verb;
    }

    private static int Run(Shell shell, string folder)
    {
        Result<ImmutableArray<ReferenceFile>> files = ReadAll(folder);
        if (!files.IsAccepted)
        {
            return Refusals.Print(shell, files.Failures);
        }

        ImmutableArray<FileOutcome>.Builder outcomes = ImmutableArray.CreateBuilder<FileOutcome>();
        using (Progress progress = new(shell))
        {
            foreach (ReferenceFile file in files.Value)
            {
                progress.Step($"conformance: {file.Name}");
                outcomes.Add(ConformanceRun.Run(file, folder, Families.All));
            }
        }

        return Report(shell, outcomes.ToImmutable());
    }

    private static Result<ImmutableArray<ReferenceFile>> ReadAll(string folder)
    {
        string[] paths;
        try
        {
            paths = Directory.GetFiles(folder, "*.json", SearchOption.TopDirectoryOnly);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Result<ImmutableArray<ReferenceFile>>.Refused(
                new Failure(FailureReason.Unreadable, exception.Message, folder));
        }

        Array.Sort(paths, StringComparer.Ordinal);
        ImmutableArray<Result<ReferenceFile>> read = [.. paths.Select(ReferenceFile.Read)];
        ImmutableArray<Failure> failures = [.. read.SelectMany(file => file.Failures)];
        if (paths.Length == 0)
        {
            failures = [new(FailureReason.Missing, "no reference file in it", folder, Limit: "at least one *.json")];
        }

        return failures.IsEmpty
            ? Result<ImmutableArray<ReferenceFile>>.Accepted([.. read.Select(file => file.Value)])
            : Result<ImmutableArray<ReferenceFile>>.Refused(failures);
    }

    private static int Report(Shell shell, ImmutableArray<FileOutcome> outcomes)
    {
        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => WriteJson(json, outcomes));
        }
        else
        {
            WriteTables(shell.Output, outcomes);
        }

        bool allPassed = outcomes.All(outcome => outcome.Failed == 0 && outcome.NotImplemented == 0);
        return allPassed ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static void WriteJson(Utf8JsonWriter json, ImmutableArray<FileOutcome> outcomes) => json.Object(() =>
    {
        WriteCounts(
            json, outcomes.Sum(x => x.Passed), outcomes.Sum(x => x.Failed), outcomes.Sum(x => x.NotImplemented));
        json.Objects("files", outcomes, outcome =>
        {
            json.WriteString("file", outcome.File);
            WriteCounts(json, outcome.Passed, outcome.Failed, outcome.NotImplemented);
            json.Objects("failures", outcome.Failures, failure =>
            {
                json.WriteNumber("set", failure.Set);
                json.WriteNumber("case", failure.Case);
                json.WriteString("field", failure.Disagreement.Field);
                json.WriteString("expected", failure.Disagreement.Expected);
                json.WriteString("actual", failure.Disagreement.Actual);
                json.WriteString("tolerance", failure.Tolerance);
            });
        });
    });

    private static void WriteCounts(Utf8JsonWriter json, int passed, int failed, int notImplemented)
    {
        json.WriteNumber("passed", passed);
        json.WriteNumber("failed", failed);
        json.WriteNumber("notImplemented", notImplemented);
    }

    private static void WriteTables(TextWriter output, ImmutableArray<FileOutcome> outcomes)
    {
        TextTable counts = new("file", ">passed, cases", ">failed, cases", ">not implemented, cases");
        foreach (FileOutcome outcome in outcomes)
        {
            counts.Row(outcome.File, Count(outcome.Passed), Count(outcome.Failed), Count(outcome.NotImplemented));
        }

        counts.Row(
            "all",
            Count(outcomes.Sum(outcome => outcome.Passed)),
            Count(outcomes.Sum(outcome => outcome.Failed)),
            Count(outcomes.Sum(outcome => outcome.NotImplemented)));
        counts.Write(output);
        foreach (FileOutcome outcome in outcomes)
        {
            foreach (CaseFailure failure in outcome.Failures)
            {
                output.WriteLine(
                    $"failed: {outcome.File} set {failure.Set} case {failure.Case} {failure.Disagreement.Field}: "
                    + $"expected {failure.Disagreement.Expected}, actual {failure.Disagreement.Actual}, "
                    + $"tolerance {failure.Tolerance}");
            }

            foreach ((string reason, int count) in outcome.Reasons)
            {
                output.WriteLine($"not implemented: {outcome.File}, {count} cases: {reason}");
            }
        }
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
