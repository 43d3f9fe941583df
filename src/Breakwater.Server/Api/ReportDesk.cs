using System.Collections.Concurrent;
using Breakwater.Accounts.Ledgers;
using Breakwater.Attestation;
using Breakwater.Collateral;
using Breakwater.Engine;
using Breakwater.Instruments;

namespace Breakwater.Server.Api;

/// <summary>Reports of the newest valuation: what they share is made once, and a subaccount that has not changed since
/// is not margined again. Any thread may ask.</summary>
internal sealed class ReportDesk
{
    private readonly Lock _gate = new();
    private volatile ReportShelf? _shelf;

    /// <summary>Reports of a view.</summary>
    /// <param name="view">The newest view, or one just before.</param>
    /// <param name="valuation">Its valuation.</param>
    internal ReportShelf Of(RiskView view, MarketValuation valuation)
    {
        ProtocolHoldings protocol = view.Protocol;
        if (_shelf is { } known && known.IsOf(valuation, protocol)) return known;
        lock (_gate)
        {
            if (_shelf is { } made && made.IsOf(valuation, protocol)) return made;
            ReportShelf shelf = new(_shelf is { } last && ReferenceEquals(last.Basis.Valuation, valuation)
                ? last.Basis.With(protocol)
                : ReportBasis.Of(valuation, protocol));
            _shelf = shelf;
            return shelf;
        }
    }
}

/// <summary>Reports of one valuation and of what all accounts hold together.</summary>
/// <remarks>A report is a function of these and of its subaccount, so that one kept is one made anew, to the last bit.
/// </remarks>
/// <param name="basis">What the reports share.</param>
internal sealed class ReportShelf(ReportBasis basis)
{
    private const int KeptMax = 1_024; // some 20 kB each

    // An account that changes becomes another object (the ledger is immutable): identity tells whether it has.
    private readonly ConcurrentDictionary<LedgerAccount, Result<AttestationReport>> _kept =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>What the reports share.</summary>
    internal ReportBasis Basis { get; } = basis;

    /// <summary>Whether its reports are of these.</summary>
    internal bool IsOf(MarketValuation valuation, ProtocolHoldings protocol) =>
        ReferenceEquals(Basis.Valuation, valuation)
        && Basis.Explained.Context.Protocol.Holdings.AsSpan().SequenceEqual(protocol.Holdings.AsSpan());

    /// <summary>The report of an account, or why it cannot be margined.</summary>
    /// <param name="account">An account of the view.</param>
    internal Result<AttestationReport> Of(LedgerAccount account)
    {
        if (_kept.TryGetValue(account, out Result<AttestationReport>? known)) return known;
        Result<AttestationReport> made = AccountReport.Of(Basis, LedgerSubaccount.Of(account));
        if (_kept.Count < KeptMax) _kept.TryAdd(account, made);
        return made;
    }
}
