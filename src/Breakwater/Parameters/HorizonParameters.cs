using System.Collections.Immutable;

namespace Breakwater.Parameters;

/// <summary>Margin periods of risk by risk class (METHODOLOGY 4.2).</summary>
public sealed record HorizonParameters
{
    private static readonly ParameterField MaintenanceHoursClass1Field = new(
        "horizons.maintenanceHoursClass1", "hours", 1m, 24m, "×1.5 / 7 d",
        "Maintenance horizon of BTC and ETH (METHODOLOGY 4.2, 10).");

    private static readonly ParameterField MaintenanceHoursClass2Field = new(
        "horizons.maintenanceHoursClass2", "hours", 1m, 24m, "×1.5 / 7 d",
        "Maintenance horizon of class 2 (METHODOLOGY 4.2).");

    private static readonly ParameterField MaintenanceHoursClass3Field = new(
        "horizons.maintenanceHoursClass3", "hours", 1m, 24m, "×1.5 / 7 d",
        "Maintenance horizon of class 3 (METHODOLOGY 4.2).");

    private static readonly ParameterField InitialHoursClass1Field = new(
        "horizons.initialHoursClass1", "hours", 4m, 48m, "×1.5 / 7 d",
        "Initial horizon of BTC and ETH (METHODOLOGY 4.2, 10).");

    private static readonly ParameterField InitialHoursClass2Field = new(
        "horizons.initialHoursClass2", "hours", 4m, 48m, "×1.5 / 7 d",
        "Initial horizon of class 2 (METHODOLOGY 4.2).");

    private static readonly ParameterField InitialHoursClass3Field = new(
        "horizons.initialHoursClass3", "hours", 4m, 48m, "×1.5 / 7 d",
        "Initial horizon of class 3 (METHODOLOGY 4.2).");

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
    [
        MaintenanceHoursClass1Field, MaintenanceHoursClass2Field, MaintenanceHoursClass3Field,
        InitialHoursClass1Field, InitialHoursClass2Field, InitialHoursClass3Field,
    ];

    internal HorizonParameters(ParameterValues values)
    {
        MaintenanceHoursClass1 = values.Whole(MaintenanceHoursClass1Field);
        MaintenanceHoursClass2 = values.Whole(MaintenanceHoursClass2Field);
        MaintenanceHoursClass3 = values.Whole(MaintenanceHoursClass3Field);
        InitialHoursClass1 = values.Whole(InitialHoursClass1Field);
        InitialHoursClass2 = values.Whole(InitialHoursClass2Field);
        InitialHoursClass3 = values.Whole(InitialHoursClass3Field);
    }

    /// <summary>Maintenance horizon of risk class 1, hours.</summary>
    public int MaintenanceHoursClass1 { get; }

    /// <summary>Maintenance horizon of risk class 2, hours.</summary>
    public int MaintenanceHoursClass2 { get; }

    /// <summary>Maintenance horizon of risk class 3, hours.</summary>
    public int MaintenanceHoursClass3 { get; }

    /// <summary>Initial horizon of risk class 1, hours.</summary>
    public int InitialHoursClass1 { get; }

    /// <summary>Initial horizon of risk class 2, hours.</summary>
    public int InitialHoursClass2 { get; }

    /// <summary>Initial horizon of risk class 3, hours.</summary>
    public int InitialHoursClass3 { get; }
}
