using Breakwater.Instruments;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Scenarios;

/// <summary>Block B changes seed by eighths, one every half hour from midnight UTC (METHODOLOGY 3.7).</summary>
public sealed class SeedRotationLaws
{
    [Theory]
    [InlineData("2026-02-05T00:00:00Z", 1)]
    [InlineData("2026-02-05T00:29:59Z", 1)]
    [InlineData("2026-02-05T00:30:00Z", 2)]
    [InlineData("2026-02-05T03:29:59Z", 7)]
    [InlineData("2026-02-05T03:30:00Z", 8)]
    [InlineData("2026-02-05T23:59:59Z", 8)]
    [InlineData("1969-12-31T00:45:00Z", 2)]
    public void An_eighth_is_replaced_at_midnight_and_every_half_hour_after(string at, int replaced) =>
        Assert.Equal(replaced, ScenarioSeed.EighthsReplaced(Timestamp.Parse(at)));

    [Fact]
    public void The_eighths_not_yet_replaced_are_those_of_the_day_before_to_the_last_bit()
    {
        ScenarioInputs inputs = SimulatedPast.Inputs() with { At = Timestamp.Parse("2026-02-05T01:10:00Z") };
        ScenarioSeed before = inputs.Seed.DayBefore(SimulatedPast.Beacon(7));
        ScenarioSet mixed = ScenarioDesign.Build(inputs with { SeedBefore = before }).Initial;
        ScenarioSet today = ScenarioDesign.Build(inputs with { SeedBefore = inputs.Seed }).Initial;
        ScenarioSet yesterday = ScenarioDesign.Build(inputs with { Seed = before, SeedBefore = before }).Initial;
        foreach (Scenario scenario in mixed.Scenarios.Where(own => own.Block == ScenarioBlock.B))
        {
            bool isReplaced = scenario.Label[2] - '0' <= 3;
            ScenarioSet origin = isReplaced ? today : yesterday;
            Assert.Equal(origin.Row(scenario.Id), mixed.Row(scenario.Id));
            Assert.Equal(today.Scenarios[scenario.Id].Weight, scenario.Weight);
        }

        Assert.NotEqual(today.Digest, mixed.Digest);
        Assert.Equal(before, mixed.SeedBefore);
    }
}
