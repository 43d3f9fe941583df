using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Scenarios;

namespace Breakwater.Attestation;

/// <summary>Joins a margin report with the digests of everything it was made of.</summary>
public static class ReportAssembly
{
    /// <summary>Version of the methodology this source holds.</summary>
    public const int MethodologyVersion = 1;

    /// <summary>Builds the statement.</summary>
    /// <param name="market">The market the report is about.</param>
    /// <param name="parameters">The parameters used.</param>
    /// <param name="scenarios">The scenario sets used.</param>
    /// <param name="subaccount">The subaccount assessed.</param>
    /// <param name="margin">Its margin report.</param>
    /// <param name="findings">Findings of stages before the risk arrays: market, forecast, surfaces.</param>
    /// <returns>Equal arguments give equal bytes and so the same digest of the report.</returns>
    public static AttestationReport Build(
        MarketSnapshot market,
        RiskParameters parameters,
        ScenarioSets scenarios,
        Subaccount subaccount,
        MarginReport margin,
        IEnumerable<Finding> findings) =>
        Build(market, parameters, InputsOf(market, parameters, scenarios), subaccount, margin, findings);

    /// <summary>The same for many accounts in one market.</summary>
    /// <param name="market">The market the report is about.</param>
    /// <param name="parameters">The parameters used.</param>
    /// <param name="inputs">What <see cref="InputsOf"/> gives of them.</param>
    /// <param name="subaccount">The subaccount assessed.</param>
    /// <param name="margin">Its margin report.</param>
    /// <param name="findings">Findings of stages before the risk arrays.</param>
    internal static AttestationReport Build(
        MarketSnapshot market,
        RiskParameters parameters,
        ReportDigests inputs,
        Subaccount subaccount,
        MarginReport margin,
        IEnumerable<Finding> findings)
    {
        MarginReport whole = margin with
        {
            Findings = MarginFindings.Join([.. margin.Findings, .. market.Findings, .. findings]),
        };
        ReportDigests named = inputs with { Portfolio = CanonicalEncoding.DigestOf(subaccount) };
        AttestationReport report = new(market.At, MethodologyVersion, parameters.Version, named, whole);
        return report with { Digests = named with { Report = Encode(report).Digest } };
    }

    /// <summary>Digests of what is the same for every account of a market: the market is encoded whole, which takes
    /// about a millisecond.</summary>
    /// <param name="market">The market.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="scenarios">The scenario sets.</param>
    internal static ReportDigests InputsOf(
        MarketSnapshot market, RiskParameters parameters, ScenarioSets scenarios) => new(
        CanonicalEncoding.DigestOf(market),
        CanonicalEncoding.DigestOf(parameters),
        CanonicalEncoding.DigestOf(scenarios),
        default,
        default);

    /// <summary>Bytes of a report, without its own digest: kind <c>MRPT</c>.</summary>
    public static CanonicalWriter Encode(AttestationReport report)
    {
        CanonicalWriter writer = new CanonicalWriter("MRPT", 2)
            .Write(report.At)
            .Write(report.MethodologyVersion)
            .Write(report.ParameterVersion)
            .Write(report.Digests.Market)
            .Write(report.Digests.Parameters)
            .Write(report.Digests.Scenarios)
            .Write(report.Digests.Portfolio);
        WriteMargin(writer, report.Margin);
        return writer;
    }

    /// <summary>Digest of a margin report alone: equal for equal accounts whatever their representation (M6).</summary>
    public static Digest DigestOf(MarginReport margin)
    {
        CanonicalWriter writer = new("MARG", 2);
        WriteMargin(writer, margin);
        return writer.Digest;
    }

    private static void WriteMargin(CanonicalWriter writer, MarginReport margin)
    {
        writer.Write(margin.Subaccount);
        ImmutableArray<Money> totals =
        [
            margin.Equity, margin.CollateralValue, margin.UnrealisedPnl,
            margin.InitialMargin, margin.TargetMargin, margin.MaintenanceMargin,
        ];
        writer.Write(totals, WriteMoney);
        writer.Write(margin.MarginRatio is not null);
        WriteDecimal(writer, margin.MarginRatio ?? default);
        writer.Write(margin.Stage.ToString());
        WriteCore(writer, margin.CoreMaintenance);
        WriteCore(writer, margin.CoreInitial);
        writer.Write(margin.Lines, WriteLine);
        writer.Write(margin.Positions, WritePosition);
        writer.Write(margin.Collateral, WriteCollateral);
        writer.Write(margin.Sensitivities, WriteSensitivity);
        writer.Write(margin.LineParts, WritePart);
        writer.Write(margin.Underlyings, WriteUnderlying);
        WriteMultipliers(writer, margin.Multipliers);
        WriteMoney(writer, margin.ThinGains);
        writer.Write(margin.Orders, WriteOrder);
        writer.Write(margin.Findings, CanonicalEncoding.WriteFinding);
    }

