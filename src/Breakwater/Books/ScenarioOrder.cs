namespace Breakwater.Books;

/// <summary>Order of scenarios in which neighbours are alike: leaves of a k-d tree from left to right.</summary>
/// <remarks>Bentley (1975), Communications of the ACM 18, 509–517. Each part is cut across its widest dimension.
/// </remarks>
internal static class ScenarioOrder
{
    /// <summary>What a relative move of volatility counts against a log return of spot: of 0, 0.05, 0.1 and 0.2 this
    /// left out most cells of the workload W2.</summary>
    internal const double VolatilityScale = 0.1;

    /// <summary>Scenarios with weight in order.</summary>
    /// <param name="coordinates">[dimension × scenario] in comparable units; not modified.</param>
    /// <param name="weights">[scenario] ≥ 0.</param>
    /// <param name="leafSize">Scenarios of a leaf; cuts fall on multiples of it.</param>
    internal static int[] Of(ReadOnlySpan<double> coordinates, ReadOnlySpan<int> weights, int leafSize)
    {
        int count = weights.Length;
        if (count == 0 || coordinates.Length % count != 0)
        {
            throw new ArgumentException($"{coordinates.Length} coordinates of {count} scenarios");
        }

        List<int> order = [];
        for (int scenario = 0; scenario < count; scenario++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weights[scenario], nameof(weights));
            if (weights[scenario] > 0) order.Add(scenario);
        }

        int[] result = [.. order];
        double[] key = new double[result.Length];
        Cut(coordinates, count, result, key, leafSize);
        return result;
    }

    private static void Cut(
        ReadOnlySpan<double> coordinates, int count, Span<int> part, Span<double> key, int leafSize)
    {
        if (part.Length <= leafSize) return;
        int widest = 0;
        double most = -1.0;
        for (int dimension = 0; dimension < coordinates.Length / count; dimension++)
        {
            double spread = Spread(coordinates.Slice(dimension * count, count), part);
            if (spread > most)
            {
                most = spread;
                widest = dimension;
            }
        }

        for (int i = 0; i < part.Length; i++)
        {
            key[i] = coordinates[(widest * count) + part[i]];
        }

        key.Sort(part);
        int left = leafSize;
        while (left * 2 < part.Length)
        {
            left *= 2;
        }

        Cut(coordinates, count, part[..left], key[..left], leafSize);
        Cut(coordinates, count, part[left..], key[left..], leafSize);
    }

    // Variance of one coordinate over a part.
    private static double Spread(ReadOnlySpan<double> values, ReadOnlySpan<int> part)
    {
        double sum = 0.0;
        foreach (int scenario in part)
        {
            sum += values[scenario];
        }

        double mean = sum / part.Length;
        double squares = 0.0;
        foreach (int scenario in part)
        {
            double distance = values[scenario] - mean;
            squares = Math.FusedMultiplyAdd(distance, distance, squares);
        }

        return squares / part.Length;
    }
}
