using Breakwater.Numerics;

namespace Breakwater.Scenarios;

/// <summary>Numbers of METHODOLOGY 3.7: a pure function of (scenario, factor, step, block) under a key.</summary>
/// <param name="Key">Key of Philox.</param>
/// <param name="Block">Block, the last word of the counter.</param>
internal readonly record struct ScenarioRandom(ulong Key, ScenarioBlock Block)
{
    /// <summary>First factor number beyond the columns of a layout: chi-square mixing of the t-copula.</summary>
    public const uint MixingFactor = 0x1_0000;

    /// <summary>Factor numbers of the diffusion series beyond their Sobol points.</summary>
    public const uint SeriesFactor = 0x2_0000;

    /// <summary>Factor number of the count of jumps.</summary>
    public const uint JumpCountFactor = 0x3_0000;

    /// <summary>Factor number of a jump's time, kind and size: words 0, 1 and 2 of one block.</summary>
    public const uint JumpMarkFactor = 0x3_0001;

    /// <summary>Factor numbers of the own part of a common jump.</summary>
    public const uint JumpOwnFactor = 0x4_0000;

    /// <summary>Factor number of the permutation that stratifies jump sizes.</summary>
    public const uint JumpOrderFactor = 0x5_0000;

    /// <summary>Factor number of the regime of spot–volatility correlation.</summary>
    public const uint RegimeFactor = 0x6_0000;

    /// <summary>Factor numbers of the hourly noise of volatility along a path, by underlying.</summary>
    public const uint PathVolatilityFactor = 0x7_0000;

    /// <summary>Factor numbers of the hourly residual of a path that stands in for a missing history.</summary>
    public const uint PathResidualFactor = 0x8_0000;

    /// <summary>Uniform number in (0, 1): word 0 of the block.</summary>
    public double Uniform(uint scenario, uint factor, uint step) =>
        Philox4x32.ToUniform(Words(scenario, factor, step).X0);

    /// <summary>Standard normal number by inversion.</summary>
    public double Normal(uint scenario, uint factor, uint step) =>
        NormalDistribution.InverseCdf(Uniform(scenario, factor, step));

    /// <summary>All four words.</summary>
    public (uint X0, uint X1, uint X2, uint X3) Words(uint scenario, uint factor, uint step) =>
        Philox4x32.Block(scenario, factor, step, (uint)Block, Key);

    /// <summary>Chi-square number: sum of squared normals, four from each block.</summary>
    /// <param name="scenario">Scenario.</param>
    /// <param name="step">Step.</param>
    /// <param name="degrees">Degrees of freedom; ≥ 1.</param>
    public double ChiSquare(uint scenario, uint step, int degrees)
    {
        double sum = 0d;
        (uint X0, uint X1, uint X2, uint X3) words = default;
        for (int index = 0; index < degrees; index++)
        {
            if (index % 4 == 0)
            {
                words = Words(scenario, MixingFactor + (uint)(index / 4), step);
            }

            uint word = (index % 4) switch { 0 => words.X0, 1 => words.X1, 2 => words.X2, _ => words.X3 };
            double normal = NormalDistribution.InverseCdf(Philox4x32.ToUniform(word));
            sum += normal * normal;
        }

        return sum;
    }
}
