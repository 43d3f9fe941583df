using System.Reflection;
using System.Text;

namespace Breakwater.Tests.Laws;

/// <summary>The public API of the core is a listing that is reviewed like code.</summary>
/// <remarks>Regenerate it with <c>APPROVE_PUBLIC_API=1 ./test</c> and explain the difference in the commit.</remarks>
public sealed class PublicApiTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static string ApprovedPath =>
        Path.Combine(Path.GetDirectoryName(Repository.Files(".", "PublicApiTests.cs")[0])!, "PublicApi.txt");

    [Fact]
    public void The_public_api_is_the_approved_one()
    {
        string actual = Listing();
        if (Environment.GetEnvironmentVariable("APPROVE_PUBLIC_API") == "1")
        {
            File.WriteAllText(ApprovedPath, actual);
        }

        Assert.Equal(File.ReadAllText(ApprovedPath), actual);
    }

    private static string Listing()
    {
        StringBuilder listing = new();
        foreach (Type type in CoreCode.Types.Where(type => type.IsVisible))
        {
            listing.Append(type.FullName).Append('\n');
            IEnumerable<string> members = type.GetMembers(Declared)
                .Where(member => !CoreCode.IsGenerated(member) && member is not MethodBase { IsSpecialName: true } and not Type
                    || member is ConstructorInfo { IsSpecialName: true } constructor && !CoreCode.IsGenerated(constructor))
                .Select(member => member.ToString()!)
                .Order(StringComparer.Ordinal);
            foreach (string member in members)
            {
                listing.Append("  ").Append(member).Append('\n');
            }
        }

        return listing.ToString();
    }
}
