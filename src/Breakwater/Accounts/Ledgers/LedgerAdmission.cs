using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>What every transition is asked first; each check returns <c>null</c> or why not.</summary>
internal static class LedgerAdmission
{
    /// <summary>An amount above zero and not above <see cref="LedgerLimits.UnitsMax"/>.</summary>
    internal static Failure? OfUnits(Int128 units) => units <= 0
        ? new Failure(
            FailureReason.OutOfRange, "an amount is not above zero", Value: Text(units), Limit: "≥ 1 least unit")
        : OfSize(units);

    /// <summary>An amount of a magnitude not above <see cref="LedgerLimits.UnitsMax"/>.</summary>
    internal static Failure? OfSize(Int128 units) =>
        units > LedgerLimits.UnitsMax || units < -LedgerLimits.UnitsMax ? TooLarge("an amount", units) : null;

    /// <summary>A subaccount that was opened.</summary>
    internal static Failure? OfAccount(Ledger ledger, string account) => OfKnown(ledger.Find(account), account);

    /// <summary>A subaccount that was found.</summary>
    internal static Failure? OfKnown(LedgerAccount? found, string account) => found is not null
        ? null
        : new Failure(FailureReason.Unknown, "there is no such subaccount", Value: account);

    /// <summary>An asset that was admitted.</summary>
    internal static Failure? OfAsset(Ledger ledger, AssetId asset) => ledger.Find(asset) is not null
        ? null
        : new Failure(FailureReason.Unknown, "the asset was not admitted", Value: asset.Name);

    /// <summary>A place where tokens can lie.</summary>
    internal static Failure? OfPlace(Place place) => place.IsValid
        ? null
        : new Failure(
            FailureReason.Malformed, "no place where tokens can lie", Value: place.Chain ?? string.Empty,
            Limit: $"at most {LedgerLimits.ChainLengthMax} ASCII letters, digits, - and _");

    /// <summary>A price of the ledger.</summary>
    /// <param name="price">Price in its quoted unit.</param>
    internal static Failure? OfPrice(decimal price) => PicoPrice.Of(price) is not null
        ? null
        : new Failure(
            FailureReason.OutOfRange, "no price of the ledger",
            Value: price.ToString(CultureInfo.InvariantCulture),
            Limit: $"{PicoPrice.Minimum} to {PicoPrice.Maximum}, {PicoPrice.Decimals} decimals");

    /// <summary>A name of a subaccount or party. Whoever takes commands asks <see cref="SubaccountName"/> first, which
    /// is stricter.</summary>
    internal static Failure? OfName(string name) =>
        name.Length is > 0 and <= LedgerLimits.NameLengthMax && !name.Any(static letter => letter is < ' ' or > '~')
            ? null
            : new Failure(
                FailureReason.Malformed, "no name", Value: name.Length <= LedgerLimits.NameLengthMax ? name : "",
                Limit: $"1–{LedgerLimits.NameLengthMax} printable ASCII characters");

    /// <summary>L3: the owner.</summary>
    internal static Failure? OfOwner(LedgerAccount account, string by) =>
        string.Equals(account.Owner, by, StringComparison.Ordinal)
            ? null
            : new Failure(
                FailureReason.Unauthorised, $"only its owner can lower subaccount {account.Id}", Value: by);

    /// <summary>L3: the owner, a delegate, or liquidation.</summary>
    internal static Failure? OfTrader(LedgerAccount account, Mandate by) => by switch
    {
        Mandate.Liquidation => null,
        Mandate.Party { Name: var name } => SortedLines.IndexOf(account.Delegates, name, static own => own) >= 0
            ? null
            : OfOwner(account, name),
        _ => throw new System.Diagnostics.UnreachableException(by.ToString()),
    };

    /// <summary>A refusal for size.</summary>
    internal static Failure TooLarge(string what, Int128 value) => new(
        FailureReason.TooLarge, $"{what} is too great for exact sums", Value: Text(value),
        Limit: $"{LedgerLimits.UnitsMax} least units, {LedgerLimits.LotsMax} lots");

    /// <summary>A refusal for want of tokens.</summary>
    internal static Failure Insufficient(string who, AssetId asset, Int128 has, Int128 needed) => new(
        FailureReason.InsufficientFunds, $"{who} has too few tokens of {asset}", Value: $"{Text(needed)} least units",
        Limit: $"≤ {Text(has)} least units");

    private static string Text(Int128 value) => value.ToString(CultureInfo.InvariantCulture);
}
