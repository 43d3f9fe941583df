using System.Collections.Immutable;
using System.Text.Json;
using Breakwater.Adapters.Reports;
using Breakwater.Engine;
using Breakwater.Markets;
using Breakwater.Surfaces;

namespace Breakwater.Server.Api;

/// <summary>A fitted surface with what it was fitted to: quotes and fit of each smile, and volatilities by expiry and
/// distance, as pages draw them.</summary>
internal static class SurfaceAnswer
{
    private const int FitPoints = 128; // a curve that looks smooth on a page, also where a smile of few days turns
    private const double DeviationsMin = 2.0; // as far as a smile is drawn where no quote lies further
    private const double Margin = 0.04; // of the range, beyond the outermost quote
    private const int DistanceSteps = 8; // to each side of the forward
    private const double DistanceStep = 0.25; // standard deviations

    /// <summary>Writes the members of the answer.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="view">The state.</param>
    /// <param name="surface">The surface.</param>
    internal static void Write(Utf8JsonWriter json, RiskView view, VolatilitySurface surface)
    {
        json.WriteNumber("parameterVersion", view.Parameters.Version);
        SurfaceJson.WriteSurface(json, new CalibratedSurface(surface, [], null));
        ImmutableArray<SliceQuotes> quotes = QuotesOf(view, surface);
        json.Objects("smiles", surface.Slices, slice => WriteSmile(json, surface, slice, quotes));
        WriteGrid(json, surface);
    }

    // The quotes that a fit of now would use: those of the fit itself unless the surface is a kept one.
    private static ImmutableArray<SliceQuotes> QuotesOf(RiskView view, VolatilitySurface surface) =>
        view.Valuation?.Market.Find(surface.Underlying) is { } market
            ? QuoteHygiene.Clean(market, view.Parameters.Surfaces, ImmutableArray.CreateBuilder<Finding>())
            : [];

    private static void WriteSmile(
        Utf8JsonWriter json, VolatilitySurface surface, SurfaceSlice slice, ImmutableArray<SliceQuotes> all)
    {
        ImmutableArray<SmileQuote> quotes =
            [.. all.Where(own => own.Expiry == slice.Expiry).SelectMany(static own => own.Quotes)];
        double deviation = Math.Sqrt(slice.Svi.TotalVariance(0.0));
        double low = quotes.Select(static own => own.K).Append(-DeviationsMin * deviation).Min();
        double high = quotes.Select(static own => own.K).Append(DeviationsMin * deviation).Max();
        double spare = Margin * (high - low);
        json.WriteString("expiry", slice.Expiry.ToString());
        json.Objects("quotes", quotes, own =>
        {
            json.WriteNumber("strike", Math.Round(slice.ForwardUsd * Math.Exp(own.K), 4));
            json.WriteNumber("k", own.K);
            json.WriteNumber("bid", own.BidVolatility);
            json.WriteNumber("ask", own.AskVolatility);
            json.WriteNumber("fit", SurfaceEvaluation.VolatilityAnnual(surface, own.K, slice.ExpiryYears));
        });
        json.Objects("fit", Enumerable.Range(0, FitPoints + 1), index =>
        {
            double k = low - spare + ((high - low + (2 * spare)) * index / FitPoints);
            json.WriteNumber("k", k);
            json.WriteNumber("volatility", SurfaceEvaluation.VolatilityAnnual(surface, k, slice.ExpiryYears));
        });
    }

    // Distances are in standard deviations of the expiry's own smile at the forward: one grid suits a day and a year.
    private static void WriteGrid(Utf8JsonWriter json, VolatilitySurface surface)
    {
        double[] distances =
            [.. Enumerable.Range(-DistanceSteps, (2 * DistanceSteps) + 1).Select(static own => own * DistanceStep)];
        json.Object("grid", () =>
        {
            json.WriteStartArray("deviations");
            foreach (double own in distances) json.WriteNumberValue(own);
            json.WriteEndArray();
            json.Objects("rows", surface.Slices, slice =>
            {
                double deviation = Math.Sqrt(slice.Svi.TotalVariance(0.0));
                json.WriteString("expiry", slice.Expiry.ToString());
                json.WriteStartArray("volatilities");
                foreach (double own in distances)
                {
                    json.WriteNumberValue(
                        SurfaceEvaluation.VolatilityAnnual(surface, own * deviation, slice.ExpiryYears));
                }

                json.WriteEndArray();
            });
        });
    }
}
