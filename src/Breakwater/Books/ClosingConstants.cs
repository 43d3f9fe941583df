using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Books;

/// <summary>Cost of closing one underlying, prepared: <c>LiquidityCharge</c> and <c>DepthWalk</c> without allocation.
/// </summary>
internal sealed class ClosingConstants
{
    /// <summary>Most tenors of vega: one bit each.</summary>
    internal const int BucketsMax = 64;

    private static readonly UInt128 DivisorMax = UInt128.One << 120;

    private readonly RatioRoot _volume;
    private readonly ulong _halfSpreadNano;
    private readonly ulong _impactNano;
    private readonly DepthBand[] _bands;
    private readonly RatioRoot _reached; // root over the depth within the last band
    private readonly UInt128 _reachedFemto;
    private readonly ulong _lastNano;
    private readonly UInt128 _walked; // cost of all bands
    private readonly UInt128 _freeSize; // sizes above it take longer than the free days
    private readonly UInt128 _daysScale;
    private readonly RatioRoot _days;
    private readonly VegaBucket[] _buckets;

    /// <summary>Prepares the terms.</summary>
    /// <param name="terms">What closing costs.</param>
    /// <param name="parameters">Participation and free days.</param>
    internal ClosingConstants(LiquidityTerms terms, LiquidityParameters parameters)
    {
        UInt128 volume = (UInt128)terms.VolumeDailyMicroUsd * Femto.PerMicro;
        _volume = new RatioRoot(volume);
        (_halfSpreadNano, _impactNano) = ((ulong)terms.HalfSpreadNano, (ulong)terms.ImpactNano);
        _buckets = [.. terms.Vega.Select(static bucket => new VegaBucket(bucket))];
        (Int128 share, int shareDecimals) = DecimalParts.Of(parameters.ParticipationFraction);
        (Int128 days, int dayDecimals) = DecimalParts.Of(parameters.FreeDays);
        BigInteger scale = BigInteger.Pow(10, shareDecimals + dayDecimals);
        BigInteger free = (BigInteger)volume * share * days;
        BigInteger common = BigInteger.GreatestCommonDivisor(scale, free);
        (scale, free) = (scale / common, free / common);
        IsHere = free > 0 && free < DivisorMax && scale < LineLimits.NanoMax
            && terms.HalfSpreadNano < LineLimits.NanoMax && terms.ImpactNano < LineLimits.NanoMax
            && terms.Vega.All(static own => own.HalfSpreadNano < LineLimits.NanoMax)
            && _buckets.Length <= BucketsMax && IsRising(terms.Profile);
        (_bands, _reachedFemto, _walked, _lastNano) = Bands(IsHere ? terms.Profile : []);
        _reached = new RatioRoot(_reachedFemto == 0 ? 1 : _reachedFemto);
        if (!IsHere) return;
        _freeSize = (UInt128)(free / scale);
        _daysScale = (UInt128)scale;
        _days = new RatioRoot((UInt128)free);
    }

    /// <summary>Whether it is within the limits.</summary>
    internal bool IsHere { get; }

    /// <summary>Tenors of vega.</summary>
    internal int BucketCount => _buckets.Length;

    /// <summary>Tries to compute the impact of a size, femto-dollars, rounded down part by part.</summary>
    /// <param name="size">Q, femto-dollars; below 2^83.</param>
    /// <param name="impact">The greater of model and depth.</param>
    internal bool TryImpact(UInt128 size, out UInt128 impact)
    {
        impact = 0;
        if (!_volume.TryDown(size, size, out UInt128 root) || !TryWalk(size, out UInt128 walk)) return false;
        impact = UInt128.Max(
            unchecked(LineNano.Times(size, _halfSpreadNano) + LineNano.Times(root, _impactNano)), walk);
        return true;
    }

    /// <summary>Tries to compute what a longer horizon adds to a core, femto-dollars, rounded down.</summary>
    /// <param name="size">Q, femto-dollars; below 2^83.</param>
    /// <param name="core">Core of the underlying, micro-dollars; in [0, 2^56).</param>
    /// <param name="charge">What it adds.</param>
    internal bool TryHorizon(UInt128 size, long core, out UInt128 charge)
    {
        charge = 0;
        if (size <= _freeSize || core <= 0) return true;
        UInt128 coreFemto = Math.BigMul((ulong)(core - 1), (ulong)Femto.PerMicro);
        UInt128 scaled = unchecked(size * _daysScale); // 2^83 × 2^32
        if (scaled >> RatioRoot.FactorBits != 0 || !_days.TryDown(coreFemto, scaled, out UInt128 root)) return false;
        charge = root - coreFemto;
        return true;
    }

    /// <summary>Tries to compute the cost of closing vega of one tenor, femto-dollars, rounded down.</summary>
    /// <param name="bucket">Which tenor.</param>
    /// <param name="vega">Magnitude, micro-dollars per 1.00; below 2^53.</param>
    /// <param name="charge">The cost.</param>
    internal bool TryVega(int bucket, ulong vega, out UInt128 charge) => _buckets[bucket].TryClose(vega, out charge);

