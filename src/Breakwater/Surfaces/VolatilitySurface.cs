using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;

namespace Breakwater.Surfaces;

/// <summary>Implied-volatility surface of one underlying at one instant.</summary>
/// <remarks>
/// Free of calendar and butterfly arbitrage by the certificate of METHODOLOGY 2.2. Evaluated by
/// <see cref="SurfaceEvaluation"/>, shocked by <see cref="SurfaceShock"/>.
/// </remarks>
public sealed record VolatilitySurface
{
    /// <summary>Assembles a surface.</summary>
    /// <param name="underlying">The underlying.</param>
    /// <param name="at">The instant it is valid for.</param>
    /// <param name="slices">Slices in order of expiry, strictly rising; at least one.</param>
    /// <param name="forwards">Forward curve.</param>
    /// <param name="levelCertified">Greatest level c up to which every slice stays free of butterfly arbitrage; ≥ 1.
    /// </param>
    /// <param name="state">How good its inputs are.</param>
    /// <param name="findings">Imperfections of quotes and fit, in canonical order.</param>
    /// <param name="shockRatio">Multiplier of volatility shocks that its state asks for; ≥ 1.</param>
    /// <exception cref="ArgumentException">There is no slice, or they are not in order.</exception>
    public VolatilitySurface(
        AssetId underlying,
        Timestamp at,
        ImmutableArray<SurfaceSlice> slices,
        ForwardCurve forwards,
        double levelCertified,
        SurfaceState state,
        ImmutableArray<Finding> findings,
        double shockRatio = 1.0)
    {
        RequireOrdered(slices);
        Underlying = underlying;
        At = at;
        Slices = slices;
        Forwards = forwards;
        LevelCertified = levelCertified;
        State = state;
        Findings = findings;
        ShockRatio = shockRatio;
        Svi = [.. slices.Select(slice => slice.Svi)];
        SliceYears = [.. slices.Select(slice => slice.ExpiryYears)];
        LevelTermScales = [.. slices.Select(slice => SurfaceShock.TermScale(slice.ExpiryYears))];
    }

    /// <summary>The underlying.</summary>
    public AssetId Underlying { get; }

    /// <summary>The instant it is valid for: slices' times to expiry count from here.</summary>
    public Timestamp At { get; }

    /// <summary>Slices in order of expiry; at least one.</summary>
    public ImmutableArray<SurfaceSlice> Slices { get; }

    /// <summary>Forward curve.</summary>
    public ForwardCurve Forwards { get; }

    /// <summary>Greatest level c up to which every slice stays free of butterfly arbitrage (METHODOLOGY 2.2, c_res).
    /// </summary>
    public double LevelCertified { get; }

    /// <summary>How good its inputs are.</summary>
    public SurfaceState State { get; }

    /// <summary>Imperfections of quotes and fit.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Multiplier of volatility shocks that its state asks for (METHODOLOGY 2.4): 1 if fresh, as shipped 1.15
    /// if
    /// degraded, 1.35 if stale or borrowed.</summary>
    public double ShockRatio { get; }

    /// <summary>[slice] parameters, as in <see cref="Slices"/>.</summary>
    public ImmutableArray<SviParameters> Svi { get; }

    /// <summary>[slice] time to expiry, years, strictly rising.</summary>
    public ImmutableArray<double> SliceYears { get; }

    /// <summary>[slice] factor g(T) by which a level shock reaches the slice (METHODOLOGY 2.5); &gt; 0.</summary>
    public ImmutableArray<double> LevelTermScales { get; }

    private static void RequireOrdered(ImmutableArray<SurfaceSlice> slices)
    {
        if (slices.IsDefaultOrEmpty) throw new ArgumentException("a surface needs at least one slice");
        Require.Positive(slices[0].ExpiryYears);
        for (int i = 1; i < slices.Length; i++)
        {
            if (!(slices[i].ExpiryYears > slices[i - 1].ExpiryYears))
            {
                throw new ArgumentException($"slice {slices[i].Expiry} does not follow {slices[i - 1].Expiry}");
            }
        }
    }
}

/// <summary>Surfaces of all underlyings of a market.</summary>
/// <param name="Surfaces">Surfaces in order of asset.</param>
public sealed record SurfaceSet(ImmutableArray<VolatilitySurface> Surfaces)
{
    /// <summary>Surface of one underlying; <c>null</c> if there is none.</summary>
    public VolatilitySurface? Find(AssetId asset)
    {
        foreach (VolatilitySurface surface in Surfaces)
        {
            if (surface.Underlying == asset) return surface;
        }

        return null;
    }
}
