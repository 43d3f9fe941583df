using System.Buffers;
using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Margin.AddOns;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Margin;

/// <summary>Losses of an account and of each of its underlyings alone, at one horizon and without resting orders: what
/// it holds of an underlying is summed once for both.</summary>
/// <remarks>Sums are lent by the pool until it is disposed of. Where 64 bits might not hold them, everything is summed
/// anew in 128.</remarks>
internal sealed class AccountLosses : IDisposable
{
    private readonly MarginAccount _account;
    private readonly MarginHorizon _horizon;
    private readonly ImmutableArray<AssetId> _assets;
    private readonly List<long[]> _lent = [];
    private readonly List<(long[] Frozen, long[] Advanced)> _parts = []; // none if of one underlying, or wide

    /// <summary>Sums them.</summary>
    /// <param name="account">The account.</param>
    /// <param name="horizon">Which horizon.</param>
    internal AccountLosses(MarginAccount account, MarginHorizon horizon)
    {
        (_account, _horizon, _assets) = (account, horizon, account.Underlyings);
        Whole = TryNarrow() ?? ScenarioLosses.Of(account.Exposures, account.Arrays, horizon);
    }

    /// <summary>Losses of the whole account; not to be read after this has been disposed of.</summary>
    internal ScenarioLosses Whole { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (long[] lent in _lent) ArrayPool<long>.Shared.Return(lent);
        _lent.Clear();
        _parts.Clear();
    }

    /// <summary>Core of the whole account, without what explains it.</summary>
    internal Money Amount() => CoreEstimate.AmountOf(Whole, _account.BasisOf(_horizon));

    /// <summary>Core of each underlying.</summary>
    /// <param name="whole">Core of the whole account: of a single underlying it is its own.</param>
    internal UnderlyingCores Cores(Money whole)
    {
        if (_parts.Count == 0) return UnderlyingCores.Of(_account, _horizon, whole, withOrders: false);
        int count = _account.Arrays.ScenarioCount;
        ImmutableArray<Money>.Builder amounts = ImmutableArray.CreateBuilder<Money>(_assets.Length);
        foreach ((long[] frozen, long[] advanced) in _parts.Take(_assets.Length))
        {
            NarrowSums.Greater(frozen.AsSpan(0, count), advanced.AsSpan(0, count));
            amounts.Add(CoreEstimate.NarrowAmountOf(advanced.AsSpan(0, count), _account.BasisOf(_horizon)));
        }

        return new UnderlyingCores(_assets, amounts.MoveToImmutable());
    }

    private ScenarioLosses? TryNarrow()
    {
        (long[] frozen, long[] worse) = (Lend(), Lend());
        int count = _account.Arrays.ScenarioCount;
        if (_assets.Length < 2)
        {
            return NarrowSums.TryOf(
                _account.Exposures, _account.Arrays, _horizon, frozen.AsSpan(0, count), worse.AsSpan(0, count))
                ? new ScenarioLosses(_account.Exposures, _account.Arrays, _horizon, frozen, worse)
                : null;
        }

        frozen.AsSpan(0, count).Clear();
        worse.AsSpan(0, count).Clear();
        for (int asset = 0; asset <= _assets.Length; asset++)
        {
            (long[] Frozen, long[] Advanced) part = (Lend(), Lend());
            if (!TrySum(ExposuresOf(asset), RevaluationTime.Frozen, part.Frozen, frozen)
                || !TrySum(ExposuresOf(asset), RevaluationTime.Advanced, part.Advanced, worse))
            {
                _parts.Clear();
                return null;
            }

            _parts.Add(part);
        }

        NarrowSums.Greater(frozen.AsSpan(0, count), worse.AsSpan(0, count));
        return new ScenarioLosses(_account.Exposures, _account.Arrays, _horizon, frozen, worse);
    }

    // Sums a part, and adds it to the whole. Parts of at most so many underlyings cannot leave 64 bits together.
    private bool TrySum(ImmutableArray<Exposure> exposures, RevaluationTime time, long[] part, long[] whole)
    {
        int count = _account.Arrays.ScenarioCount;
        UInt128 limit = NarrowSums.Limit / (uint)(_assets.Length + 1);
        if (!NarrowSums.TryOf(exposures, _account.Arrays, _horizon, time, part.AsSpan(0, count), limit)) return false;

        NarrowSums.Add(part.AsSpan(0, count), whole.AsSpan(0, count));
        return true;
    }

    // Of an underlying, or, after the last, of none.
    private ImmutableArray<Exposure> ExposuresOf(int asset) =>
    [
        .. Enumerable.Range(0, _account.Exposures.Length)
            .Where(index => asset < _assets.Length
                ? _account.UnderlyingOf(index) == _assets[asset]
                : !_assets.Contains(_account.UnderlyingOf(index)))
            .Select(index => _account.Exposures[index]),
    ];

    private long[] Lend()
    {
        long[] lent = ArrayPool<long>.Shared.Rent(_account.Arrays.ScenarioCount);
        _lent.Add(lent);
        return lent;
    }
}
