using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Breakwater.Adapters.Reports;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Server.Access;
using Breakwater.Server.History;
using Breakwater.Server.Loop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;

namespace Breakwater.Server.Api;

/// <summary>The past of a subaccount: margins and prices at ticks, and the commands about it.</summary>
internal static class HistoryRoutes
{
    private const int PointCount = 500;
    private const int PointCountMax = 5_000;

    /// <summary>Adds the route.</summary>
    internal static void Map(IEndpointRouteBuilder routes, EngineHost engine) => routes.MapGet(
            "/v1/subaccounts/{id}/history",
            (string id, string? from, string? to, string? points, HttpContext context) =>
                Answer(engine, Caller.KeyOf(context), id, (from, to, points)))
        .Needs(Scope.Read).WithSummary(
            "Equity, margins, stage and prices at ticks, and the commands about the subaccount; ?from=&to= ISO 8601, "
            + "?points=16..5000, 500 unless said: thinning keeps extremes and changes of stage.");

    private static IResult Answer(
        EngineHost engine, ApiKey key, string id, (string? From, string? To, string? Points) asked)
    {
        if (!key.Sees(id) || engine.View.State.Ledger.Find(id) is null) return Problem.NotFound("subaccount", id);
        QueryFields query = new();
        Timestamp from = query.Time("from", asked.From, Timestamp.FromUnixMilliseconds(0));
        Timestamp to = query.Time("to", asked.To, engine.View.At);
        int count = query.Whole("points", asked.Points, PointCount, HistoryThinning.CountMin, PointCountMax);
        if (from > to)
        {
            query.Refuse(FailureReason.OutOfRange, "it ends before it begins", "from", $"{from}", $"≤ {to}");
        }

        if (!query.Failures.IsEmpty) return Problem.Of(query.Failures);
        if (engine.History is not { } history)
        {
            return Problem.Of(new Failure(FailureReason.Unavailable, "this server keeps no history"));
        }

        long sequence = history.Sequence; // before the query: what is told is there
        try
        {
            HistoryExcerpt excerpt = HistoryQuery.Of(history.Path, id, from, to, count);
            return Documents.Of(json => Write(json, id, (from, to), sequence, excerpt, count));
        }
        catch (SqliteException exception)
        {
            return Problem.Of(new Failure(
                FailureReason.Unreadable, "the history cannot be read: it can be made again from the journal",
                Value: exception.Message, Limit: "breakwater journal history"));
        }
    }

    private static void Write(
        Utf8JsonWriter json, string id, (Timestamp From, Timestamp To) span, long sequence, HistoryExcerpt excerpt,
        int count)
    {
        ImmutableArray<HistoryPoint> points = HistoryThinning.Of(excerpt.Points, count);
        json.WriteString("subaccount", id);
        json.WriteString("from", span.From.ToString());
        json.WriteString("to", span.To.ToString());
        json.WriteNumber("sequence", sequence);
        json.WriteNumber("samples", excerpt.Points.Length);
        json.Objects("points", points, own => Write(json, own));
        json.WriteNumber("commands", excerpt.MarkCount);
        json.Objects("marks", excerpt.Marks, own =>
        {
            json.WriteString("at", own.At.ToString());
            json.WriteNumber("sequence", own.Sequence);
            json.WriteString("kind", own.Kind);
            if (own.Subject.Length > 0) json.WriteString("subject", own.Subject);
            if (own.Quantity is { } quantity) json.WriteString("quantity", quantity);
            if (own.Price is { } price) json.WriteString("price", price);
            if (own.Refusal is { } refusal) json.WriteString("refusal", refusal);
        });
        json.Objects("missing", excerpt.Gaps, gap =>
        {
            json.WriteNumber("firstSequence", gap.First);
            json.WriteNumber("lastSequence", gap.Last);
        });
    }

    private static void Write(Utf8JsonWriter json, HistoryPoint own)
    {
        json.WriteString("at", own.At.ToString());
        json.WriteNumber("sequence", own.Sequence);
        json.WriteString("stage", own.Stage.ToString());
        if (own.Margins is { } margins)
        {
            json.WriteString("equity", Text(margins.Equity));
            json.WriteString("initialMargin", Text(margins.Initial));
            json.WriteString("maintenanceMargin", Text(margins.Maintenance));
            json.WriteString("initialInEffect", Text(margins.InitialInEffect));
            json.WriteString("maintenanceInEffect", Text(margins.MaintenanceInEffect));
            json.WriteString("initialBuffer", Text(margins.Equity - margins.InitialInEffect));
            json.WriteString("maintenanceBuffer", Text(margins.Equity - margins.MaintenanceInEffect));
        }

        json.Object("prices", () =>
        {
            foreach ((string underlying, double indexUsd) in own.Prices)
            {
                json.WriteString(underlying, indexUsd.ToString("0.############", CultureInfo.InvariantCulture));
            }
        });
    }

    private static string Text(Int128 microDollars) => Money.FromMicroDollars(microDollars).ToString();
}
