using Breakwater.Collateral;
using Breakwater.Engine;

namespace Breakwater.Server.Api;

/// <summary>Reports of the newest valuation. What they share is made beside the engine as soon as there is a new one,
/// then the reports of the accounts that were asked for since the one before; meanwhile questions are answered of that.
/// Any thread may ask.</summary>
internal sealed class ReportDesk
{
    private readonly Lock _gate = new();
    private volatile Making? _newest;
    private volatile Ready? _ready;

    /// <summary>Begins to make what the reports of a view share; does not wait.</summary>
    /// <param name="view">The newest view.</param>
    internal void Prepare(RiskView view)
    {
        if (view.Valuation is { } valuation) _ = MakingOf(view, valuation);
    }

    /// <summary>Reports of a view, when what they share is made.</summary>
    /// <param name="view">The newest view, or one just before.</param>
    /// <param name="valuation">Its valuation.</param>
    internal async Task<ReportShelf> OfAsync(RiskView view, MarketValuation valuation) => With(
        _ready is { } ready && ready.Shelf.Basis.Valuation == valuation
            ? ready.Shelf
            : await MakingOf(view, valuation).Shelf.ConfigureAwait(false),
        view);

    /// <summary>Reports of accounts as a view has them, of the newest valuation for which nothing has to be waited for:
    /// for questions that are to be answered at once.</summary>
    /// <param name="view">The newest view, or one just before.</param>
    /// <param name="valuation">Its valuation, waited for where there is none before it, or where it failed.</param>
    internal async ValueTask<ReportShelf> AtOnceAsync(RiskView view, MarketValuation valuation) =>
        _ready is { } ready && _newest is not { Shelf.IsFaulted: true }
            ? With(ready.Shelf, view)
            : await OfAsync(view, valuation).ConfigureAwait(false);

    private Making MakingOf(RiskView view, MarketValuation valuation)
    {
        if (_newest is { } known && known.Valuation == valuation) return known;
        lock (_gate)
        {
            if (_newest is { } begun && begun.Valuation == valuation) return begun;
            Making making = new(view.Sequence, valuation, Task.Run(() => Made(view, valuation)));
            if (_newest is null || _newest.Sequence <= view.Sequence) _newest = making;
            return making;
        }
    }

    private ReportShelf Made(RiskView view, MarketValuation valuation)
    {
        ReportBasis basis = ReportBasis.Of(valuation, view.HoldingsAt(valuation));
        basis.Complete();
        ReportShelf shelf = new(basis);
        _ = Task.Run(() => Open(shelf, view));
        return shelf;
    }

    // Where a later one has begun, it is opened as it is: the newest that is open must not fall ever further behind.
    private void Open(ReportShelf shelf, RiskView view)
    {
        try
        {
            foreach (string account in _ready?.Shelf.Asked ?? [])
            {
                if (_newest!.Sequence > view.Sequence) return; // one has begun
                if (view.State.Ledger.Find(account) is { } known) shelf.Prepare(known);
            }
        }
        finally
        {
            lock (_gate)
            {
                if (_ready is null || _ready.Sequence < view.Sequence) _ready = new Ready(view.Sequence, shelf);
            }
        }
    }

    // Deposits and withdrawals between two ticks may change what all accounts hold together.
    private ReportShelf With(ReportShelf shelf, RiskView view)
    {
        ProtocolHoldings protocol = view.HoldingsAt(shelf.Basis.Valuation);
        if (shelf.IsOf(protocol)) return shelf;
        ReportShelf other = new(shelf.Basis.With(protocol));
        lock (_gate)
        {
            if (_ready is { } ready && ready.Shelf == shelf) _ready = ready with { Shelf = other };
        }

        return other;
    }

    private sealed record Making(long Sequence, MarketValuation Valuation, Task<ReportShelf> Shelf);

    private sealed record Ready(long Sequence, ReportShelf Shelf);
}
