using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Adapters.Files;
using Breakwater.Attestation;
using Breakwater.Cli.Market;
using Breakwater.Cli.Plots;
using Breakwater.Cli.Reports;
using Breakwater.Cli.Terminal;
using Breakwater.Engine;
using Breakwater.Explanation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Revaluation;
using Breakwater.Surfaces;

namespace Breakwater.Cli.Verbs;

/// <summary><c>margin</c>: the explained requirement of one portfolio, and what orders would make of it.</summary>
internal static class MarginVerb
{
    private const string ExampleArguments =
        "margin --chain samples/market/deribit_btc_chain.csv.gz samples/market/deribit_eth_chain.csv.gz "
        + "--history BTC=samples/market/btcusd_1d.csv.gz BTC=samples/market/binance_btcusdt_1h.csv.gz "
        + "ETH=samples/market/ethusd_1d.csv.gz ETH=samples/market/binance_ethusdt_1h.csv.gz "
        + "--volatility-index BTC=samples/market/deribit_btc_dvol_1h.csv.gz "
        + "--trades BTC=samples/market/binance_btcusdt_1h_taker.csv.gz "
        + "ETH=samples/market/binance_ethusdt_1h_taker.csv.gz --at 2026-02-05T09:37:00Z "
        + "--portfolio samples/portfolios/hedged-option-book.json --explain --plot margin.svg";

    /// <summary>The verb.</summary>
    public static VerbCommand Create()
    {
        VerbCommand verb = new(
            "margin",
            "Initial and maintenance margin of a portfolio, every line of it explained.",
            ExampleArguments);
        MarketOptions market = new();
        market.AddTo(verb);
        MarginOptions options = new();
        options.AddTo(verb);
        verb.Does((shell, parse) =>
        {
            int code = market.Load(shell, parse, out MarketInputs? inputs);
            return inputs is null ? code : Run(shell, inputs, options.Of(parse));
        });
        return verb;
    }

    private static int Run(Shell shell, MarketInputs inputs, MarginRequest request)
    {
        Result<Subaccount> portfolio = PortfolioFile.Load(request.PortfolioPath, inputs.Market, inputs.Parameters);
        Result<WhatIfQuestion>? orders = request.OrdersPath is { } path
            ? OrdersFile.Load(path, inputs.Market, inputs.Parameters)
            : null;
        ImmutableArray<Failure> failures = [.. portfolio.Failures, .. orders?.Failures ?? []];
        if (!failures.IsEmpty)
        {
            return Refusals.Print(shell, failures);
        }

        ImmutableArray<Instrument> instruments = InstrumentsOf(portfolio.Value, orders?.Value.Change);
        ValuedMarket valued;
        Result<RiskArrays> arrays;
        using (Progress progress = new(shell))
        {
            valued = ValuedMarket.Of(inputs, progress) with { Protocol = request.Protocol };
            if (valued.Halted(instruments) is { IsEmpty: false } halted)
            {
                return Refusals.PrintUnusable(shell, halted);
            }

            progress.Step("revaluation");
            arrays = valued.Revalue(instruments, request.ThreadCount);
        }

        if (!arrays.IsAccepted)
        {
            return Refusals.Print(shell, arrays.Failures);
        }

        Result<AttestationReport> before = valued.Assess(portfolio.Value, arrays.Value);
        if (!before.IsAccepted)
        {
            return Refusals.Print(shell, before.Failures);
        }

        MarginView view = new(before.Value, valued.Explained, request.IsExplained)
        {
            Explanation = request.IsExplained ? AccountExplanation.Of(portfolio.Value, valued.Explained) : null,
        };
        LiquidationDrawing drawing = LiquidationDrawing.Of(request, shell)
            .With(LiquidationView.BookNow, before.Value, portfolio.Value, valued);
        return orders is null
            ? Show(shell, view, drawing)
            : WhatIf(shell, view, valued, portfolio.Value, orders.Value, arrays.Value, drawing);
    }

