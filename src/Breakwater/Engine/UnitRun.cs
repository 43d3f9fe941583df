namespace Breakwater.Engine;

/// <summary>Runs independent units of work and returns when all are done. The core has no threads: a shell gives one
/// that has, and every order and number of threads gives the same bits.</summary>
/// <param name="unitCount">Number of units; ≥ 0.</param>
/// <param name="unit">Does the unit of an index in [0, <paramref name="unitCount"/>).</param>
public delegate void UnitRun(int unitCount, Action<int> unit);

/// <summary>The run that needs no shell.</summary>
public static class UnitRuns
{
    /// <summary>One unit after another on the caller's thread.</summary>
    /// <param name="unitCount">Number of units; ≥ 0.</param>
    /// <param name="unit">Does one unit.</param>
    public static void InOrder(int unitCount, Action<int> unit)
    {
        for (int index = 0; index < unitCount; index++)
        {
            unit(index);
        }
    }
}
