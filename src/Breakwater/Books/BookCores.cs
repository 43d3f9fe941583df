namespace Breakwater.Books;

/// <summary>Which term of a core is the greatest.</summary>
public enum SlotBinding
{
    /// <summary>Expected shortfall; also where terms are equal.</summary>
    ExpectedShortfall,

    /// <summary>Value at risk.</summary>
    ValueAtRisk,

    /// <summary>A dampened deterministic scenario.</summary>
    Scenario,

    /// <summary>Not computed: the account needs the plain margin.</summary>
    Plain,
}

/// <summary>Cores of one horizon by slot, and the thresholds that the next sweep may start from.</summary>
/// <remarks>
/// Thresholds only save work: whatever they are, amounts and bindings are the same. Each partition of accounts writes
/// its own slots, so that several threads may share one of these.
/// </remarks>
public sealed class BookCores
{
    private readonly long[] _amounts;
    private readonly SlotBinding[] _bindings;
    private readonly double[] _thresholds;
    private readonly double[] _tailMost;

    /// <summary>Room for the slots of a book; every threshold is cold.</summary>
    /// <param name="book">The book.</param>
    public BookCores(BookHoldings book)
    {
        ArgumentNullException.ThrowIfNull(book);
        _amounts = new long[book.SlotCount];
        _bindings = new SlotBinding[book.SlotCount];
        _thresholds = new double[book.SlotCount];
        _tailMost = new double[book.SlotCount];
        Cool();
    }

    /// <summary>[slot] cores, micro-dollars.</summary>
    public ReadOnlySpan<long> Amounts => _amounts;

    /// <summary>[slot] what they are made of.</summary>
    public ReadOnlySpan<SlotBinding> Bindings => _bindings;

    /// <summary>[slot] losses from which on the next sweep collects candidates; NaN where it has to guess.</summary>
    public Span<double> Thresholds => _thresholds;

    /// <summary>[slot] what expected shortfall and value at risk were surely not above when a screen settled the slot
    /// last, plus what losses can have risen by since, without what every scenario costs; NaN where nothing is known.
    /// </summary>
    internal Span<double> TailMost => _tailMost;

    internal Span<long> AmountsToFill => _amounts;

    internal Span<SlotBinding> BindingsToFill => _bindings;

    /// <summary>Forgets the thresholds.</summary>
    public void Cool()
    {
        _thresholds.AsSpan().Fill(double.NaN);
        _tailMost.AsSpan().Fill(double.NaN);
    }
}
