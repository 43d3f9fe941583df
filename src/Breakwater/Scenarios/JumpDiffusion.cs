using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Scenarios;

/// <summary>Simulates joint hourly paths to the ends of the horizons (METHODOLOGY 3.4).</summary>
/// <remarks>
/// Sobol dimensions, in order: one terminal per series; jump kind; correlation regime; spot–volatility regime; one
/// volatility noise per underlying; then up to three further bridge nodes per series. Everything else is Philox.
/// </remarks>
internal sealed class JumpDiffusion
{
    private const double YearHours = 8760d;
    private const int BridgeSobolLevels = 4;
    private const int Stratum = MonteCarloBlock.StratumCount;

    private readonly ScenarioInputs _inputs;
    private readonly StressedCorrelation _correlation;
    private readonly HorizonInputs _horizon;
    private readonly JumpLaw _jumps;
    private readonly StudentMap _map;
    private readonly BrownianBridge _bridge;
    private readonly double[] _hourlyDeviations;
    private readonly double[] _paths;
    private readonly double[] _normals;
    private readonly double[] _returns;
    private readonly double[] _increments;
    private readonly double[] _noises;

    public JumpDiffusion(ScenarioInputs inputs, StressedCorrelation correlation, HorizonInputs horizon)
    {
        ScenarioParameters parameters = inputs.Parameters.Scenarios;
        _inputs = inputs;
        _correlation = correlation;
        _horizon = horizon;
        _jumps = new JumpLaw(inputs);
        _map = StudentMap.Of(parameters.CopulaDegrees, parameters.InnovationDegrees);
        _bridge = BrownianBridge.Over(horizon.Hours);
        _hourlyDeviations = new double[inputs.Count];
        for (int underlying = 0; underlying < inputs.Count; underlying++)
        {
            double variance = horizon.VolatilitiesAnnual[underlying] * horizon.VolatilitiesAnnual[underlying];
            double diffusion = Math.Max(
                variance - _jumps.VarianceAnnual(underlying), parameters.DiffusionShareMinimum * variance);
            _hourlyDeviations[underlying] = Math.Sqrt(diffusion / YearHours);
        }

        _paths = new double[inputs.Count * (horizon.HoursMaximum + 1)];
        _normals = new double[_bridge.Nodes.Length];
        _returns = new double[inputs.Count];
        _increments = new double[_paths.Length];
        _noises = new double[inputs.Count];
        JumpProbability = -DeterministicMath.Expm1(-_jumps.ExpectedCount(horizon.HoursMaximum));
    }

    /// <summary>Probability of at least one event within the longest horizon.</summary>
    public double JumpProbability { get; }

    /// <summary>Fills the rows of one eighth: first the stratum without, then the one with a jump.</summary>
    /// <param name="eighth">Its index: points of the nets are numbered through all eighths.</param>
    /// <param name="key">Its key of Philox, also the seed of its scrambling.</param>
    /// <param name="rows">[point × factor] filled.</param>
    public void FillEighth(int eighth, ulong key, double[] rows)
    {
        int width = _inputs.Layout.Count;
        Walk(eighth, key, (point, scenario, sobol, random) =>
        {
            Span<double> row = rows.AsSpan(point * width, width);
            row.Clear();
            FillRow(row, scenario, sobol, random);
        });
    }

    /// <summary>Fills the hourly log returns of one eighth, point by point as in the rows.</summary>
    /// <param name="eighth">Its index.</param>
    /// <param name="key">Its key of Philox.</param>
    /// <param name="increments">[all points × underlying × (hours + 1)] those of the eighth are filled: log return of
    /// each hour; entry 0 of each path is 0.</param>
    /// <param name="regimes">[all points] likewise: uniform number of the spot–volatility regime.</param>
    public void FillPaths(int eighth, ulong key, double[] increments, double[] regimes) =>
        Walk(eighth, key, (point, _, sobol, _) =>
        {
            int place = (eighth * 2 * Stratum) + point;
            _increments.CopyTo(increments, place * _increments.Length);
            regimes[place] = sobol.Uniform(_inputs.Count + 2);
        });

