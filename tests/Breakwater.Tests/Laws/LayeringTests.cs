using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Breakwater.Tests.Laws;

public sealed partial class LayeringTests
{
    // ARCHITECTURE 3: the folder list of the core is its dependency order.
    private static readonly string[] Order =
    [
        "Numerics", "Instruments", "Accounts", "Parameters", "Markets", "Forecasts", "Pricing", "Surfaces",
        "Sensitivities", "Scenarios", "Revaluation", "Collateral", "Margin", "Books", "Explanation",
        "Liquidation", "Solvency", "Attestation", "Engine",
    ];

    [Fact]
    public void A_folder_of_the_core_uses_only_folders_printed_above_it()
    {
        List<string> violations = [];
        foreach (Type type in CoreCode.Types)
        {
            IEnumerable<Type> used = CoreCode.SignatureTypes(type).Concat(
                CoreCode.Uses(type).SelectMany(use => UsedTypes(use.Used)));
            violations.AddRange(used.Where(other => Rank(other) > Rank(type))
                .Select(other => $"{type.FullName} uses {other.FullName}"));
        }

        Law.Holds(violations);
    }

    [Fact]
    public void Using_directives_and_qualified_names_keep_the_order_too()
    {
        List<string> violations = [];
        foreach (string file in Repository.Files("src/Breakwater", "*.cs"))
        {
            int rank = Array.IndexOf(Order, Repository.Relative(file).Split('/')[2]);
            violations.AddRange(FolderName().Matches(File.ReadAllText(file))
                .Select(match => match.Groups["folder"].Value)
                .Where(folder => Array.IndexOf(Order, folder) > rank)
                .Select(folder => $"{Repository.Relative(file)} names {folder}"));
        }

        Law.Holds(violations);
    }

    [Fact]
    public void Every_type_of_the_core_lives_in_the_namespace_of_its_folder()
    {
        Law.Holds(CoreCode.Types
            .Where(type => !CoreCode.IsGenerated(type) && type.Namespace is { } name
                && name.StartsWith("Breakwater", StringComparison.Ordinal) && Rank(type) < 0)
            .Select(type => type.FullName));
        Law.Holds(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", "Breakwater"))
            .Select(folder => Path.GetFileName(folder)!)
            .Where(folder => folder is not ("bin" or "obj") && !Order.Contains(folder)));
    }

    [Fact]
    public void The_core_references_no_package_and_no_project()
    {
        XDocument project = XDocument.Load(Path.Combine(Repository.Root, "src", "Breakwater", "Breakwater.csproj"));
        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("ProjectReference"));
        Assert.All(
            CoreCode.Assembly.GetReferencedAssemblies(),
            reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Adapters_reference_the_core_only()
    {
        string path = Path.Combine(Repository.Root, "src", "Breakwater.Adapters", "Breakwater.Adapters.csproj");
        Assert.Equal(
            ["../Breakwater/Breakwater.csproj"],
            XDocument.Load(path).Descendants("ProjectReference").Select(item => item.Attribute("Include")!.Value));
    }

    private static IEnumerable<Type> UsedTypes(MemberInfo member) => member switch
    {
        Type type => CoreCode.Parts(type),
        MethodInfo { IsGenericMethod: true } method =>
            CoreCode.Parts(method.DeclaringType!).Concat(method.GetGenericArguments().SelectMany(CoreCode.Parts)),
        _ => member.DeclaringType is { } type ? CoreCode.Parts(type) : [],
    };

    // Position of a type's folder in the order; −1 for types from elsewhere.
    private static int Rank(Type type)
    {
        string[] parts = (type.Namespace ?? string.Empty).Split('.');
        return type.Assembly == CoreCode.Assembly && parts.Length > 1 ? Array.IndexOf(Order, parts[1]) : -1;
    }

    [GeneratedRegex(@"\bBreakwater\.(?<folder>[A-Z]\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FolderName();
}
