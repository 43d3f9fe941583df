using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Breakwater.Cli.Market;
using Breakwater.Cli.Plots;
using Breakwater.Cli.Reports;
using Breakwater.Cli.Terminal;
using Breakwater.Forecasts;
using Breakwater.Markets;
using Breakwater.Surfaces;

namespace Breakwater.Cli.Verbs;

/// <summary><c>surface</c>: calibrates and reports the volatility surfaces of a market.</summary>
internal static class SurfaceVerb
{
    private static readonly TimeSpan WarmUpWork = TimeSpan.FromMilliseconds(350);
    private static readonly TimeSpan WarmUpPatience = TimeSpan.FromMilliseconds(900);
    private const int TimedRuns = 12;

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "surface",
            "Calibrates volatility surfaces and reports per expiry: parameters, fit, arbitrage checks.",
            "surface --chain samples/market/deribit_btc_chain.csv.gz --at 2026-02-05T09:37:00Z --plot surface.svg");
        MarketOptions market = new();
        market.AddTo(verb);
        Option<string?> plot = new("--plot")
        {
            Description = "Draws quotes against the fit, one panel per expiry (SVG).",
            HelpName = "FILE",
        };
        verb.Options.Add(plot);
        verb.Does(
            (shell, parse) => market.Load(shell, parse, out MarketInputs? inputs) is var code and not ExitCode.Done
            ? code
            : Run(shell, inputs!, parse.GetValue(plot))); // Done means that inputs were read.
        return verb;
    }

    private static int Run(Shell shell, MarketInputs inputs, string? plotPath)
    {
        SurfaceView view;
        using (Progress progress = new(shell))
        {
            progress.Step("volatility forecast");
            MarketForecast forecast = VolatilityForecast.From(inputs.Market, inputs.Parameters);
            view = new SurfaceView(
                [.. inputs.Market.Underlyings.Select(asset => Calibrate(inputs, forecast, asset, progress))],
                inputs.Market.Findings,
                inputs.Parameters.Version);
        }

        if (view.Halted is { IsEmpty: false } halted) return Refusals.PrintUnusable(shell, halted);
        if (plotPath is not null && OutputFile.TryWrite(plotPath, SurfacePlot.Draw(view.Surfaces)) is { } failure)
        {
            return Refusals.Print(shell, [failure]);
        }

        if (shell.IsJson) JsonOutput.Write(shell.Output, json => json.Object(() => SurfaceJson.Write(json, view)));
        else SurfaceTables.Write(shell.Output, view);
        return ExitCode.Done;
    }

    // Timed: hygiene, forwards, fit and certificate of one underlying, on one thread; not reading the files. The best
    // of some runs after warm-up: a first run measures the compiler, and on a busy machine the rest its neighbours.
    private static CalibratedSurface Calibrate(
        MarketInputs inputs, MarketForecast forecast, UnderlyingMarket underlying, Progress progress)
    {
        progress.Step($"surface of {underlying.Asset}");
        MarketSnapshot market = inputs.Market with { Underlyings = [underlying] };
        WarmUp(() => SurfaceCalibration.Fit(market, forecast, inputs.Parameters));
        SurfaceSet surfaces = new([]);
        double best = double.MaxValue;
        for (int i = 0; i < TimedRuns; i++)
        {
            long start = Stopwatch.GetTimestamp();
            surfaces = SurfaceCalibration.Fit(market, forecast, inputs.Parameters);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        ImmutableArray<SliceQuotes> quotes = QuoteHygiene.Clean(
            underlying, inputs.Parameters.Surfaces, ImmutableArray.CreateBuilder<Finding>());
        return new CalibratedSurface(surfaces.Surfaces[0], quotes, best);
    }

    // By the processor's time, which is what the compiler gets done, unless that takes too long.
    private static void WarmUp(Action run)
    {
        long begin = Stopwatch.GetTimestamp();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        do
        {
            run();
        }
        while (Environment.CpuUsage.TotalTime - before < WarmUpWork
            && Stopwatch.GetElapsedTime(begin) < WarmUpPatience);
    }
}
