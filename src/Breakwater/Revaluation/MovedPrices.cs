using System.Runtime.Intrinsics;
using Breakwater.Numerics;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Revaluation;

/// <summary>Prices and volatilities of one underlying in a run of scenarios: structure of arrays, one expiry at a
/// time.</summary>
/// <remarks>
/// Spot S' = S·e^x, perpetual P' = P·e^{x + p}, forward F' = F·e^{x + q}; in advanced time the last day's basis and
/// shock fade with the time left (<see cref="BasisDynamics"/>), and what has expired settles at S'. Sticky moneyness
/// reads the shocked surface at k' = ln(K/F'), sticky strike at k' + x (METHODOLOGY 2.5). Surfaces are shocked scenario
/// by scenario, then read in vectors of scenarios (<see cref="DeviationKernel{TLanes, TVector}"/>).
/// </remarks>
internal sealed class MovedPrices
{
    private const int Times = 2;

    private readonly UnderlyingPlan _plan;
    private readonly ScenarioSet _set;
    private readonly int _first;
    private readonly int _count;
    private readonly int _stride; // the count in whole cells
    private readonly double[] _returns;
    private readonly double[] _sticks;
    private readonly double[] _spots;
    private readonly double[] _perpetualGrowths;
    private readonly ShockedSlices? _slices;

    // Of the expiry moved last.
    private readonly double[] _moves;
    private readonly double[] _forwards;
    private readonly double[] _logMoneyness;
    private readonly double[] _deviations;

    /// <summary>Moves spot, perpetuals and surface of an underlying through a run of scenarios.</summary>
    /// <param name="plan">The underlying.</param>
    /// <param name="set">The scenario set.</param>
    /// <param name="first">First scenario.</param>
    /// <param name="count">Number of scenarios.</param>
    internal MovedPrices(UnderlyingPlan plan, ScenarioSet set, int first, int count)
    {
        _plan = plan;
        _set = set;
        _first = first;
        _count = count;
        _stride = ShockedSlices.Rounded(count);
        _returns = new double[_stride];
        _sticks = new double[_stride];
        _spots = new double[_stride];
        _perpetualGrowths = new double[_stride];
        _moves = new double[Times * _stride];
        _forwards = new double[Times * _stride];
        _logMoneyness = new double[plan.OptionCountMax * Times * _stride];
        _deviations = new double[plan.OptionCountMax * Times * _stride];
        if (plan.Surface is not null) _slices = new ShockedSlices(plan.Surface.Svi.Length, count);
        SviParameters[] shocked = new SviParameters[plan.Surface?.Svi.Length ?? 0];
        for (int place = 0; place < count; place++)
        {
            Move(place, shocked);
        }
    }

    /// <summary>[scenario] spot, USD.</summary>
    internal ReadOnlySpan<double> Spots => _spots.AsSpan(0, _count);

    /// <summary>[scenario] factor by which perpetuals move.</summary>
    internal ReadOnlySpan<double> PerpetualGrowths => _perpetualGrowths.AsSpan(0, _count);

    /// <summary>[scenario] forward of the expiry moved last at one time, USD; the spot once settled.</summary>
    /// <param name="time">Which time.</param>
    internal ReadOnlySpan<double> Forwards(RevaluationTime time) => Line(_forwards, time)[.._count];

    /// <summary>[scenario] ln(K/forward) of an option of the expiry moved last at one time.</summary>
    /// <param name="legIndex">Index of the option in its expiry.</param>
    /// <param name="time">Which time.</param>
    internal ReadOnlySpan<double> LogMoneyness(int legIndex, RevaluationTime time) =>
        Lines.LogMoneyness(legIndex, time)[.._count];

    /// <summary>[scenario] total standard deviation of an option of the expiry moved last at one time; 0 once
    /// settled.</summary>
    /// <param name="legIndex">Index of the option in its expiry.</param>
    /// <param name="time">Which time.</param>
    internal ReadOnlySpan<double> Deviations(int legIndex, RevaluationTime time) =>
        Lines.Deviations(legIndex, time)[.._count];

