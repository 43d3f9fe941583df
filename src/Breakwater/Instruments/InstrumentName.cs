using System.Globalization;
using System.Text.RegularExpressions;

namespace Breakwater.Instruments;

/// <summary>Reads and writes instrument names in Deribit's form (INTERFACES 3).</summary>
public static partial class InstrumentName
{
    /// <summary>Hour of the day, UTC, at which dated instruments settle (Deribit's contract specifications).</summary>
    public const int ExpiryHourUtc = 8;

    private const string MonthNames = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

    /// <summary>Reads a name and returns the terms it states.</summary>
    /// <returns>False for any text that is not the canonical name of a valid instrument.</returns>
    public static bool TryParse(string? name, out Instrument? instrument)
    {
        instrument = null;
        Match match = name is { Length: <= 64 } ? Pattern().Match(name) : Match.Empty;
        if (!match.Success || !AssetId.TryOf(match.Groups["asset"].Value, out AssetId asset))
        {
            return false;
        }

        Settlement settlement = match.Groups["usdc"].Success ? Settlement.Linear : Settlement.Inverse;
        instrument = OfTerms(match, asset, settlement);
        return instrument is not null && instrument.Name == name;
    }

    /// <summary>Reads a name.</summary>
    /// <exception cref="FormatException">The text is not an instrument name.</exception>
    public static Instrument Parse(string name) =>
        TryParse(name, out Instrument? instrument)
            ? instrument!
            : throw new FormatException($"'{name}' is not an instrument name such as BTC-27MAR26-90000-C");

    internal static string Prefix(AssetId underlying, Settlement settlement) =>
        settlement == Settlement.Linear ? underlying.Name + "_USDC" : underlying.Name;

    internal static string Date(Timestamp expiry)
    {
        DateTime date = DateTime.UnixEpoch.AddMilliseconds(expiry.UnixMilliseconds);
        string month = MonthNames.Substring(3 * (date.Month - 1), 3);
        return string.Create(CultureInfo.InvariantCulture, $"{date.Day}{month}{date.Year % 100:00}");
    }

    internal static string OfOption(
        AssetId underlying, Settlement settlement, Timestamp expiry, decimal strikeUsd, OptionRight right)
    {
        string strike = strikeUsd.ToString("0.############", CultureInfo.InvariantCulture).Replace('.', 'd');
        string side = right == OptionRight.Call ? "C" : "P";
        return $"{Prefix(underlying, settlement)}-{Date(expiry)}-{strike}-{side}";
    }

    private static Instrument? OfTerms(Match match, AssetId asset, Settlement settlement)
    {
        bool isLinear = match.Groups["usdc"].Success;
        if (match.Groups["perpetual"].Success)
        {
            return new Perpetual(asset, settlement);
        }

        if (!match.Groups["date"].Success)
        {
            return isLinear ? null : new Spot(asset);
        }

        if (!TryDate(match.Groups["date"].Value, out Timestamp expiry))
        {
            return null;
        }

        return match.Groups["strike"].Success
            ? OptionOfTerms(match, asset, settlement, expiry)
            : new DatedFuture(asset, settlement, expiry);
    }

    private static VanillaOption? OptionOfTerms(Match match, AssetId asset, Settlement settlement, Timestamp expiry)
    {
        string text = match.Groups["strike"].Value.Replace('d', '.');
        OptionRight right = match.Groups["side"].Value == "C" ? OptionRight.Call : OptionRight.Put;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal strike)
            && strike > 0
            ? new VanillaOption(asset, settlement, expiry, strike, right)
            : null;
    }

    private static bool TryDate(string text, out Timestamp expiry)
    {
        expiry = default;
        int day = int.Parse(text.AsSpan(0, text.Length - 5), CultureInfo.InvariantCulture);
        int month = MonthNames.IndexOf(text[^5..^2], StringComparison.Ordinal);
        int year = 2000 + int.Parse(text.AsSpan(text.Length - 2), CultureInfo.InvariantCulture);
        if (month < 0 || month % 3 != 0 || day < 1 || day > DateTime.DaysInMonth(year, (month / 3) + 1))
        {
            return false;
        }

        DateTime time = new(year, (month / 3) + 1, day, ExpiryHourUtc, 0, 0, DateTimeKind.Utc);
        expiry = Timestamp.FromUnixMilliseconds((long)(time - DateTime.UnixEpoch).TotalMilliseconds);
        return true;
    }

    [GeneratedRegex(
        "^(?<asset>[A-Za-z][A-Za-z0-9]{0,15})(?<usdc>_USDC)?(-(?<perpetual>PERPETUAL)|"
        + "-(?<date>[0-9]{1,2}[A-Z]{3}[0-9]{2})(-(?<strike>[0-9]{1,9}(d[0-9]{1,9})?)-(?<side>[CP]))?)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
