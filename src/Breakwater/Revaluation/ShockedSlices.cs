using Breakwater.Surfaces;

namespace Breakwater.Revaluation;

/// <summary>Shocked slices of a run of scenarios, laid out for vectors: cells of eight scenarios, so that a cell's
/// slices are read by every option from the L1 cache.</summary>
internal sealed class ShockedSlices
{
    /// <summary>Scenarios of a cell: as many as the widest vector has lanes.</summary>
    internal const int CellScenarios = 8;

    private const int FieldCount = 5; // A, B, Rho, M, Sigma²

    /// <summary>Numbers from one slice of a cell to the next.</summary>
    internal const int SliceStride = FieldCount * CellScenarios;

    private readonly double[] _values; // [cell × slice × field × scenario of the cell]

    /// <summary>Room for slices; what is not set is zero variance.</summary>
    /// <param name="sliceCount">Slices of the surface.</param>
    /// <param name="scenarioCount">Scenarios of the run.</param>
    internal ShockedSlices(int sliceCount, int scenarioCount)
    {
        SliceCount = sliceCount;
        _values = new double[Rounded(scenarioCount) * sliceCount * FieldCount];
    }

    /// <summary>Slices of the surface.</summary>
    internal int SliceCount { get; }

    /// <summary>Sets the slices of one scenario.</summary>
    /// <param name="place">Its place in the run.</param>
    /// <param name="slices">[slice] shocked parameters.</param>
    internal void Set(int place, ReadOnlySpan<SviParameters> slices)
    {
        (int cell, int lane) = Math.DivRem(place, CellScenarios);
        Span<double> values = _values.AsSpan(cell * SliceCount * FieldCount * CellScenarios);
        for (int i = 0; i < SliceCount; i++)
        {
            SviParameters slice = slices[i];
            Span<double> fields = values.Slice(i * FieldCount * CellScenarios, FieldCount * CellScenarios);
            fields[lane] = slice.A;
            fields[CellScenarios + lane] = slice.B;
            fields[2 * CellScenarios + lane] = slice.Rho;
            fields[3 * CellScenarios + lane] = slice.M;
            fields[4 * CellScenarios + lane] = slice.Sigma * slice.Sigma;
        }
    }

    /// <summary>Values of one slice for a vector of scenarios: the first of A, with B, Rho, M and Sigma² a cell of
    /// scenarios further each.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="place">First scenario of the vector; the vector lies in one cell.</param>
    internal ref double Of(int slice, int place)
    {
        (int cell, int lane) = Math.DivRem(place, CellScenarios);
        return ref _values[(cell * SliceCount + slice) * FieldCount * CellScenarios + lane];
    }

    /// <summary>The least multiple of a cell's scenarios that is not below a count.</summary>
    /// <param name="scenarioCount">Number of scenarios.</param>
    internal static int Rounded(int scenarioCount) =>
        (scenarioCount + CellScenarios - 1) / CellScenarios * CellScenarios;
}
