namespace Breakwater.Markets;

/// <summary>Median of a sample.</summary>
public static class SampleMedian
{
    /// <summary>Middle value in ascending order, or the mean of the two middle ones.</summary>
    /// <param name="values">At least one finite value; sorted in place.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static double Of(double[] values)
    {
        if (values.Length == 0)
        {
            throw new ArgumentException("a median needs at least one value", nameof(values));
        }

        Array.Sort(values);
        int middle = values.Length / 2;
        return values.Length % 2 == 1
            ? values[middle]
            : values[middle - 1] + ((values[middle] - values[middle - 1]) / 2);
    }
}
