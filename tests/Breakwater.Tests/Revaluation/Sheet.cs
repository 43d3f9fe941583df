using Breakwater.Instruments;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Revaluation;

/// <summary>One of the four sheets of risk arrays: a horizon and a time.</summary>
internal static class Sheet
{
    internal static IEnumerable<(MarginHorizon Horizon, RevaluationTime Time)> All =>
        from horizon in Enum.GetValues<MarginHorizon>()
        from time in Enum.GetValues<RevaluationTime>()
        select (horizon, time);

    internal static RiskArrays Run(TinyMarket tiny, IEnumerable<Instrument> instruments) =>
        FullRevaluation.Run(instruments, tiny.Market, tiny.Forecast, tiny.Surfaces, tiny.Scenarios, tiny.Parameters);

    internal static RiskArrays Run(TinyMarket tiny, params ReadOnlySpan<string> names)
    {
        List<Instrument> instruments = [];
        foreach (string name in names) instruments.Add(InstrumentName.Parse(name));
        return Run(tiny, instruments);
    }

    internal static RiskRow Of(RiskArrays arrays, string name) => arrays.Rows[IndexOf(arrays, name)];

    internal static ReadOnlySpan<long> Row(
        RiskArrays arrays, string name, MarginHorizon horizon, RevaluationTime time) =>
        arrays.Entries(IndexOf(arrays, name), horizon, time);

    internal static void AssertSame(RiskArrays expected, RiskArrays actual)
    {
        Assert.Equal(expected.Rows.AsEnumerable(), actual.Rows);
        Assert.Equal(expected.Assets.AsEnumerable(), actual.Assets);
        Assert.Equal(expected.Findings.AsEnumerable(), actual.Findings);
        for (int row = 0; row < expected.Rows.Length; row++)
        {
            foreach ((MarginHorizon horizon, RevaluationTime time) in All)
            {
                Assert.True(expected.Entries(row, horizon, time).SequenceEqual(actual.Entries(row, horizon, time)));
            }
        }
    }

    private static int IndexOf(RiskArrays arrays, string name) => arrays.IndexOf(InstrumentName.Parse(name));
}
