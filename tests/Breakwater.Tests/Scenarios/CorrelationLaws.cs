using System.Collections.Immutable;
using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Scenarios;

/// <summary>Correlation, shrinkage and repair (METHODOLOGY 3.5).</summary>
public sealed class CorrelationLaws
{
    // Effective sample of a half-life of 30 days: 2·720 ÷ ln 2 = 2,077 hours; standard error (1 − ρ²) ÷ √n = 0.008;
    // four of them.
    private const double EstimateTolerance = 0.032;

    [Fact]
    public void The_estimate_recovers_the_correlation_of_the_past()
    {
        CorrelationEstimate estimate = CorrelationEstimate.Of(SimulatedPast.Inputs());
        Assert.Equal(SimulatedPast.Correlation, estimate.Matrix[1], EstimateTolerance);
        Assert.Equal(estimate.Matrix[1], estimate.Matrix[2]);
        Assert.Equal(1d, estimate.Matrix[0]);
        Assert.InRange(estimate.Shrinkage, 0d, 0.05);
    }

    // Higham (2002), section 4, first example.
    [Fact]
    public void The_nearest_correlation_of_Highams_example_is_found()
    {
        double[] near = NearestCorrelation.Of([1d, 1d, 0d, 1d, 1d, 1d, 0d, 1d, 1d], 3, 0d);
        double[] expected = [1d, 0.7607, 0.1573, 0.7607, 1d, 0.7607, 0.1573, 0.7607, 1d];
        Assert.All(near.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 5e-5));
        Assert.Equal(0.5278, NearestCorrelation.Distance(near, [1d, 1d, 0d, 1d, 1d, 1d, 0d, 1d, 1d]), 5e-5);
    }

    [Fact]
    public void A_repaired_matrix_is_symmetric_with_unit_diagonal_and_a_positive_spectrum()
    {
        for (uint trial = 0; trial < 50; trial++)
        {
            int dimension = 2 + (int)(trial % 6);
            double[] matrix = new double[dimension * dimension];
            for (int row = 0; row < dimension; row++)
            {
                matrix[(row * dimension) + row] = 1d;
                for (int column = 0; column < row; column++)
                {
                    uint word = Philox4x32.Block(trial, (uint)row, (uint)column, 0, 5).X0;
                    double entry = (2d * Philox4x32.ToUniform(word)) - 1d;
                    matrix[(row * dimension) + column] = entry;
                    matrix[(column * dimension) + row] = entry;
                }
            }

            double[] near = NearestCorrelation.Of(matrix, dimension, 1e-8);
            double[] values = new double[dimension];
            SymmetricEigen.Decompose(near, dimension, values, new double[near.Length]);
            Assert.All(values, value => Assert.True(value >= 1e-8 - 1e-12));
            for (int cell = 0; cell < near.Length; cell++)
            {
                Assert.Equal(near[cell], near[(cell % dimension * dimension) + (cell / dimension)]);
                Assert.InRange(near[cell], -1d, 1d);
            }
        }
    }

    [Fact]
    public void A_correlation_matrix_is_its_own_nearest()
    {
        double[] matrix = [1d, 0.85, 0.6, 0.85, 1d, 0.7, 0.6, 0.7, 1d];
        Assert.All(
            NearestCorrelation.Of(matrix, 3, 1e-8).Zip(matrix), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    // Two observations (1, 0) and (0, 1) of known zero mean: S = I ÷ 2 is already a scaled identity, d² = 0.
    [Fact]
    public void A_scaled_identity_is_not_shrunk()
    {
        double[] covariance = new double[4];
        Assert.Equal(0d, LedoitWolf.Shrink([1d, 0d, 0d, 1d], 2, Centring.KnownZeroMean, covariance));
        Assert.Equal([0.5, 0d, 0d, 0.5], covariance);
    }

    // By hand: x = (2, 0), (0, 1): S = diag(2, ½), μ = 5/4, d² = 9/8;
    // (‖x₁x₁ᵀ − S‖² + ‖x₂x₂ᵀ − S‖²) ÷ 4 = (4.25 + 4.25) ÷ 4 = 17/8 > d², so δ = 1 and the result is μI.
    [Fact]
    public void Noise_beyond_the_distance_shrinks_all_the_way()
    {
        double[] covariance = new double[4];
        Assert.Equal(1d, LedoitWolf.Shrink([2d, 0d, 0d, 1d], 2, Centring.KnownZeroMean, covariance));
        Assert.Equal([1.25, 0d, 0d, 1.25], covariance);
    }

    [Fact]
    public void Stress_pulls_to_one_halving_to_zero_and_the_shares_are_those_of_the_methodology()
    {
        ImmutableArray<double> matrix = [1d, 0.6, 0.6, 1d];
        Assert.Equal(0.8, StressedCorrelation.Pulled(matrix, 0.5)[1], 1e-15);
        Assert.Equal(0.3, StressedCorrelation.Halved(matrix, 2)[1], 1e-15);
        StressedCorrelation stressed = StressedCorrelation.Of(matrix, 2, Forecasts.ShippedParameters.Value.Scenarios);
        Assert.All(
            stressed.Shares.Zip([0.45, 0.6, 0.9, 1d]), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        Assert.Equal([0, 1, 2, 3], new[] { 0.2, 0.5, 0.7, 0.95 }.Select(stressed.RegimeOf));
    }
}
