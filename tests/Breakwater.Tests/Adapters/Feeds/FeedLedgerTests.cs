using System.Diagnostics.Metrics;
using Breakwater.Adapters.Feeds;
using Breakwater.Instruments;

namespace Breakwater.Tests.Adapters.Feeds;

/// <summary>Refusals are counted by stage, source and reason, here and in the meter: RELIABILITY 2.3.</summary>
public sealed class FeedLedgerTests
{
    private readonly ManualTime _time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Counts_of_the_ledger_and_of_the_meter_are_equal()
    {
        const string Source = "ledger-test"; // the meter is the process's: other tests count beside this one
        SortedDictionary<string, long> metered = new(StringComparer.Ordinal);
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == FeedMetrics.MeterName)
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            SortedDictionary<string, string> named = new(StringComparer.Ordinal);
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                named[tag.Key] = tag.Value?.ToString() ?? string.Empty;
            }

            if (named.GetValueOrDefault("source") == Source)
            {
                string key =
                    $"{instrument.Name} {named.GetValueOrDefault("stage")} {named.GetValueOrDefault("reason")}";
                lock (metered)
                {
                    metered[key] = metered.GetValueOrDefault(key) + value;
                }
            }
        });
        listener.Start();
        FeedLedger ledger = new(_time);
        ledger.Accept(Source);
        ledger.Accept(Source);
        Refuse(ledger, Source, FeedStage.Clock, FailureReason.OutOfRange);
        Refuse(ledger, Source, FeedStage.Syntax, FailureReason.Malformed);
        Refuse(ledger, Source, FeedStage.Clock, FailureReason.OutOfRange);
        Assert.Equal(
            [
                new RefusalCount(FeedStage.Syntax, Source, FailureReason.Malformed, 1),
                new RefusalCount(FeedStage.Clock, Source, FailureReason.OutOfRange, 2),
            ],
            ledger.Refusals);
        Assert.Equal(2, ledger.AcceptedCount(Source));
        Assert.Equal(
            [
                "breakwater_accepted_total   2", "breakwater_rejected_total Clock OutOfRange 2",
                "breakwater_rejected_total Syntax Malformed 1",
            ],
            metered.Select(entry => $"{entry.Key} {entry.Value}"));
    }

    [Fact]
    public void The_share_of_refusals_looks_back_60_seconds()
    {
        FeedLedger ledger = new(_time);
        Refuse(ledger, "a", FeedStage.Clock, FailureReason.OutOfRange);
        ledger.Accept("a");
        Assert.Equal(0.5, ledger.RefusedFraction("a"));
        Assert.Equal(0d, ledger.RefusedFraction("b"));
        _time.Advance(TimeSpan.FromSeconds(59));
        ledger.Accept("a");
        ledger.Accept("a");
        Assert.Equal(0.25, ledger.RefusedFraction("a"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0d, ledger.RefusedFraction("a"));
        _time.Advance(TimeSpan.FromHours(5));
        Refuse(ledger, "a", FeedStage.Clock, FailureReason.OutOfRange);
        Assert.Equal(1d, ledger.RefusedFraction("a"));
    }

    private static void Refuse(FeedLedger ledger, string source, FeedStage stage, FailureReason reason) =>
        ledger.Refuse(stage, source, new Failure(reason, "no"), FeedBench.Start, default);
}
