using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Explanation;

/// <summary>A move of one underlying that somebody asks about: what would the margin be then?</summary>
public sealed record MarketShift
{
    /// <summary>Least relative move of a price or a volatility that can be asked about: −90 %, as far as binding prices
    /// are looked for.</summary>
    public const double RelativeMinimum = -0.9;

    /// <summary>Greatest one: +500 %, likewise.</summary>
    public const double RelativeMaximum = 5.0;

    private MarketShift(AssetId underlying, double priceRelative, double volatilityRelative)
    {
        Underlying = underlying;
        PriceRelative = priceRelative;
        VolatilityRelative = volatilityRelative;
    }

    /// <summary>The underlying.</summary>
    public AssetId Underlying { get; }

    /// <summary>Price then ÷ price now − 1; within the bounds.</summary>
    public double PriceRelative { get; }

    /// <summary>Implied volatility of 30 days then ÷ now − 1; within the bounds.</summary>
    public double VolatilityRelative { get; }

    /// <summary>A move.</summary>
    /// <param name="underlying">The underlying.</param>
    /// <param name="priceRelative">Relative move of its price, in [<see cref="RelativeMinimum"/>,
    /// <see cref="RelativeMaximum"/>].</param>
    /// <param name="volatilityRelative">Relative move of its 30-day implied volatility, likewise.</param>
    /// <exception cref="ArgumentOutOfRangeException">A move is out of bounds.</exception>
    public static MarketShift Of(AssetId underlying, double priceRelative, double volatilityRelative)
    {
        Require.InRange(priceRelative, RelativeMinimum, RelativeMaximum);
        Require.InRange(volatilityRelative, RelativeMinimum, RelativeMaximum);
        return new MarketShift(underlying, priceRelative, volatilityRelative);
    }
}
