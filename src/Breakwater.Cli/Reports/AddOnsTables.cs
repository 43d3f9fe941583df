using Breakwater.Cli.Terminal;
using Breakwater.Margin;

namespace Breakwater.Cli.Reports;

/// <summary>What add-ons know, for people: underlyings and resting orders.</summary>
internal static class AddOnsTables
{
    /// <summary>Writes both tables; nothing where there is nothing.</summary>
    public static void Write(TextWriter output, MarginReport margin)
    {
        WriteMultipliers(output, margin.Multipliers);
        if (!margin.Underlyings.IsEmpty)
        {
            TextTable table = new(
                "underlying alone", ">core initial, $", ">core maintenance, $", ">to close, $", ">volume a day, $",
                ">days to liquidate", ">order flow ×", ">calmness");
            foreach (UnderlyingLine line in margin.Underlyings)
            {
                table.Row(
                    line.Underlying.Name, Display.Usd(line.CoreInitial), Display.Usd(line.CoreMaintenance),
                    Display.Usd(line.ClosingSize), Display.Usd(line.DailyVolume),
                    line.DaysToLiquidate.Shortest().ToString(), line.FlowMultiplier.Shortest().ToString(),
                    line.Calmness.Shortest().ToString());
            }

            table.Write(output);
            output.WriteLine();
        }

        if (!margin.Orders.IsEmpty)
        {
            TextTable table = new("resting order", ">quantity", ">limit", "reduce only", ">loss of the fill, $");
            foreach (OrderLine line in margin.Orders)
            {
                table.Row(
                    line.Instrument.Name, line.Quantity.ToString(), line.LimitPrice.ToString(),
                    line.IsReduceOnly ? "yes: not margined" : "no", Display.Usd(line.AdverseFill));
            }

            table.Write(output);
            output.WriteLine();
        }
    }

    private static void WriteMultipliers(TextWriter output, MultiplierLine line)
    {
        TextTable table = new("multiplier of the core", ">initial", ">maintenance");
        table.Row("system", line.System.ToString(), line.System.ToString());
        table.Row("behaviour", line.Behaviour.ToString(), line.Behaviour.ToString());
        table.Row("learned", line.Learned.ToString(), line.Learned.ToString());
        table.Row("order flow", line.FlowInitial.ToString(), line.FlowMaintenance.ToString());
        table.Row("product, capped", line.ProductInitial.ToString(), line.ProductMaintenance.ToString());
        table.Row("margin in effect ÷ computed", string.Empty, line.InEffect.ToString());
        table.Write(output);
        output.WriteLine();
    }
}
