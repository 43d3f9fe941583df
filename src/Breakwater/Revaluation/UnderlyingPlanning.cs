using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Sensitivities;
using Breakwater.Surfaces;

namespace Breakwater.Revaluation;

/// <summary>Collects the instruments of one underlying into its plan, row by row.</summary>
internal sealed class UnderlyingPlanning(UnderlyingInputs inputs, ScenarioSets scenarios, RiskParameters parameters)
{
    private readonly ImmutableArray<SpotLeg>.Builder _spotLegs = ImmutableArray.CreateBuilder<SpotLeg>();
    private readonly SortedDictionary<(Timestamp Expiry, bool IsOption), List<MarkedRow>> _dated = [];

    /// <summary>Marks one instrument, enters it into the plan and makes its row.</summary>
    internal RiskRow Add(Instrument instrument, int rowIndex, List<Finding> findings)
    {
        InstrumentMark mark = instrument.Underlying == AssetId.Numeraire
            ? Marking.OfNumeraire()
            : Marking.Of(instrument, inputs.At, inputs.Market!, inputs.Surface, parameters.Valuation);
        findings.AddRange(mark.Findings);
        double lot = LotOf(instrument);
        switch (instrument)
        {
            case Spot:
                _spotLegs.Add(new SpotLeg(rowIndex, SpotLegKind.Spot, lot, mark.ReferenceUsd));
                break;
            case Perpetual perpetual:
                _spotLegs.Add(new SpotLeg(rowIndex, KindOf(perpetual), lot, mark.ReferenceUsd));
                break;
            case DatedFuture future:
                Dated(future.Expiry, isOption: false).Add(new MarkedRow(rowIndex, mark));
                break;
            case VanillaOption option:
                Dated(option.Expiry, isOption: true).Add(new MarkedRow(rowIndex, mark));
                break;
        }

        return RiskRows.Of(mark, inputs, scenarios, parameters, findings);
    }

    /// <summary>The plan of all instruments added.</summary>
    internal UnderlyingPlan Plan()
    {
        VolatilitySurface? surface = NeededSlices();
        return new UnderlyingPlan(
            inputs.UnderlyingIndex,
            inputs.ReturnColumn,
            inputs.IndexUsd,
            surface,
            _spotLegs.ToImmutable(),
            [.. _dated.Values.Select(group => OfExpiry(group, surface))]);
    }

    private ExpiryPlan OfExpiry(List<MarkedRow> group, VolatilitySurface? surface)
    {
        InstrumentMark first = group[0].Mark;
        double years = first.ExpiryYears;
        double forward = first.ReferenceUsd;
        BasisDynamics basis = BasisDynamics.Of(years);
        ExpiryTime frozen = TimeAt(years, basis);
        ImmutableArray<ExpiryLeg> legs = [.. group.Select(entry => LegOf(entry.Row, entry.Mark))];
        return new ExpiryPlan(
            forward,
            DeterministicMath.Log(forward / inputs.IndexUsd),
            basis,
            frozen,
            TimeAt(years - scenarios.Maintenance.HorizonYears(inputs.UnderlyingIndex), basis),
            TimeAt(years - scenarios.Initial.HorizonYears(inputs.UnderlyingIndex), basis),
            legs,
            [.. legs.Select(leg => BaseValue(leg, frozen, forward, surface))]);
    }

    private ExpiryLeg LegOf(int row, InstrumentMark mark)
    {
        double lot = LotOf(mark.Instrument);
        return mark.Instrument is VanillaOption option
            ? new ExpiryLeg(
                row,
                option.Right == OptionRight.Call ? ExpiryLegKind.Call : ExpiryLegKind.Put,
                option.Settlement == Settlement.Linear,
                lot,
                (double)option.StrikeUsd,
                DeterministicMath.Log((double)option.StrikeUsd / mark.ReferenceUsd))
            : new ExpiryLeg(
                row,
                ExpiryLegKind.Future,
                mark.Instrument is DatedFuture { Settlement: Settlement.Linear },
                lot,
                0.0,
                0.0);
    }

    // By the very steps of a scenario in which nothing moves, so that its P&L is exactly zero.
    private double BaseValue(in ExpiryLeg leg, in ExpiryTime time, double forward, VolatilitySurface? surface)
    {
        if (leg.Kind == ExpiryLegKind.Future) return 0.0;
        double k = leg.LogStrikeOverForward;
        double variance = SurfaceEvaluation.TotalVariance(surface!, k, time.RemainingYears);
        double deviation = Math.Sqrt(variance * time.VarianceFactor);
        return OptionKernel.ValueUsd(leg, time.Discount, forward, inputs.IndexUsd, k, deviation);
    }

    private ExpiryTime TimeAt(double remainingYears, in BasisDynamics basis)
    {
        double years = Math.Max(0.0, remainingYears);
        return new ExpiryTime(
            years,
            basis.Retained(years),
            SettlementAveraging.Of(parameters.Valuation).VarianceFactor(years),
            DeterministicMath.Exp(-parameters.Valuation.RateUsdAnnual * years));
    }

    // Slices behind the first one beyond the last option are never read.
    private VolatilitySurface? NeededSlices()
    {
        double longest = 0.0;
        foreach (((Timestamp _, bool isOption), List<MarkedRow> group) in _dated)
        {
            if (isOption) longest = group[0].Mark.ExpiryYears;
        }

        if (inputs.Surface is not VolatilitySurface surface || longest == 0.0) return null;
        int count = 1;
        while (count < surface.Slices.Length && surface.SliceYears[count - 1] <= longest) count++;
        return new VolatilitySurface(
            surface.Underlying, surface.At, surface.Slices[..count], surface.Forwards, surface.LevelCertified,
            surface.State, surface.Findings);
    }

    private List<MarkedRow> Dated(Timestamp expiry, bool isOption)
    {
        if (!_dated.TryGetValue((expiry, isOption), out List<MarkedRow>? group))
        {
            group = [];
            _dated.Add((expiry, isOption), group);
        }

        return group;
    }

    private double LotOf(Instrument instrument) => instrument is Spot ? 1.0 : (double)inputs.Terms!.LotOf(instrument);

    private static SpotLegKind KindOf(Perpetual perpetual) => perpetual.Settlement == Settlement.Linear
        ? SpotLegKind.LinearPerpetual
        : SpotLegKind.InversePerpetual;

    private readonly record struct MarkedRow(int Row, InstrumentMark Mark);
}
