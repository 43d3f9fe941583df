using Breakwater.Cli;

namespace Breakwater.IntegrationTests.Commands;

/// <summary>A what-if question whose moves make no sense is refused by the name of the move.</summary>
public sealed class BadMovesTests
{
    [Theory]
    [InlineData("no market", "{ 'underlying': 'DOGE', 'priceRelative': '-0.1' }")]
    [InlineData("no underlying", "{ 'priceRelative': '-0.1' }")]
    [InlineData("nothing moves", "{ 'underlying': 'BTC' }")]
    [InlineData("percent", "{ 'underlying': 'BTC', 'priceRelative': '-10%' }")]
    [InlineData("beyond a fall of 90 %", "{ 'underlying': 'BTC', 'priceRelative': '-0.91' }")]
    [InlineData("beyond a rise of 500 %", "{ 'underlying': 'BTC', 'volatilityRelative': '5.01' }")]
    [InlineData("no number", "{ 'underlying': 'BTC', 'priceRelative': 'NaN' }")]
    [InlineData("another member", "{ 'underlying': 'BTC', 'priceRelative': '0.1', 'skew': '0.1' }")]
    [InlineData("no object", "'BTC'")]
    [InlineData(
        "moved twice",
        "{ 'underlying': 'BTC', 'priceRelative': '0.1' }, { 'underlying': 'BTC', 'volatilityRelative': '0.1' }")]
    public void A_move_that_makes_no_sense_is_refused(string what, string moves)
    {
        using TemporaryFolder folder = new();
        string asked = folder.Write("moves.json", $"{{ \"moves\": [ {moves.Replace('\'', '"')} ] }}");
        CommandRun run = CommandRun.Of([.. MarginArguments.Sample("short-strangle"), "--what-if", asked]);
        Assert.True(run.Code == ExitCode.Refused, $"{what}: {run.Code}");
        Assert.Contains("moves", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }
}
