using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Adapters.Files;

/// <summary>Reads what portfolios and orders share: instruments, quantities in lots, prices, collateral.</summary>
/// <param name="market">The market that makes an instrument known.</param>
/// <param name="parameters">Lots and decimals.</param>
internal sealed class HoldingFields(MarketSnapshot market, RiskParameters parameters)
{
    /// <summary>Most rows of a list.</summary>
    internal const int RowsMax = 10_000;

    /// <summary>Greatest lots of a derivative (Margin/MarginAdmission: Greeks of a position fit 128 bits).</summary>
    internal static readonly Int128 DerivativeLotsMax = Int128.One << 53;

    /// <summary>Greatest units of spot or collateral, likewise.</summary>
    internal static readonly Int128 CoinUnitsMax = Int128.One << 96;

    /// <summary>Greatest price that is believed, USD (Margin/MarginAdmission).</summary>
    internal const decimal PriceMax = 1_000_000_000_000m;

    /// <summary>Least price that is believed, USD.</summary>
    internal const decimal PriceMin = 0.000000001m;

    /// <summary>Decimals of the numeraire: micro-dollars (METHODOLOGY 0).</summary>
    internal const int NumeraireDecimals = 6;

    // No token has more decimals (UnderlyingParameters), so every lot is a whole number of these.
    private const int LotDecimals = 18;

    /// <summary>A known instrument: valid terms, governed, quoted, not expired; <c>null</c> if refused.</summary>
    internal Instrument? Instrument(JsonFields fields, string name)
    {
        string text = fields.Text(name, "an instrument such as BTC-27MAR26-90000-C");
        if (text.Length == 0)
        {
            return null;
        }

        if (!InstrumentName.TryParse(text, out Instrument? instrument))
        {
            fields.RefuseMember(
                FailureReason.UnknownInstrument, "the name is of no instrument", name, "such as BTC-27MAR26-90000-C");
            return null;
        }

        UnderlyingMarket? quoted = market.Find(instrument!.Underlying);
        if (quoted is null || parameters.Find(instrument.Underlying) is null)
        {
            string lacking = quoted is null ? "market" : "parameters";
            fields.RefuseMember(FailureReason.UnknownInstrument, $"its underlying has no {lacking}", name, Known());
            return null;
        }

        Timestamp? expiry = instrument switch
        {
            VanillaOption option => option.Expiry,
            DatedFuture future => future.Expiry,
            _ => null,
        };
        if (expiry <= market.At)
        {
            fields.RefuseMember(FailureReason.Expired, $"it expired at {expiry}", name, $"after {market.At}");
            return null;
        }

        return instrument;
    }

    /// <summary>A governed asset with a market; <c>null</c> if refused.</summary>
    internal AssetId? Underlying(JsonFields fields, string name)
    {
        string text = fields.Text(name, "an underlying such as BTC");
        if (AssetId.TryOf(text, out AssetId asset) && market.Find(asset) is not null
            && parameters.Find(asset) is not null)
        {
            return asset;
        }

        if (text.Length > 0)
        {
            fields.RefuseMember(
                FailureReason.UnknownInstrument, "the asset has no market or no parameters", name, Known());
        }

        return null;
    }

    /// <summary>Signed lots of an instrument; <c>null</c> if refused.</summary>
    internal Int128? Lots(JsonFields fields, string name, Instrument instrument)
    {
        decimal lot = parameters.Find(instrument.Underlying)!.LotOf(instrument);
        Int128 limit = instrument is Spot ? CoinUnitsMax : DerivativeLotsMax;
        if (Units(fields, name, LotDecimals, $"whole lots of {lot}") is not { } quantity)
        {
            return null;
        }

        Int128 lotUnits = DecimalParts.Scaled(lot, LotDecimals);
        if (quantity % lotUnits != 0)
        {
            fields.RefuseMember(
                FailureReason.LotMultiple, "the quantity is no whole number of lots", name, $"lots of {lot}");
            return null;
        }

        Int128 lots = quantity / lotUnits;
        if (Int128.Abs(lots) > limit)
        {
            fields.RefuseMember(FailureReason.TooLarge, "the quantity is too great", name, $"{limit} lots of {lot}");
            return null;
        }

        return lots;
    }

