using Breakwater.Engine;
using Breakwater.Instruments;

namespace Breakwater.Server.History;

/// <summary>Says after which ticks a sample is due: a function of the events alone, so that a history made again has
/// the samples of the first one.</summary>
/// <param name="options">How often.</param>
/// <param name="sampledAt">Engine time of the last sample; <c>null</c>: there is none.</param>
internal sealed class HistoryRhythm(HistoryOptions options, Timestamp? sampledAt)
{
    private Timestamp? _sampledAt = sampledAt;

    /// <summary>Whether a sample is due after an event; counts as taken if it is.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="state">The state after it.</param>
    internal bool Takes(RiskEvent happened, RiskState state)
    {
        if (happened is not RiskEvent.ClockTick || state.Valuation is null) return false;
        if (_sampledAt is { } last && state.At.MillisecondsSince(last)
            < options.IntervalMilliseconds(state.Ledger.Accounts.Count))
        {
            return false;
        }

        _sampledAt = state.At;
        return true;
    }
}
