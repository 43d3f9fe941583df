using System.Globalization;
using System.Text.Json;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Reports;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Server.Api;

/// <summary>What may be traded, as JSON: listed derivatives with lot and mark.</summary>
internal static class InstrumentsJson
{
    /// <summary>Writes the members of the list.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="view">The state.</param>
    internal static void Write(Utf8JsonWriter json, RiskView view)
    {
        json.WriteNumber("sequence", view.Sequence);
        json.WriteString("at", view.Valuation?.Market.At.ToString());
        json.Objects("instruments", view.State.Ledger.Instruments.Values, own => Write(json, view, own.Terms));
    }

    private static void Write(Utf8JsonWriter json, RiskView view, ContractTerms terms)
    {
        Instrument instrument = terms.Instrument;
        json.WriteString("instrument", instrument.Name);
        json.WriteString("underlying", instrument.Underlying.Name);
        json.WriteString("lot", terms.LotQuantity.ToString(CultureInfo.InvariantCulture));
        int row = view.Valuation?.Arrays.IndexOf(instrument) ?? -1;
        if (row >= 0)
        {
            json.WriteString(
                "markPrice", Money.FromMicroDollars(view.Valuation!.Arrays.Rows[row].MarkPriceMicroUsd).ToString());
        }
    }
}
