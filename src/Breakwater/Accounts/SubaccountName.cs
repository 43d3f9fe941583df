using Breakwater.Accounts.Ledgers;

namespace Breakwater.Accounts;

/// <summary>Which names a subaccount may be given.</summary>
/// <remarks>A name is a part of addresses. Browsers and proxies take <c>.</c> and <c>..</c> out of a path, also where
/// they are written as <c>%2E</c> (RFC 3986, 5.2.4 and 6.2.2), so that such a subaccount could not be asked about, or
/// another would be. The ledger itself takes every name of printable letters: journals that were written when all
/// of them were taken end in the state they ended in.</remarks>
public static class SubaccountName
{
    /// <summary>What a name may be, for refusals.</summary>
    public static string Form =>
        $"1–{LedgerLimits.NameLengthMax} printable ASCII characters; no . or .. alone or between slashes";

    /// <summary>Whether a subaccount may be given the name.</summary>
    /// <param name="name">The name.</param>
    public static bool IsAllowed(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= LedgerLimits.NameLengthMax
            && !name.Any(static letter => letter is < ' ' or > '~')
            && !name.Split('/').Any(static part => part is "." or "..");
    }
}
