using Breakwater.Parameters;

namespace Breakwater.Tests.Laws;

public sealed class ParameterUnitTests
{
    [Fact]
    public void The_catalogue_is_not_empty() => Assert.NotEmpty(ParameterValidation.Catalogue);

    [Fact]
    public void Every_parameter_states_its_unit() =>
        Law.Holds(Paths(field => string.IsNullOrWhiteSpace(field.Unit)));

    [Fact]
    public void Every_parameter_states_the_reason_of_its_range_and_its_step() =>
        Law.Holds(Paths(field => string.IsNullOrWhiteSpace(field.Reason) || string.IsNullOrWhiteSpace(field.Step)));

    [Fact]
    public void Every_range_has_room() =>
        Law.Holds(Paths(field => field.Minimum > field.Maximum
            || (field.Minimum == field.Maximum && field.Path != "collateral.bridgeUnauditedHaircutFraction")));

    [Fact]
    public void No_parameter_is_named_twice() =>
        Assert.Equal(
            ParameterValidation.Catalogue.Length,
            ParameterValidation.Catalogue.Select(field => field.Path).Distinct(StringComparer.Ordinal).Count());

    private static IEnumerable<string> Paths(Func<ParameterField, bool> isViolating) =>
        ParameterValidation.Catalogue.Where(isViolating).Select(field => field.Path);
}