    private OptionLines Lines => new(_logMoneyness, _deviations, _stride);

    /// <summary>Moves one expiry: its lines are read until the next is moved.</summary>
    /// <param name="expiryIndex">The expiry.</param>
    internal void MoveExpiry(int expiryIndex)
    {
        ExpiryPlan expiry = _plan.Expiries[expiryIndex];
        ExpiryTime advanced = expiry.Advanced(_set.Horizon);
        Span<double> frozenMoves = Line(_moves, RevaluationTime.Frozen);
        Span<double> advancedMoves = Line(_moves, RevaluationTime.Advanced);
        for (int place = 0; place < _count; place++)
        {
            double basisShock = expiry.Basis.Shock(_set.Row(_first + place), _plan.UnderlyingIndex);
            frozenMoves[place] = expiry.LogMove(expiry.Frozen, _returns[place], basisShock);
            advancedMoves[place] = expiry.LogMove(advanced, _returns[place], basisShock);
        }

        Span<double> frozen = Line(_forwards, RevaluationTime.Frozen);
        Span<double> after = Line(_forwards, RevaluationTime.Advanced);
        Grow(expiry.ForwardUsd, frozenMoves, frozen);
        if (advanced.IsSettled) _spots.CopyTo(after);
        else if (expiry.HasOneMove(advanced)) frozen.CopyTo(after);
        else Grow(expiry.ForwardUsd, advancedMoves, after);
        if (!expiry.IsOptions) return;
        Deviate(
            new ExpiryTimes(expiry, advanced, _plan.Surface!.SliceYears.AsSpan()), // planned with its options
            new LogMoves(frozenMoves, advancedMoves, _sticks));
    }

    private Span<double> Line(double[] lines, RevaluationTime time) => lines.AsSpan((int)time * _stride, _stride);

    private static void Grow(double fromUsd, ReadOnlySpan<double> moves, Span<double> forwards)
    {
        VectorMath.Exp(moves, forwards);
        for (int place = 0; place < forwards.Length; place++) forwards[place] = fromUsd * forwards[place];
    }

    private void Deviate(in ExpiryTimes times, in LogMoves moves)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            DeviationKernel<Vector512Lanes, Vector512<double>>.Fill(times, _slices!, moves, Lines);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            DeviationKernel<Vector256Lanes, Vector256<double>>.Fill(times, _slices!, moves, Lines);
        }
        else
        {
            DeviationKernel<ScalarLanes, double>.Fill(times, _slices!, moves, Lines);
        }
    }

    private void Move(int place, Span<SviParameters> shocked)
    {
        ReadOnlySpan<long> factors = _set.Row(_first + place);
        double x = Value(factors[_plan.ReturnColumn]);
        _returns[place] = x;
        _sticks[place] = _set.Scenarios[_first + place].IsStickyStrike ? x : 0.0;
        _spots[place] = _plan.IndexUsd * DeterministicMath.Exp(x);
        if (_plan.UnderlyingIndex < 0) return;
        int column = FactorLayout.Column(_plan.UnderlyingIndex, RiskFactorKind.SpotReturn);
        _perpetualGrowths[place] =
            DeterministicMath.Exp(x + Value(factors[column + (int)RiskFactorKind.PerpetualBasis]));
        if (_plan.Surface is null) return;
        SmileShock shock = new(Value(factors[column + (int)RiskFactorKind.VolatilityLevel]),
            Value(factors[column + (int)RiskFactorKind.SkewTwist]),
            Value(factors[column + (int)RiskFactorKind.SmileTwist]));
        SurfaceShock.Apply(_plan.Surface, shock, shocked);
        _slices!.Set(place, shocked); // there is a surface
    }

    private static double Value(long nano) => nano / (double)ScenarioSet.NanoOne;
}
