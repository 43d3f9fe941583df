using Breakwater.Adapters.Files;
using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Tests.Parameters;

public sealed class ShippedParametersLaws
{
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Folder, "*.yaml").Select(path => Path.GetFileName(path))];

    private static string Folder
    {
        get
        {
            DirectoryInfo? at = new(AppContext.BaseDirectory);
            while (at is not null && !File.Exists(Path.Combine(at.FullName, "Breakwater.slnx")))
            {
                at = at.Parent;
            }

            return Path.Combine(at!.FullName, "parameters");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Comments_of_a_shipped_file_are_those_of_the_catalogue(string file)
    {
        string path = Path.Combine(Folder, file);
        string text = File.ReadAllText(path);
        ParameterDocument read = Accept(ParameterFile.ReadDocument(file, text));
        string rendered = ParameterTemplate.Render(read.Version, read.EffectiveAt, read.ProtocolId, read.Values);
        if (Environment.GetEnvironmentVariable("BREAKWATER_APPROVE") == "1")
        {
            File.WriteAllText(path, rendered);
            text = rendered;
        }

        Assert.Equal(rendered, text);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_shipped_file_is_valid_and_named_after_its_version(string file)
    {
        RiskParameters parameters = Accept(ParameterFile.Load(Path.Combine(Folder, file)));

        Assert.Equal($"breakwater-v{parameters.Version}.yaml", file);
    }

    [Fact]
    public void The_newest_shipped_file_is_embedded()
    {
        RiskParameters parameters = Accept(ParameterFile.LoadNewestShipped());

        Assert.Equal(Directory.GetFiles(Folder, "*.yaml").Length, parameters.Version);
    }

    [Fact]
    public void Every_field_states_unit_range_step_and_reason() => Assert.All(ParameterValidation.Catalogue, field =>
    {
        Assert.NotEmpty(field.Unit);
        Assert.NotEmpty(field.Step);
        Assert.NotEmpty(field.Reason);
        Assert.True(field.Minimum <= field.Maximum, field.Path);
        Assert.Equal(1, ParameterValidation.Catalogue.Count(other => other.Path == field.Path));
    });

    private static T Accept<T>(Result<T> result)
    {
        Assert.True(result.IsAccepted, string.Join("\n", result.Failures));
        return result.Value;
    }
}
