namespace Breakwater.Markets;

/// <summary>Counts rows (quotes, closes) with the same complaint, so that a chain of a thousand rows makes one finding
/// per complaint.</summary>
internal sealed class FindingTally(string subject, string noun, int rowCount)
{
    private const int NamesMax = 3;

    private readonly SortedDictionary<(FindingKind Kind, string Complaint), List<string>> _rows = [];

    /// <summary>Counts one row.</summary>
    internal void Count(FindingKind kind, string complaint, string name)
    {
        if (!_rows.TryGetValue((kind, complaint), out List<string>? names))
        {
            _rows[(kind, complaint)] = names = [];
        }

        names.Add(name);
    }

    /// <summary>Adds one finding per complaint: how many rows, and the first of them.</summary>
    internal void AddTo(List<Finding> findings)
    {
        foreach (((FindingKind kind, string complaint), List<string> names) in _rows)
        {
            string examples = string.Join(", ", names.Take(NamesMax)) + (names.Count > NamesMax ? ", …" : string.Empty);
            findings.Add(new Finding(kind, subject, $"{names.Count} of {rowCount} {noun} {complaint} ({examples})"));
        }
    }
}