    // Cost of walking the depth.
    private bool TryWalk(UInt128 size, out UInt128 cost)
    {
        cost = 0;
        foreach (ref readonly DepthBand band in _bands.AsSpan())
        {
            if (size <= band.End)
            {
                cost = band.Cost(size);
                return true;
            }
        }

        if (_reachedFemto == 0) return true;
        if (!_reached.TryDown(size, size, out UInt128 root)) return false;
        cost = _walked + LineNano.Times((root - _reachedFemto) * 2 / 3, _lastNano);
        return true;
    }

    private static bool IsRising(ImmutableArray<DepthTerms> profile)
    {
        long distance = 0;
        foreach (DepthTerms own in profile)
        {
            if (own.DistanceNano < distance || own.DistanceNano >= LineLimits.NanoMax) return false;
            distance = own.DistanceNano;
        }

        return true;
    }

    private static (DepthBand[] Bands, UInt128 Reached, UInt128 Walked, ulong LastNano) Bands(
        ImmutableArray<DepthTerms> profile)
    {
        List<DepthBand> bands = [];
        UInt128 reached = 0;
        UInt128 walked = 0;
        long distance = 0;
        foreach (DepthTerms own in profile)
        {
            UInt128 end = (UInt128)own.CumulativeMicroUsd * Femto.PerMicro;
            if (end > reached)
            {
                DepthBand band = new(reached, end, walked, (ulong)distance, (ulong)(own.DistanceNano - distance));
                walked = band.Cost(end);
                bands.Add(band);
                reached = end;
            }

            distance = own.DistanceNano;
        }

        return ([.. bands], reached, walked, (ulong)distance);
    }
}

/// <summary>Cost within one band of depth, which begins where the last one ended.</summary>
/// <param name="Start">Depth before it, femto-dollars.</param>
/// <param name="End">Depth up to its end, femto-dollars.</param>
/// <param name="Walked">Cost of all before it, femto-dollars.</param>
/// <param name="DistanceNano">Distance where it begins, nano.</param>
/// <param name="WidthNano">Distance across it, nano.</param>
internal readonly record struct DepthBand(
    UInt128 Start, UInt128 End, UInt128 Walked, ulong DistanceNano, ulong WidthNano)
{
    private readonly UInt128 _divisor = 2 * (End - Start) * Femto.PerMicro;

    /// <summary>Cost of walking as far as a size within the band, femto-dollars.</summary>
    /// <param name="size">Femto-dollars; in (<see cref="Start"/>, <see cref="End"/>].</param>
    internal UInt128 Cost(UInt128 size)
    {
        unchecked // sizes below 2^93, costs below 2^95
        {
            UInt128 taken = size - Start;
            UInt128 ramp = WideWhole.Product(taken, taken).Times(WidthNano).DivideDown(_divisor);
            return Walked + ramp + (DistanceNano == 0 ? 0 : LineNano.Times(taken, DistanceNano));
        }
    }
}

/// <summary>Cost of closing vega of one tenor.</summary>
internal readonly struct VegaBucket
{
    private readonly RatioRoot _volume;
    private readonly ulong _halfSpreadNano;

    /// <summary>Prepares a tenor.</summary>
    internal VegaBucket(VegaTerms terms) =>
        (_volume, _halfSpreadNano) = (new RatioRoot((UInt128)terms.VolumeDailyMicroUsd), (ulong)terms.HalfSpreadNano);

    /// <summary>Tries to compute the cost, femto-dollars.</summary>
    /// <param name="vega">Magnitude, micro-dollars per 1.00; below 2^53.</param>
    /// <param name="charge">The cost.</param>
    internal bool TryClose(ulong vega, out UInt128 charge)
    {
        // √(v³ ÷ d) of femto-dollars is v·√(v ÷ d) with the ratio in micro-dollars
        UInt128 femto = Math.BigMul(vega, (ulong)Femto.PerMicro);
        bool isHere = _volume.TryDown(femto, vega, out UInt128 root);
        charge = isHere ? LineNano.Times(unchecked(femto + root), _halfSpreadNano) : 0; // 2^83 + 2^92
        return isHere;
    }
}

/// <summary>Products with fractions in units of 1e-9.</summary>
internal static class LineNano
{
    /// <summary>One, in these units; also femto-dollars in a micro-dollar.</summary>
    internal static readonly WholeDivisor One = new((ulong)Femto.PerMicro);

    /// <summary>amount × nano-fraction, rounded down.</summary>
    /// <param name="amount">Amount, any unit; below 2^95.</param>
    /// <param name="nano">Fraction, units of 1e-9; below 2^32.</param>
    internal static UInt128 Times(UInt128 amount, ulong nano) => One.Down(unchecked(amount * nano));
}
