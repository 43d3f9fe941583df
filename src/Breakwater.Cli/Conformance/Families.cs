using System.Collections.Immutable;

namespace Breakwater.Cli.Conformance;

/// <summary>Every shape of case this program computes.</summary>
internal static class Families
{
    /// <summary>All families, by file.</summary>
    public static ImmutableArray<Family> All { get; } = [];
}