    // Collateral is valued like spot of its asset.
    private static ImmutableArray<Instrument> InstrumentsOf(Subaccount subaccount, SubaccountChange? change) =>
    [
        .. subaccount.Positions.Select(position => position.Instrument),
        .. subaccount.Orders.Select(order => order.Instrument),
        .. change?.Resting.Select(order => order.Instrument) ?? [],
        .. change?.Orders.Select(order => order.Instrument) ?? [],
        .. subaccount.Collateral.Select(balance => balance.Asset)
            .Concat(change?.Collateral.Select(moved => moved.Asset) ?? [])
            .Where(asset => asset != AssetId.Numeraire)
            .Select(asset => new Spot(asset)),
    ];

    private static int Show(Shell shell, MarginView view, LiquidationDrawing drawing)
    {
        if (drawing.TryWrite() is { IsEmpty: false } unwritten)
        {
            return Refusals.Print(shell, unwritten);
        }

        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() => MarginJson.Write(json, view)));
        }
        else
        {
            MarginTables.Write(shell.Output, view);
        }

        return ExitCode.Done;
    }

    private static int WhatIf(
        Shell shell,
        MarginView before,
        ValuedMarket market,
        Subaccount subaccount,
        WhatIfQuestion question,
        RiskArrays arrays,
        LiquidationDrawing drawing)
    {
        SubaccountChange asked = question.Change;
        SubaccountChange settled = OrderPremium.Settle(asked, subaccount, arrays, market.Inputs.Parameters);
        Result<Subaccount> changed = settled.Apply(subaccount);
        if (!changed.IsAccepted)
        {
            return Refusals.Print(shell, changed.Failures);
        }

        Result<AttestationReport> after = market.Assess(changed.Value, arrays);
        if (!after.IsAccepted)
        {
            return Refusals.Print(shell, after.Failures);
        }

        if (MarketRestriction.Check(
            asset => MarketModes.Of(market.Surfaces.Find(asset)), asked, before.Report.Margin, after.Value.Margin)
            is { } restricted)
        {
            return Refusals.Print(shell, [restricted]);
        }

        bool isWithdrawal = asked.Collateral.Any(change => change.Units < 0);
        if (isWithdrawal && WithdrawalRule.Check(after.Value.Margin) is { } refusal)
        {
            return Refusals.Print(shell, [refusal]);
        }

        return question.Moves.IsEmpty
            ? Compare(shell, before, market, after.Value, changed.Value, drawing)
            : Move(shell, before, market, changed.Value, arrays, question.Moves, drawing);
    }

    // The market moves after the change: what is held then is revalued there.
    private static int Move(
        Shell shell,
        MarginView before,
        ValuedMarket market,
        Subaccount subaccount,
        RiskArrays arrays,
        ImmutableArray<MarketShift> moves,
        LiquidationDrawing drawing)
    {
        Result<MovedReport> moved = MovedReport.Of(
            market.Explained, [.. market.Findings], subaccount, arrays, moves);
        return moved.IsAccepted
            ? Compare(
                shell, before, market.As(moved.Value.Market), moved.Value.Report, moved.Value.Subaccount, drawing)
            : Refusals.Print(shell, moved.Failures);
    }

    private static int Compare(
        Shell shell,
        MarginView before,
        ValuedMarket market,
        AttestationReport report,
        Subaccount subaccount,
        LiquidationDrawing drawing)
    {
        ImmutableArray<Failure> unwritten = drawing
            .With(LiquidationView.BookAfter, report, subaccount, market).TryWrite();
        if (!unwritten.IsEmpty)
        {
            return Refusals.Print(shell, unwritten);
        }

        MarginView after = before with
        {
            Report = report,
            Market = market.Explained,
            Explanation = before.IsExplained ? AccountExplanation.Of(subaccount, market.Explained) : null,
        };
        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() => ComparisonJson.Write(json, before, after)));
        }
        else
        {
            ComparisonTables.Write(shell.Output, before, after);
        }

        return ExitCode.Done;
    }
}
