namespace Breakwater.Tests.Laws;

/// <summary>A rule of the house: it holds if nothing violates it, and otherwise names every violation.</summary>
internal static class Law
{
    /// <summary>A rule that older code still breaks in places: their number may only shrink.</summary>
    /// <param name="violations">The places.</param>
    /// <param name="allowed">How many there were when the ratchet was last lowered.</param>
    public static void HoldsUpTo(IEnumerable<string?> violations, int allowed)
    {
        string[] found = [.. violations.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        Assert.True(
            found.Length <= allowed, $"{found.Length} violations, {allowed} allowed:\n{string.Join('\n', found)}");
    }

    /// <summary>Fails with the list of violations, one a line, unless there is none.</summary>
    public static void Holds(IEnumerable<string?> violations)
    {
        string[] found = [.. violations.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        Assert.True(found.Length == 0, $"{found.Length} violations:\n{string.Join('\n', found)}");
    }
}
