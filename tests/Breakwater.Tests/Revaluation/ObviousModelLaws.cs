using Breakwater.Instruments;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Revaluation;

public sealed class ObviousModelLaws
{
    // Doubles of both sides agree to about 1e-15 of the price; 1e-3 micro-dollar is 1e-14 of 100,000 USD a lot.
    private const double SlackMicroUsd = 1e-3;

    public static TheoryData<string> Names() =>
    [
        "BTC", "BTC-PERPETUAL", "BTC_USDC-PERPETUAL", "ETH-PERPETUAL", "BTC-6FEB26", "BTC_USDC-6FEB26", "BTC-7FEB26",
        "BTC_USDC-26JUN26", "ETH-25DEC26", "BTC-6FEB26-64000-C", "BTC_USDC-6FEB26-66000-P", "BTC_USDC-7FEB26-64000-C",
        "BTC-27FEB26-90000-C", "BTC-27MAR26-50000-P", "BTC_USDC-26JUN26-66000-C", "ETH-25DEC26-2500-C",
        "ETH_USDC-13FEB26-1900-P", "ETH-26JUN26-1500-P",
    ];

    /// <summary>Architecture law: quantised loss ≥ exact loss, by at most one unit per lot, long and short.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Quantised_loss_exceeds_the_exact_one_by_at_most_a_unit(string name)
    {
        TinyMarket tiny = TinyMarket.Default;
        RiskArrays arrays = Sheet.Run(tiny, name);
        Instrument instrument = InstrumentName.Parse(name);
        double scale = instrument is Spot ? 1e8 : 1.0; // arrays of spot are per whole coin, lots of BTC 1e-8
        foreach ((MarginHorizon horizon, RevaluationTime time) in Sheet.All)
        {
            ScenarioSet set = horizon == MarginHorizon.Initial ? tiny.Scenarios.Initial : tiny.Scenarios.Maintenance;
            ReadOnlySpan<long> entries = Sheet.Row(arrays, name, horizon, time);
            for (int s = 0; s < entries.Length; s++)
            {
                double exact = scale * 1e6 * ObviousModel.PnlUsd(
                    tiny, instrument, set, s, time == RevaluationTime.Advanced);
                double slack = SlackMicroUsd + (1e-13 * Math.Abs(exact));
                double longLoss = -entries[s];
                double shortLoss = entries[s] + 1;
                Assert.InRange(longLoss - -exact, -slack, 1.0 + slack);
                Assert.InRange(shortLoss - exact, -slack, 1.0 + slack);
            }
        }
    }
}
