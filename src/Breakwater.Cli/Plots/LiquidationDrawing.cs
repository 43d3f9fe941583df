using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Attestation;
using Breakwater.Cli.Market;
using Breakwater.Cli.Terminal;
using Breakwater.Cli.Verbs;
using Breakwater.Explanation;
using Breakwater.Instruments;

namespace Breakwater.Cli.Plots;

/// <summary>What <c>margin --plot</c> and <c>--plot-csv</c> write; nothing is worked out where nobody asked.</summary>
internal sealed record LiquidationDrawing(
    MarginRequest Request, Shell Shell, ImmutableArray<LiquidationView> Views)
{
    private bool IsAsked => Request.PlotPath is not null || Request.PlotCsvPath is not null;

    /// <summary>A drawing without books.</summary>
    public static LiquidationDrawing Of(MarginRequest request, Shell shell) => new(request, shell, []);

    /// <summary>The same with another book.</summary>
    /// <param name="book">What to call it.</param>
    /// <param name="report">Its report.</param>
    /// <param name="subaccount">The book.</param>
    /// <param name="valued">Its market.</param>
    public LiquidationDrawing With(
        string book, AttestationReport report, Subaccount subaccount, ValuedMarket valued)
    {
        if (!IsAsked) return this;
        using Progress progress = new(Shell);
        progress.Step("liquidation surface");
        ExplainedMarket market = new(
            valued.Inputs.Market, valued.Forecast, valued.Surfaces, valued.Scenarios, valued.Inputs.Parameters);
        return this with
        {
            Views = Views.Add(new LiquidationView(
                book, report, valued.Inputs.Parameters,
                ThreadedLiquidationSurface.Of(subaccount, market, Request.ThreadCount))),
        };
    }

    /// <summary>Writes what was asked; why it could not be written, if so.</summary>
    public ImmutableArray<Failure> TryWrite()
    {
        ImmutableArray<Failure>.Builder failures = ImmutableArray.CreateBuilder<Failure>();
        if (Request.PlotCsvPath is { } csv && OutputFile.TryWrite(csv, LiquidationCsv.Text(Views)) is { } first)
        {
            failures.Add(first);
        }

        if (Request.PlotPath is { } plot && OutputFile.TryWrite(plot, LiquidationPlot.Draw(Views)) is { } second)
        {
            failures.Add(second);
        }

        return failures.ToImmutable();
    }
}
