using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Sensitivities;

namespace Breakwater.Revaluation;

/// <summary>Quantises what else is known about one instrument.</summary>
internal static class RiskRows
{
    private const double PicoPerUnit = 1e12;
    private const double AttoPerUnit = 1e18;
    private const double MicroPerUsd = 1e6;

    /// <summary>Row of one instrument; substitutes used are added to <paramref name="findings"/>.</summary>
    internal static RiskRow Of(
        InstrumentMark mark,
        UnderlyingInputs inputs,
        ScenarioSets scenarios,
        RiskParameters parameters,
        List<Finding> findings)
    {
        decimal lot = mark.Instrument is Spot ? 1m : inputs.Terms!.LotOf(mark.Instrument);
        bool isOwned = mark.Instrument is Spot or VanillaOption;
        double valueUsd = isOwned ? (double)lot * mark.MarkPriceUsd : 0.0;
        double minimumBaseUsd = mark.Instrument is VanillaOption ? (double)lot * mark.IndexUsd : 0.0;
        RiskRow row = new(
            mark.Instrument,
            lot,
            MicroUsd.Nearest(mark.MarkPriceUsd),
            MicroUsd.Down(valueUsd),
            MicroUsd.Up(valueUsd),
            Quantised((double)lot * mark.Greeks),
            MicroUsd.Up(minimumBaseUsd),
            default,
            default,
            ClosingSizes.Of(mark, lot, inputs, scenarios.Maintenance));
        if (mark.Instrument is VanillaOption)
        {
            row = row with
            {
                PinMaintenanceMicroUsd = PinRate.MicroUsdPerLot(mark, inputs, scenarios.Maintenance, parameters),
                PinInitialMicroUsd = PinRate.MicroUsdPerLot(mark, inputs, scenarios.Initial, parameters),
            };
        }

        return mark.Instrument is Perpetual perpetual
            ? WithFunding(row, perpetual, mark, inputs, scenarios, parameters, findings)
            : row;
    }

    private static RiskRow WithFunding(
        RiskRow row,
        Perpetual perpetual,
        InstrumentMark mark,
        UnderlyingInputs inputs,
        ScenarioSets scenarios,
        RiskParameters parameters,
        List<Finding> findings)
    {
        double? rate = inputs.Market!.FundingRate8h;
        if (FundingCharges.FindingOf(perpetual, rate, parameters.Margin) is Finding finding) findings.Add(finding);
        double notionalUsd = (double)row.LotQuantity
            * (perpetual.Settlement == Settlement.Linear ? mark.MarkPriceUsd : 1.0);
        int maintenanceHours = scenarios.Maintenance.HorizonHours[inputs.UnderlyingIndex];
        int initialHours = scenarios.Initial.HorizonHours[inputs.UnderlyingIndex];
        return row with
        {
            FundingMaintenance = FundingCharges.Of(notionalUsd, rate, maintenanceHours, parameters.Margin),
            FundingInitial = FundingCharges.Of(notionalUsd, rate, initialHours, parameters.Margin),
        };
    }

    private static LotGreeks Quantised(in GreekVector greeks) => new(
        Nearest(greeks.Delta, PicoPerUnit),
        Nearest(greeks.Gamma, AttoPerUnit),
        Nearest(greeks.Vega, MicroPerUsd),
        Nearest(greeks.ThetaPerDay, MicroPerUsd));

    private static Int128 Nearest(double value, double scale) =>
        (Int128)Math.Round(value * scale, MidpointRounding.ToEven);
}
