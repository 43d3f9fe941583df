using System.Collections.Concurrent;
using Breakwater.Accounts.Ledgers;
using Breakwater.Attestation;
using Breakwater.Collateral;
using Breakwater.Engine;
using Breakwater.Instruments;

namespace Breakwater.Server.Api;

/// <summary>Reports of one valuation and of what all accounts hold together; a subaccount that has not changed since is
/// not margined again.</summary>
/// <remarks>A report is a function of these and of its subaccount, so that one kept is one made anew, to the last bit.
/// </remarks>
/// <param name="basis">What the reports share.</param>
internal sealed class ReportShelf(ReportBasis basis)
{
    private const int KeptMax = 1_024; // some 20 kB each

    // An account that changes becomes another object (the ledger is immutable): identity tells whether it has.
    private readonly ConcurrentDictionary<LedgerAccount, Result<AttestationReport>> _kept =
        new(ReferenceEqualityComparer.Instance);

    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);
    private int _keptCount;

    /// <summary>What the reports share.</summary>
    internal ReportBasis Basis { get; } = basis;

    /// <summary>Names of the accounts whose reports were asked for.</summary>
    internal IEnumerable<string> Asked => _asked.Keys;

    /// <summary>Whether its reports count these holdings of all accounts.</summary>
    internal bool IsOf(ProtocolHoldings protocol) =>
        Basis.Explained.Context.Protocol.Holdings.AsSpan().SequenceEqual(protocol.Holdings.AsSpan());

    /// <summary>The report of an account, or why it cannot be margined.</summary>
    /// <param name="account">An account of the view.</param>
    internal Result<AttestationReport> Of(LedgerAccount account)
    {
        if (!_asked.ContainsKey(account.Id) && _asked.Count < KeptMax) _asked.TryAdd(account.Id, true);
        return Prepare(account);
    }

    /// <summary>The same where nobody asks yet.</summary>
    /// <param name="account">An account of the view.</param>
    internal Result<AttestationReport> Prepare(LedgerAccount account)
    {
        if (_kept.TryGetValue(account, out Result<AttestationReport>? known)) return known;
        Result<AttestationReport> made = AccountReport.Of(Basis, LedgerSubaccount.Of(account));
        if (_keptCount < KeptMax && _kept.TryAdd(account, made)) Interlocked.Increment(ref _keptCount);
        return made;
    }
}
