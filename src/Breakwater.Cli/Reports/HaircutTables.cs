using Breakwater.Cli.Terminal;
using Breakwater.Collateral;
using Breakwater.Margin;

namespace Breakwater.Cli.Reports;

/// <summary>What the haircuts of an account's collateral are made of, for people (METHODOLOGY 5).</summary>
internal static class HaircutTables
{
    /// <summary>Writes them; nothing where there is no collateral.</summary>
    public static void Write(TextWriter output, MarginReport margin)
    {
        if (margin.Collateral.IsEmpty)
        {
            return;
        }

        TextTable table = new(
            "haircut of collateral, %", ">market", ">drawdown", ">peg", ">asset", ">bridge", ">sale", ">protocol",
            ">concentration", ">total");
        foreach (CollateralLine line in margin.Collateral)
        {
            BalanceHaircut own = line.Haircut;
            table.Row(
                Display.Collateral(line), Display.Haircut(own.MarketNano), Display.Haircut(own.DrawdownNano),
                Display.Haircut(own.PegNano), Display.Haircut(own.AssetNano), Display.Haircut(own.BridgeNano),
                Display.Haircut(own.LiquidityNano), Display.Haircut(own.ProtocolNano),
                Display.Haircut(own.ConcentrationNano), Display.Haircut(own.TotalNano));
        }

        table.Write(output);
        output.WriteLine(
            "asset joins market, drawdown and peg within the bounds of its class; total joins asset, bridge and sale, "
            + "1 - (1 - a)(1 - b), and adds what protocol and account hold too much of");
        output.WriteLine();
    }
}
