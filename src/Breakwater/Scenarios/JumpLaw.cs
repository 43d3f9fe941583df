using System.Collections.Immutable;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Scenarios;

/// <summary>Jumps of all underlyings: common ones and single ones (METHODOLOGY 3.4).</summary>
/// <remarks>
/// Events arrive as one Poisson process. A common event moves every underlying by β·J + own, J the leader's jump, own a
/// symmetric double exponential that tops up the second moment, so that each underlying keeps its own rate and E[J²].
/// </remarks>
internal sealed record JumpLaw
{
    private const double YearHours = 8760d;

    private readonly ImmutableArray<JumpParameters> _jumps;
    private readonly ImmutableArray<double> _scales;
    private readonly ImmutableArray<double> _betas;
    private readonly ImmutableArray<double> _ownMeans;
    private readonly ImmutableArray<double> _cumulativeRates;
    private readonly int _leader;

    public JumpLaw(ScenarioInputs inputs)
    {
        ScenarioParameters parameters = inputs.Parameters.Scenarios;
        _leader = inputs.Leader;
        _jumps = [.. inputs.Underlyings.Select(input => input.Parameters.Jumps)];
        _scales = [.. inputs.Underlyings.Select(input => input.JumpScale(parameters))];
        double leaderMoment = _jumps[_leader].SecondMoment;
        _betas = [.. _jumps.Select((jump, index) => index == _leader
            ? 1d
            : Math.Min(jump.Beta, Math.Sqrt(jump.SecondMoment / leaderMoment)))];
        _ownMeans = [.. _jumps.Select((jump, index) => Math.Sqrt(0.5 * Math.Max(
            0d, jump.SecondMoment - (_betas[index] * _betas[index] * leaderMoment))))];
        double common = parameters.CommonJumpFraction * _jumps.Min(jump => jump.RateAnnual);
        double sum = common;
        ImmutableArray<double>.Builder rates = ImmutableArray.CreateBuilder<double>();
        rates.Add(common);
        foreach (JumpParameters jump in _jumps)
        {
            sum += jump.RateAnnual - common;
            rates.Add(sum);
        }

        _cumulativeRates = rates.ToImmutable();
    }

    /// <summary>Expected number of events over some hours.</summary>
    /// <param name="hours">Hours; ≥ 0.</param>
    public double ExpectedCount(double hours) => _cumulativeRates[^1] * hours / YearHours;

    /// <summary>λ·E[J²] of one underlying, per year, at today's scale: its share of the variance budget.</summary>
    public double VarianceAnnual(int underlying) =>
        _scales[underlying] * _scales[underlying] * _jumps[underlying].RateAnnual * _jumps[underlying].SecondMoment;

    /// <summary>Underlying a single event hits; −1 if the event is common.</summary>
    /// <param name="uniform">Uniform number in (0, 1).</param>
    public int KindOf(double uniform)
    {
        double level = uniform * _cumulativeRates[^1];
        int kind = 0;
        while (kind < _cumulativeRates.Length - 1 && level >= _cumulativeRates[kind])
        {
            kind++;
        }

        return kind - 1;
    }

    /// <summary>Log return of one underlying in an event.</summary>
    /// <param name="underlying">The underlying.</param>
    /// <param name="kind">Result of <see cref="KindOf"/>.</param>
    /// <param name="size">Uniform number of the size, common to all underlyings; small ones are falls.</param>
    /// <param name="own">Uniform number of the own part of a common event.</param>
    public double Move(int underlying, int kind, double size, double own)
    {
        if (kind >= 0)
        {
            return kind == underlying ? _scales[underlying] * Size(_jumps[underlying], size) : 0d;
        }

        double common = _betas[underlying] * Size(_jumps[_leader], size);
        return _scales[underlying] * (common + Laplace(_ownMeans[underlying], own));
    }

    // Inverse distribution function of Kou's law: falls below DownProbability.
    private static double Size(JumpParameters jump, double uniform) => uniform < jump.DownProbability
        ? jump.MeanDown * DeterministicMath.Log(uniform / jump.DownProbability)
        : -jump.MeanUp * DeterministicMath.Log((1d - uniform) / (1d - jump.DownProbability));

    private static double Laplace(double mean, double uniform) => uniform < 0.5
        ? mean * DeterministicMath.Log(2d * uniform)
        : -mean * DeterministicMath.Log(2d * (1d - uniform));
}
