using Breakwater.Numerics;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Revaluation;

/// <summary>Prices and volatilities of one underlying in a run of scenarios: structure of arrays, made scenario by
/// scenario, read instrument by instrument.</summary>
/// <remarks>
/// Spot S' = S·e^x, perpetual P' = P·e^{x + p}, forward F' = F·e^{x + q}; in advanced time the last day's basis and
/// shock fade with the time left (<see cref="BasisDynamics"/>), and what has expired settles at S'. Sticky moneyness
/// reads the shocked surface at k' = ln(K/F'), sticky strike at k' + x (METHODOLOGY 2.5). The shocked slices of a
/// scenario stay in the L1 cache while every option reads them.
/// </remarks>
internal sealed class MovedPrices
{
    private const int Times = 2;

    private readonly UnderlyingPlan _plan;
    private readonly ScenarioSet _set;
    private readonly int _first;
    private readonly double[] _spots;
    private readonly double[] _perpetualGrowths;
    private readonly double[] _forwards;
    private readonly double[] _logMoneyness;
    private readonly double[] _deviations;

    /// <summary>Moves an underlying through a run of scenarios.</summary>
    /// <param name="plan">The underlying.</param>
    /// <param name="set">The scenario set.</param>
    /// <param name="first">First scenario.</param>
    /// <param name="count">Number of scenarios.</param>
    internal MovedPrices(UnderlyingPlan plan, ScenarioSet set, int first, int count)
    {
        _plan = plan;
        _set = set;
        _first = first;
        _spots = new double[count];
        _perpetualGrowths = new double[count];
        _forwards = new double[plan.Expiries.Length * Times * count];
        _logMoneyness = new double[plan.DatedLegCount * Times * count];
        _deviations = new double[plan.DatedLegCount * Times * count];
        SviParameters[] shocked = new SviParameters[plan.Surface?.Svi.Length ?? 0];
        for (int place = 0; place < count; place++)
        {
            Move(place, shocked);
        }
    }

    /// <summary>[scenario] spot, USD.</summary>
    internal ReadOnlySpan<double> Spots => _spots;

    /// <summary>[scenario] factor by which perpetuals move.</summary>
    internal ReadOnlySpan<double> PerpetualGrowths => _perpetualGrowths;

    /// <summary>[scenario] forward of an expiry at one time, USD; the spot once settled.</summary>
    internal ReadOnlySpan<double> Forwards(int expiryIndex, RevaluationTime time) => Line(_forwards, expiryIndex, time);

    /// <summary>[scenario] ln(K/forward) of an option at one time.</summary>
    internal ReadOnlySpan<double> LogMoneyness(int datedLegIndex, RevaluationTime time) =>
        Line(_logMoneyness, datedLegIndex, time);

    /// <summary>[scenario] total standard deviation of an option at one time; 0 once settled.</summary>
    internal ReadOnlySpan<double> Deviations(int datedLegIndex, RevaluationTime time) =>
        Line(_deviations, datedLegIndex, time);

    private Span<double> Line(double[] lines, int index, RevaluationTime time) =>
        lines.AsSpan(((index * Times) + (int)time) * _spots.Length, _spots.Length);

    private void Move(int place, Span<SviParameters> shocked)
    {
        ReadOnlySpan<long> factors = _set.Row(_first + place);
        double x = Value(factors[_plan.ReturnColumn]);
        bool isSticky = _set.Scenarios[_first + place].IsStickyStrike;
        _spots[place] = _plan.IndexUsd * DeterministicMath.Exp(x);
        if (_plan.UnderlyingIndex < 0) return;
        int column = FactorLayout.Column(_plan.UnderlyingIndex, RiskFactorKind.SpotReturn);
        _perpetualGrowths[place] =
            DeterministicMath.Exp(x + Value(factors[column + (int)RiskFactorKind.PerpetualBasis]));
        if (_plan.Surface is not null)
        {
            SmileShock shock = new(Value(factors[column + (int)RiskFactorKind.VolatilityLevel]),
                Value(factors[column + (int)RiskFactorKind.SkewTwist]),
                Value(factors[column + (int)RiskFactorKind.SmileTwist]));
            SurfaceShock.Apply(_plan.Surface, shock, shocked);
        }

        int leg = 0;
        for (int expiry = 0; expiry < _plan.Expiries.Length; expiry++)
        {
            double basisShock = _plan.Expiries[expiry].Basis.Shock(factors, _plan.UnderlyingIndex);
            MoveExpiry(expiry, leg, place, x, basisShock, isSticky ? x : 0.0, shocked);
            leg += _plan.Expiries[expiry].Legs.Length;
        }
    }

    private void MoveExpiry(
        int expiryIndex,
        int leg,
        int place,
        double x,
        double basisShock,
        double stick,
        ReadOnlySpan<SviParameters> shocked)
    {
        ExpiryPlan expiry = _plan.Expiries[expiryIndex];
        ExpiryTime advanced = expiry.Advanced(_set.Horizon);
        double frozenMove = expiry.LogMove(expiry.Frozen, x, basisShock);
        double advancedMove = expiry.LogMove(advanced, x, basisShock);
        double forward = expiry.ForwardUsd * DeterministicMath.Exp(frozenMove);
        Line(_forwards, expiryIndex, RevaluationTime.Frozen)[place] = forward;
        Line(_forwards, expiryIndex, RevaluationTime.Advanced)[place] = advanced.IsSettled ? _spots[place]
            : advancedMove == frozenMove ? forward
            : expiry.ForwardUsd * DeterministicMath.Exp(advancedMove);
        if (!expiry.IsOptions) return;
        ReadOnlySpan<ExpiryLeg> legs = expiry.Legs.AsSpan();
        for (int i = 0; i < legs.Length; i++)
        {
            double frozenK = legs[i].LogStrikeOverForward - frozenMove;
            double advancedK = legs[i].LogStrikeOverForward - advancedMove;
            (double sooner, double later) = Variances(expiry, advanced, shocked, advancedK + stick, frozenK + stick);
            Line(_logMoneyness, leg + i, RevaluationTime.Frozen)[place] = frozenK;
            Line(_logMoneyness, leg + i, RevaluationTime.Advanced)[place] = advancedK;
            Line(_deviations, leg + i, RevaluationTime.Frozen)[place] = Math.Sqrt(later * expiry.Frozen.VarianceFactor);
            Line(_deviations, leg + i, RevaluationTime.Advanced)[place] = Math.Sqrt(sooner * advanced.VarianceFactor);
        }
    }

    private (double Advanced, double Frozen) Variances(
        ExpiryPlan expiry,
        in ExpiryTime advanced,
        ReadOnlySpan<SviParameters> shocked,
        double advancedK,
        double frozenK)
    {
        ReadOnlySpan<double> years = _plan.Surface!.SliceYears.AsSpan();
        double frozenYears = expiry.Frozen.RemainingYears;
        if (advancedK == frozenK && !advanced.IsSettled)
        {
            return SurfaceEvaluation.TotalVariances(shocked, years, frozenK, advanced.RemainingYears, frozenYears);
        }

        double sooner = advanced.IsSettled
            ? 0.0
            : SurfaceEvaluation.TotalVariance(shocked, years, advancedK, advanced.RemainingYears);
        return (sooner, SurfaceEvaluation.TotalVariance(shocked, years, frozenK, frozenYears));
    }

    private static double Value(long nano) => nano / (double)ScenarioSet.NanoOne;
}