    private void Walk(int eighth, ulong key, Action<int, uint, SobolPoint, ScenarioRandom> visit)
    {
        ScenarioRandom random = new(key, ScenarioBlock.B);
        int[] sizeStrata = JumpOrder(eighth, random);
        for (int point = 0; point < 2 * Stratum; point++)
        {
            bool hasJump = point >= Stratum;
            SobolPoint sobol = new(
                (uint)((eighth * Stratum) + (point % Stratum)), unchecked(key + (hasJump ? 1UL : 0UL)));
            uint scenario = (uint)((eighth * 2 * Stratum) + point);
            Diffuse(scenario, sobol, random);
            if (hasJump)
            {
                Jump(scenario, sobol, sizeStrata[point - Stratum], random);
            }

            visit(point, scenario, sobol, random);
        }
    }

    private int VolatilityDimension => _inputs.Count + 3;

    private int BridgeDimension => (2 * _inputs.Count) + 3;

    private void Diffuse(uint scenario, SobolPoint sobol, ScenarioRandom random)
    {
        int length = _horizon.HoursMaximum + 1;
        for (int series = 0; series < _inputs.Count; series++)
        {
            for (int node = 0; node < _normals.Length; node++)
            {
                _normals[node] = node == 0
                    ? sobol.Normal(series)
                    : node < BridgeSobolLevels
                        ? sobol.Normal(BridgeDimension + ((node - 1) * _inputs.Count) + series)
                        : random.Normal(
                            scenario, ScenarioRandom.SeriesFactor + (uint)series, (uint)_bridge.Nodes[node].Hour);
            }

            _bridge.Fill(_normals, _paths.AsSpan(series * length, length));
        }

        Array.Clear(_returns);
        Array.Clear(_increments);
        int regime = _correlation.RegimeOf(sobol.Uniform(_inputs.Count + 1));
        ReadOnlySpan<double> factor = _correlation.Factors[regime].AsSpan();
        int degrees = _inputs.Parameters.Scenarios.CopulaDegrees;
        for (int hour = 1; hour < length; hour++)
        {
            double mixing = Math.Sqrt(degrees / random.ChiSquare(scenario, (uint)hour, degrees));
            for (int underlying = 0; underlying < _inputs.Count; underlying++)
            {
                if (hour <= _horizon.Hours[underlying])
                {
                    double step = Step(factor, underlying, hour, length);
                    double move = _hourlyDeviations[underlying] * _map.Of(step * mixing);
                    _returns[underlying] += move;
                    _increments[(underlying * length) + hour] = move;
                }
            }
        }
    }

    // Correlated standard normal innovation of one hour: row of the Cholesky factor times the steps of the series.
    private double Step(ReadOnlySpan<double> factor, int underlying, int hour, int length)
    {
        double step = 0d;
        for (int series = 0; series <= underlying; series++)
        {
            int at = (series * length) + hour;
            step += factor[(underlying * _inputs.Count) + series] * (_paths[at] - _paths[at - 1]);
        }

        return step;
    }

