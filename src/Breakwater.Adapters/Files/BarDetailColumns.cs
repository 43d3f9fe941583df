using Breakwater.Markets;

namespace Breakwater.Adapters.Files;

/// <summary>Positions of the columns that a bar may have besides its close.</summary>
/// <param name="Open">First value.</param>
/// <param name="High">Greatest value.</param>
/// <param name="Low">Least value.</param>
/// <param name="Coins">Volume, coins.</param>
/// <param name="Usd">Volume, USD.</param>
/// <param name="HasClose">Whether the file has a close, without which nobody knows what its volume counts.</param>
internal readonly record struct BarDetailColumns(int Open, int High, int Low, int Coins, int Usd, bool HasClose)
{
    /// <summary>Finds the columns; each may be absent.</summary>
    internal static BarDetailColumns Of(CsvTable table) => new(
        table.Column("open"), table.Column("high"), table.Column("low"), table.Column("volume"),
        table.Column("quote_volume"), table.Column("close") != CsvTable.Absent);

    /// <summary>Reads them; a range that is not positive is taken as not stated, a negative volume is
    /// refused.</summary>
    /// <param name="table">The file at its row.</param>
    /// <param name="close">Close as stated; <c>null</c> if blank.</param>
    /// <param name="divisor">Units of the file per unit of the series.</param>
    internal BarDetail Read(CsvTable table, double? close, double divisor)
    {
        double? open = table.Number(Open, NumberDomain.Any);
        double? high = table.Number(High, NumberDomain.Any);
        double? low = table.Number(Low, NumberDomain.Any);
        double? coins = table.Number(Coins, NumberDomain.NotNegative);
        double? usd = table.Number(Usd, NumberDomain.NotNegative);
        double? volumeUsd = HasClose ? usd ?? Finite(coins * close) : null;
        return new BarDetail(Scaled(open, divisor), Scaled(high, divisor), Scaled(low, divisor), volumeUsd);
    }

    private static double? Scaled(double? value, double divisor) => value is > 0 ? value / divisor : null;

    private static double? Finite(double? value) => value is { } known && double.IsFinite(known) ? known : null;
}
