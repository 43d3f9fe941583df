using System.Reflection;
using System.Text.RegularExpressions;

namespace Breakwater.Tests.Laws;

/// <summary>Every invariant that RELIABILITY names for what exists has a test that bears its identifier.</summary>
public sealed partial class InvariantTests
{
    [Theory]
    [InlineData("M1")]
    [InlineData("M2")]
    [InlineData("M3")]
    [InlineData("M4")]
    [InlineData("M5")]
    [InlineData("M6")]
    [InlineData("M7")]
    [InlineData("M8")]
    [InlineData("M9")]
    [InlineData("L1")]
    [InlineData("L2")]
    [InlineData("L3")]
    [InlineData("L9")]
    [InlineData("S1")]
    [InlineData("S2")]
    [InlineData("S3")]
    [InlineData("S4")]
    public void An_invariant_has_a_test_named_after_it(string invariant) =>
        Assert.Contains(TestNames(), name => name.StartsWith($"INV_{invariant}_", StringComparison.Ordinal));

    [Fact]
    public void An_invariant_that_a_document_of_ours_names_as_tested_has_its_test()
    {
        IReadOnlyList<string> names = [.. TestNames()];
        Law.Holds(
            from file in Repository.Files(".", "*.md")
            from Match match in TestName().Matches(File.ReadAllText(file))
            where !names.Contains(match.Value)
            select $"{Repository.Relative(file)} names {match.Value}");
    }

    private static IEnumerable<string> TestNames() =>
        from type in Assembly.GetExecutingAssembly().GetTypes()
        from method in type.GetMethods()
        where method.GetCustomAttributes<FactAttribute>(inherit: true).Any()
        select method.Name;

    [GeneratedRegex(@"\bINV_[A-Z]\d+_\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();
}