    private void Jump(uint scenario, SobolPoint sobol, int sizeStratum, ScenarioRandom random)
    {
        int count = CountOf(random.Uniform(scenario, ScenarioRandom.JumpCountFactor, 0));
        for (int jump = 0; jump < count; jump++)
        {
            (uint time, uint kindWord, uint sizeWord, _) =
                random.Words(scenario, ScenarioRandom.JumpMarkFactor, (uint)jump);
            int hour = 1 + (int)(Philox4x32.ToUniform(time) * _horizon.HoursMaximum);
            int kind = _jumps.KindOf(jump == 0 ? sobol.Uniform(_inputs.Count) : Philox4x32.ToUniform(kindWord));
            double uniform = Philox4x32.ToUniform(sizeWord);
            double size = jump == 0 ? (sizeStratum + uniform) / Stratum : uniform;
            for (int underlying = 0; underlying < _inputs.Count; underlying++)
            {
                if (hour <= _horizon.Hours[underlying])
                {
                    double own = random.Uniform(scenario, ScenarioRandom.JumpOwnFactor + (uint)underlying, (uint)jump);
                    double move = _jumps.Move(underlying, kind, size, own);
                    _returns[underlying] += move;
                    _increments[(underlying * (_horizon.HoursMaximum + 1)) + hour] += move;
                }
            }
        }
    }

    // Inverse of the Poisson law given at least one event.
    private int CountOf(double uniform)
    {
        const int CountMaximum = 64;
        double mean = _jumps.ExpectedCount(_horizon.HoursMaximum);
        if (mean <= 0d)
        {
            return 0;
        }

        double probability = mean * DeterministicMath.Exp(-mean) / JumpProbability;
        double cumulative = probability;
        int count = 1;
        while (cumulative < uniform && count < CountMaximum)
        {
            count++;
            probability *= mean / count;
            cumulative += probability;
        }

        return count;
    }

    private void FillRow(Span<double> row, uint scenario, SobolPoint sobol, ScenarioRandom random)
    {
        ScenarioParameters parameters = _inputs.Parameters.Scenarios;
        ReadOnlySpan<double> factor = _correlation.Factors[0].AsSpan();
        double regime = sobol.Uniform(_inputs.Count + 2);
        for (int underlying = 0; underlying < _inputs.Count; underlying++)
        {
            UnderlyingInputs input = _inputs.Underlyings[underlying];
            _noises[underlying] = sobol.Normal(VolatilityDimension + underlying);
            double noise = 0d;
            for (int series = 0; series <= underlying; series++)
            {
                noise += factor[(underlying * _inputs.Count) + series] * _noises[series];
            }

            row[FactorLayout.Column(underlying, RiskFactorKind.SpotReturn)] = _returns[underlying];
            row[FactorLayout.Column(underlying, RiskFactorKind.VolatilityLevel)] = input.VolatilityShockRatio
                * FactorLaws.VolatilityLevel(
                    _returns[underlying] / _horizon.Deviations[underlying],
                    FactorLaws.SpotVolatilityCorrelation(regime, input.Parameters.RiskClass, parameters),
                    noise, input.Parameters.Jumps.VolatilityOfVolatilityAnnual,
                    parameters.VolatilityReversionAnnual, _horizon.Years(underlying));
            FactorLaws.FillTwistsAndBasis(
                row, underlying, _horizon.Days(underlying), input.VolatilityShockRatio, _inputs.Parameters.FactorLaws,
                column => random.Normal(scenario, (uint)column, 0));
        }
    }

    // A random order of the 128 strata of the size of the first jump, so that sizes fill their law evenly.
    private static int[] JumpOrder(int eighth, ScenarioRandom random)
    {
        int[] order = new int[Stratum];
        uint[] keys = new uint[Stratum];
        for (int point = 0; point < Stratum; point++)
        {
            order[point] = point;
            keys[point] = random.Words((uint)eighth, ScenarioRandom.JumpOrderFactor, (uint)point).X0;
        }

        Array.Sort(order, (left, right) =>
            keys[left] != keys[right] ? keys[left].CompareTo(keys[right]) : left.CompareTo(right));
        return order;
    }

    /// <summary>One point of a scrambled net.</summary>
    private readonly record struct SobolPoint(uint Index, ulong Seed)
    {
        public double Uniform(int dimension) => SobolSequence.ScrambledPoint(Index, dimension, Seed);

        public double Normal(int dimension) => NormalDistribution.InverseCdf(Uniform(dimension));
    }
}
