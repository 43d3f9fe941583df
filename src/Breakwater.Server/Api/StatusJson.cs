using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Breakwater.Adapters.Reports;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Server.Loop;
using Breakwater.Surfaces;

namespace Breakwater.Server.Api;

/// <summary>State of engine, journal, feeds and markets as JSON.</summary>
internal static class StatusJson
{
    private const double MillisecondsPerSecond = 1_000d;

    /// <summary>Writes the members of the status page.</summary>
    internal static void Write(Utf8JsonWriter json, EngineHost engine, FeedBoard feeds)
    {
        RiskView view = engine.View;
        json.WriteNumber("sequence", view.Sequence);
        json.WriteString("at", view.At.ToString());
        json.WriteNumber("parameterVersion", view.Parameters.Version);
        json.WriteString("valuedAt", view.Valuation?.Market.At.ToString());
        json.WriteNumber("subaccounts", view.State.Ledger.Accounts.Count);
        json.WriteString("stopped", engine.Health.Stopped);
        json.Object("queue", () =>
        {
            json.WriteNumber("waiting", engine.QueuedCount);
            json.WriteNumber("waitingMax", engine.Options.QueuedCountMax);
            json.WriteNumber("refusedFull", engine.Health.OverflowCount);
        });
        json.Object("journal", () =>
        {
            json.WriteNumber("durable", engine.Journal.Durable.Sequence);
            json.WriteString("chain", engine.Journal.Durable.Chain.ToString());
            json.WriteNumber("segment", engine.Journal.SegmentNumber);
            json.WriteString("trouble", engine.Journal.Trouble);
            json.WriteNumber("recoveredEvents", engine.Recovery.State.Sequence);
            json.WriteNumber("replayedEvents", engine.Recovery.ReplayedCount);
            json.WriteNumber("recoverySeconds", Math.Round(engine.Recovery.Elapsed.TotalSeconds, 3));
        });
        json.Object("snapshot", () =>
        {
            SnapshotStanding newest = engine.Snapshots.Newest;
            json.WriteNumber("sequence", newest.Sequence);
            json.WriteString("state", newest.Bytes > 0 ? newest.State.ToString() : null);
            json.WriteNumber("bytes", newest.Bytes);
            json.WriteNumber("ageSeconds", Math.Round(engine.Snapshots.Age.TotalSeconds, 1));
            json.WriteNumber("spentSeconds", Math.Round(newest.Spent.TotalSeconds, 3));
            json.WriteString("trouble", engine.Snapshots.Trouble);
        });
        json.Objects("ladder", Ladder(view.Parameters.Margin), own =>
        {
            json.WriteString("stage", own.Stage.ToString());
            json.WriteString("belowRatio", own.BelowRatio.ToString(CultureInfo.InvariantCulture));
        });
        json.Objects("feeds", feeds.Standings, own =>
        {
            json.WriteString("source", own.Source);
            json.WriteString("state", own.State);
            if (own.Message.Length > 0) json.WriteString("message", own.Message);
            json.WriteString("seenAt", own.SeenAt?.ToString());
            if (own.SeenAt is { } seen)
            {
                json.WriteNumber("ageSeconds", engine.Clock.Now.MillisecondsSince(seen) / MillisecondsPerSecond);
            }

            json.WriteNumber("accepted", own.AcceptedCount);
        });
        WriteLive(json, feeds);
        json.Objects("markets", view.State.Modes, own =>
        {
            json.WriteString("underlying", own.Key.Name);
            json.WriteString("mode", own.Value.Mode.ToString());
        });
    }

    // What only live feeds have: indices of several sources, and what was refused.
    private static void WriteLive(Utf8JsonWriter json, FeedBoard feeds)
    {
        if (feeds.Ledger is not { } ledger) return;
        json.Objects("indices", feeds.Indices, own =>
        {
            json.WriteString("underlying", own.Asset.Name);
            json.WriteString("mode", own.Mode.ToString());
            if (own.PriceUsd is { } price) json.WriteNumber("indexUsd", price);
            json.WriteStartArray("used");
            foreach (string source in own.Used) json.WriteStringValue(source);
            json.WriteEndArray();
            json.Objects("leftOut", own.Rejections, rejection =>
            {
                json.WriteString("source", rejection.Source);
                json.WriteString("reason", rejection.Reason.ToString());
                json.WriteString("message", rejection.Message);
            });
        });
        json.Objects("rejected", ledger.Refusals, own =>
        {
            json.WriteString("stage", own.Stage.ToString());
            json.WriteString("source", own.Source);
            json.WriteString("reason", own.Reason.ToString());
            json.WriteNumber("count", own.Count);
        });
    }

    // Where stages begin: equity below so much of maintenance margin (METHODOLOGY 6.1), the mildest first.
    private static ImmutableArray<(MarginStage Stage, decimal BelowRatio)> Ladder(MarginParameters parameters) =>
    [
        (MarginStage.Warning, parameters.WarningRatio),
        (MarginStage.MarginCall, parameters.CallRatio),
        (MarginStage.Deleverage, parameters.DeleverageRatio),
        (MarginStage.Auction, parameters.AuctionRatio),
        (MarginStage.Backstop, 0m),
    ];

    /// <summary>Writes the members of the market page.</summary>
    internal static void WriteMarkets(Utf8JsonWriter json, RiskView view)
    {
        json.WriteNumber("sequence", view.Sequence);
        json.WriteString("at", view.Valuation?.Market.At.ToString());
        json.Objects(
            "markets", view.Valuation?.Market.Underlyings ?? [], own => WriteMarket(json, view, own));
        json.Objects(
            "findings", view.Valuation?.Market.Findings ?? [], finding => FindingJson.WriteMembers(json, finding));
    }

    /// <summary>Writes the members of one market.</summary>
    internal static void WriteMarket(Utf8JsonWriter json, RiskView view, UnderlyingMarket market)
    {
        AssetId asset = market.Asset;
        VolatilitySurface? surface = view.Valuation?.Surfaces.Find(asset);
        json.WriteString("underlying", asset.Name);
        json.WriteString("mode", view.State.ModeOf(asset).ToString());
        json.WriteNumber("indexUsd", market.IndexUsd);
        json.WriteString("surface", surface?.State.ToString());
        json.WriteString("surfaceAt", surface?.At.ToString());
        if (view.Valuation?.Forecast.Find(asset) is { } forecast)
        {
            json.WriteNumber("volatilityAnnual", forecast.VolatilityAnnual);
        }

        json.WriteNumber(
            "instruments", view.State.Ledger.Instruments.Values.Count(own => own.Terms.Instrument.Underlying == asset));
    }
}
