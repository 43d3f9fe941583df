using System.Globalization;
using System.Text;
using Breakwater.Engine;
using Breakwater.Margin;
using Breakwater.Server.Loop;
using Breakwater.Server.Streaming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Breakwater.Server.Api;

/// <summary>What supervisors ask, without a key: is it alive, can it serve, how is it doing.</summary>
internal static class HealthRoutes
{
    private const string Format = "text/plain; version=0.0.4; charset=utf-8"; // Prometheus text exposition 0.0.4

    /// <summary>Adds the routes.</summary>
    internal static void Map(IEndpointRouteBuilder routes, EngineHost engine, StreamHub hub)
    {
        routes.MapGet("/health/live", () => Results.Text("live\n")).WithSummary("The process answers.");
        routes.MapGet("/health/ready", () => Ready(engine)).WithSummary("It takes commands and a market is valued.");
        routes.MapGet("/metrics", () => Results.Text(Metrics(engine, hub), Format))
            .WithSummary("Counts for Prometheus.");
    }

    private static IResult Ready(EngineHost engine) => engine.Health.Stopped is { } why
        ? Results.Text($"not ready: {why}\n", statusCode: StatusCodes.Status503ServiceUnavailable)
        : engine.View.Valuation is null
            ? Results.Text("not ready: no market is valued yet\n",
                statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ready\n");

    private static string Metrics(EngineHost engine, StreamHub hub)
    {
        RiskView view = engine.View;
        StringBuilder text = new();
        Count(text, "breakwater_events_total", "counter", "Events applied.", view.Sequence);
        Count(text, "breakwater_batches_total", "counter", "Batches made durable.", engine.Health.BatchCount);
        Count(text, "breakwater_refused_total", "counter", "Events decided against.", engine.Health.RefusedCount);
        Count(text, "breakwater_queue_full_total", "counter", "Commands not taken: the queue was full.",
            engine.Health.OverflowCount);
        Count(text, "breakwater_queue_events", "gauge", "Events that wait.", engine.QueuedCount);
        Count(text, "breakwater_ticks_total", "counter", "Clock ticks applied.", engine.Health.TickCount);
        Count(text, "breakwater_tick_milliseconds_total", "counter", "Time spent applying ticks.",
            engine.Health.TickMilliseconds);
        Count(text, "breakwater_tick_interval_milliseconds", "gauge", "Time between clock ticks that is asked for.",
            engine.Options.TickMilliseconds);
        Count(text, "breakwater_journal_records", "gauge", "Durable records.", engine.Journal.Durable.Sequence);
        Count(text, "breakwater_journal_commits_total", "counter", "Group commits.", engine.Journal.CommitCount);
        Count(text, "breakwater_journal_stopped", "gauge", "1 if the journal takes nothing more.",
            engine.Journal.Stop is null ? 0 : 1);
        Count(text, "breakwater_snapshot_sequence", "gauge", "Events that the newest snapshot contains.",
            engine.Snapshots.Newest.Sequence);
        Count(text, "breakwater_snapshot_age_seconds", "gauge", "Time since the newest snapshot, or since the start.",
            (long)engine.Snapshots.Age.TotalSeconds);
        Count(text, "breakwater_snapshots_failed_total", "counter", "Snapshots that could not be written.",
            engine.Snapshots.FailedCount);
        if (engine.History is { } history)
        {
            Count(text, "breakwater_history_sequence", "gauge", "Event up to which the history is written.",
                history.Sequence);
            Count(text, "breakwater_history_rows", "gauge", "Rows of samples in the history.", history.RowCount);
            Count(text, "breakwater_history_omitted_total", "counter", "Samples and marks left out of the history.",
                history.OmittedCount);
            Count(text, "breakwater_history_stopped", "gauge", "1 if the history takes nothing more.",
                history.Trouble is null ? 0 : 1);
        }

        Count(text, "breakwater_engine_stopped", "gauge", "1 if the engine takes nothing more.",
            engine.Health.Stopped is null ? 0 : 1);
        Count(text, "breakwater_stream_clients", "gauge", "Clients of the stream.", hub.ClientCount);
        Count(text, "breakwater_stream_closed_slow_total", "counter", "Clients closed because they were too slow.",
            hub.SlowCount);
        Head(text, "breakwater_subaccounts", "gauge", "Subaccounts by stage.");
        foreach (MarginStage stage in Enum.GetValues<MarginStage>())
        {
            Line(text, $"breakwater_subaccounts{{stage=\"{stage}\"}}",
                view.State.Accounts.Values.Count(own => own.Stage == stage));
        }

        return text.ToString();
    }

    private static void Count(StringBuilder text, string name, string kind, string help, long value)
    {
        Head(text, name, kind, help);
        Line(text, name, value);
    }

    private static void Head(StringBuilder text, string name, string kind, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ')
            .Append(kind).Append('\n');

    private static void Line(StringBuilder text, string series, long value) =>
        text.Append(series).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