    private static void WriteCore(CanonicalWriter writer, CoreRequirement core)
    {
        ImmutableArray<Money> amounts =
        [
            core.Amount, core.ExpectedShortfall, core.ValueAtRisk,
            core.StandardError, core.ValueAtRiskLow, core.ValueAtRiskHigh,
        ];
        writer.Write(core.Binding.ToString());
        writer.Write(amounts, WriteMoney);
        WriteLoss(writer, core.WorstScenario);
        writer.Write(core.ScenarioCount);
        writer.Write(core.WorstDeterministic, WriteLoss);
        writer.Write(core.WorstDistribution, WriteLoss);
    }

    private static void WriteMoney(CanonicalWriter writer, Money money) => writer.Write(money.MicroDollars);

    private static void WriteDecimal(CanonicalWriter writer, FixedDecimal value) =>
        writer.Write(value.Units).Write(value.Decimals);

    private static void WriteLoss(CanonicalWriter writer, ScenarioLoss loss) => writer
        .Write(loss.Scenario.Id)
        .Write(loss.Scenario.Block.ToString())
        .Write(loss.Scenario.Label)
        .Write(loss.Loss.MicroDollars)
        .Write(loss.LossDampened.MicroDollars)
        .Write(loss.Time.ToString());

    private static void WriteLine(CanonicalWriter writer, MarginLine line) => writer
        .Write(line.Name)
        .Write(line.Initial.MicroDollars)
        .Write(line.Maintenance.MicroDollars);

    private static void WritePart(CanonicalWriter writer, MarginLinePart part) => writer
        .Write(part.Line)
        .Write(part.Underlying)
        .Write(part.Name)
        .Write(part.Initial.MicroDollars)
        .Write(part.Maintenance.MicroDollars);

    private static void WriteUnderlying(CanonicalWriter writer, UnderlyingLine line)
    {
        writer.Write(line.Underlying)
            .Write(line.CoreInitial.MicroDollars)
            .Write(line.CoreMaintenance.MicroDollars)
            .Write(line.ClosingSize.MicroDollars)
            .Write(line.DailyVolume.MicroDollars);
        WriteDecimal(writer, line.DaysToLiquidate);
        WriteDecimal(writer, line.FlowMultiplier);
        WriteDecimal(writer, line.Calmness);
    }

    private static void WriteMultipliers(CanonicalWriter writer, MultiplierLine line)
    {
        foreach (FixedDecimal ratio in (ReadOnlySpan<FixedDecimal>)
            [
                line.System, line.Behaviour, line.Learned, line.FlowInitial, line.FlowMaintenance,
                line.ProductInitial, line.ProductMaintenance, line.InEffect,
            ])
        {
            WriteDecimal(writer, ratio);
        }
    }

    private static void WriteOrder(CanonicalWriter writer, OrderLine line)
    {
        writer.Write(line.Instrument.Name);
        WriteDecimal(writer, line.Quantity);
        WriteDecimal(writer, line.LimitPrice);
        writer.Write(line.IsReduceOnly).Write(line.AdverseFill.MicroDollars);
    }

    private static void WritePosition(CanonicalWriter writer, PositionLine line)
    {
        writer.Write(line.Instrument.Name);
        WriteDecimal(writer, line.Quantity);
        writer.Write(line.MarkPrice.MicroDollars)
            .Write(line.MarkValue.MicroDollars)
            .Write(line.ComponentLoss.MicroDollars);
        WriteGreeks(writer, line.Greeks);
    }

    private static void WriteCollateral(CanonicalWriter writer, CollateralLine line)
    {
        writer.Write(line.Asset).Write(line.Chain).Write(line.Bridge.ToString());
        WriteDecimal(writer, line.Quantity);
        writer.Write(line.Price.MicroDollars);
        WriteHaircut(writer, line.Haircut);
        writer.Write(line.Value.MicroDollars).Write(line.ComponentLoss.MicroDollars);
    }

    // Parts of a haircut are part of the statement, as parts of lines are: whoever recomputes agrees on why, not only
    // on how much.
    private static void WriteHaircut(CanonicalWriter writer, BalanceHaircut haircut)
    {
        foreach (long nano in (ReadOnlySpan<long>)
            [
                haircut.MarketNano, haircut.DrawdownNano, haircut.PegNano, haircut.AssetNano, haircut.BridgeNano,
                haircut.LiquidityNano, haircut.ProtocolNano, haircut.ConcentrationNano, haircut.TotalNano,
            ])
        {
            writer.Write(nano);
        }
    }

    private static void WriteSensitivity(CanonicalWriter writer, SensitivityLine line)
    {
        writer.Write(line.Underlying).Write(line.Expiry is not null).Write(line.Expiry ?? default);
        WriteGreeks(writer, line.Greeks);
    }

    private static void WriteGreeks(CanonicalWriter writer, HoldingGreeks greeks)
    {
        WriteDecimal(writer, greeks.Delta);
        WriteDecimal(writer, greeks.Gamma);
        WriteDecimal(writer, greeks.Vega);
        WriteDecimal(writer, greeks.Theta);
    }
}
