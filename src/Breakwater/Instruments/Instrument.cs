namespace Breakwater.Instruments;

/// <summary>Contract terms that can be held. A closed hierarchy: <see cref="Spot"/>, <see cref="Perpetual"/>,
/// <see cref="DatedFuture"/>, <see cref="VanillaOption"/>.</summary>
/// <remarks>Terms only: knows no price, model or market. Ordered by <see cref="Name"/>, ordinally.</remarks>
public abstract record Instrument : IComparable<Instrument>
{
    private protected Instrument(AssetId underlying, string name)
    {
        Underlying = underlying;
        Name = name;
    }

    /// <summary>The asset whose price the contract follows.</summary>
    public AssetId Underlying { get; }

    /// <summary>The unique name, in Deribit's form (INTERFACES 3).</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public int CompareTo(Instrument? other) => string.CompareOrdinal(Name, other?.Name);

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}

/// <summary>The asset itself, held outright. Named by the asset: <c>BTC</c>.</summary>
public sealed record Spot : Instrument
{
    /// <summary>Spot of <paramref name="underlying"/>.</summary>
    public Spot(AssetId underlying)
        : base(underlying, underlying.Name)
    {
    }
}

/// <summary>Future without expiry, held to its index by funding: <c>BTC-PERPETUAL</c>,
/// <c>BTC_USDC-PERPETUAL</c>.</summary>
public sealed record Perpetual : Instrument
{
    /// <summary>Perpetual on <paramref name="underlying"/>.</summary>
    public Perpetual(AssetId underlying, Settlement settlement)
        : base(underlying, InstrumentName.Prefix(underlying, settlement) + "-PERPETUAL") => Settlement = settlement;

    /// <summary>Currency of quotation and settlement.</summary>
    public Settlement Settlement { get; }
}

/// <summary>Future with an expiry: <c>BTC-27MAR26</c> (inverse), <c>BTC_USDC-27MAR26</c> (linear).</summary>
public sealed record DatedFuture : Instrument
{
    /// <summary>Future on <paramref name="underlying"/> that settles at <paramref name="expiry"/>.</summary>
    public DatedFuture(AssetId underlying, Settlement settlement, Timestamp expiry)
        : base(underlying, $"{InstrumentName.Prefix(underlying, settlement)}-{InstrumentName.Date(expiry)}")
    {
        Settlement = settlement;
        Expiry = expiry;
    }

    /// <summary>Currency of quotation and settlement.</summary>
    public Settlement Settlement { get; }

    /// <summary>Settlement time.</summary>
    public Timestamp Expiry { get; }
}

/// <summary>European option: <c>BTC-27MAR26-90000-C</c> (inverse), <c>BTC_USDC-27MAR26-90000-C</c> (linear).</summary>
public sealed record VanillaOption : Instrument
{
    /// <summary>Option on <paramref name="underlying"/>.</summary>
    /// <param name="underlying">Asset whose index settles the option.</param>
    /// <param name="settlement">Currency of quotation and settlement.</param>
    /// <param name="expiry">Settlement time.</param>
    /// <param name="strikeUsd">Strike, USD per unit of underlying; &gt; 0.</param>
    /// <param name="right">Call or put.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strike is not positive.</exception>
    public VanillaOption(
        AssetId underlying, Settlement settlement, Timestamp expiry, decimal strikeUsd, OptionRight right)
        : base(underlying, InstrumentName.OfOption(underlying, settlement, expiry, strikeUsd, right))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(strikeUsd);
        Settlement = settlement;
        Expiry = expiry;
        StrikeUsd = strikeUsd;
        Right = right;
    }

    /// <summary>Currency of quotation and settlement.</summary>
    public Settlement Settlement { get; }

    /// <summary>Settlement time.</summary>
    public Timestamp Expiry { get; }

    /// <summary>Strike, USD per unit of underlying; &gt; 0.</summary>
    public decimal StrikeUsd { get; }

    /// <summary>Call or put.</summary>
    public OptionRight Right { get; }
}
