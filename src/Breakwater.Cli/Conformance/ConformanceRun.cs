using System.Collections.Immutable;

namespace Breakwater.Cli.Conformance;

/// <summary>A case that failed, in one field.</summary>
internal sealed record CaseFailure(int Set, int Case, Disagreement Disagreement, string Tolerance);

/// <summary>What became of the cases of one file.</summary>
/// <param name="File">Its name without <c>.json</c>.</param>
/// <param name="Passed">Cases of which every expected field agreed.</param>
/// <param name="Failed">Cases of which at least one field disagreed.</param>
/// <param name="NotImplemented">Cases this program cannot run.</param>
/// <param name="Failures">Each disagreement.</param>
/// <param name="Reasons">Why cases are not implemented, with their count, in order of first appearance.</param>
internal sealed record FileOutcome(
    string File,
    int Passed,
    int Failed,
    int NotImplemented,
    ImmutableArray<CaseFailure> Failures,
    ImmutableArray<(string Reason, int Count)> Reasons);

/// <summary>Runs the cases of reference files through the product's functions.</summary>
internal static class ConformanceRun
{
    // Nothing in the file is enough to compute these: they are listed with zeros (reference/README.md).
    private static readonly string[] KindsNotRun = ["empirical", "recalled", "published-parameters"];
    private static readonly string[] KindsRun = ["published", "computed"];

    /// <summary>Runs every case of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="folder">Its folder, below which series it names are found.</param>
    /// <param name="families">What this program knows to compute.</param>
    public static FileOutcome Run(ReferenceFile file, string folder, ImmutableArray<Family> families)
    {
        Tally tally = new(file.Name);
        tally.NotImplemented("the file's format belongs to later work", file.ForeignCount);
        for (int set = 0; set < file.Sets.Length; set++)
        {
            RunSet(file, set, folder, families, tally);
        }

        return tally.Outcome();
    }

    private static void RunSet(
        ReferenceFile file, int index, string folder, ImmutableArray<Family> families, Tally tally)
    {
        ReferenceSet set = file.Sets[index];
        if (KindsNotRun.Contains(set.Kind, StringComparer.Ordinal))
        {
            return;
        }

        Tolerance tolerance = null!;
        string? reason = !KindsRun.Contains(set.Kind, StringComparer.Ordinal) ? $"kind '{set.Kind}' is unknown"
            : set.UnknownMember is { } member ? $"member '{member}' of the set is unknown"
            : !families.Any(family => family.File == file.Id) ? "the file belongs to later work"
            : !Tolerance.TryParse(set.Tolerance, out tolerance) ? $"tolerance '{set.Tolerance}' is not understood"
            : null;
        if (reason is not null)
        {
            tally.NotImplemented(reason, set.Cases.Length);
            return;
        }

        for (int item = 0; item < set.Cases.Length; item++)
        {
            RunCase(file.Id, index, item, set.Cases[item], folder, families, tolerance, tally);
        }
    }

    private static void RunCase(
        string id,
        int set,
        int index,
        ReferenceCase item,
        string folder,
        ImmutableArray<Family> families,
        Tolerance tolerance,
        Tally tally)
    {
        try
        {
            if (item.UnknownMember is { } member)
            {
                throw new UnknownCaseException($"member '{member}' of the case is unknown");
            }

            Family family = families.FirstOrDefault(known => known.File == id && known.Recognises(item.Inputs))
                ?? throw new UnknownCaseException("inputs are unknown: " + Names(item));
            Answers answers = family.Answer(new CaseInputs(item.Inputs, folder));
            tally.Compared(set, index, Comparison.Of(item, answers, tolerance), tolerance.Text);
        }
        catch (UnknownCaseException exception)
        {
            tally.NotImplemented(exception.Message, 1);
        }
        catch (Exception exception)
            when (exception is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            tally.Compared(set, index, [new("-", "a result", exception.Message.Split('\n')[0])], tolerance.Text);
        }
    }

    private static string Names(ReferenceCase item) =>
        string.Join(", ", item.Inputs.EnumerateObject().Select(input => input.Name));

    private sealed class Tally(string file)
    {
        private readonly List<CaseFailure> _failures = [];
        private readonly List<(string Reason, int Count)> _reasons = [];
        private int _passed;
        private int _failed;

        public void NotImplemented(string reason, int count)
        {
            int known = _reasons.FindIndex(entry => entry.Reason == reason);
            if (known >= 0)
            {
                _reasons[known] = (reason, _reasons[known].Count + count);
            }
            else if (count > 0)
            {
                _reasons.Add((reason, count));
            }
        }

        public void Compared(int set, int index, ImmutableArray<Disagreement> found, string tolerance)
        {
            _passed += found.IsEmpty ? 1 : 0;
            _failed += found.IsEmpty ? 0 : 1;
            _failures.AddRange(found.Select(disagreement => new CaseFailure(set, index, disagreement, tolerance)));
        }

        public FileOutcome Outcome() =>
            new(file, _passed, _failed, _reasons.Sum(entry => entry.Count), [.. _failures], [.. _reasons]);
    }
}
