using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Breakwater.Adapters.Feeds;
using Breakwater.Cli.Terminal;

namespace Breakwater.Cli.Feeds;

/// <summary>Says what a feed delivered and what of it was refused.</summary>
internal static class FeedReport
{
    private const int InstrumentsShown = 20; // a chain has a thousand; the document of --json has them all

    /// <summary>Tables for people.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="summary">What was delivered.</param>
    /// <param name="refusals">What was refused.</param>
    public static void WriteTables(
        TextWriter output, FeedSummary summary, ImmutableArray<RefusalCount> refusals)
    {
        output.WriteLine($"{summary.Count} messages from {summary.First} to {summary.Last}");
        TextTable kinds = new("message", ">count");
        foreach ((string kind, long count) in summary.Kinds)
        {
            kinds.Row(kind, Text(count));
        }

        kinds.Write(output);
        TextTable instruments = new(
            "instrument", ">quotes", ">changes of the book", ">best bid", ">best ask", ">trades",
            ">traded, venue's unit", ">last price", ">gaps");
        foreach ((Instruments.Instrument instrument, InstrumentSummary own) in summary.Instruments
            .OrderBy(entry => entry.Value.ChangeCount + entry.Value.TradeCount == 0).Take(InstrumentsShown))
        {
            instruments.Row(
                instrument.Name, Text(own.QuoteCount), Text(own.ChangeCount), Text(own.Book.BestBid),
                Text(own.Book.BestAsk), Text(own.TradeCount), Text(own.TradedQuantity), Text(own.LastPrice),
                Text(own.GapCount));
        }

        instruments.Write(output);
        if (summary.Instruments.Count > InstrumentsShown)
        {
            output.WriteLine($"… and {summary.Instruments.Count - InstrumentsShown} instruments more");
        }

        WriteAssets(output, summary);
        WriteRefusals(output, refusals);
    }

    /// <summary>Members of the JSON document.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="summary">What was delivered.</param>
    /// <param name="refusals">What was refused.</param>
    public static void WriteJson(Utf8JsonWriter json, FeedSummary summary, ImmutableArray<RefusalCount> refusals)
    {
        json.WriteNumber("messages", summary.Count);
        json.WriteString("from", summary.First?.ToString());
        json.WriteString("to", summary.Last?.ToString());
        json.Object("kinds", () =>
        {
            foreach ((string kind, long count) in summary.Kinds)
            {
                json.WriteNumber(kind, count);
            }
        });
        json.Objects("instruments", summary.Instruments, entry =>
        {
            json.WriteString("instrument", entry.Key.Name);
            json.WriteNumber("quotes", entry.Value.QuoteCount);
            json.WriteNumber("bookChanges", entry.Value.ChangeCount);
            json.WriteString("bestBid", entry.Value.Book.BestBid is { } bid ? Text(bid) : null);
            json.WriteString("bestAsk", entry.Value.Book.BestAsk is { } ask ? Text(ask) : null);
            json.WriteNumber("trades", entry.Value.TradeCount);
            json.WriteString("tradedQuantity", Text(entry.Value.TradedQuantity));
            json.WriteString("lastPrice", entry.Value.LastPrice is { } price ? Text(price) : null);
            json.WriteNumber("gaps", entry.Value.GapCount);
        });
        json.Objects("assets", summary.Assets, entry =>
        {
            json.WriteString("asset", entry.Key.Name);
            json.WriteString("priceUsd", entry.Value.PriceUsd is { } price ? Text(price) : null);
            json.WriteString("volatilityAnnual", entry.Value.VolatilityAnnual is { } value ? Text(value) : null);
        });
        json.Objects("refusals", refusals, refusal =>
        {
            json.WriteString("stage", refusal.Stage.ToString());
            json.WriteString("source", refusal.Source);
            json.WriteString("reason", refusal.Reason.ToString());
            json.WriteNumber("count", refusal.Count);
        });
    }

    private static void WriteAssets(TextWriter output, FeedSummary summary)
    {
        if (summary.Assets.Count == 0)
        {
            return;
        }

        TextTable assets = new("asset", ">last price, USD", ">last volatility index, /√y");
        foreach ((Instruments.AssetId asset, AssetSummary own) in summary.Assets)
        {
            assets.Row(asset.Name, Text(own.PriceUsd), Text(own.VolatilityAnnual));
        }

        assets.Write(output);
    }

    private static void WriteRefusals(TextWriter output, ImmutableArray<RefusalCount> refusals)
    {
        if (refusals.IsEmpty)
        {
            output.WriteLine("nothing was refused");
            return;
        }

        TextTable refused = new("refused at", "feed", "reason", ">count");
        foreach (RefusalCount refusal in refusals)
        {
            refused.Row(refusal.Stage.ToString(), refusal.Source, refusal.Reason.ToString(), Text(refusal.Count));
        }

        refused.Write(output);
    }

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Text(decimal? value) => value?.ToString("G29", CultureInfo.InvariantCulture) ?? string.Empty;
}