    /// <summary>A price; <c>null</c> if absent or refused.</summary>
    internal static decimal? Price(JsonFields fields, string name)
    {
        if (fields.Decimal(name, isRequired: false) is not { } text)
        {
            return null;
        }

        if (StrictNumber.TryDecimal(text, out decimal price) && price is >= PriceMin and <= PriceMax)
        {
            return price;
        }

        fields.RefuseMember(
            FailureReason.OutOfRange, "the price is out of range", name, $"{PriceMin} to {PriceMax}, 28 digits");
        return null;
    }

    /// <summary>Asset, signed least units, chain and bridge of a collateral row; <c>null</c> if refused.</summary>
    internal CollateralChange? Collateral(JsonFields fields)
    {
        string text = fields.Text("asset", "an asset such as USDC");
        BridgeClass? bridge = Bridge(fields);
        string? chain = Chain(fields);
        if (text.Length == 0 || Decimals(fields, text) is not { } decimals)
        {
            return null;
        }

        Int128? units = Units(fields, "quantity", decimals, $"least units of 1e-{decimals}");
        if (units is { } great && Int128.Abs(great) > CoinUnitsMax)
        {
            fields.RefuseMember(
                FailureReason.TooLarge, "the quantity is too great", "quantity", $"{CoinUnitsMax} least units");
            return null;
        }

        return units is { } known && bridge is { } way && chain is not null
            ? new CollateralChange(AssetId.Of(text), known, chain, way)
            : null;
    }

    private int? Decimals(JsonFields fields, string text)
    {
        bool isAsset = AssetId.TryOf(text, out AssetId asset);
        if (isAsset && asset == AssetId.Numeraire)
        {
            return NumeraireDecimals;
        }

        int? governed = isAsset && market.Find(asset) is not null ? parameters.TokenDecimalsOf(asset) : null;
        if (governed is null)
        {
            fields.RefuseMember(
                FailureReason.UnknownInstrument, "the asset is no collateral: it has no market or no parameters",
                "asset", $"{AssetId.Numeraire}, {KnownCollateral()}");
        }

        return governed;
    }

    private static Int128? Units(JsonFields fields, string name, int decimals, string limit)
    {
        if (fields.Decimal(name) is not { } text
            || !StrictNumber.TryUnits(text, decimals, out Int128 units, out bool isWhole))
        {
            return null;
        }

        if (isWhole)
        {
            return units;
        }

        // Below 2^52 units a number that is not whole is no multiple; above, it is too great.
        bool isSmall = StrictNumber.TryDouble(text, out double value) && Math.Abs(value) < 1e15;
        fields.RefuseMember(
            isSmall ? FailureReason.LotMultiple : FailureReason.TooLarge,
            isSmall ? "the quantity is no whole number of lots" : "the quantity is too great", name, limit);
        return null;
    }

    private static string? Chain(JsonFields fields)
    {
        const int LengthMax = 32;
        if (!fields.Has("chain"))
        {
            return string.Empty;
        }

        string chain = fields.Text("chain", "the name of a chain");
        if (chain.Length is > 0 and <= LengthMax
            && chain.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            return chain;
        }

        if (chain.Length > 0)
        {
            fields.RefuseMember(
                FailureReason.Malformed, "no name of a chain", "chain",
                $"1–{LengthMax} ASCII letters, digits, - and _");
        }

        return null;
    }

    /// <summary>How tokens came where they lie; native if nothing is said, <c>null</c> if refused.</summary>
    internal static BridgeClass? Bridge(JsonFields fields)
    {
        if (!fields.Has("bridge"))
        {
            return BridgeClass.Native;
        }

        const string Names = "native|canonical|lightClient|multisig|unaudited";
        string text = fields.Text("bridge", Names);
        BridgeClass? bridge = text switch
        {
            "native" => BridgeClass.Native,
            "canonical" => BridgeClass.Canonical,
            "lightClient" => BridgeClass.LightClient,
            "multisig" => BridgeClass.Multisig,
            "unaudited" => BridgeClass.Unaudited,
            _ => null,
        };
        if (bridge is null && text.Length > 0)
        {
            fields.RefuseMember(FailureReason.Unknown, "the bridge is not known", "bridge", Names);
        }

        return bridge;
    }

    private string KnownCollateral() => string.Join(", ", market.Underlyings.Concat(market.CollateralAssets)
        .Where(quoted => parameters.TokenDecimalsOf(quoted.Asset) is not null)
        .Select(quoted => quoted.Asset.Name));

    private string Known() => string.Join(", ", market.Underlyings
        .Where(quoted => parameters.Find(quoted.Asset) is not null)
        .Select(quoted => quoted.Asset.Name));
}
