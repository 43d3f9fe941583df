using System.Globalization;
using System.Text;
using Breakwater.Adapters.Feeds;
using Breakwater.Engine;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Server.History;
using Breakwater.Server.Loop;
using Breakwater.Server.Streaming;

namespace Breakwater.Server.Api;

/// <summary>Counts as Prometheus scrapes them: base units, one head a metric.</summary>
internal sealed class MetricsText
{
    /// <summary>Type of the text: Prometheus text exposition 0.0.4.</summary>
    internal const string Format = "text/plain; version=0.0.4; charset=utf-8";

    private const double MillisecondsPerSecond = 1_000d;

    private readonly StringBuilder _text = new();

    /// <summary>The page.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="hub">Its streams.</param>
    /// <param name="feeds">Its feeds.</param>
    internal static string Of(EngineHost engine, StreamHub hub, FeedBoard feeds)
    {
        MetricsText text = new();
        text.Add("process_resident_memory_bytes", "gauge", "Memory of the process that is resident.",
            Environment.WorkingSet);
        text.Add("process_cpu_seconds_total", "counter", "Processor time that the process has used.",
            Environment.CpuUsage.TotalTime.TotalSeconds);
        text.AddEngine(engine);
        text.AddJournal(engine);
        if (engine.History is { } history) text.AddHistory(history);
        text.Add("breakwater_stream_clients", "gauge", "Clients of the stream.", hub.ClientCount);
        text.Add("breakwater_stream_closed_slow_total", "counter", "Clients closed because they were too slow.",
            hub.SlowCount);
        text.AddFeeds(engine, feeds);
        text.AddStanding(engine.View);
        return text._text.ToString();
    }

    private void AddEngine(EngineHost engine)
    {
        Add("breakwater_events_total", "counter", "Events applied.", engine.View.Sequence);
        Add("breakwater_batches_total", "counter", "Batches made durable.", engine.Health.BatchCount);
        Add("breakwater_refused_total", "counter", "Events decided against.", engine.Health.RefusedCount);
        Add("breakwater_queue_full_total", "counter", "Commands not taken: the queue was full.",
            engine.Health.OverflowCount);
        Add("breakwater_queue_events", "gauge", "Events that wait.", engine.QueuedCount);
        Add("breakwater_ticks_total", "counter", "Clock ticks applied.", engine.Health.TickCount);
        Add("breakwater_tick_seconds_total", "counter", "Time spent applying ticks.",
            engine.Health.TickMilliseconds / MillisecondsPerSecond);
        Add("breakwater_tick_interval_seconds", "gauge", "Time between clock ticks that is asked for.",
            engine.Options.TickMilliseconds / MillisecondsPerSecond);
        Add("breakwater_engine_stopped", "gauge", "1 if the engine takes nothing more.",
            engine.Health.Stopped is null ? 0 : 1);
    }

    private void AddJournal(EngineHost engine)
    {
        Add("breakwater_journal_records", "gauge", "Durable records.", engine.Journal.Durable.Sequence);
        Add("breakwater_journal_commits_total", "counter", "Group commits.", engine.Journal.CommitCount);
        Add("breakwater_journal_stopped", "gauge", "1 if the journal takes nothing more.",
            engine.Journal.Stop is null ? 0 : 1);
        Add("breakwater_snapshot_sequence", "gauge", "Events that the newest snapshot contains.",
            engine.Snapshots.Newest.Sequence);
        Add("breakwater_snapshot_age_seconds", "gauge", "Time since the newest snapshot, or since the start.",
            (long)engine.Snapshots.Age.TotalSeconds);
        Add("breakwater_snapshots_failed_total", "counter", "Snapshots that could not be written.",
            engine.Snapshots.FailedCount);
    }

    private void AddHistory(HistoryRecorder history)
    {
        Add("breakwater_history_sequence", "gauge", "Event up to which the history is written.", history.Sequence);
        Add("breakwater_history_rows", "gauge", "Rows of samples in the history.", history.RowCount);
        Add("breakwater_history_omitted_total", "counter", "Samples and marks left out of the history.",
            history.OmittedCount);
        Add("breakwater_history_stopped", "gauge", "1 if the history takes nothing more.",
            history.Trouble is null ? 0 : 1);
    }

    private void AddFeeds(EngineHost engine, FeedBoard feeds)
    {
        Head("breakwater_feed_age_seconds", "gauge", "Time since the newest message of a feed.");
        foreach (FeedStanding own in feeds.Standings)
        {
            if (own.SeenAt is { } seen)
            {
                Line($"breakwater_feed_age_seconds{{source=\"{own.Source}\"}}",
                    engine.Clock.Now.MillisecondsSince(seen) / MillisecondsPerSecond);
            }
        }

        if (feeds.Ledger is not { } ledger) return;
        Head("breakwater_accepted_total", "counter", "Messages of feeds that were accepted.");
        foreach (FeedStanding own in feeds.Standings)
        {
            Line($"breakwater_accepted_total{{source=\"{own.Source}\"}}", own.AcceptedCount);
        }

        Head("breakwater_rejected_total", "counter", "Inputs that were refused, by stage, source and reason.");
        foreach (RefusalCount own in ledger.Refusals)
        {
            Line(
                $"breakwater_rejected_total{{stage=\"{own.Stage}\",source=\"{own.Source}\",reason=\"{own.Reason}\"}}",
                own.Count);
        }

        Head("breakwater_index_sources", "gauge", "Sources that the index of an underlying is made of.");
        foreach (IndexPrice own in feeds.Indices)
        {
            Line($"breakwater_index_sources{{underlying=\"{own.Asset}\"}}", own.Used.Length);
        }
    }

    private void AddStanding(RiskView view)
    {
        Head("breakwater_market_mode", "gauge", "1 for the mode that a market is in.");
        foreach ((Instruments.AssetId asset, MarketStanding standing) in view.State.Modes)
        {
            foreach (MarketMode mode in Enum.GetValues<MarketMode>())
            {
                Line(
                    $"breakwater_market_mode{{underlying=\"{asset}\",mode=\"{mode}\"}}",
                    standing.Mode == mode ? 1 : 0);
            }
        }

        Head("breakwater_subaccounts", "gauge", "Subaccounts by stage.");
        foreach (MarginStage stage in Enum.GetValues<MarginStage>())
        {
            Line($"breakwater_subaccounts{{stage=\"{stage}\"}}",
                view.State.Accounts.Values.Count(own => own.Stage == stage));
        }
    }

    private void Add(string name, string kind, string help, double value)
    {
        Head(name, kind, help);
        Line(name, value);
    }

    private void Head(string name, string kind, string help) =>
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ')
            .Append(kind).Append('\n');

    private void Line(string series, double value) =>
        _text.Append(series).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
