using Breakwater.Parameters;

namespace Breakwater.Scenarios;

/// <summary>Hourly paths of block B's jump diffusion (METHODOLOGY 3.4).</summary>
internal static class SimulatedPaths
{
    /// <summary>Paths over a horizon, not yet compensated.</summary>
    /// <param name="inputs">Volatilities, jumps and parameters.</param>
    /// <param name="horizon">Horizon, the same for all underlyings.</param>
    /// <param name="content">Whether volatility is wanted.</param>
    internal static PathBlock Of(ScenarioInputs inputs, HorizonInputs horizon, PathContent content)
    {
        StressedCorrelation correlation = StressedCorrelation.Of(
            CorrelationEstimate.Of(inputs).Matrix, inputs.Count, inputs.Parameters.Scenarios);
        JumpDiffusion model = new(inputs, correlation, horizon);
        int length = horizon.HoursMaximum + 1;
        double[] returns = new double[MonteCarloBlock.Count * inputs.Count * length];
        double[] regimes = new double[MonteCarloBlock.Count];
        for (int eighth = 0; eighth < MonteCarloBlock.Eighths; eighth++)
        {
            model.FillPaths(eighth, inputs.KeysOfEighths()[eighth], returns, regimes);
        }

        for (int place = 0; place < returns.Length; place++)
        {
            returns[place] = place % length == 0 ? 0d : returns[place] + returns[place - 1];
        }

        return new PathBlock(
            MonteCarloBlock.Weights(model.JumpProbability),
            returns,
            content == PathContent.Spot ? [] : Levels(inputs, returns, regimes, horizon.HoursMaximum));
    }

    private static double[] Levels(ScenarioInputs inputs, double[] returns, double[] regimes, int hours)
    {
        const int Points = MonteCarloBlock.Count / MonteCarloBlock.Eighths;
        double[] levels = new double[returns.Length];
        for (int path = 0; path < regimes.Length; path++)
        {
            ScenarioRandom random = new(inputs.KeysOfEighths()[path / Points], ScenarioBlock.B);
            for (int underlying = 0; underlying < inputs.Count; underlying++)
            {
                int place = ((path * inputs.Count) + underlying) * (hours + 1);
                new VolatilityWalk(inputs, underlying, regimes[path]).Fill(
                    returns.AsSpan(place, hours + 1), (uint)path, random, levels.AsSpan(place, hours + 1));
            }
        }

        return levels;
    }
}

/// <summary>Level of volatility along one path of one underlying: at every hour the law of the scenario sets given the
/// return so far.</summary>
internal readonly struct VolatilityWalk
{
    private const double YearHours = 8760d;

    private readonly UnderlyingInputs _input;
    private readonly ScenarioParameters _parameters;
    private readonly double _correlation;
    private readonly uint _factor;

    /// <summary>A walk.</summary>
    /// <param name="inputs">Volatilities and parameters.</param>
    /// <param name="underlying">Index of the underlying.</param>
    /// <param name="regime">Uniform number of the spot–volatility regime.</param>
    internal VolatilityWalk(ScenarioInputs inputs, int underlying, double regime)
    {
        _input = inputs.Underlyings[underlying];
        _parameters = inputs.Parameters.Scenarios;
        _correlation = FactorLaws.SpotVolatilityCorrelation(regime, _input.Parameters.RiskClass, _parameters);
        _factor = ScenarioRandom.PathVolatilityFactor + (uint)underlying;
    }

    /// <summary>Fills the levels.</summary>
    /// <param name="returns">[hours + 1] log returns since now.</param>
    /// <param name="scenario">Counter of the random numbers.</param>
    /// <param name="random">Random numbers.</param>
    /// <param name="levels">[hours + 1] filled: u, 0 at hour 0.</param>
    internal void Fill(ReadOnlySpan<double> returns, uint scenario, ScenarioRandom random, Span<double> levels)
    {
        double deviation = _input.VolatilityAnnual / Math.Sqrt(YearHours);
        double noise = 0d;
        levels[0] = 0d;
        for (int hour = 1; hour < levels.Length; hour++)
        {
            double root = Math.Sqrt(hour);
            noise += random.Normal(scenario, _factor, (uint)hour);
            levels[hour] = _input.VolatilityShockRatio * FactorLaws.VolatilityLevel(
                returns[hour] / (deviation * root), _correlation, noise / root,
                _input.Parameters.Jumps.VolatilityOfVolatilityAnnual, _parameters.VolatilityReversionAnnual,
                hour / YearHours);
        }
    }
}
