using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Settlement price of an expiry: the mean of the fixings of its window, one whole number that all share.
/// </summary>
/// <param name="PricePico">The mean, 10⁻¹² USD per unit of underlying, rounded down once; &gt; 0.</param>
/// <param name="SeenCount">Fixings seen.</param>
/// <param name="MissingCount">Fixings that were missing and counted at the last price (docs/adr/0032).</param>
public sealed record SettlementAverage(Int128 PricePico, int SeenCount, int MissingCount)
{
    /// <summary>The mean in USD per unit of underlying.</summary>
    public decimal PriceUsd => PicoPrice.ToDecimal(PricePico);
}

/// <summary>The settlement window of one underlying and expiry while its fixings come in (METHODOLOGY 1.3).</summary>
/// <remarks>
/// N fixings, one each Δ/N, the first one step after the window opens, the last at expiry. A fixing is the index at its
/// time or the first that was published after it, before the next. The sum is of whole numbers, so that the order of
/// addition cannot matter.
/// </remarks>
public sealed record SettlementWindow
{
    private const int FixingsMax = 1_000_000;

    private SettlementWindow(AssetId underlying, Timestamp expiry, int windowMilliseconds, int fixingCount)
    {
        Underlying = underlying;
        Expiry = expiry;
        WindowMilliseconds = windowMilliseconds;
        FixingCount = fixingCount;
    }

    /// <summary>Underlying of the index.</summary>
    public AssetId Underlying { get; }

    /// <summary>End of the window.</summary>
    public Timestamp Expiry { get; }

    /// <summary>Δ, milliseconds; &gt; 0.</summary>
    public int WindowMilliseconds { get; }

    /// <summary>N; ≥ 1.</summary>
    public int FixingCount { get; }

    /// <summary>Fixings taken so far.</summary>
    public int SeenCount { get; private init; }

    /// <summary>Sum of the fixings taken, 10⁻¹² USD per unit of underlying.</summary>
    public Int128 SumPico { get; private init; }

    /// <summary>Number of the last fixing taken, 1 to N; 0 before the first.</summary>
    public int LastFixing { get; private init; }

    /// <summary>An empty window.</summary>
    /// <param name="underlying">Underlying of the index.</param>
    /// <param name="expiry">End of the window.</param>
    /// <param name="windowMilliseconds">Δ, milliseconds; a multiple of N.</param>
    /// <param name="fixingCount">N; in [1, 1,000,000].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range, or Δ is no whole number of steps.
    /// </exception>
    public static SettlementWindow Open(
        AssetId underlying, Timestamp expiry, int windowMilliseconds, int fixingCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fixingCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fixingCount, FixingsMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowMilliseconds, fixingCount);
        ArgumentOutOfRangeException.ThrowIfNotEqual(windowMilliseconds % fixingCount, 0, nameof(windowMilliseconds));
        return new SettlementWindow(underlying, expiry, windowMilliseconds, fixingCount);
    }

    /// <summary>A window that was stored; <c>null</c> if there can be none of these numbers.</summary>
    internal static SettlementWindow? Restored(
        AssetId underlying, Timestamp expiry, int windowMilliseconds, int fixingCount, int seenCount, Int128 sumPico,
        int lastFixing)
    {
        bool canBe = fixingCount is >= 1 and <= FixingsMax && windowMilliseconds >= fixingCount
            && windowMilliseconds % fixingCount == 0 && seenCount >= 0 && seenCount <= lastFixing
            && lastFixing <= fixingCount && sumPico >= 0;
        return canBe
            ? Open(underlying, expiry, windowMilliseconds, fixingCount) with
            {
                SeenCount = seenCount,
                SumPico = sumPico,
                LastFixing = lastFixing,
            }
            : null;
    }

    /// <summary>Takes the index as a fixing.</summary>
    /// <param name="at">Its time: from the first fixing to before one step after expiry.</param>
    /// <param name="indexUsd">The index, USD per unit of underlying.</param>
    /// <returns>The window with the fixing, or a refusal: outside the window, a fixing already taken or passed over, a
    /// price outside the limits of <see cref="PicoPrice"/>.</returns>
    public Result<SettlementWindow> Add(Timestamp at, decimal indexUsd)
    {
        long step = WindowMilliseconds / FixingCount;
        long sinceOpening = at.MillisecondsSince(Expiry) + WindowMilliseconds;
        long fixing = sinceOpening < 0 ? 0 : sinceOpening / step;
        if (fixing < 1 || fixing > FixingCount)
        {
            return Refused(FailureReason.OutOfRange, "the fixing lies outside the settlement window", at.ToString());
        }

        if (fixing <= LastFixing)
        {
            return fixing == LastFixing
                ? Refused(FailureReason.Duplicate, "the fixing was taken already", at.ToString())
                : Refused(FailureReason.OutOfOrder, "a later fixing was taken already", at.ToString());
        }

        return PicoPrice.Of(indexUsd) is { } pico
            ? Result<SettlementWindow>.Accepted(
                this with { LastFixing = (int)fixing, SeenCount = SeenCount + 1, SumPico = SumPico + pico })
            : Refused(
                FailureReason.OutOfRange, "the index is no price of the ledger", $"{indexUsd} USD",
                $"{PicoPrice.Minimum} to {PicoPrice.Maximum} USD");
    }

    /// <summary>The settlement price: missing fixings count at the last price (docs/adr/0032).</summary>
    /// <param name="lastUsd">The index when the expiry is settled, USD per unit of underlying; it counts for each
    /// missing fixing, and not at all where none is missing.</param>
    /// <returns>The mean, rounded down to 10⁻¹² USD; refused for a price outside the limits of
    /// <see cref="PicoPrice"/>.</returns>
    public Result<SettlementAverage> Close(decimal lastUsd)
    {
        if (PicoPrice.Of(lastUsd) is not { } last)
        {
            return Result<SettlementAverage>.Refused(new Failure(
                FailureReason.OutOfRange, "the last index is no price of the ledger", Value: $"{lastUsd} USD",
                Limit: $"{PicoPrice.Minimum} to {PicoPrice.Maximum} USD"));
        }

        int missing = FixingCount - SeenCount;
        Int128 mean = (SumPico + missing * last) / FixingCount;
        Check.That(mean > 0, $"mean of {FixingCount} positive fixings is {mean}");
        return Result<SettlementAverage>.Accepted(new SettlementAverage(mean, SeenCount, missing));
    }

    private Result<SettlementWindow> Refused(FailureReason reason, string message, string value, string limit = "") =>
        Result<SettlementWindow>.Refused(new Failure(
            reason, $"{message} of {Underlying} {Expiry}", Value: value,
            Limit: limit.Length > 0 ? limit : $"one each {WindowMilliseconds / FixingCount} ms, rising"));
}
