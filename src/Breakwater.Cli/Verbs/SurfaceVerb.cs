using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Breakwater.Cli.Market;
using Breakwater.Cli.Terminal;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Surfaces;

namespace Breakwater.Cli.Verbs;

/// <summary><c>surface</c>: calibrates and reports the volatility surfaces of a market.</summary>
internal static class SurfaceVerb
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(600);
    private const int TimedRuns = 5;

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "surface",
            "Calibrates volatility surfaces and reports per expiry: parameters, fit, arbitrage checks.",
            "surface --chain samples/market/deribit_btc_chain.csv.gz --at 2026-02-05T09:40:00Z --plot surface.svg");
        MarketOptions market = new();
        market.AddTo(verb);
        Option<string?> plot = new("--plot")
        {
            Description = "Draws quotes against the fit, one panel per expiry (SVG).",
            HelpName = "FILE",
        };
        verb.Options.Add(plot);
        verb.Does((shell, parse) => market.Load(shell, parse, out MarketInputs? inputs) is var code and not ExitCode.Done
            ? code
            : Run(shell, inputs!, parse.GetValue(plot))); // Done means that inputs were read.
        return verb;
    }

    private static int Run(Shell shell, MarketInputs inputs, string? plotPath)
    {
        ImmutableArray<CalibratedSurface> surfaces;
        using (Progress progress = new(shell))
        {
            surfaces = [.. inputs.Market.Underlyings.Select(underlying => Calibrate(inputs, underlying, progress))];
        }

        if (plotPath is not null && TryWrite(plotPath, SurfacePlot.Draw(surfaces)) is { } failure)
        {
            return Refusals.Print(shell, [failure]);
        }

        if (shell.IsJson) JsonOutput.Write(shell.Output, json => WriteJson(json, surfaces));
        else WriteTables(shell, surfaces);
        return ExitCode.Done;
    }

    // The time is the median of a few runs after warm-up, on one thread: a first run measures the compiler.
    private static CalibratedSurface Calibrate(MarketInputs inputs, UnderlyingMarket underlying, Progress progress)
    {
        progress.Step($"surface: {underlying.Asset}");
        MarketSnapshot market = inputs.Market with { Underlyings = [underlying] };
        MarketForecast forecast = VolatilityForecast.From(inputs.Market, inputs.Parameters);
        Stopwatch warmUp = Stopwatch.StartNew();
        SurfaceSet surfaces;
        do
        {
            surfaces = SurfaceCalibration.Fit(market, forecast, inputs.Parameters);
        }
        while (warmUp.Elapsed < WarmUp);

        double[] milliseconds = new double[TimedRuns];
        for (int i = 0; i < TimedRuns; i++)
        {
            long start = Stopwatch.GetTimestamp();
            surfaces = SurfaceCalibration.Fit(market, forecast, inputs.Parameters);
            milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        ImmutableArray<SliceQuotes> quotes = QuoteHygiene.Clean(
            underlying, inputs.Parameters.Surfaces, ImmutableArray.CreateBuilder<Finding>());
        return new CalibratedSurface(surfaces.Surfaces[0], quotes, milliseconds[TimedRuns / 2]);
    }

    private static Failure? TryWrite(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Failure(FailureReason.Unreadable, exception.Message, path);
        }
    }

    private static void WriteJson(Utf8JsonWriter json, ImmutableArray<CalibratedSurface> surfaces) => json.Object(() =>
        json.Objects("underlyings", surfaces, calibrated =>
        {
            VolatilitySurface surface = calibrated.Surface;
            bool isFree = calibrated.IsArbitrageFree;
            json.WriteString("underlying", surface.Underlying.Name);
            json.WriteString("at", surface.At.ToString());
            json.WriteNumber("calibrationMs", Math.Round(calibrated.Milliseconds, 3));
            json.WriteString("state", surface.State.ToString());
            json.WriteNumber("shockRatio", surface.ShockRatio);
            json.Objects("expiries", surface.Slices, slice => WriteSlice(json, slice, isFree));
            json.Objects("findings", surface.Findings, finding => Refusals.WriteMembers(json, finding));
        }));

    private static void WriteSlice(Utf8JsonWriter json, SurfaceSlice slice, bool isArbitrageFree)
    {
        json.WriteString("expiry", slice.Expiry.ToString());
        json.WriteNumber("T", slice.ExpiryYears);
        json.WriteNumber("forward", slice.ForwardUsd);
        json.WriteNumber("theta", slice.Svi.TotalVariance(0.0));
        json.WriteNumber("rho", slice.Svi.Rho);
        json.WriteNumber("psi", 2.0 * slice.Svi.B);
        json.Object("svi", () =>
        {
            json.WriteNumber("a", slice.Svi.A);
            json.WriteNumber("b", slice.Svi.B);
            json.WriteNumber("m", slice.Svi.M);
            json.WriteNumber("sigma", slice.Svi.Sigma);
        });
        json.WriteNumber("rmseVolPoints", slice.Quality.RmseVolPoints);
        json.WriteNumber("shareInsideSpread", slice.Quality.ShareInsideSpread);
        json.WriteNumber("shareWithinOnePoint", slice.Quality.ShareWithinOnePoint);
        json.WriteNumber("quotes", slice.Quality.QuoteCount);
        json.WriteString("state", slice.State.ToString());
        json.WriteBoolean("arbitrageFree", isArbitrageFree);
    }

    private static void WriteTables(Shell shell, ImmutableArray<CalibratedSurface> surfaces)
    {
        foreach (CalibratedSurface calibrated in surfaces)
        {
            VolatilitySurface surface = calibrated.Surface;
            shell.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{surface.Underlying} at {surface.At}: {surface.State}, calibrated in {calibrated.Milliseconds:0.0} ms"));
            Table(surface, calibrated.IsArbitrageFree).Write(shell.Output);
            foreach (Finding finding in surface.Findings)
            {
                shell.Output.WriteLine($"{finding.Kind}: {finding.Subject}: {finding.Message}");
            }

            shell.Output.WriteLine();
        }
    }

    private static TextTable Table(VolatilitySurface surface, bool isArbitrageFree)
    {
        TextTable table = new(
            "expiry", ">days", ">forward, $", ">ATM vol, %", ">25Δ RR, pts", ">25Δ fly, pts", ">rho", ">psi",
            ">quotes", ">RMSE, pts", ">in spread, %", ">± 1 pt, %", "state", "arbitrage");
        foreach (SurfaceSlice slice in surface.Slices)
        {
            (double atm, double reversal, double butterfly) = SmileQuotesOf(slice);
            table.Row(
                slice.Expiry.ToString()[..10], Fixed(365.0 * slice.ExpiryYears, 2), Fixed(slice.ForwardUsd, 1),
                Fixed(100.0 * atm, 2), Fixed(100.0 * reversal, 2), Fixed(100.0 * butterfly, 2),
                Fixed(slice.Svi.Rho, 3), Fixed(2.0 * slice.Svi.B, 3),
                slice.Quality.QuoteCount.ToString(CultureInfo.InvariantCulture),
                Fixed(slice.Quality.RmseVolPoints, 2), Fixed(100.0 * slice.Quality.ShareInsideSpread, 0),
                Fixed(100.0 * slice.Quality.ShareWithinOnePoint, 0), slice.State.ToString(),
                isArbitrageFree ? "free" : "NOT FREE");
        }

        return table;
    }

    // What a desk quotes: at-the-money, 25-delta risk reversal (call − put) and butterfly, of undiscounted delta.
    private static (double Atm, double Reversal, double Butterfly) SmileQuotesOf(SurfaceSlice slice)
    {
        double atm = Math.Sqrt(slice.Svi.TotalVariance(0.0) / slice.ExpiryYears);
        double call = VolatilityAtD1(slice, -QuarterDeltaD1);
        double put = VolatilityAtD1(slice, QuarterDeltaD1);
        return (atm, call - put, 0.5 * (call + put) - atm);
    }

    private const double QuarterDeltaD1 = 0.6744897501960817; // Φ(d1) = 0.75: a put of delta −0.25

    // k such that d1 = −k/s + s/2 takes the value, by repeated substitution of the smile's own s.
    private static double VolatilityAtD1(SurfaceSlice slice, double d1)
    {
        double deviation = Math.Sqrt(slice.Svi.TotalVariance(0.0));
        for (int i = 0; i < 50; i++)
        {
            double k = 0.5 * deviation * deviation - d1 * deviation;
            deviation = 0.5 * (deviation + Math.Sqrt(slice.Svi.TotalVariance(k)));
        }

        return deviation / Math.Sqrt(slice.ExpiryYears);
    }

    private static string Fixed(double value, int digits) =>
        value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

/// <summary>A surface with the quotes it was fitted to and how long that took.</summary>
/// <param name="Surface">The surface.</param>
/// <param name="Quotes">Its cleaned quotes.</param>
/// <param name="Milliseconds">Wall time of one calibration.</param>
internal sealed record CalibratedSurface(
    VolatilitySurface Surface, ImmutableArray<SliceQuotes> Quotes, double Milliseconds)
{
    /// <summary>Whether the certificate of METHODOLOGY 2.2 holds, checked anew.</summary>
    public bool IsArbitrageFree { get; } = SurfaceCertificate.Holds(Surface.Svi.AsSpan(), 1.0);
}
