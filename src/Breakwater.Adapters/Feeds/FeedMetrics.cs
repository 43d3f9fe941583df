using System.Diagnostics.Metrics;

namespace Breakwater.Adapters.Feeds;

/// <summary>Counters of all feeds of the process, for whoever listens to the meter (RELIABILITY 2.3).</summary>
public static class FeedMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Breakwater.Feeds";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Accepted = Meter.CreateCounter<long>(
        "breakwater_accepted_total", "{message}", "Messages of feeds that were accepted.");

    private static readonly Counter<long> Rejected = Meter.CreateCounter<long>(
        "breakwater_rejected_total", "{message}", "Inputs that were refused, by stage, source and reason.");

    private static readonly Counter<long> Overflowed = Meter.CreateCounter<long>(
        "breakwater_quarantine_overflow_total", "{input}", "Refused inputs no longer kept for want of room.");

    internal static void Accept(string source) =>
        Accepted.Add(1, new KeyValuePair<string, object?>("source", source));

    internal static void Reject(in RefusalCount refusal) => Rejected.Add(
        1,
        new KeyValuePair<string, object?>("stage", refusal.Stage.ToString()),
        new KeyValuePair<string, object?>("source", refusal.Source),
        new KeyValuePair<string, object?>("reason", refusal.Reason.ToString()));

    internal static void QuarantineOverflow(long count) => Overflowed.Add(count);
}
