using System.Xml.Linq;

namespace Breakwater.Tests.Laws;

/// <summary>The compiler refuses a public member without a comment (CS1591); these laws look at what it does not.
/// </summary>
public sealed class DocumentationTests
{
    private static readonly string[] Assemblies = ["Breakwater", "Breakwater.Adapters"];
    private const int UndocumentedAllowed = 46; // a ratchet: lower it when parameters are documented, never raise it
    private static readonly string[] Numeric = ["System.Double", "System.Decimal"];

    [Fact]
    public void No_source_project_silences_the_compiler_about_missing_comments()
    {
        Assert.Contains(
            "<GenerateDocumentationFile>true</GenerateDocumentationFile>",
            File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props")),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            Repository.Files("src", "*.csproj").Concat(Repository.Files("src", "*.cs")),
            file => File.ReadAllText(file).Contains("CS15" + "91", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_public_member_says_something() =>
        Law.Holds(
            from member in Members()
            where member.Elements().All(element => element.Name.LocalName != "inheritdoc"
                && string.IsNullOrWhiteSpace(element.Value))
            select Name(member));

    [Fact]
    public void Every_parameter_of_a_numeric_function_states_its_meaning_and_unit() =>
        Law.HoldsUpTo(
            from member in Members()
            let name = Name(member)
            where name.StartsWith("M:", StringComparison.Ordinal)
                && !name.Contains(".op_", StringComparison.Ordinal)
                && Numeric.Any(type => name.Contains(type, StringComparison.Ordinal))
                && member.Element("inheritdoc") is null
            let documented = member.Elements("param").Count(item => !string.IsNullOrWhiteSpace(item.Value))
            where documented < ParameterCount(name)
            select $"{name}: {documented} of {ParameterCount(name)} parameters documented",
            UndocumentedAllowed);

    private static IEnumerable<XElement> Members() =>
        Assemblies.SelectMany(name => XDocument.Load(Path.Combine(AppContext.BaseDirectory, name + ".xml"))
            .Descendants("member"));

    private static string Name(XElement member) => member.Attribute("name")!.Value;

    private static int ParameterCount(string documentationId)
    {
        int depth = 0;
        int count = 1;
        foreach (char symbol in documentationId[documentationId.IndexOf('(', StringComparison.Ordinal)..])
        {
            depth += symbol is '{' or '[' ? 1 : symbol is '}' or ']' ? -1 : 0;
            count += symbol == ',' && depth == 0 ? 1 : 0;
        }

        return count;
    }
}
