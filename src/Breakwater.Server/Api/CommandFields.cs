using System.Globalization;
using Breakwater.Accounts;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Files;
using Breakwater.Engine;
using Breakwater.Instruments;

namespace Breakwater.Server.Api;

/// <summary>Reads the members that commands share: names, assets, quantities in least units or lots, prices.</summary>
/// <param name="fields">Fields of the command.</param>
/// <param name="view">The state that says what is governed.</param>
internal sealed class CommandFields(JsonFields fields, RiskView view)
{
    private const int LotDecimals = 18; // no token has more decimals, so every lot is a whole number of these

    /// <summary>The fields.</summary>
    internal JsonFields Fields => fields;

    /// <summary>Name of a subaccount or party; empty if refused.</summary>
    /// <param name="name">Name of the member.</param>
    internal string Name(string name) =>
        fields.Text(name, $"a name of at most {LedgerLimits.NameLengthMax} characters");

    /// <summary>Name that a subaccount is to be given; empty if refused.</summary>
    /// <param name="name">Name of the member.</param>
    internal string NewName(string name)
    {
        string text = Name(name);
        if (text.Length == 0 || SubaccountName.IsAllowed(text)) return text;
        fields.RefuseMember(FailureReason.Malformed, "no name of a subaccount", name, SubaccountName.Form);
        return string.Empty;
    }

    /// <summary>A governed asset; <c>null</c> if refused.</summary>
    internal (AssetId Asset, int Decimals)? Asset()
    {
        string text = fields.Text("asset", "an asset such as USDC");
        bool isAsset = AssetId.TryOf(text, out AssetId asset);
        int? decimals = !isAsset ? null
            : asset == AssetId.Numeraire ? LedgerLimits.NumeraireDecimals : view.Parameters.TokenDecimalsOf(asset);
        if (decimals is { } known) return (asset, known);
        if (text.Length > 0)
        {
            fields.RefuseMember(FailureReason.Unknown, "the asset is not governed", "asset", "a governed asset");
        }

        return null;
    }

    /// <summary>Least units of an asset, &gt; 0; <c>null</c> if refused.</summary>
    /// <param name="name">Name of the member.</param>
    /// <param name="decimals">Decimals of the asset.</param>
    internal Int128? Units(string name, int decimals) =>
        Whole(name, decimals, 1, LedgerLimits.UnitsMax, $"least units of 1e-{decimals}");

    /// <summary>Least units that a side of a trade pays, negative what it gets; 0 if nothing is said, or it is refused.
    /// </summary>
    /// <param name="name">Name of the member.</param>
    /// <param name="asset">The asset the price is paid in.</param>
    internal Int128 Fee(string name, AssetId asset)
    {
        if (fields.Decimal(name, isRequired: false) is not { } text) return 0;
        int decimals = asset == AssetId.Numeraire
            ? LedgerLimits.NumeraireDecimals
            : view.Parameters.TokenDecimalsOf(asset) ?? 0; // an instrument's asset is governed where it is listed
        bool isNumber = StrictNumber.TryUnits(text, decimals, out Int128 units, out bool isWhole);
        if (isNumber && isWhole && Int128.Abs(units) <= LedgerLimits.UnitsMax) return units;
        fields.RefuseMember(
            isNumber && isWhole ? FailureReason.OutOfRange : FailureReason.LotMultiple,
            $"the fee is no number of units of {asset}", name,
            $"least units of 1e-{decimals}, at most {LedgerLimits.UnitsMax} of them");
        return 0;
    }

    /// <summary>Where tokens lie; home if nothing is said.</summary>
    internal Place Place()
    {
        string chain = fields.Has("chain") ? fields.Text("chain", "the name of a chain") : string.Empty;
        return HoldingFields.Bridge(fields) is { } bridge ? new Place(chain, bridge) : Accounts.Ledgers.Place.Home;
    }

    /// <summary>An instrument whose underlying is governed; <c>null</c> if refused.</summary>
    internal Instrument? Instrument()
    {
        string text = fields.Text("instrument", "an instrument such as BTC-27MAR26-90000-C");
        if (InstrumentName.TryParse(text, out Instrument? instrument)
            && view.Parameters.Find(instrument!.Underlying) is not null)
        {
            return instrument;
        }

        if (text.Length > 0)
        {
            fields.RefuseMember(
                FailureReason.UnknownInstrument, "the name is of no instrument, or its underlying is not governed",
                "instrument", "such as BTC-27MAR26-90000-C");
        }

        return null;
    }

    /// <summary>Size of a lot of an instrument, units of its underlying, USD for inverse futures.</summary>
    /// <param name="instrument">The instrument; its underlying is governed.</param>
    internal decimal LotOf(Instrument instrument) =>
        view.Parameters.Find(instrument.Underlying)!.LotOf(instrument); // governed: checked when it was read

    /// <summary>Lots, &gt; 0; <c>null</c> if refused.</summary>
    /// <param name="name">Name of the member.</param>
    /// <param name="instrument">What is traded.</param>
    internal Int128? Lots(string name, Instrument instrument)
    {
        decimal lot = LotOf(instrument);
        return Whole(
            name, LotDecimals, DecimalParts.Scaled(lot, LotDecimals), LedgerLimits.LotsMax,
            string.Create(CultureInfo.InvariantCulture, $"whole lots of {lot}"));
    }

    /// <summary>A price as the ledger takes it; <c>null</c> if refused.</summary>
    /// <param name="name">Name of the member.</param>
    internal decimal? Price(string name)
    {
        if (fields.Decimal(name) is not { } text) return null;
        if (StrictNumber.TryDecimal(text, out decimal price) && PicoPrice.Of(price) is not null) return price;
        fields.RefuseMember(
            FailureReason.OutOfRange, "the price is out of range", name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{PicoPrice.Minimum} to {PicoPrice.Maximum}, at most {PicoPrice.Decimals} decimals"));
        return null;
    }

    /// <summary>A boolean that must be there; false if refused.</summary>
    /// <param name="value">The command.</param>
    /// <param name="name">Name of the member.</param>
    internal bool Truth(JsonValue value, string name)
    {
        if (value.Find(name) is { Kind: JsonKind.Truth } truth) return truth.Text == "true";
        fields.RefuseMember(FailureReason.Malformed, "no boolean", name, "true or false");
        return false;
    }

    private Int128? Whole(string name, int decimals, Int128 step, Int128 limit, string form)
    {
        if (fields.Decimal(name) is not { } text) return null;
        bool isNumber = StrictNumber.TryUnits(text, decimals, out Int128 units, out bool isWhole);
        if (!isNumber || !isWhole || units % step != 0)
        {
            fields.RefuseMember(FailureReason.LotMultiple, "the quantity is no whole number of units", name, form);
            return null;
        }

        Int128 count = units / step;
        if (count > 0 && count <= limit) return count;
        fields.RefuseMember(FailureReason.OutOfRange, "the quantity is out of range", name, $"1 to {limit} of them");
        return null;
    }
}
