namespace Breakwater.Tests.Laws;

/// <summary>A rule of the house: it holds if nothing violates it, and otherwise names every violation.</summary>
internal static class Law
{
    /// <summary>Fails with the list of violations, one a line, unless there is none.</summary>
    public static void Holds(IEnumerable<string?> violations)
    {
        string[] found = [.. violations.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        Assert.True(found.Length == 0, $"{found.Length} violations:\n{string.Join('\n', found)}");
    }
}
